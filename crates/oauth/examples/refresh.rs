//! Two refreshes: one scheduled before the access token expires, one after a 401. Two calls share
//! the second one, and both are sent again with the new access token. A call made during a refresh
//! uses the old token while that is valid.
//!
//! `cargo run -p outlay-oauth --example refresh`

mod scripted;

use scripted::{Outcome, Script, client, token_pair, token_request};

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

    script.heading("Sign in");
    let connection = script.connect(client(0))?;

    script.heading("A scheduled refresh; a call made meanwhile uses the old access token");
    let effects = script.wait_until_due()?;
    let effects = script.network_reached(&effects)?;
    let key = token_request(&effects)?;
    script.call(1, &connection);
    script.wait(300);
    script.input("The token endpoint answers 200.", token_pair(key, 2));
    script.call_answered(1, 200);
    script.show_connections();

    script.heading("Two calls get 401; one refresh serves both");
    script.wait(120_000);
    script.call(2, &connection);
    script.call(3, &connection);
    let effects = script.call_answered(2, 401);
    script.call_answered(3, 401);
    let key = token_request(&effects)?;
    script.input("The token endpoint answers 200.", token_pair(key, 3));
    script.call_answered(2, 200);
    script.call_answered(3, 200);
    script.show_connections();

    Ok(script.transcript())
}
