//! Sign out: everything is dropped at once, and every waiting page gets a result.

use outlay_oauth::client::ClientSettings;
use outlay_oauth::session::io::{Input, IntrospectionResult};
use outlay_oauth::time::SECOND;
use outlay_oauth::token::TokenHttpResponse;

use super::host::{SECRET, SUBJECT, SessionHost, client, ok, pair, refresh, refusal, start, valid};

#[test]
fn sign_out_settles_every_call_and_revokes_every_refresh_token() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let second = host.connect_with(start(client("sandbox")), "urn:two", &pair(2));
    let (sent, _) = host.call(&first);
    let (checked, _) = host.call_gets(&second, 401);
    host.pass(900 * SECOND);
    let (waiting, _) = host.call(&first);
    let effects = host.feed(Input::SignOut);
    let mut failed = effects.failed();
    failed.sort_by_key(|(call, _)| call.0);
    let code = "session_ended";
    assert_eq!(failed, [(sent, code), (checked, code), (waiting, code)]);
    assert_eq!(effects.revoked(), [refresh(1), refresh(2)]);
    assert!(effects.changed() && host.sessions.is_empty());
    assert_eq!(host.sessions.next_due(), None);
    assert!(host.answered(sent, 401).none());
    let (late, effects) = host.call(&first);
    assert_eq!(effects.failed(), [(late, "connection_unknown")]);
    assert!(!format!("{:?}", host.sessions).contains("Pair"));
}

#[test]
fn sign_out_during_refresh_awaits_and_revokes_the_new_tokens() {
    for (answer, revoked) in [
        (ok(&pair(2)), vec![refresh(2)]),
        (ok(r#"{"access_token":"SECRET"}"#), vec![]),
        (TokenHttpResponse::Lost, vec![]),
        (refusal("invalid_grant"), vec![]),
    ] {
        let mut host = SessionHost::new();
        host.connect(1);
        let key = host.scheduled_refresh();
        let effects = host.feed(Input::SignOut);
        assert!(effects.revoked().is_empty(), "it may be redeemed already");
        let effects = host.token_answered(key, answer.clone());
        assert_eq!(effects.revoked(), revoked);
        assert_eq!(effects.0.len(), revoked.len(), "and nothing else");
        assert!(host.token_answered(key, answer).none(), "only once");
        assert!(host.sessions.is_empty());
    }
}

#[test]
fn sign_out_before_the_refresh_is_sent_revokes_at_once() {
    let mut host = SessionHost::new();
    host.connect(1);
    let check = host.tick_when_due().check();
    assert_eq!(host.feed(Input::SignOut).revoked(), [refresh(1)]);
    assert!(host.network(check, true).none());
}

#[test]
fn unsure_refresh_token_is_not_revoked_or_presented() {
    let mut host = SessionHost::new();
    host.connect(1);
    let key = host.scheduled_refresh();
    host.token_answered(key, TokenHttpResponse::Lost);
    assert!(host.feed(Input::SignOut).revoked().is_empty());
}

#[test]
fn sign_out_during_a_grace_replay_awaits_it() {
    let mut host = SessionHost::new();
    let client = ClientSettings {
        refresh_grace: 10 * SECOND,
        ..client("sandbox")
    };
    host.connect_with(start(client), SUBJECT, &pair(1));
    let key = host.scheduled_refresh();
    let (key, _) = host.token_answered(key, TokenHttpResponse::Lost).refresh();
    assert!(host.feed(Input::SignOut).revoked().is_empty());
    assert_eq!(
        host.token_answered(key, ok(&pair(2))).revoked(),
        [refresh(2)]
    );
}

#[test]
fn nothing_is_revoked_without_a_revocation_endpoint() {
    let mut host = SessionHost::new();
    let client = ClientSettings {
        revocation_endpoint: None,
        ..client("sandbox")
    };
    host.connect_with(start(client), SUBJECT, &pair(1));
    assert!(host.feed(Input::SignOut).revoked().is_empty());
    assert!(host.sessions.is_empty());
}

#[test]
fn responses_after_sign_out_change_nothing() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let (_, effects) = host.call_gets(&connection, 401);
    let (key, _) = effects.introspect();
    host.feed(Input::SignOut);
    assert!(
        host.introspected(key, IntrospectionResult::Unauthorized)
            .none()
    );
    assert!(host.introspected(key, valid(SUBJECT)).none());
    assert!(host.sessions.is_empty());
}

#[test]
fn second_sign_out_has_no_effects() {
    let mut host = SessionHost::new();
    assert!(host.feed(Input::SignOut).none());
    host.connect(1);
    host.feed(Input::SignOut);
    assert!(host.feed(Input::SignOut).none());
}

/// Seventeen refreshes on their way, one more than is remembered: the oldest is given up, and only it.
#[test]
fn awaited_responses_are_limited() {
    let mut host = SessionHost::new();
    let mut keys = Vec::new();
    for connections in [9, 8] {
        for n in 0..connections {
            host.connect_with(start(client("sandbox")), &format!("urn:{n}"), &pair(n));
        }
        for check in host.pass(800 * SECOND).tick().checks() {
            keys.push(host.network(check, true).refresh().0);
        }
        host.feed(Input::SignOut);
    }
    assert_eq!(keys.len(), 17);
    // Signing out of a connection with nothing on its way gives up nothing.
    host.connect(50);
    host.feed(Input::SignOut);
    let revoked: Vec<_> = keys
        .into_iter()
        .map(|key| host.token_answered(key, ok(&pair(60))).revoked().len())
        .collect();
    assert_eq!(revoked[0], 0);
    assert_eq!(revoked[1..], [1; 16]);
    assert!(!format!("{:?}", host.sessions).contains(SECRET));
}
