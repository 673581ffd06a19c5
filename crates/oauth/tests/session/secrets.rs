//! Whatever is printed, no secret is in it.

use outlay_oauth::callback;
use outlay_oauth::session::io::{Input, IntrospectionResult};
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::{self, TokenHttpResponse};

use super::host::{CODE, SECRET, SessionHost, busy, http, ok, pair, refusal, start, valid};

/// Everything that a whole life prints.
fn printed() -> (String, Vec<String>) {
    let mut host = SessionHost::new();
    let mut printed_text = String::new();
    let kept = host.start_with(start(super::host::client("sandbox"))).kept;
    let secrets = vec![
        SECRET.to_owned(),
        kept.verifier.reveal().to_owned(),
        kept.state.as_str().to_owned(),
    ];
    let query = CODE.replace("{state}", kept.state.as_str());
    printed_text += &format!("{kept:?} {:?}", host.sessions);
    printed_text += &format!("{:?}", callback::read(&query));
    let input = Input::Callback {
        ticket: outlay_oauth::session::io::Ticket(77),
        profile: "sandbox".to_owned(),
        query,
        kept: Some(kept.clone()),
    };
    printed_text += &format!("{input:?}");
    let effects = host.feed(input);
    printed_text += &format!("{effects:?} {:?}", host.sessions);
    let answer = Input::TokenAnswered {
        key: effects.exchange().0,
        answer: ok(&pair(1)),
    };
    printed_text += &format!("{answer:?}");
    let effects = host.feed(answer);
    printed_text += &format!("{effects:?} {:?}", host.sessions);
    let effects = host.introspected(effects.introspect().0, valid("urn:one"));
    let connection = effects.connected();
    printed_text += &format!("{effects:?} {:?}", host.sessions);
    let (call, effects) = host.call(&connection);
    printed_text += &format!("{effects:?} {:?}", host.sessions);
    let effects = host.answered(call, 401);
    printed_text += &format!("{effects:?} {:?}", host.sessions);
    let effects = host.introspected(effects.introspect().0, IntrospectionResult::Unauthorized);
    printed_text += &format!("{effects:?} {:?}", host.sessions);
    let (key, _) = effects.refresh();
    host.token_answered(key, busy(503, Some(SECOND)));
    printed_text += &format!("{:?}", host.sessions);
    let (key, _) = host.tick_when_due().refresh();
    let effects = host.token_answered(key, ok(&pair(2)));
    printed_text += &format!("{effects:?} {:?}", host.sessions);
    printed_text += &format!("{:?}", host.sessions.connections(host.now));
    let key = host.scheduled_refresh();
    host.token_answered(key, TokenHttpResponse::Lost);
    printed_text += &format!("{:?}", host.sessions);
    let effects = host.pass(31 * MINUTE).tick();
    printed_text += &format!("{effects:?} {:?}", host.sessions);
    host.connect(3);
    printed_text += &format!("{:?}", host.feed(Input::SignOut));
    printed_text += &format!("{:?} {:?}", host.record, host.sessions);
    (printed_text, secrets)
}

#[test]
fn debug_output_contains_no_secret() {
    let (printed_text, secrets) = printed();
    for secret in secrets {
        let at = printed_text.find(&secret);
        let around = at.map(|at| &printed_text[at.saturating_sub(120)..at + secret.len()]);
        assert_eq!(around, None);
    }
    assert!(printed_text.contains("redacted"));
}

#[test]
fn debug_of_an_input_is_its_kind() {
    assert_eq!(format!("{:?}", Input::Tick), "Tick");
    let callback = Input::Callback {
        ticket: outlay_oauth::session::io::Ticket(7),
        profile: "sandbox".to_owned(),
        query: "code=SECRET".to_owned(),
        kept: None,
    };
    assert_eq!(format!("{callback:?}"), "Callback([redacted])");
}

#[test]
fn errors_contain_no_secret() {
    for answer in [
        ok(r#"{"access_token":"SECRET","token_type":"mac"}"#),
        ok(r#"{"access_token":"SECRET","refresh_token":["SECRET"]}"#),
        ok("SECRET"),
        ok(r#""SECRET""#),
        http(400, "SECRET"),
        http(400, r#"{"access_token":"SECRET","error":""}"#),
        http(500, "SECRET"),
        busy(429, None),
        refusal("invalid_grant"),
    ] {
        assert!(!format!("{answer:?}").contains(SECRET));
        let result = token::process(answer, &[]);
        let error = result.expect_err("is refused");
        let printed_text = format!("{error:?} {} {:?}", error.code().word(), error.detail());
        assert!(!printed_text.contains(SECRET), "{printed_text}");
    }
}

#[test]
fn debug_of_a_token_set_contains_no_secret() {
    let tokens = token::process(ok(&pair(1)), &[]).expect("complete");
    assert!(!format!("{tokens:?}").contains(SECRET));
}
