//! What a 401 of the API means, and how little is done about it.

use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{
    CallId, ConnectionId, EndReason, Input, IntrospectionResult, RequestKey,
};
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::{
    SUBJECT, SessionHost, access, client, eternal, ok, pair, refresh, single, start, valid,
};

/// A connection whose pair is two minutes old, and whose last answer is fresh.
fn old_pair(host: &mut SessionHost) -> ConnectionId {
    let connection = host.connect(1);
    host.pass(2 * MINUTE);
    host.call_gets(&connection, 200);
    connection
}

/// A call that was refused, refreshed for and replayed with the new pair.
fn replayed(host: &mut SessionHost, connection: &ConnectionId) -> CallId {
    let (call, effects) = host.call_gets(connection, 401);
    let (key, _) = effects.refresh();
    let effects = host.token_answered(key, ok(&pair(2)));
    assert_eq!(effects.sent(), [(call, access(2), 2)]);
    call
}

/// A young pair's 401 up to the question.
fn asked(host: &mut SessionHost, body: &str) -> (ConnectionId, CallId, RequestKey) {
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, body);
    let (call, effects) = host.call_gets(&connection, 401);
    assert!(effects.refreshes().is_empty() && effects.failed().is_empty());
    let (key, token) = effects.introspect();
    assert_eq!(token, access(1));
    (connection, call, key)
}

#[test]
fn first_401_of_fresh_tokens_is_introspected() {
    for (age, asks) in [(0, true), (MINUTE - 1, true), (MINUTE, false)] {
        let mut host = SessionHost::new();
        let connection = host.connect(1);
        host.pass(age);
        let (_, effects) = host.call_gets(&connection, 401);
        assert_eq!(effects.introspections().len(), usize::from(asks));
        assert_eq!(effects.refreshes().len(), usize::from(!asks));
    }
}

#[test]
fn active_token_after_401_means_operation_not_allowed() {
    for answer in [valid(SUBJECT), IntrospectionResult::Unclear] {
        let mut host = SessionHost::new();
        let (connection, call, key) = asked(&mut host, &pair(1));
        let effects = host.introspected(key, answer);
        assert_eq!(effects.failed(), [(call, "unauthorised_operation")]);
        assert!(effects.refreshes().is_empty() && effects.sent().is_empty());
        assert_eq!(host.phase(&connection), ConnectionPhase::Active);
    }
}

#[test]
fn fresh_token_that_is_inactive_is_refreshed() {
    let mut host = SessionHost::new();
    let (_, call, key) = asked(&mut host, &pair(1));
    let (key, token) = host
        .introspected(key, IntrospectionResult::Unauthorized)
        .refresh();
    assert_eq!(token, refresh(1));
    let effects = host.token_answered(key, ok(&pair(2)));
    assert_eq!(effects.sent(), [(call, access(2), 2)]);
}

#[test]
fn inactive_token_without_a_refresh_token_ends_as_expired() {
    for age in [0, 2 * MINUTE] {
        let mut host = SessionHost::new();
        let connection = host.connect_with(start(client("sandbox")), SUBJECT, &single(1, 900));
        host.pass(age);
        let (call, effects) = host.call_gets(&connection, 401);
        let effects = host.introspected(effects.introspect().0, IntrospectionResult::Unauthorized);
        assert_eq!(effects.failed(), [(call, "session_ended")]);
        assert_eq!(
            host.phase(&connection),
            ConnectionPhase::Ended(EndReason::Expired)
        );
    }
}

#[test]
fn one_introspection_is_shared() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let calls: Vec<_> = (0..3).map(|_| host.call(&connection).0).collect();
    let (key, _) = host.answered(calls[0], 401).introspect();
    assert!(host.answered(calls[1], 401).none());
    assert!(host.answered(calls[2], 401).none());
    let effects = host.introspected(key, valid(SUBJECT));
    assert_eq!(effects.failed().len(), 3);
    // The next one is asked about anew.
    let (_, effects) = host.call_gets(&connection, 401);
    assert_ne!(effects.introspect().0, key);
}

#[test]
fn twenty_calls_share_one_refresh() {
    let mut host = SessionHost::new();
    let connection = old_pair(&mut host);
    let calls: Vec<_> = (0..20).map(|_| host.call(&connection).0).collect();
    let mut refreshes = Vec::new();
    for call in &calls {
        refreshes.extend(host.answered(*call, 401).refreshes());
    }
    assert_eq!(refreshes.len(), 1);
    let effects = host.token_answered(refreshes[0].0, ok(&pair(2)));
    let sent: Vec<_> = effects.sent().into_iter().map(|(call, ..)| call).collect();
    assert_eq!(sent, calls, "in their order");
    assert!(
        effects
            .sent()
            .iter()
            .all(|(_, token, _)| *token == access(2))
    );
}

#[test]
fn older_tokens_get_one_refresh_and_one_replay() {
    let mut host = SessionHost::new();
    let connection = old_pair(&mut host);
    let call = replayed(&mut host, &connection);
    let effects = host.answered(call, 200);
    assert_eq!(effects.delivered(), [(call, 2)]);
}

#[test]
fn tokens_without_lifetime_are_refreshed_after_401() {
    let mut host = SessionHost::new();
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, &eternal(1));
    host.pass(MINUTE - 1);
    host.call_gets(&connection, 200);
    host.pass(1);
    host.call_gets(&connection, 401).1.refresh();
}

#[test]
fn replay_401_is_introspected_and_not_allowed() {
    let mut host = SessionHost::new();
    let connection = old_pair(&mut host);
    let call = replayed(&mut host, &connection);
    let effects = host.pass(2 * MINUTE).answered(call, 401);
    assert!(effects.refreshes().is_empty());
    let (key, token) = effects.introspect();
    assert_eq!(token, access(2));
    let effects = host.introspected(key, valid(SUBJECT));
    assert_eq!(effects.failed(), [(call, "unauthorised_operation")]);
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
}

#[test]
fn replay_401_and_introspection_401_end_as_revoked() {
    let mut host = SessionHost::new();
    let connection = old_pair(&mut host);
    let call = replayed(&mut host, &connection);
    let (waiting, _) = host.call(&connection);
    let (key, _) = host.answered(call, 401).introspect();
    let effects = host.introspected(key, IntrospectionResult::Unauthorized);
    assert_eq!(
        effects.failed(),
        [(call, "session_ended"), (waiting, "session_ended")]
    );
    assert!(effects.refreshes().is_empty());
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Revoked)
    );
}

#[test]
fn older_generation_401_is_replayed_without_refresh() {
    let mut host = SessionHost::new();
    let connection = old_pair(&mut host);
    let (late, _) = host.call(&connection);
    replayed(&mut host, &connection);
    let effects = host.answered(late, 401);
    assert_eq!(effects.sent(), [(late, access(2), 2)]);
    assert!(effects.refreshes().is_empty() && effects.introspections().is_empty());
}

#[test]
fn older_generation_401_is_replayed_at_most_three_times() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let (late, _) = host.call(&connection);
    for n in 2..5 {
        assert_eq!(host.connect(n), connection);
        assert_eq!(host.answered(late, 401).sent(), [(late, access(n), n)]);
    }
    host.connect(5);
    let effects = host.answered(late, 401);
    assert_eq!(effects.failed(), [(late, "unauthorised_operation")]);
    assert!(effects.sent().is_empty());
}

#[test]
fn older_generation_401_waits_while_expired_tokens_are_refreshed() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let (late, _) = host.call(&connection);
    host.connect(2);
    let key = host.scheduled_refresh();
    host.pass(300 * SECOND);
    let effects = host.answered(late, 401);
    assert!(effects.sent().is_empty() && effects.refreshes().is_empty());
    let effects = host.token_answered(key, ok(&pair(3)));
    assert_eq!(effects.sent(), [(late, access(3), 3)]);
}

#[test]
fn introspection_of_replaced_tokens_is_ignored_and_callers_continue() {
    let mut host = SessionHost::new();
    let (connection, call, key) = asked(&mut host, &pair(1));
    let kept = host.start().kept;
    let (exchange, _) = host.callback(&kept, super::host::CODE).exchange();
    let (asking, _) = host.token_answered(exchange, ok(&pair(2))).introspect();
    let effects = host.introspected(asking, valid(SUBJECT));
    assert_eq!(effects.sent(), [(call, access(2), 2)]);
    assert!(
        host.introspected(key, IntrospectionResult::Unauthorized)
            .none()
    );
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
}

#[test]
fn inactive_token_during_refresh_joins_the_queue() {
    let mut host = SessionHost::new();
    let (connection, call, key) = asked(&mut host, &super::host::lived_token(1, 20));
    let refreshing = host.scheduled_refresh();
    let effects = host.introspected(key, IntrospectionResult::Unauthorized);
    assert!(effects.none(), "{effects:?}");
    let effects = host.token_answered(refreshing, ok(&pair(2)));
    assert_eq!(effects.sent(), [(call, access(2), 2)]);
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
}

#[test]
fn dropped_call_does_not_stop_the_introspection_of_others() {
    let mut host = SessionHost::new();
    let (connection, first, key) = asked(&mut host, &pair(1));
    let (second, _) = host.call_gets(&connection, 401);
    host.feed(Input::CallDropped { call: first });
    let effects = host.introspected(key, valid(SUBJECT));
    assert_eq!(effects.failed(), [(second, "unauthorised_operation")]);
}
