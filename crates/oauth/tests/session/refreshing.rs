//! A refresh under way: what its answer, or the lack of one, makes of the connection.

use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{CallId, ConnectionId, EndReason, Input, RequestKey};
use outlay_oauth::session::record::RecordKind;
use outlay_oauth::time::{MINUTE, SECOND};
use outlay_oauth::token::TokenHttpResponse;

use super::host::{SessionHost, access, busy, http, ok, pair, refresh, refusal};

/// A scheduled refresh on its way; the old token has 90 s and more to live.
pub fn refreshing(host: &mut SessionHost) -> (ConnectionId, RequestKey) {
    let connection = host.connect(1);
    let key = host.scheduled_refresh();
    (connection, key)
}

/// A refresh on its way, with a call that has no live token and waits.
fn waited_for(host: &mut SessionHost) -> (ConnectionId, CallId, RequestKey) {
    let connection = host.connect(1);
    let (call, effects) = host.pass(900 * SECOND).call(&connection);
    let key = host.network(effects.check(), true).refresh().0;
    (connection, call, key)
}

#[test]
fn call_during_refresh_uses_the_old_token_and_its_401_joins_the_queue() {
    let mut host = SessionHost::new();
    let (connection, key) = refreshing(&mut host);
    let (call, effects) = host.call(&connection);
    assert_eq!(effects.sent(), [(call, access(1), 1)]);
    let (other, _) = host.call_gets(&connection, 200);
    assert_ne!(call, other);
    assert!(host.answered(call, 401).none());
    assert!(host.view(&connection).refreshable);
    let effects = host.token_answered(key, ok(&pair(2)));
    assert_eq!(effects.sent(), [(call, access(2), 2)]);
}

#[test]
fn absent_refresh_token_keeps_the_current_one() {
    let mut host = SessionHost::new();
    let (connection, key) = refreshing(&mut host);
    let body = r#"{"access_token":"SECRET-at-2","expires_in":900,"refresh_token":null}"#;
    host.token_answered(key, ok(body));
    assert_eq!(host.call(&connection).1.sent()[0].1, access(2));
    let effects = host.tick_when_due();
    let (_, token) = host.network(effects.check(), true).refresh();
    assert_eq!(token, refresh(1));
    assert_eq!(
        host.outcomes(RecordKind::TokenAnswerOdd),
        ["token_type_absent"],
        "recorded for a refresh too"
    );
}

#[test]
fn absent_scope_keeps_the_granted_ones() {
    let mut host = SessionHost::new();
    let (connection, key) = refreshing(&mut host);
    let before = host.view(&connection).scopes_granted;
    host.token_answered(key, ok(&pair(2)));
    assert_eq!(host.view(&connection).scopes_granted, before);
    let key = host.scheduled_refresh();
    let body = r#"{"access_token":"SECRET-at-3","scope":"users:read"}"#;
    host.token_answered(key, ok(body));
    assert_eq!(host.view(&connection).scopes_granted, ["users:read"]);
}

#[test]
fn refused_refresh_ends_the_connection_and_settles_every_call() {
    for (status, error) in [
        (400, "invalid_grant"),
        (400, "invalid_token"),
        (400, "invalid_refresh_token"),
        (401, "invalid_client"),
        (403, "access_denied"),
        (400, "something_new"),
    ] {
        let mut host = SessionHost::new();
        let (connection, call, key) = waited_for(&mut host);
        let answer = http(status, &format!(r#"{{"error":"{error}"}}"#));
        let effects = host.token_answered(key, answer);
        assert_eq!(effects.failed(), [(call, "session_ended")], "{error}");
        let ended = ConnectionPhase::Ended(EndReason::Refused(error.to_owned()));
        assert_eq!(host.phase(&connection), ended);
        assert!(!format!("{:?}", host.sessions).contains("Pair"), "wiped");
        assert!(effects.revoked().is_empty() && effects.refreshes().is_empty());
        assert_eq!(host.sessions.next_due(), None);
    }
}

/// Nothing was issued, whatever the status says, so nothing is unclear.
#[test]
fn oauth_error_with_status_200_ends_the_connection_with_the_server_description() {
    for (body, words) in [
        (
            r#"{"error":"invalid_grant","error_description":"The token is used."}"#,
            "invalid_grant: The token is used.",
        ),
        (
            r#"{"error":{"code":"invalid_grant","message":"Gone."}}"#,
            "invalid_grant: Gone.",
        ),
    ] {
        for status in [200, 400] {
            let mut host = SessionHost::new();
            let (connection, key) = refreshing(&mut host);
            let effects = host.token_answered(key, http(status, body));
            let ended = ConnectionPhase::Ended(EndReason::Refused(words.to_owned()));
            assert_eq!(host.phase(&connection), ended);
            assert!(effects.revoked().is_empty() && effects.refreshes().is_empty());
        }
    }
    for body in [r#"{"error":"server_error"}"#, r#"{"message":"Broken."}"#] {
        let mut host = SessionHost::new();
        let (connection, key) = refreshing(&mut host);
        host.token_answered(key, ok(body));
        assert_eq!(host.phase(&connection), ConnectionPhase::Unsure, "{body}");
    }
}

#[test]
fn comma_separated_scopes_are_accepted_in_a_refresh() {
    let mut host = SessionHost::new();
    let (connection, key) = refreshing(&mut host);
    let asked = host.view(&connection).scopes_asked;
    let scope = asked.join(",");
    let body = format!(
        r#"{{"access_token":"SECRET-at-3","token_type":"Bearer","expires_in":9,"scope":"{scope}"}}"#
    );
    host.token_answered(key, ok(&body));
    assert!(asked.len() > 1);
    assert_eq!(host.view(&connection).scopes_granted, asked);
    assert_eq!(
        host.outcomes(RecordKind::TokenAnswerOdd).last(),
        Some(&"scope_separators")
    );
}

#[test]
fn busy_server_is_retried_with_growing_delays() {
    for status in [429, 503] {
        for seed in 0..8 {
            let mut host = SessionHost::seeded(seed);
            let (connection, mut key) = refreshing(&mut host);
            for step in 0..9u32 {
                assert!(
                    host.token_answered(key, busy(status, None))
                        .refreshes()
                        .is_empty()
                );
                assert_eq!(host.phase(&connection), ConnectionPhase::Refreshing);
                let due = host.sessions.next_due().unwrap() - host.now.monotonic;
                let base = (SECOND << step).min(48 * SECOND);
                assert!(due >= base, "{step}: {due}");
                assert!(due <= base + base / 4, "{step}: {due}");
                assert!(host.pass(due - 1).tick().none());
                let effects = host.pass(1).tick();
                let effects = match effects.checks().first() {
                    Some(check) => host.network(*check, true),
                    None => effects,
                };
                let (next, token) = effects.refresh();
                assert_eq!(token, refresh(1), "the same token: it was not redeemed");
                key = next;
            }
            host.token_answered(key, ok(&pair(2)));
            assert_eq!(host.phase(&connection), ConnectionPhase::Active);
        }
    }
}

/// The longest pauses too: clients that an outage put in step must not all come back at once.
#[test]
fn retry_delays_have_jitter() {
    for tries in [1, 9] {
        let mut seen = Vec::new();
        for seed in 0..20 {
            let mut host = SessionHost::seeded(seed);
            let (_, mut key) = refreshing(&mut host);
            for _ in 1..tries {
                host.token_answered(key, busy(503, None));
                host.feed(Input::Activity);
                key = host.scheduled_refresh();
            }
            host.token_answered(key, busy(503, None));
            seen.push(host.sessions.next_due().unwrap() - host.now.monotonic);
        }
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 10, "{tries}: {seen:?}");
        assert!(seen.iter().all(|pause| *pause <= MINUTE));
    }
}

#[test]
fn retry_after_is_honoured() {
    for (stated, waited) in [
        (0, SECOND),
        (500, SECOND),
        (7 * SECOND, 7 * SECOND),
        (25 * MINUTE, 25 * MINUTE),
        (24 * 60 * MINUTE, 60 * MINUTE),
    ] {
        let mut host = SessionHost::new();
        let (_, key) = refreshing(&mut host);
        host.token_answered(key, busy(503, Some(stated)));
        let due = host.sessions.next_due().unwrap() - host.now.monotonic;
        assert!(
            due >= waited && due <= waited + SECOND / 4,
            "{stated}: {due}"
        );
    }
}

/// Retry-After may be long enough for the network to have gone: the rule holds for each try.
#[test]
fn retry_after_a_minute_without_response_checks_the_network_first() {
    for (pause, asks) in [(30 * SECOND, false), (2 * MINUTE, true)] {
        let mut host = SessionHost::new();
        let (_, key) = refreshing(&mut host);
        host.token_answered(key, busy(503, Some(pause)));
        let effects = host.pass(pause).tick();
        assert_eq!(effects.checks().len(), usize::from(asks), "{pause}");
        assert_eq!(effects.refreshes().len(), usize::from(!asks), "{pause}");
        if asks {
            host.network(effects.check(), true).refresh();
        }
    }
}

#[test]
fn retry_after_sleep_checks_the_network_first() {
    let mut host = SessionHost::new();
    let (_, key) = refreshing(&mut host);
    host.token_answered(key, busy(429, Some(30 * SECOND)));
    host.now.wall += 25 * SECOND;
    assert!(host.tick().none());
    let effects = host.pass(30 * SECOND).tick();
    host.network(effects.check(), true).refresh();
}

#[test]
fn call_without_a_live_token_waits_at_most_30_seconds() {
    let mut host = SessionHost::new();
    let (connection, first, key) = waited_for(&mut host);
    host.pass(10 * SECOND);
    let (second, effects) = host.call(&connection);
    assert!(effects.none());
    host.token_answered(key, busy(503, Some(10 * MINUTE)));
    assert!(host.pass(20 * SECOND - 1).tick().failed().is_empty());
    let effects = host.pass(1).tick();
    assert_eq!(effects.failed(), [(first, "refresh_unavailable")]);
    let effects = host.tick_when_due();
    assert_eq!(effects.failed(), [(second, "refresh_unavailable")]);
    assert_eq!(
        host.phase(&connection),
        ConnectionPhase::Refreshing,
        "never ended"
    );
}

#[test]
fn slow_refresh_does_not_extend_the_wait() {
    let mut host = SessionHost::new();
    let (connection, call, key) = waited_for(&mut host);
    let effects = host.tick_when_due();
    assert_eq!(effects.failed(), [(call, "refresh_unavailable")]);
    assert_eq!(host.sessions.next_due(), None);
    host.token_answered(key, ok(&pair(2)));
    assert_eq!(host.phase(&connection), ConnectionPhase::Active);
}

#[test]
fn outage_does_not_end_a_connection() {
    let mut host = SessionHost::new();
    let (connection, mut key) = refreshing(&mut host);
    for _ in 0..200 {
        host.token_answered(key, busy(503, None));
        host.feed(Input::Activity);
        key = host.scheduled_refresh();
    }
    assert_eq!(host.phase(&connection), ConnectionPhase::Refreshing);
}

#[test]
fn retry_now_skips_the_delay() {
    let mut host = SessionHost::new();
    let (connection, key) = refreshing(&mut host);
    let again = Input::RetryNow {
        connection: connection.clone(),
    };
    assert!(host.feed(again.clone()).none(), "one is on its way");
    host.token_answered(key, busy(503, Some(5 * MINUTE)));
    let (key, token) = host.feed(again.clone()).refresh();
    assert_eq!(token, refresh(1));
    assert!(host.feed(again.clone()).none());
    host.token_answered(key, ok(&pair(2)));
    assert!(host.feed(again).none(), "nothing waits");
}

#[test]
fn unclear_refresh_response_makes_the_connection_unsure() {
    let html = "<html>bad gateway</html>";
    for answer in [
        TokenHttpResponse::Lost,
        http(500, html),
        http(502, r#"{"error":"invalid_grant"}"#),
        http(504, ""),
        http(400, html),
        http(400, "{}"),
        http(404, r#"{"error":7}"#),
        http(400, r#"["error"]"#),
        http(302, ""),
        ok(html),
        ok(""),
        ok("{}"),
        ok(r#"{"access_token":""}"#),
        ok(r#"{"access_token":"SECRET","refresh_token":7}"#),
        ok(r#"{"access_token":"SECRET","token_type":"mac"}"#),
        http(204, ""),
    ] {
        let mut host = SessionHost::new();
        let (connection, key) = refreshing(&mut host);
        let printed_text = format!("{answer:?}");
        let effects = host.token_answered(key, answer);
        assert_eq!(
            host.phase(&connection),
            ConnectionPhase::Unsure,
            "{printed_text}"
        );
        assert!(effects.refreshes().is_empty());
        assert!(
            host.record
                .iter()
                .any(|event| event.kind == RecordKind::Unsure)
        );
        assert_eq!(host.call(&connection).1.sent()[0].1, access(1));
    }
}

#[test]
fn missing_network_keeps_the_state_and_is_rechecked() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let (call, effects) = host.pass(900 * SECOND).call(&connection);
    let mut check = effects.check();
    let begun = host.now.monotonic;
    let mut failed = None;
    for step in 0..8u32 {
        assert!(host.network(check, false).none());
        assert_eq!(host.phase(&connection), ConnectionPhase::Refreshing);
        let paused = host.now.monotonic;
        let effects = loop {
            let effects = host.tick_when_due();
            if !effects.failed().is_empty() {
                failed = Some((effects.failed(), host.now.monotonic - begun));
            }
            if !effects.checks().is_empty() {
                break effects;
            }
        };
        let base = (SECOND << step).min(48 * SECOND);
        let due = host.now.monotonic - paused;
        assert!(due >= base && due <= base + base / 4, "{due}");
        check = effects.check();
    }
    assert_eq!(failed, Some((vec![(call, "offline")], 30 * SECOND)));
    host.network(check, true).refresh();
}

#[test]
fn hanging_network_check_does_not_extend_the_wait() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let (call, _) = host.pass(900 * SECOND).call(&connection);
    assert_eq!(host.tick_when_due().failed(), [(call, "offline")]);
    assert_eq!(host.phase(&connection), ConnectionPhase::Refreshing);
}

#[test]
fn second_response_to_one_refresh_is_ignored() {
    let mut host = SessionHost::new();
    let (connection, key) = refreshing(&mut host);
    host.token_answered(key, ok(&pair(2)));
    assert!(host.token_answered(key, ok(&pair(3))).none());
    assert!(host.token_answered(key, refusal("invalid_grant")).none());
    assert_eq!(host.view(&connection).generation, 2);
}
