//! Whatever is printed, no secret is in it.

use outlay_oauth::callback;
use outlay_oauth::session::io::{Input, Introspection};
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::{self, Answer};

use super::host::{CODE, Host, SECRET, busy, http, ok, pair, refusal, start, valid};

/// Everything that a whole life prints.
fn printed() -> (String, Vec<String>) {
    let mut host = Host::new();
    let mut said = String::new();
    let kept = host.start_with(start(super::host::client("sandbox"))).kept;
    let secrets = vec![
        SECRET.to_owned(),
        kept.verifier.reveal().to_owned(),
        kept.state.as_str().to_owned(),
    ];
    let query = CODE.replace("{state}", kept.state.as_str());
    said += &format!("{kept:?} {:?}", host.sessions);
    said += &format!("{:?}", callback::read(&query));
    let input = Input::Callback {
        ticket: outlay_oauth::session::io::Ticket(77),
        profile: "sandbox".to_owned(),
        query,
        kept: Some(kept.clone()),
    };
    said += &format!("{input:?}");
    let effects = host.feed(input);
    said += &format!("{effects:?} {:?}", host.sessions);
    let answer = Input::TokenAnswered {
        key: effects.exchange().0,
        answer: ok(&pair(1)),
    };
    said += &format!("{answer:?}");
    let effects = host.feed(answer);
    said += &format!("{effects:?} {:?}", host.sessions);
    let effects = host.introspected(effects.introspect().0, valid("urn:one"));
    let connection = effects.connected();
    said += &format!("{effects:?} {:?}", host.sessions);
    let (call, effects) = host.call(&connection);
    said += &format!("{effects:?} {:?}", host.sessions);
    let effects = host.answered(call, 401);
    said += &format!("{effects:?} {:?}", host.sessions);
    let effects = host.introspected(effects.introspect().0, Introspection::Unauthorized);
    said += &format!("{effects:?} {:?}", host.sessions);
    let (key, _) = effects.refresh();
    host.token_answered(key, busy(503, Some(SECOND)));
    said += &format!("{:?}", host.sessions);
    let (key, _) = host.tick_when_due().refresh();
    let effects = host.token_answered(key, ok(&pair(2)));
    said += &format!("{effects:?} {:?}", host.sessions);
    said += &format!("{:?}", host.sessions.connections(host.now));
    let key = host.scheduled_refresh();
    host.token_answered(key, Answer::Lost);
    said += &format!("{:?}", host.sessions);
    let effects = host.pass(31 * MINUTE).tick();
    said += &format!("{effects:?} {:?}", host.sessions);
    host.connect(3);
    said += &format!("{:?}", host.feed(Input::SignOut));
    said += &format!("{:?} {:?}", host.record, host.sessions);
    (said, secrets)
}

#[test]
fn nothing_secret_is_printed() {
    let (said, secrets) = printed();
    for secret in secrets {
        let at = said.find(&secret);
        let around = at.map(|at| &said[at.saturating_sub(120)..at + secret.len()]);
        assert_eq!(around, None);
    }
    assert!(said.contains("redacted"));
}

#[test]
fn an_input_prints_as_its_kind() {
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
fn nothing_secret_is_in_an_error() {
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
        let said = format!("{error:?} {} {:?}", error.code(), error.detail());
        assert!(!said.contains(SECRET), "{said}");
    }
}

#[test]
fn nothing_secret_is_in_a_set_of_tokens() {
    let tokens = token::process(ok(&pair(1)), &[]).expect("complete");
    assert!(!format!("{tokens:?}").contains(SECRET));
}
