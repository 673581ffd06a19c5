//! Two clocks: one may be set, the other may stop.

use outlay_oauth::session::io::{ConnectionId, EndReason, Input};
use outlay_oauth::session::{ConnectionPhase, SessionLimits};
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::{SUBJECT, SessionHost, access, client, eternal, ok, pair, refresh, start};

const HOUR: u64 = 60 * MINUTE;

pub fn idle() -> ConnectionPhase {
    ConnectionPhase::Ended(EndReason::Idle)
}

fn eternal_connection(host: &mut SessionHost) -> ConnectionId {
    host.connect_with(start(client("sandbox")), SUBJECT, &eternal(1))
}

#[test]
fn wall_clock_two_hours_back_changes_nothing() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let due = host.sessions.next_due();
    host.now.wall -= 2 * HOUR;
    assert!(host.tick().none());
    assert_eq!(host.sessions.next_due(), due);
    assert_eq!(host.view(&connection).expires_in, Some(900 * SECOND));
    assert_eq!(host.call(&connection).1.sent()[0].1, access(1));
    assert!(host.pass(29 * MINUTE).tick().revoked().is_empty());
    assert_eq!(host.phase(&connection), ConnectionPhase::Refreshing);
    host.pass(MINUTE).tick();
    assert_eq!(host.phase(&connection), idle());
}

#[test]
fn wall_clock_two_hours_ahead_ends_as_idle() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    host.now.wall += 2 * HOUR;
    let effects = host.tick();
    assert_eq!(host.phase(&connection), idle());
    assert_eq!(effects.revoked(), [refresh(1)], "as sign-out");
}

#[test]
fn eight_hours_of_sleep_end_as_idle_with_running_or_stopped_monotonic_clock() {
    for stopped in [true, false] {
        let mut host = SessionHost::new();
        let connection = host.connect(1);
        let (call, _) = host.call(&connection);
        host.now.wall += 8 * HOUR;
        host.now.monotonic += if stopped { 0 } else { 8 * HOUR };
        // The first thing that the sleeper does comes too late.
        let effects = host.feed(Input::Activity);
        assert_eq!(effects.failed(), [(call, "session_ended")]);
        assert!(effects.refreshes().is_empty());
        assert_eq!(host.phase(&connection), idle());
        let (late, effects) = host.call(&connection);
        assert_eq!(effects.failed(), [(late, "session_ended")]);
    }
}

#[test]
fn wall_clock_jump_does_not_expire_a_token() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    host.now.wall += 20 * MINUTE;
    assert!(host.tick().none(), "no refresh by the wall clock");
    assert_eq!(host.view(&connection).expires_in, Some(900 * SECOND));
    assert_eq!(host.call(&connection).1.sent()[0].1, access(1));
}

/// The token died while the monotonic clock stood still: the API says so, and the pair counts as
/// old, because it is.
#[test]
fn token_expired_during_sleep_with_stopped_clock_is_refreshed() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    host.now.wall += 20 * MINUTE;
    let (call, effects) = host.call_gets(&connection, 401);
    assert!(effects.introspections().is_empty());
    let (key, _) = effects.refresh();
    let effects = host.token_answered(key, ok(&pair(2)));
    assert_eq!(effects.sent(), [(call, access(2), 2)]);
}

#[test]
fn after_wake_the_network_is_checked_before_a_refresh() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let due = host.sessions.next_due().unwrap() - host.now.monotonic;
    host.pass(due - 5 * SECOND);
    host.call_gets(&connection, 200);
    host.now.wall += 3 * SECOND;
    let effects = host.pass(5 * SECOND).tick();
    let check = effects.check();
    assert!(effects.refreshes().is_empty());
    assert!(host.network(check, false).refreshes().is_empty());
    let effects = host.tick_when_due();
    host.network(effects.check(), true).refresh();
}

#[test]
fn any_response_after_wake_counts_as_network_check() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let due = host.sessions.next_due().unwrap() - host.now.monotonic;
    host.pass(due - 5 * SECOND);
    host.now.wall += 3 * SECOND;
    host.call_gets(&connection, 200);
    host.pass(5 * SECOND).tick().refresh();
}

#[test]
fn small_clock_drift_is_not_sleep() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let due = host.sessions.next_due().unwrap() - host.now.monotonic;
    host.pass(due - 5 * SECOND);
    host.call_gets(&connection, 200);
    host.now.wall += 2 * SECOND;
    host.pass(5 * SECOND).tick().refresh();
}

#[test]
fn idle_limit_is_30_minutes_without_activity() {
    for (input, alive) in [(Some(Input::Activity), true), (None, false)] {
        let mut host = SessionHost::new();
        let connection = eternal_connection(&mut host);
        host.pass(29 * MINUTE);
        input.into_iter().for_each(|input| drop(host.feed(input)));
        host.call_gets(&connection, 200);
        host.pass(MINUTE).tick();
        assert_eq!(host.phase(&connection) == ConnectionPhase::Active, alive);
    }
}

#[test]
fn starting_and_finishing_a_sign_in_count_as_activity() {
    let mut host = SessionHost::new();
    let connection = eternal_connection(&mut host);
    host.pass(29 * MINUTE);
    let kept = host.start().kept;
    host.pass(9 * MINUTE).tick();
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
    host.callback(&kept, super::host::CODE).exchange();
    host.pass(29 * MINUTE).tick();
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
}

#[test]
fn idle_and_absolute_limits_are_configurable() {
    let mut host = SessionHost::new();
    let connection = eternal_connection(&mut host);
    host.sessions.set_limits(SessionLimits {
        idle: 5 * MINUTE,
        absolute: 8 * MINUTE,
    });
    host.pass(4 * MINUTE).feed(Input::Activity);
    host.pass(4 * MINUTE - 1).tick();
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
    host.pass(1).tick();
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Absolute)
    );
}

#[test]
fn absolute_limit_uses_the_larger_clock_from_the_last_sign_in() {
    let mut host = SessionHost::new();
    let connection = eternal_connection(&mut host);
    host.sessions.set_limits(SessionLimits {
        idle: 100 * HOUR,
        absolute: 12 * HOUR,
    });
    host.pass(11 * HOUR);
    assert_eq!(host.connect(2), connection);
    host.now.wall += 12 * HOUR - 1;
    host.tick();
    assert!(!matches!(
        host.phase(&connection),
        ConnectionPhase::Ended(_)
    ));
    host.now.wall += 1;
    host.tick();
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Ended(EndReason::Absolute)
    );
}

#[test]
fn limit_reached_during_a_refresh_revokes_the_new_tokens() {
    let mut host = SessionHost::new();
    host.connect(1);
    let key = host.scheduled_refresh();
    let effects = host.pass(30 * MINUTE).tick();
    assert!(effects.revoked().is_empty(), "it may be redeemed already");
    let effects = host.token_answered(key, ok(&pair(2)));
    assert_eq!(effects.revoked(), [refresh(2)]);
}
