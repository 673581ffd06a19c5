//! A sign-in with PKCE, from the request of a page to a connection. Before it, a callback with an
//! unknown `state` fails without a request.
//!
//! `cargo run -p outlay-oauth --example sign_in`

mod scripted;

use scripted::{Outcome, Script, client, introspection, subject, token_pair, token_request};

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

    script.heading("A callback with an unknown state");
    let pending = script.start_sign_in(client(0))?;
    script.callback("A callback arrives with a forged state.", "forged");

    script.heading("The callback of the sign-in");
    script.wait(20_000);
    let effects = script.callback(
        "The callback page loads with a code.",
        pending.state.as_str(),
    );
    let key = token_request(&effects)?;
    let effects = script.input("The token endpoint answers 200.", token_pair(key, 1));
    let key = introspection(&effects)?;
    script.input("The API names the subject of the token.", subject(key));
    script.show_connections();

    Ok(script.transcript())
}
