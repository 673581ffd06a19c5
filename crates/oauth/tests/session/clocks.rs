//! Two clocks: one may be set, the other may stop.

use outlay_oauth::session::io::{ConnectionId, Ended, Input};
use outlay_oauth::session::{Limits, Phase};
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::{Host, SUBJECT, access, client, eternal, ok, pair, refresh, start};

const HOUR: u64 = 60 * MINUTE;

pub fn idle() -> Phase {
    Phase::Ended(Ended::Idle)
}

fn eternal_connection(host: &mut Host) -> ConnectionId {
    host.connect_with(start(client("sandbox")), SUBJECT, &eternal(1))
}

#[test]
fn a_wall_clock_two_hours_back_changes_nothing() {
    let mut host = Host::new();
    let connection = host.connect(1);
    let due = host.sessions.next_due();
    host.now.wall -= 2 * HOUR;
    assert!(host.tick().none());
    assert_eq!(host.sessions.next_due(), due);
    assert_eq!(host.view(&connection).expires_in, Some(900 * SECOND));
    assert_eq!(host.call(&connection).1.sent()[0].1, access(1));
    assert!(host.pass(29 * MINUTE).tick().revoked().is_empty());
    assert_eq!(host.phase(&connection), Phase::Refreshing);
    host.pass(MINUTE).tick();
    assert_eq!(host.phase(&connection), idle());
}

#[test]
fn a_wall_clock_two_hours_ahead_is_idleness() {
    let mut host = Host::new();
    let connection = host.connect(1);
    host.now.wall += 2 * HOUR;
    let effects = host.tick();
    assert_eq!(host.phase(&connection), idle());
    assert_eq!(effects.revoked(), [refresh(1)], "as sign-out");
}

#[test]
fn a_sleep_of_eight_hours_is_idleness_whether_or_not_the_clock_stopped() {
    for stopped in [true, false] {
        let mut host = Host::new();
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
fn a_wall_clock_alone_never_ends_a_token() {
    let mut host = Host::new();
    let connection = host.connect(1);
    host.now.wall += 20 * MINUTE;
    assert!(host.tick().none(), "no refresh by the wall clock");
    assert_eq!(host.view(&connection).expires_in, Some(900 * SECOND));
    assert_eq!(host.call(&connection).1.sent()[0].1, access(1));
}

/// The token died while the monotonic clock stood still: the API says so, and the pair counts as
/// old, because it is.
#[test]
fn a_token_that_died_in_a_stopped_sleep_is_refreshed() {
    let mut host = Host::new();
    let connection = host.connect(1);
    host.now.wall += 20 * MINUTE;
    let (call, effects) = host.call_gets(&connection, 401);
    assert!(effects.introspections().is_empty());
    let (key, _) = effects.refresh();
    let effects = host.token_answered(key, ok(&pair(2)));
    assert_eq!(effects.sent(), [(call, access(2), 2)]);
}

#[test]
fn after_a_wake_the_network_is_asked_before_a_refresh() {
    let mut host = Host::new();
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
fn any_answer_after_a_wake_is_as_good_as_asking() {
    let mut host = Host::new();
    let connection = host.connect(1);
    let due = host.sessions.next_due().unwrap() - host.now.monotonic;
    host.pass(due - 5 * SECOND);
    host.now.wall += 3 * SECOND;
    host.call_gets(&connection, 200);
    host.pass(5 * SECOND).tick().refresh();
}

#[test]
fn a_clock_that_drifts_a_little_is_no_sleep() {
    let mut host = Host::new();
    let connection = host.connect(1);
    let due = host.sessions.next_due().unwrap() - host.now.monotonic;
    host.pass(due - 5 * SECOND);
    host.call_gets(&connection, 200);
    host.now.wall += 2 * SECOND;
    host.pass(5 * SECOND).tick().refresh();
}

#[test]
fn idle_is_half_an_hour_without_a_person() {
    for (input, alive) in [(Some(Input::Activity), true), (None, false)] {
        let mut host = Host::new();
        let connection = eternal_connection(&mut host);
        host.pass(29 * MINUTE);
        input.into_iter().for_each(|input| drop(host.feed(input)));
        host.call_gets(&connection, 200);
        host.pass(MINUTE).tick();
        assert_eq!(host.phase(&connection) == Phase::Active, alive);
    }
}

#[test]
fn starting_and_finishing_a_sign_in_are_activity() {
    let mut host = Host::new();
    let connection = eternal_connection(&mut host);
    host.pass(29 * MINUTE);
    let kept = host.start().kept;
    host.pass(9 * MINUTE).tick();
    assert_eq!(host.phase(&connection), Phase::Active);
    host.callback(&kept, super::host::CODE).exchange();
    host.pass(29 * MINUTE).tick();
    assert_eq!(host.phase(&connection), Phase::Active);
}

#[test]
fn idle_and_absolute_limits_can_be_set() {
    let mut host = Host::new();
    let connection = eternal_connection(&mut host);
    host.sessions.set_limits(Limits {
        idle: 5 * MINUTE,
        absolute: 8 * MINUTE,
    });
    host.pass(4 * MINUTE).feed(Input::Activity);
    host.pass(4 * MINUTE - 1).tick();
    assert_eq!(host.phase(&connection), Phase::Active);
    host.pass(1).tick();
    assert_eq!(host.phase(&connection), Phase::Ended(Ended::Absolute));
}

#[test]
fn the_absolute_limit_counts_by_either_clock_and_from_the_last_sign_in() {
    let mut host = Host::new();
    let connection = eternal_connection(&mut host);
    host.sessions.set_limits(Limits {
        idle: 100 * HOUR,
        absolute: 12 * HOUR,
    });
    host.pass(11 * HOUR);
    assert_eq!(host.connect(2), connection);
    host.now.wall += 12 * HOUR - 1;
    host.tick();
    assert!(!matches!(host.phase(&connection), Phase::Ended(_)));
    host.now.wall += 1;
    host.tick();
    assert_eq!(host.phase(&connection), Phase::Ended(Ended::Absolute));
}

#[test]
fn a_limit_that_strikes_a_refresh_revokes_what_it_brings() {
    let mut host = Host::new();
    host.connect(1);
    let key = host.scheduled_refresh();
    let effects = host.pass(30 * MINUTE).tick();
    assert!(effects.revoked().is_empty(), "it may be redeemed already");
    let effects = host.token_answered(key, ok(&pair(2)));
    assert_eq!(effects.revoked(), [refresh(2)]);
}
