//! The subject of tokens: the same subject replaces its connection, another one adds a connection.

use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{
    ConnectionId, EndReason, IntrospectionResult, RequestKey, SignInStart,
};
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::{CODE, SUBJECT, SessionHost, access, client, ok, pair, refusal, start, valid};

fn meant_for(target: &ConnectionId) -> SignInStart {
    SignInStart {
        target: Some(target.clone()),
        ..start(client("sandbox"))
    }
}

/// A connection whose owner is not known yet, and the question after it.
fn unknown(host: &mut SessionHost, n: u32) -> (ConnectionId, RequestKey) {
    let (_, key) = host.exchange();
    let (key, _) = host.token_answered(key, ok(&pair(n))).introspect();
    let connection = host
        .introspected(key, IntrospectionResult::Unclear)
        .connected();
    let (key, token) = host.pass(5 * SECOND).tick().introspect();
    assert_eq!(token, access(n));
    (connection, key)
}

fn names(host: &SessionHost) -> Vec<ConnectionId> {
    let views = host.sessions.connections(host.now);
    views
        .into_iter()
        .map(|view| ConnectionId(view.id))
        .collect()
}

#[test]
fn sign_in_of_the_same_subject_replaces_the_tokens_in_place() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let (call, _) = host.call(&first);
    let second = host.connect(2);
    assert_eq!(first, second);
    assert_eq!(names(&host), std::slice::from_ref(&first));
    assert_eq!(host.view(&first).generation, 2);
    assert_eq!(host.call(&first).1.sent()[0].1, access(2));
    let replayed = host.answered(call, 401);
    assert_eq!(replayed.sent(), [(call, access(2), 2)]);
}

#[test]
fn sign_in_of_the_same_subject_revives_the_ended_connection() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let key = host.scheduled_refresh();
    host.token_answered(key, refusal("invalid_grant"));
    let second = host.connect_with(meant_for(&first), SUBJECT, &pair(2));
    assert_eq!(first, second);
    assert_eq!(host.phase(&first), ConnectionPhase::Active);
}

#[test]
fn sign_in_of_another_subject_adds_a_connection() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let second = host.connect_with(start(client("sandbox")), "urn:two", &pair(2));
    assert_eq!(names(&host), [first, second]);
}

#[test]
fn sign_in_of_another_profile_adds_a_connection() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let second = host.connect_with(start(client("staging")), SUBJECT, &pair(2));
    assert_eq!(names(&host), [first, second]);
}

#[test]
fn another_subject_removes_the_ended_target() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let key = host.scheduled_refresh();
    host.token_answered(key, refusal("invalid_grant"));
    let refused = ConnectionPhase::Ended(EndReason::Refused("invalid_grant".to_owned()));
    assert_eq!(host.phase(&first), refused);
    let second = host.connect_with(meant_for(&first), "urn:two", &pair(2));
    assert_ne!(first, second);
    assert_eq!(names(&host), [second]);
}

/// A page that kept work for a connection learns whether it is that connection that came.
#[test]
fn result_names_the_intended_connection() {
    for (target, subject, same) in [
        (None, SUBJECT, false),
        (Some(()), SUBJECT, true),
        (Some(()), "urn:two", false),
    ] {
        let mut host = SessionHost::new();
        let first = host.connect(1);
        let start = match target {
            Some(()) => meant_for(&first),
            None => start(client("sandbox")),
        };
        let kept = host.start_with(start).kept;
        let (key, _) = host.callback(&kept, CODE).exchange();
        let (key, _) = host.token_answered(key, ok(&pair(2))).introspect();
        let effects = host.introspected(key, valid(subject));
        assert_eq!(effects.targets(), [target.map(|()| first.clone())]);
        let came = effects.connected();
        assert_eq!(effects.targets() == [Some(came)], same);
    }
}

#[test]
fn another_subject_keeps_a_live_target() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let second = host.connect_with(meant_for(&first), "urn:two", &pair(2));
    assert_eq!(names(&host), [first, second]);
}

#[test]
fn unknown_subject_matches_no_connection() {
    let mut host = SessionHost::new();
    let (first, _) = unknown(&mut host, 1);
    let (second, _) = unknown(&mut host, 2);
    assert_eq!(names(&host), [first, second]);
}

#[test]
fn subject_learnt_later_ends_the_older_connection() {
    let mut host = SessionHost::new();
    let older = host.connect(1);
    let (call, _) = host.call(&older);
    let (newer, key) = unknown(&mut host, 2);
    let effects = host.introspected(key, valid(SUBJECT));
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert_eq!(names(&host), std::slice::from_ref(&newer));
    assert_eq!(host.call(&newer).1.sent()[0].1, access(2));
}

/// The question may be answered so late that the same person has signed in anew meanwhile.
#[test]
fn subject_learnt_later_keeps_a_newer_connection() {
    let mut host = SessionHost::new();
    let (older, key) = unknown(&mut host, 1);
    let (call, _) = host.call(&older);
    let newer = host.connect(2);
    let effects = host.introspected(key, valid(SUBJECT));
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert_eq!(names(&host), [newer]);
}

#[test]
fn two_subjects_learnt_later_keep_the_newer_tokens() {
    for newer_first in [true, false] {
        let mut host = SessionHost::new();
        let (_, older_key) = unknown(&mut host, 1);
        let (newer, newer_key) = unknown(&mut host, 2);
        let (first, second) = if newer_first {
            (newer_key, older_key)
        } else {
            (older_key, newer_key)
        };
        host.introspected(first, valid(SUBJECT));
        host.introspected(second, valid(SUBJECT));
        assert_eq!(names(&host), [newer]);
    }
}

/// An older connection that was refreshed has the higher generation, and is still the older one.
#[test]
fn refresh_does_not_make_a_connection_newer() {
    let mut host = SessionHost::new();
    let (older, older_key) = unknown(&mut host, 1);
    host.pass(MINUTE);
    let (newer, newer_key) = unknown(&mut host, 2);
    let (_, effects) = host.call_gets(&older, 401);
    let (refreshing, _) = effects.refresh();
    host.token_answered(refreshing, ok(&pair(3)));
    assert!(host.view(&older).generation > host.view(&newer).generation);
    assert!(host.introspected(older_key, valid(SUBJECT)).none());
    assert_eq!(host.view(&older).subject, None, "asked with the old pair");
    let (older_key, token) = host.pass(5 * SECOND).tick().introspect();
    assert_eq!(token, access(3));
    host.introspected(older_key, valid(SUBJECT));
    host.introspected(newer_key, valid(SUBJECT));
    assert_eq!(names(&host), [newer]);
}

/// A grant is one person's: an API that names another later on is not believed.
#[test]
fn known_subject_does_not_change() {
    let mut host = SessionHost::new();
    let first = host.connect_with(start(client("sandbox")), "urn:two", &pair(1));
    let second = host.connect(2);
    let (call, effects) = host.call_gets(&second, 401);
    let effects = host.introspected(effects.introspect().0, valid("urn:two"));
    assert_eq!(effects.failed(), [(call, "unauthorised_operation")]);
    assert!(!effects.changed());
    assert_eq!(host.view(&second).subject.as_deref(), Some(SUBJECT));
    assert_eq!(names(&host), [first, second]);
}

/// The old refresh belongs to a pair that is gone: what it brings is dropped, not revoked, because
/// a server may revoke by user and client, and the new pair with it.
#[test]
fn introspection_of_replaced_tokens_is_ignored() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let key = host.scheduled_refresh();
    let (call, effects) = host.call(&connection);
    assert_eq!(effects.sent()[0].1, access(1));
    host.answered(call, 401);
    let kept = host.start().kept;
    let (exchange, _) = host.callback(&kept, CODE).exchange();
    let (asking, _) = host.token_answered(exchange, ok(&pair(2))).introspect();
    let effects = host.introspected(asking, valid(SUBJECT));
    assert_eq!(effects.sent(), [(call, access(2), 2)], "waiters go on");
    for answer in [ok(&pair(3)), refusal("invalid_grant")] {
        assert!(host.token_answered(key, answer).none());
    }
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
    assert_eq!(host.view(&connection).generation, 2);
    assert_eq!(host.call(&connection).1.sent()[0].1, access(2));
}
