//! A refresh went unanswered: the old token is used up, and its refresh token left alone.

use outlay_oauth::client::ClientSettings;
use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{ConnectionId, EndReason, Input, IntrospectionResult, RequestKey};
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::TokenHttpResponse;

use super::host::{
    SUBJECT, SessionHost, access, busy, client, http, lived_token, ok, pair, refresh, refusal,
    start,
};
use super::refreshing::refreshing;

fn unsure(host: &mut SessionHost) -> ConnectionId {
    let (connection, key) = refreshing(host);
    assert!(host.token_answered(key, TokenHttpResponse::Lost).changed());
    assert_eq!(host.phase(&connection), ConnectionPhase::Unsure);
    assert!(!host.view(&connection).refreshable);
    connection
}

/// A refresh on its way at a server that forgives one repetition within 20 s.
fn graced(host: &mut SessionHost) -> (ConnectionId, RequestKey) {
    let client = ClientSettings {
        refresh_grace: 20 * SECOND,
        ..client("sandbox")
    };
    let connection = host.connect_with(start(client), SUBJECT, &pair(1));
    (connection, host.scheduled_refresh())
}

#[test]
fn unsure_connection_calls_with_the_old_token() {
    let mut host = SessionHost::new();
    let connection = unsure(&mut host);
    let (call, effects) = host.call(&connection);
    assert_eq!(effects.sent(), [(call, access(1), 1)]);
    assert_eq!(host.answered(call, 200).delivered(), [(call, 1)]);
}

#[test]
fn unsure_connection_ends_after_401_without_refresh() {
    let mut host = SessionHost::new();
    let connection = unsure(&mut host);
    let (waiting, _) = host.call(&connection);
    let (call, effects) = host.call_gets(&connection, 401);
    assert_eq!(
        effects.failed(),
        [(waiting, "session_ended"), (call, "session_ended")]
    );
    assert!(effects.refreshes().is_empty() && effects.introspections().is_empty());
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Unsure)
    );
}

/// The question was asked while the pair was good; the answer is a 401 like any other.
#[test]
fn inactive_token_while_unsure_ends_the_connection() {
    let mut host = SessionHost::new();
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, &lived_token(1, 20));
    let (call, effects) = host.call_gets(&connection, 401);
    let (asked, _) = effects.introspect();
    let key = host.scheduled_refresh();
    host.token_answered(key, TokenHttpResponse::Lost);
    assert_eq!(host.phase(&connection), ConnectionPhase::Unsure);
    let effects = host.introspected(asked, IntrospectionResult::Unauthorized);
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert!(effects.refreshes().is_empty());
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Unsure)
    );
}

#[test]
fn token_expiry_ends_an_unsure_connection() {
    let mut host = SessionHost::new();
    let connection = unsure(&mut host);
    let left = host.view(&connection).expires_in.unwrap();
    let before = host.now.monotonic;
    let effects = host.tick_when_due();
    assert_eq!(host.now.monotonic - before, left);
    assert!(effects.refreshes().is_empty() && effects.revoked().is_empty());
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Unsure)
    );
}

#[test]
fn call_after_token_expiry_ends_an_unsure_connection() {
    let mut host = SessionHost::new();
    let connection = unsure(&mut host);
    let (call, effects) = host.pass(900 * SECOND).call(&connection);
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert!(effects.sent().is_empty());
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Unsure)
    );
}

#[test]
fn call_waiting_for_the_refresh_ends_the_unsure_connection_at_once() {
    let mut host = SessionHost::new();
    let (connection, key) = refreshing(&mut host);
    let (call, _) = host.call_gets(&connection, 401);
    let effects = host.token_answered(key, TokenHttpResponse::Lost);
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Unsure)
    );
}

#[test]
fn retry_now_while_unsure_sends_nothing() {
    let mut host = SessionHost::new();
    let connection = unsure(&mut host);
    assert!(host.feed(Input::RetryNow { connection }).none());
}

#[test]
fn older_generation_401_while_unsure_is_replayed_with_the_old_token() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let (late, _) = host.call(&connection);
    host.connect(2);
    let key = host.scheduled_refresh();
    host.token_answered(key, TokenHttpResponse::Lost);
    assert_eq!(host.answered(late, 401).sent(), [(late, access(2), 2)]);
    assert_eq!(host.phase(&connection), ConnectionPhase::Unsure);
}

#[test]
fn configured_grace_window_allows_one_replay() {
    for (age, replays) in [(0, true), (20 * SECOND - 1, true), (20 * SECOND, false)] {
        let mut host = SessionHost::new();
        let (connection, key) = graced(&mut host);
        let effects = host.pass(age).token_answered(key, TokenHttpResponse::Lost);
        assert_eq!(effects.refreshes().len(), usize::from(replays), "{age}");
        assert_eq!(host.phase(&connection), ConnectionPhase::Unsure);
    }
}

#[test]
fn successful_grace_replay_counts_as_refresh() {
    let mut host = SessionHost::new();
    let (connection, key) = graced(&mut host);
    let (waiting, _) = host.call_gets(&connection, 401);
    let (again, token) = host.token_answered(key, http(502, "")).refresh();
    assert_eq!(token, refresh(1));
    assert_ne!(again, key);
    assert!(host.token_answered(key, ok(&pair(9))).none(), "too late");
    let (call, effects) = host.call(&connection);
    assert_eq!(effects.sent(), [(call, access(1), 1)]);
    assert!(host.answered(call, 401).none(), "joins the queue");
    let effects = host.token_answered(again, ok(&pair(2)));
    assert_eq!(
        effects.sent(),
        [(waiting, access(2), 2), (call, access(2), 2)]
    );
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
}

#[test]
fn failed_grace_replay_ends_the_connection() {
    for answer in [
        TokenHttpResponse::Lost,
        busy(429, Some(SECOND)),
        busy(503, None),
        http(500, ""),
        ok("{}"),
        refusal("invalid_grant"),
    ] {
        let mut host = SessionHost::new();
        let (connection, key) = graced(&mut host);
        let (call, _) = host.call_gets(&connection, 401);
        let (again, _) = host.token_answered(key, TokenHttpResponse::Lost).refresh();
        let effects = host.token_answered(again, answer);
        assert!(effects.refreshes().is_empty(), "no second replay");
        assert_eq!(effects.failed(), [(call, "session_ended")]);
        assert_eq!(
            host.phase(&connection),
            ConnectionPhase::Ended(EndReason::Unsure)
        );
    }
}

#[test]
fn grace_replay_continues_after_token_expiry_within_the_wait_limit() {
    let mut host = SessionHost::new();
    let (connection, key) = graced(&mut host);
    let (again, _) = host.token_answered(key, TokenHttpResponse::Lost).refresh();
    let (call, effects) = host.pass(300 * SECOND).call(&connection);
    assert!(effects.none());
    assert_eq!(
        host.tick_when_due().failed(),
        [(call, "refresh_unavailable")]
    );
    assert_eq!(host.phase(&connection), ConnectionPhase::Unsure);
    host.token_answered(again, ok(&pair(2)));
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
}

/// A monotonic clock that stopped in sleep must not make the window look open.
#[test]
fn sleep_closes_the_grace_window() {
    let mut host = SessionHost::new();
    let (connection, key) = graced(&mut host);
    host.now.wall += 5 * MINUTE;
    let effects = host.token_answered(key, TokenHttpResponse::Lost);
    assert!(effects.refreshes().is_empty());
    assert_eq!(host.phase(&connection), ConnectionPhase::Unsure);
}

/// The one replay is a refresh too: it is not thrown into a network that may not be there.
#[test]
fn grace_replay_is_not_sent_after_silence_or_sleep() {
    for (monotonic, wall) in [(MINUTE, MINUTE), (SECOND, 20 * SECOND)] {
        let mut host = SessionHost::new();
        let client = ClientSettings {
            refresh_grace: 10 * MINUTE,
            ..client("sandbox")
        };
        let connection = host.connect_with(start(client), SUBJECT, &pair(1));
        let key = host.scheduled_refresh();
        host.now.monotonic += monotonic;
        host.now.wall += wall;
        assert!(
            host.token_answered(key, TokenHttpResponse::Lost)
                .refreshes()
                .is_empty()
        );
        assert_eq!(host.phase(&connection), ConnectionPhase::Unsure);
    }
}

#[test]
fn new_sign_in_clears_unsure() {
    let mut host = SessionHost::new();
    let connection = unsure(&mut host);
    assert_eq!(host.connect(2), connection);
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
}
