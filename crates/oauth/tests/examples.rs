//! The examples run and print what they promise.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::duplicate_mod,
    reason = "a test may fail by panicking; each example includes the same scripted host"
)]

#[allow(dead_code, reason = "`main` prints")]
#[path = "../examples/lost_answer.rs"]
mod lost_answer;
#[allow(dead_code, reason = "`main` prints")]
#[path = "../examples/refresh.rs"]
mod refresh;
#[allow(dead_code, reason = "`main` prints")]
#[path = "../examples/sign_in.rs"]
mod sign_in;

fn count(transcript: &str, text: &str) -> usize {
    transcript.matches(text).count()
}

/// The positions of these texts rise: each is printed after the one before it.
fn assert_in_order(transcript: &str, texts: &[&str]) {
    let mut rest = transcript;
    for text in texts {
        let (_, after) = rest
            .split_once(text)
            .unwrap_or_else(|| panic!("`{text}` is missing or too early in:\n{transcript}"));
        rest = after;
    }
}

#[test]
fn examples_print_no_secret_and_the_same_text_each_time() {
    for run in [sign_in::run, refresh::run, lost_answer::run] {
        let transcript = run().unwrap();
        assert!(!transcript.contains("SECRET"), "{transcript}");
        assert_eq!(run().unwrap(), transcript);
    }
}

#[test]
fn sign_in_example_exchanges_the_code_only_for_the_known_state() {
    let transcript = sign_in::run().unwrap();
    assert_in_order(
        &transcript,
        &[
            "# A callback with an unknown state",
            "effect: send the browser to https://auth.example/authorize",
            "code_challenge",
            "forged state",
            "effect: sign-in failed (state_unknown)",
            "# The callback of the sign-in",
            "effect: exchange the code: POST https://auth.example/token",
            "code_verifier",
            "effect: introspect the access token",
            "effect: signed in; continue at /",
            "connection: active, token pair 1",
        ],
    );
    assert_eq!(count(&transcript, "effect: exchange the code"), 1);
}

#[test]
fn refresh_example_sends_one_refresh_for_two_401() {
    let transcript = refresh::run().unwrap();
    assert_in_order(
        &transcript,
        &[
            "# A scheduled refresh",
            "effect: check the network",
            "effect: refresh the tokens",
            "A page makes call 1.",
            "effect: send call 1 with access token 1",
            "effect: deliver the response of call 1",
            "# Two calls get 401",
            "effect: refresh the tokens",
            "effect: send call 2 with access token 3",
            "effect: send call 3 with access token 3",
            "connection: active, token pair 3",
        ],
    );
    assert_eq!(count(&transcript, "effect: refresh the tokens"), 2);
}

#[test]
fn lost_answer_example_repeats_the_refresh_only_with_a_grace_period() {
    let transcript = lost_answer::run().unwrap();
    let (without, with) = transcript
        .split_once("# Sign in, with a grace period")
        .unwrap();
    assert_in_order(
        without,
        &[
            "effect: refresh the tokens",
            "No answer arrives.",
            "connection: refresh outcome unknown",
            "effect: send call 1 with access token 1",
            "connection: ended (unsure)",
        ],
    );
    assert_eq!(count(without, "effect: refresh the tokens"), 1);
    assert_in_order(
        with,
        &[
            "No answer arrives.",
            "effect: refresh the tokens",
            "connection: active, token pair 2",
        ],
    );
    assert_eq!(count(with, "effect: refresh the tokens"), 2);
}
