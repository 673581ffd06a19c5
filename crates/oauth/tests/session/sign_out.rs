//! Sign out: everything is wiped at once, and nobody is left waiting.

use outlay_oauth::client::Client;
use outlay_oauth::session::io::{Input, Introspection};
use outlay_oauth::time::SECOND;
use outlay_oauth::token::Answer;

use super::host::{Host, SECRET, SUBJECT, client, ok, pair, refresh, refusal, start, valid};

#[test]
fn every_call_settles_and_every_refresh_token_is_revoked() {
    let mut host = Host::new();
    let first = host.connect(1);
    let second = host.connect_with(start(client("sandbox")), "urn:two", &pair(2));
    let (sent, _) = host.call(&first);
    let (judged, _) = host.call_gets(&second, 401);
    host.pass(900 * SECOND);
    let (waiting, _) = host.call(&first);
    let effects = host.feed(Input::SignOut);
    let mut failed = effects.failed();
    failed.sort_by_key(|(call, _)| call.0);
    let code = "session_ended";
    assert_eq!(failed, [(sent, code), (judged, code), (waiting, code)]);
    assert_eq!(effects.revoked(), [refresh(1), refresh(2)]);
    assert!(effects.changed() && host.sessions.is_empty());
    assert_eq!(host.sessions.next_due(), None);
    assert!(host.answered(sent, 401).none());
    let (late, effects) = host.call(&first);
    assert_eq!(effects.failed(), [(late, "connection_unknown")]);
    assert!(!format!("{:?}", host.sessions).contains("Pair"));
}

#[test]
fn a_refresh_on_its_way_is_awaited_only_to_be_revoked() {
    for (answer, revoked) in [
        (ok(&pair(2)), vec![refresh(2)]),
        (ok(r#"{"access_token":"SECRET"}"#), vec![]),
        (Answer::Lost, vec![]),
        (refusal("invalid_grant"), vec![]),
    ] {
        let mut host = Host::new();
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
fn a_refresh_that_was_not_sent_is_revoked_at_once() {
    let mut host = Host::new();
    host.connect(1);
    let check = host.tick_when_due().check();
    assert_eq!(host.feed(Input::SignOut).revoked(), [refresh(1)]);
    assert!(host.network(check, true).none());
}

#[test]
fn an_unsure_refresh_token_is_not_presented_again() {
    let mut host = Host::new();
    host.connect(1);
    let key = host.scheduled_refresh();
    host.token_answered(key, Answer::Lost);
    assert!(host.feed(Input::SignOut).revoked().is_empty());
}

#[test]
fn a_replay_on_its_way_is_awaited_too() {
    let mut host = Host::new();
    let client = Client {
        refresh_grace: 10 * SECOND,
        ..client("sandbox")
    };
    host.connect_with(start(client), SUBJECT, &pair(1));
    let key = host.scheduled_refresh();
    let (key, _) = host.token_answered(key, Answer::Lost).refresh();
    assert!(host.feed(Input::SignOut).revoked().is_empty());
    assert_eq!(
        host.token_answered(key, ok(&pair(2))).revoked(),
        [refresh(2)]
    );
}

#[test]
fn without_an_endpoint_nothing_is_revoked() {
    let mut host = Host::new();
    let client = Client {
        revocation_endpoint: None,
        ..client("sandbox")
    };
    host.connect_with(start(client), SUBJECT, &pair(1));
    assert!(host.feed(Input::SignOut).revoked().is_empty());
    assert!(host.sessions.is_empty());
}

#[test]
fn answers_after_it_change_nothing() {
    let mut host = Host::new();
    let connection = host.connect(1);
    let (_, effects) = host.call_gets(&connection, 401);
    let (key, _) = effects.introspect();
    host.feed(Input::SignOut);
    assert!(host.introspected(key, Introspection::Unauthorized).none());
    assert!(host.introspected(key, valid(SUBJECT)).none());
    assert!(host.sessions.is_empty());
}

#[test]
fn signing_out_twice_says_nothing_new() {
    let mut host = Host::new();
    assert!(host.feed(Input::SignOut).none());
    host.connect(1);
    host.feed(Input::SignOut);
    assert!(host.feed(Input::SignOut).none());
}

/// Seventeen refreshes on their way, one more than is remembered: the oldest is given up, and only it.
#[test]
fn the_answers_awaited_are_bounded() {
    let mut host = Host::new();
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
