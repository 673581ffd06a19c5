//! A refresh whose answer is lost. The server may have replaced the refresh token, so it is not sent
//! again: calls continue with the old access token, and the connection ends when that expires. Only
//! a deployment that states a grace period permits one repetition.
//!
//! `cargo run -p outlay-oauth --example lost_answer`

mod scripted;

use outlay_oauth::session::io::{ConnectionId, Effect};
use scripted::{Outcome, Script, client, lost, token_pair, token_request};

fn main() -> Outcome {
    print!("{}", run()?);
    Ok(())
}

/// Returns the transcript.
///
/// # Errors
///
/// The machines do not ask for a request that the transcript needs.
pub fn run() -> Outcome<String> {
    let mut script = Script::new();

    script.heading("Sign in, without a grace period");
    let (connection, effects) = refreshing(&mut script, 0)?;

    script.heading("The answer to the refresh is lost");
    script.input("No answer arrives.", lost(token_request(&effects)?));
    script.show_connections();
    script.call(1, &connection);
    script.call_answered(1, 200);
    script.wait_until_due()?;
    script.show_connections();

    let mut graced = Script::new();
    graced.heading("Sign in, with a grace period of 20 s");
    let (_, effects) = refreshing(&mut graced, 20_000)?;

    graced.heading("The answer is lost; the refresh is repeated once");
    let effects = graced.input("No answer arrives.", lost(token_request(&effects)?));
    graced.show_connections();
    let key = token_request(&effects)?;
    graced.input("The token endpoint answers 200.", token_pair(key, 2));
    graced.show_connections();

    Ok([script.transcript(), graced.transcript()].join("\n"))
}

/// Connects and waits for the scheduled refresh. Returns its effects.
fn refreshing(script: &mut Script, refresh_grace: u64) -> Outcome<(ConnectionId, Vec<Effect>)> {
    let connection = script.connect(client(refresh_grace))?;
    let effects = script.wait_until_due()?;
    let effects = script.network_reached(&effects)?;
    Ok((connection, effects))
}
