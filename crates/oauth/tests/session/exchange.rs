//! A code on its way, and the tokens it brings.

use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{Input, IntrospectionResult, Ticket};
use outlay_oauth::session::record::RecordKind;
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::TokenHttpResponse;

use super::host::{CODE, SessionHost, access, busy, http, ok, pair, refresh, refusal, valid};

#[test]
fn complete_token_response_is_introspected_then_connects() {
    let mut host = SessionHost::new();
    let (kept, key) = host.exchange();
    assert!(host.sessions.sign_ins()[0].exchanging);
    let effects = host.token_answered(key, ok(&pair(1)));
    let (key, token) = effects.introspect();
    assert_eq!(token, access(1));
    assert!(host.sessions.connections(host.now).is_empty());
    let effects = host.introspected(key, valid("urn:one"));
    let connection = effects.connected();
    assert!(effects.changed());
    assert_eq!(effects.signed_in()[0].2.as_deref(), Some("/entries"));
    let view = host.view(&connection);
    assert_eq!(view.phase, ConnectionPhase::Active);
    assert_eq!(view.subject.as_deref(), Some("urn:one"));
    assert_eq!(view.application.as_deref(), Some("Outlay"));
    assert_eq!((view.generation, view.lifetime), (1, Some(900 * SECOND)));
    assert_eq!(view.scopes_asked, kept.start.scopes);
    assert_eq!(
        view.scopes_granted, kept.start.scopes,
        "absent means as asked"
    );
    assert!(view.refreshable && host.sessions.sign_ins().is_empty());
    assert!(host.callback(&kept, CODE).exchanges().is_empty());
}

#[test]
fn lifetime_counts_from_the_token_response() {
    let mut host = SessionHost::new();
    let (_, key) = host.exchange();
    let (key, _) = host
        .pass(SECOND)
        .token_answered(key, ok(&pair(1)))
        .introspect();
    let effects = host.pass(10 * SECOND).introspected(key, valid("urn:one"));
    let view = host.view(&effects.connected());
    assert_eq!(view.expires_in, Some(890 * SECOND));
    assert_eq!(view.token_age, 10 * SECOND);
}

#[test]
fn granted_scopes_come_from_token_response_or_introspection() {
    for (scope, introspected, granted) in [
        ("", None, vec!["companies:read", "users:read"]),
        (r#","scope":"users:read""#, None, vec!["users:read"]),
        ("", Some(vec!["cards:read".to_owned()]), vec!["cards:read"]),
        (
            r#","scope":"a b""#,
            Some(vec!["c".to_owned()]),
            vec!["a", "b"],
        ),
    ] {
        let mut host = SessionHost::new();
        let (_, key) = host.exchange();
        let body = format!(r#"{{"access_token":"SECRET"{scope}}}"#);
        let (key, _) = host.token_answered(key, ok(&body)).introspect();
        let effects = host.introspected(
            key,
            IntrospectionResult::Valid {
                subject: Some("urn:one".to_owned()),
                application: None,
                scopes: introspected,
            },
        );
        assert_eq!(host.view(&effects.connected()).scopes_granted, granted);
    }
}

#[test]
fn token_response_oddities_are_recorded() {
    let mut host = SessionHost::new();
    let (_, key) = host.exchange();
    host.token_answered(key, ok(r#"{"access_token":"SECRET"}"#));
    assert_eq!(
        host.outcomes(RecordKind::TokenAnswerOdd),
        ["token_type_absent", "expires_in_absent"]
    );
}

#[test]
fn introspection_401_fails_the_sign_in() {
    let mut host = SessionHost::new();
    let (kept, key) = host.exchange();
    let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
    let effects = host.introspected(key, IntrospectionResult::Unauthorized);
    assert_eq!(effects.refused(), ["token_refused"]);
    assert!(host.sessions.is_empty());
    assert_eq!(host.callback(&kept, CODE).refused(), ["state_used"]);
}

#[test]
fn unclear_introspection_connects_and_is_repeated() {
    let no_subject = IntrospectionResult::Valid {
        subject: None,
        application: None,
        scopes: None,
    };
    for unclear in [IntrospectionResult::Unclear, no_subject] {
        let mut host = SessionHost::new();
        let (_, key) = host.exchange();
        let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
        let connection = host.introspected(key, unclear.clone()).connected();
        assert_eq!(host.view(&connection).subject, None);
        assert_eq!(host.phase(&connection), ConnectionPhase::Active);
        let mut pauses = Vec::new();
        for _ in 0..5 {
            let before = host.now.monotonic;
            let (key, token) = host.tick_when_due().introspect();
            assert_eq!(token, access(1));
            pauses.push((host.now.monotonic - before) / SECOND);
            assert!(host.introspected(key, unclear.clone()).none());
        }
        assert_eq!(pauses, [5, 10, 20, 40, 80]);
        let (key, _) = host.tick_when_due().introspect();
        assert!(host.introspected(key, valid("urn:one")).changed());
        assert_eq!(host.view(&connection).subject.as_deref(), Some("urn:one"));
        assert!(host.pass(MINUTE).tick().introspections().is_empty());
    }
}

#[test]
fn exchange_failure_has_its_code_and_never_resends_the_authorization_code() {
    let html = "<html>no</html>";
    for (answer, code) in [
        (TokenHttpResponse::Lost, "token_network"),
        (refusal("invalid_grant"), "invalid_grant"),
        (refusal("invalid_client"), "invalid_client"),
        (refusal("made_up"), "authorization_error"),
        (http(401, r#"{"error":"invalid_client"}"#), "invalid_client"),
        (busy(429, Some(SECOND)), "token_busy"),
        (busy(503, None), "token_busy"),
        (http(500, html), "token_server_error"),
        (
            http(502, r#"{"error":"invalid_grant"}"#),
            "token_server_error",
        ),
        (http(400, html), "token_unexpected_status"),
        (http(404, "{}"), "token_unexpected_status"),
        (http(302, ""), "token_unexpected_status"),
        (ok(html), "token_not_json"),
        (ok(r#"{"token_type":"Bearer"}"#), "token_malformed"),
        (ok(r#"{"access_token":7}"#), "token_malformed"),
        (
            ok(r#"{"access_token":"SECRET","token_type":"DPoP"}"#),
            "token_type_unsupported",
        ),
    ] {
        let mut host = SessionHost::new();
        let (kept, key) = host.exchange();
        let printed_text = format!("{answer:?} {code}");
        let effects = host.token_answered(key, answer.clone());
        assert_eq!(effects.refused(), [code], "{printed_text}");
        assert!(host.sessions.is_empty(), "{printed_text}");
        assert!(host.token_answered(key, answer).none());
        for _ in 0..3 {
            assert!(host.callback(&kept, CODE).exchanges().is_empty());
            assert!(host.pass(MINUTE).tick().none());
        }
    }
}

#[test]
fn second_tab_with_the_same_callback_shares_the_exchange() {
    let mut host = SessionHost::new();
    let kept = host.start().kept;
    let (key, _) = host.callback(&kept, CODE).exchange();
    assert!(host.callback(&kept, CODE).none());
    let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
    assert!(host.callback(&kept, CODE).none());
    let effects = host.introspected(key, valid("urn:one"));
    let signed_in = effects.signed_in();
    assert_eq!(signed_in.len(), 3);
    assert!(signed_in.iter().all(|(_, c, _)| c == &signed_in[0].1));
}

#[test]
fn shared_exchange_failure_reaches_every_caller() {
    let mut host = SessionHost::new();
    let (kept, key) = host.exchange();
    host.callback(&kept, CODE);
    let effects = host.token_answered(key, refusal("invalid_grant"));
    assert_eq!(effects.refused(), ["invalid_grant", "invalid_grant"]);
}

#[test]
fn exchange_continues_after_its_page_is_gone() {
    let mut host = SessionHost::new();
    let (_, key) = host.exchange();
    assert!(host.pass(11 * MINUTE).tick().none());
    host.token_answered(key, ok(&pair(1))).introspect();
}

#[test]
fn sign_out_during_exchange_revokes_the_new_tokens() {
    for (answer, revoked) in [
        (ok(&pair(1)), vec![refresh(1)]),
        (ok(r#"{"access_token":"SECRET"}"#), vec![]),
        (TokenHttpResponse::Lost, vec![]),
        (refusal("invalid_grant"), vec![]),
    ] {
        let mut host = SessionHost::new();
        let (kept, key) = host.exchange();
        let effects = host.feed(Input::SignOut);
        assert_eq!(effects.refused(), ["sign_in_cancelled"]);
        assert!(host.sessions.sign_ins().is_empty());
        assert_eq!(host.callback(&kept, CODE).refused(), ["state_used"]);
        let effects = host.pass(9 * SECOND).token_answered(key, answer);
        assert_eq!(effects.revoked(), revoked);
        assert!(effects.introspections().is_empty() && effects.signed_in().is_empty());
        assert!(host.sessions.is_empty());
    }
}

#[test]
fn token_response_is_awaited_10_seconds_after_sign_out() {
    let mut host = SessionHost::new();
    let (_, key) = host.exchange();
    host.feed(Input::SignOut);
    let before = host.now.monotonic;
    assert!(host.tick_when_due().none());
    assert_eq!(host.now.monotonic - before, 10 * SECOND);
    assert!(host.sessions.is_empty());
    assert!(host.token_answered(key, ok(&pair(1))).none());
}

#[test]
fn sign_out_during_introspection_revokes_at_once() {
    let mut host = SessionHost::new();
    let (_, key) = host.exchange();
    let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
    let effects = host.feed(Input::SignOut);
    assert_eq!(effects.revoked(), [refresh(1)]);
    assert_eq!(effects.refused(), ["sign_in_cancelled"]);
    assert!(host.introspected(key, valid("urn:one")).none());
    assert!(host.sessions.is_empty());
}

#[test]
fn failed_exchange_does_not_change_other_connections() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let before = host.view(&connection);
    let (_, key) = host.exchange();
    host.token_answered(key, refusal("invalid_grant"));
    assert_eq!(host.view(&connection), before);
}

#[test]
fn each_sign_in_has_its_own_ticket() {
    let mut host = SessionHost::new();
    let started = host.start();
    let effects = host.callback(&started.kept, "state={state}&error=access_denied");
    let Some(outlay_oauth::session::io::Effect::SignInFailed { ticket, .. }) = effects.0.first()
    else {
        panic!("{effects:?}");
    };
    assert_ne!(*ticket, started.ticket);
    assert_eq!(*ticket, Ticket(started.ticket.0 + 1));
}
