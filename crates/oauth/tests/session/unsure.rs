//! A refresh went unanswered: the old token is used up, and its refresh token left alone.

use outlay_oauth::client::Client;
use outlay_oauth::session::Phase;
use outlay_oauth::session::io::{ConnectionId, Ended, Input, Introspection, RequestKey};
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::Answer;

use super::host::{
    Host, SUBJECT, access, busy, client, http, living, ok, pair, refresh, refusal, start,
};
use super::refreshing::refreshing;

fn unsure(host: &mut Host) -> ConnectionId {
    let (connection, key) = refreshing(host);
    assert!(host.token_answered(key, Answer::Lost).changed());
    assert_eq!(host.phase(&connection), Phase::Unsure);
    assert!(!host.view(&connection).refreshable);
    connection
}

/// A refresh on its way at a server that forgives one repetition within 20 s.
fn graced(host: &mut Host) -> (ConnectionId, RequestKey) {
    let client = Client {
        refresh_grace: 20 * SECOND,
        ..client("sandbox")
    };
    let connection = host.connect_with(start(client), SUBJECT, &pair(1));
    (connection, host.scheduled_refresh())
}

#[test]
fn calls_go_on_with_the_old_token() {
    let mut host = Host::new();
    let connection = unsure(&mut host);
    let (call, effects) = host.call(&connection);
    assert_eq!(effects.sent(), [(call, access(1), 1)]);
    assert_eq!(host.answered(call, 200).delivered(), [(call, 1)]);
}

#[test]
fn a_401_ends_it_without_a_refresh() {
    let mut host = Host::new();
    let connection = unsure(&mut host);
    let (waiting, _) = host.call(&connection);
    let (call, effects) = host.call_gets(&connection, 401);
    assert_eq!(
        effects.failed(),
        [(waiting, "session_ended"), (call, "session_ended")]
    );
    assert!(effects.refreshes().is_empty() && effects.introspections().is_empty());
    assert_eq!(host.phase(&connection), Phase::Ended(Ended::Unsure));
}

/// The question was asked while the pair was good; the answer is a 401 like any other.
#[test]
fn a_dead_token_told_while_unsure_ends_it() {
    let mut host = Host::new();
    let connection = host.connect_with(start(client("sandbox")), SUBJECT, &living(1, 20));
    let (call, effects) = host.call_gets(&connection, 401);
    let (asked, _) = effects.introspect();
    let key = host.scheduled_refresh();
    host.token_answered(key, Answer::Lost);
    assert_eq!(host.phase(&connection), Phase::Unsure);
    let effects = host.introspected(asked, Introspection::Unauthorized);
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert!(effects.refreshes().is_empty());
    assert_eq!(host.phase(&connection), Phase::Ended(Ended::Unsure));
}

#[test]
fn the_end_of_the_token_ends_it() {
    let mut host = Host::new();
    let connection = unsure(&mut host);
    let left = host.view(&connection).expires_in.unwrap();
    let before = host.now.monotonic;
    let effects = host.tick_when_due();
    assert_eq!(host.now.monotonic - before, left);
    assert!(effects.refreshes().is_empty() && effects.revoked().is_empty());
    assert_eq!(host.phase(&connection), Phase::Ended(Ended::Unsure));
}

#[test]
fn a_call_after_the_end_of_the_token_ends_it() {
    let mut host = Host::new();
    let connection = unsure(&mut host);
    let (call, effects) = host.pass(900 * SECOND).call(&connection);
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert!(effects.sent().is_empty());
    assert_eq!(host.phase(&connection), Phase::Ended(Ended::Unsure));
}

#[test]
fn whoever_waited_for_the_refresh_ends_it_at_once() {
    let mut host = Host::new();
    let (connection, key) = refreshing(&mut host);
    let (call, _) = host.call_gets(&connection, 401);
    let effects = host.token_answered(key, Answer::Lost);
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert_eq!(host.phase(&connection), Phase::Ended(Ended::Unsure));
}

#[test]
fn retry_now_sends_nothing() {
    let mut host = Host::new();
    let connection = unsure(&mut host);
    assert!(host.feed(Input::RetryNow { connection }).none());
}

#[test]
fn an_older_generation_goes_on_with_the_old_token() {
    let mut host = Host::new();
    let connection = host.connect(1);
    let (late, _) = host.call(&connection);
    host.connect(2);
    let key = host.scheduled_refresh();
    host.token_answered(key, Answer::Lost);
    assert_eq!(host.answered(late, 401).sent(), [(late, access(2), 2)]);
    assert_eq!(host.phase(&connection), Phase::Unsure);
}

#[test]
fn a_stated_grace_window_allows_one_replay() {
    for (age, replays) in [(0, true), (20 * SECOND - 1, true), (20 * SECOND, false)] {
        let mut host = Host::new();
        let (connection, key) = graced(&mut host);
        let effects = host.pass(age).token_answered(key, Answer::Lost);
        assert_eq!(effects.refreshes().len(), usize::from(replays), "{age}");
        assert_eq!(host.phase(&connection), Phase::Unsure);
    }
}

#[test]
fn a_replay_that_succeeds_is_a_refresh_like_any_other() {
    let mut host = Host::new();
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
    assert_eq!(host.phase(&connection), Phase::Active);
}

#[test]
fn a_replay_that_does_not_succeed_ends_it() {
    for answer in [
        Answer::Lost,
        busy(429, Some(SECOND)),
        busy(503, None),
        http(500, ""),
        ok("{}"),
        refusal("invalid_grant"),
    ] {
        let mut host = Host::new();
        let (connection, key) = graced(&mut host);
        let (call, _) = host.call_gets(&connection, 401);
        let (again, _) = host.token_answered(key, Answer::Lost).refresh();
        let effects = host.token_answered(again, answer);
        assert!(effects.refreshes().is_empty(), "no second replay");
        assert_eq!(effects.failed(), [(call, "session_ended")]);
        assert_eq!(host.phase(&connection), Phase::Ended(Ended::Unsure));
    }
}

#[test]
fn a_replay_on_its_way_outlives_the_token_and_nobody_waits_too_long() {
    let mut host = Host::new();
    let (connection, key) = graced(&mut host);
    let (again, _) = host.token_answered(key, Answer::Lost).refresh();
    let (call, effects) = host.pass(300 * SECOND).call(&connection);
    assert!(effects.none());
    assert_eq!(
        host.tick_when_due().failed(),
        [(call, "refresh_unavailable")]
    );
    assert_eq!(host.phase(&connection), Phase::Unsure);
    host.token_answered(again, ok(&pair(2)));
    assert_eq!(host.phase(&connection), Phase::Active);
}

/// A monotonic clock that stopped in sleep must not make the window look open.
#[test]
fn a_sleep_closes_the_grace_window() {
    let mut host = Host::new();
    let (connection, key) = graced(&mut host);
    host.now.wall += 5 * MINUTE;
    let effects = host.token_answered(key, Answer::Lost);
    assert!(effects.refreshes().is_empty());
    assert_eq!(host.phase(&connection), Phase::Unsure);
}

/// The one replay is a refresh too: it is not thrown into a network that may not be there.
#[test]
fn no_replay_after_a_minute_of_silence_or_a_sleep() {
    for (monotonic, wall) in [(MINUTE, MINUTE), (SECOND, 20 * SECOND)] {
        let mut host = Host::new();
        let client = Client {
            refresh_grace: 10 * MINUTE,
            ..client("sandbox")
        };
        let connection = host.connect_with(start(client), SUBJECT, &pair(1));
        let key = host.scheduled_refresh();
        host.now.monotonic += monotonic;
        host.now.wall += wall;
        assert!(
            host.token_answered(key, Answer::Lost)
                .refreshes()
                .is_empty()
        );
        assert_eq!(host.phase(&connection), Phase::Unsure);
    }
}

#[test]
fn signing_in_again_makes_it_sure() {
    let mut host = Host::new();
    let connection = unsure(&mut host);
    assert_eq!(host.connect(2), connection);
    assert_eq!(host.phase(&connection), Phase::Active);
}
