//! A good pair: when it is renewed, and what calls are sent with.

use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{CallId, EndReason, Input, IntrospectionResult};
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::{
    SUBJECT, SessionHost, access, client, eternal, lived_token, ok, pair, refresh, single, start,
    valid,
};

#[test]
fn refresh_is_due_between_75_and_90_percent_of_the_lifetime() {
    for seconds in [10, 60, 300, 900, 3_600, 86_400] {
        let mut seen = Vec::new();
        for seed in 0..40 {
            let mut host = SessionHost::seeded(seed);
            host.connect_with(start(client("sandbox")), SUBJECT, &lived_token(1, seconds));
            let due = host.sessions.next_due().unwrap() - host.now.monotonic;
            let life = seconds * SECOND;
            assert!(due >= life / 4 * 3, "{seconds}: {due}");
            assert!(due <= life / 100 * 85, "{seconds}: {due}");
            assert!(
                due <= life - (life / 10).min(30 * SECOND),
                "{seconds}: {due}"
            );
            seen.push(due);
        }
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 5, "{seconds}: there is jitter");
    }
}

#[test]
fn due_refresh_is_sent_once_and_replaces_both_tokens() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let key = host.scheduled_refresh();
    assert_eq!(host.phase(&connection), ConnectionPhase::Refreshing);
    let due = host.sessions.next_due();
    assert_eq!(due, None, "its answer is awaited, nothing else");
    host.pass(MINUTE);
    assert!(host.tick().refreshes().is_empty());
    assert!(host.token_answered(key, ok(&pair(2))).changed());
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
    assert_eq!(host.view(&connection).generation, 2);
    assert_eq!(host.call(&connection).1.sent()[0].1, access(2));
    let (_, token) = {
        let effects = host.tick_when_due();
        let key = effects.check();
        host.network(key, true).refresh()
    };
    assert_eq!(token, refresh(2));
}

#[test]
fn scheduled_refreshes_are_at_least_two_seconds_apart() {
    let mut host = SessionHost::new();
    host.connect_with(start(client("sandbox")), SUBJECT, &lived_token(1, 1));
    let mut last = None;
    for n in 2..6 {
        let (key, _) = host.tick_when_due().refresh();
        let now = host.now.monotonic;
        assert!(last.is_none_or(|last| now - last >= 2 * SECOND));
        last = Some(now);
        host.token_answered(key, ok(&lived_token(n, 1)));
    }
}

#[test]
fn no_refresh_is_scheduled_without_a_refresh_token() {
    let mut host = SessionHost::new();
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, &single(1, 900));
    assert!(!host.view(&connection).refreshable);
    let effects = host.tick_when_due();
    assert!(effects.refreshes().is_empty() && effects.checks().is_empty());
    assert_eq!(host.view(&connection).token_age, 0, "the pair is gone");
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Expired)
    );
}

#[test]
fn call_with_expired_token_and_no_refresh_token_ends_the_connection() {
    let mut host = SessionHost::new();
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, &single(1, 900));
    let (call, effects) = host.pass(900 * SECOND).call(&connection);
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert!(effects.sent().is_empty());
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Expired)
    );
}

#[test]
fn no_refresh_is_scheduled_without_expires_in() {
    let mut host = SessionHost::new();
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, &eternal(1));
    assert_eq!(host.sessions.next_due(), None);
    assert!(host.pass(29 * MINUTE).tick().none());
    assert_eq!(host.call(&connection).1.sent()[0].1, access(1));
}

#[test]
fn call_is_sent_and_its_response_delivered() {
    for status in [200, 204, 400, 403, 404, 429, 500, 503] {
        let mut host = SessionHost::new();
        let connection = host.connect(1);
        let (call, effects) = host.call_gets(&connection, status);
        assert_eq!(effects.delivered(), [(call, 1)]);
        assert!(host.answered(call, status).none(), "only once");
    }
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let (call, _) = host.call(&connection);
    let effects = host.feed(Input::CallAnswered { call, status: None });
    assert_eq!(effects.delivered(), [(call, 1)]);
}

#[test]
fn dropped_call_is_removed() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let (call, _) = host.call(&connection);
    assert!(host.feed(Input::CallDropped { call }).none());
    assert!(host.answered(call, 401).none());
    assert!(host.answered(CallId(999), 401).none());
}

#[test]
fn unknown_connection_is_reported() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let other = outlay_oauth::session::io::ConnectionId(format!("{}x", connection.0));
    let (call, effects) = host.call(&other);
    assert_eq!(effects.failed(), [(call, "connection_unknown")]);
}

#[test]
fn call_with_expired_token_waits_for_one_refresh() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    host.pass(900 * SECOND);
    let (first, effects) = host.call(&connection);
    assert!(effects.sent().is_empty());
    let check = effects.check();
    let (second, effects) = host.call(&connection);
    assert!(effects.none(), "one check, one refresh: {effects:?}");
    let (key, token) = host.network(check, true).refresh();
    assert_eq!(token, refresh(1));
    let effects = host.token_answered(key, ok(&pair(2)));
    assert_eq!(
        effects.sent(),
        [(first, access(2), 2), (second, access(2), 2)]
    );
}

#[test]
fn refresh_after_a_minute_without_response_checks_the_network_first() {
    for (silence, asks) in [(59 * SECOND, false), (MINUTE, true)] {
        let mut host = SessionHost::new();
        let connection =
            host.connect_with(start(client("sandbox")), SUBJECT, &lived_token(1, 1_200));
        let due = host.sessions.next_due().unwrap() - host.now.monotonic;
        host.pass(due - silence);
        assert!(host.call_gets(&connection, 200).1.checks().is_empty());
        let effects = host.pass(silence).tick();
        assert_eq!(effects.checks().len(), usize::from(asks), "{silence}");
        assert_eq!(effects.refreshes().len(), usize::from(!asks), "{silence}");
    }
}

#[test]
fn unanswered_call_is_no_network_evidence() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let due = host.sessions.next_due().unwrap() - host.now.monotonic;
    host.pass(due - SECOND);
    let (call, _) = host.call(&connection);
    host.feed(Input::CallAnswered { call, status: None });
    host.pass(SECOND).tick().check();
}

/// What the API says of a token breaks the silence too, unless it says nothing.
#[test]
fn answered_introspection_is_network_evidence() {
    let no_subject = IntrospectionResult::Valid {
        subject: None,
        application: None,
        scopes: None,
    };
    for (answer, asks) in [(no_subject, false), (IntrospectionResult::Unclear, true)] {
        let mut host = SessionHost::new();
        let (_, key) = host.exchange();
        let (key, _) = host
            .token_answered(key, ok(&lived_token(1, 100)))
            .introspect();
        host.introspected(key, IntrospectionResult::Unclear)
            .connected();
        let (key, _) = host.tick_when_due().introspect();
        let due = host.sessions.next_due().unwrap() - host.now.monotonic;
        host.pass(due - SECOND).introspected(key, answer);
        let effects = host.pass(SECOND).tick();
        assert_eq!(effects.checks().len(), usize::from(asks));
        assert_eq!(effects.refreshes().len(), usize::from(!asks));
    }
}

#[test]
fn two_connections_refresh_once_each() {
    let mut host = SessionHost::new();
    host.connect(1);
    let other = host.connect_with(start(client("sandbox")), "urn:two", &pair(2));
    host.pass(800 * SECOND);
    let checks = host.tick().checks();
    assert_eq!(checks.len(), 2);
    let (first, token) = host.network(checks[0], true).refresh();
    assert_eq!(token, refresh(1));
    let (_, token) = host.network(checks[1], true).refresh();
    assert_eq!(token, refresh(2));
    host.token_answered(first, ok(&pair(3)));
    assert_eq!(host.phase(&other), ConnectionPhase::Refreshing);
    assert_eq!(host.call(&other).1.sent()[0].1, access(2), "no mix-up");
}

#[test]
fn generation_counter_is_shared_and_never_reset() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let second = host.connect_with(start(client("sandbox")), "urn:two", &pair(2));
    assert_eq!(host.view(&first).generation, 1);
    assert_eq!(host.view(&second).generation, 2);
    host.feed(Input::SignOut);
    let third = host.connect(3);
    assert_eq!(host.view(&third).generation, 3);
    assert_ne!(first, third, "names are random");
}

#[test]
fn view_counts_the_remaining_lifetime_down() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    host.pass(100 * SECOND);
    let view = host.view(&connection);
    assert_eq!(view.expires_in, Some(800 * SECOND));
    assert_eq!(view.token_age, 100 * SECOND);
    assert_eq!(view.profile, "sandbox");
    let (key, _) = host.exchange();
    drop((key, valid("unused")));
    assert_eq!(host.sessions.sign_ins()[0].profile, "sandbox");
}
