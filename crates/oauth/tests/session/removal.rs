//! One sign-in is cancelled, one connection removed; and what makes room when there are too many.

use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{ConnectionId, Input, IntrospectionResult, PendingSignIn};
use outlay_oauth::session::record::RecordKind;
use outlay_oauth::time::SECOND;
use outlay_oauth::token::TokenHttpResponse;

use super::host::effects::Effects;
use super::host::{
    CODE, SUBJECT, SessionHost, access, busy, client, ok, pair, refresh, refusal, start, valid,
};

fn cancel(host: &mut SessionHost, sign_in: u32) -> Effects {
    host.feed(Input::CancelSignIn { sign_in })
}

fn remove(host: &mut SessionHost, connection: &ConnectionId) -> Effects {
    host.feed(Input::Remove {
        connection: connection.clone(),
    })
}

fn names(host: &SessionHost) -> Vec<ConnectionId> {
    let views = host.sessions.connections(host.now);
    views
        .into_iter()
        .map(|view| ConnectionId(view.id))
        .collect()
}

/// A callback of a page that still has its copy.
fn with_copy(host: &mut SessionHost, kept: &PendingSignIn) -> Effects {
    let query = CODE.replace("{state}", kept.state.as_str());
    host.callback_page("sandbox", &query, Some(kept.clone()))
}

#[test]
fn cancelled_sign_in_is_consumed_and_others_are_kept() {
    let mut host = SessionHost::new();
    let (first, second) = (host.start().kept, host.start().kept);
    assert!(cancel(&mut host, 1).changed());
    assert_eq!(
        host.outcomes(RecordKind::SignInFailed),
        ["sign_in_cancelled"]
    );
    let left: Vec<_> = host.sessions.sign_ins().iter().map(|s| s.id).collect();
    assert_eq!(left, [2]);
    assert_eq!(with_copy(&mut host, &first).refused(), ["state_used"]);
    assert!(cancel(&mut host, 1).none(), "there is nothing left of it");
    assert!(cancel(&mut host, 99).none());
    host.callback(&second, CODE).exchange();
}

#[test]
fn cancelling_a_sign_in_does_not_change_connections() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let kept = host.start().kept;
    let before = host.view(&connection);
    let sign_in = host.sessions.sign_ins()[0].id;
    cancel(&mut host, sign_in);
    assert_eq!(host.view(&connection), before);
    host.callback(&kept, CODE).home();
}

#[test]
fn cancelled_exchange_is_awaited_and_its_tokens_revoked() {
    for (answer, revoked) in [
        (ok(&pair(1)), vec![refresh(1)]),
        (ok(r#"{"access_token":"SECRET"}"#), vec![]),
        (TokenHttpResponse::Lost, vec![]),
        (refusal("invalid_grant"), vec![]),
    ] {
        let mut host = SessionHost::new();
        let (kept, key) = host.exchange();
        let effects = cancel(&mut host, 1);
        assert_eq!(effects.refused(), ["sign_in_cancelled"]);
        assert!(host.sessions.sign_ins().is_empty() && effects.revoked().is_empty());
        assert!(cancel(&mut host, 1).none());
        assert_eq!(host.callback(&kept, CODE).refused(), ["state_used"]);
        let effects = host.pass(9 * SECOND).token_answered(key, answer);
        assert_eq!(effects.revoked(), revoked);
        assert_eq!(effects.0.len(), revoked.len(), "and nothing else");
        assert!(host.sessions.is_empty());
    }
}

#[test]
fn sign_in_cancelled_during_introspection_is_revoked_at_once() {
    let mut host = SessionHost::new();
    let (_, key) = host.exchange();
    let (key, _) = host.token_answered(key, ok(&pair(1))).introspect();
    let effects = cancel(&mut host, 1);
    assert_eq!(effects.refused(), ["sign_in_cancelled"]);
    assert_eq!(effects.revoked(), [refresh(1)]);
    assert!(host.introspected(key, valid(SUBJECT)).none());
    assert!(host.sessions.is_empty());
}

#[test]
fn removing_a_connection_revokes_it_and_keeps_the_others() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let second = host.connect_with(start(client("sandbox")), "urn:two", &pair(2));
    let (gone, _) = host.call(&first);
    let (stays, _) = host.call(&second);
    let before = host.view(&second);
    let effects = remove(&mut host, &first);
    assert_eq!(effects.failed(), [(gone, "session_ended")]);
    assert_eq!(effects.revoked(), [refresh(1)]);
    assert!(effects.changed());
    assert_eq!(names(&host), std::slice::from_ref(&second));
    assert_eq!(host.view(&second), before);
    assert!(host.answered(gone, 401).none());
    assert_eq!(host.answered(stays, 200).delivered(), [(stays, 2)]);
    let (late, effects) = host.call(&first);
    assert_eq!(effects.failed(), [(late, "connection_unknown")]);
    host.take_outcomes();
    assert!(remove(&mut host, &first).none());
    assert!(host.take_outcomes().is_empty());
}

#[test]
fn ended_connection_can_be_removed() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let key = host.scheduled_refresh();
    host.token_answered(key, refusal("invalid_grant"));
    let effects = remove(&mut host, &connection);
    assert!(effects.changed() && effects.revoked().is_empty());
    assert!(host.sessions.is_empty());
}

#[test]
fn pending_responses_of_a_removed_connection_are_dropped_or_revoked() {
    for (answer, revoked) in [
        (ok(&pair(2)), vec![refresh(2)]),
        (busy(503, None), vec![]),
        (TokenHttpResponse::Lost, vec![]),
        (refusal("invalid_grant"), vec![]),
    ] {
        let mut host = SessionHost::new();
        let connection = host.connect(1);
        let (call, effects) = host.call_gets(&connection, 401);
        let (asked, _) = effects.introspect();
        let key = host.scheduled_refresh();
        let effects = remove(&mut host, &connection);
        assert_eq!(effects.failed(), [(call, "session_ended")]);
        assert!(effects.revoked().is_empty(), "it may be redeemed already");
        assert!(
            host.introspected(asked, IntrospectionResult::Unauthorized)
                .none()
        );
        let effects = host.token_answered(key, answer);
        assert_eq!(effects.revoked(), revoked);
        assert_eq!(effects.0.len(), revoked.len(), "and nothing else");
        assert!(host.sessions.is_empty());
        assert!(!format!("{:?}", host.sessions).contains("AccessToken"));
    }
}

#[test]
fn refresh_token_in_use_is_revoked_with_its_connection() {
    let mut host = SessionHost::new();
    let connection = host.connect(1);
    let key = host.scheduled_refresh();
    host.token_answered(key, busy(503, None));
    assert_eq!(remove(&mut host, &connection).revoked(), [refresh(1)]);
}

#[test]
fn sign_in_for_a_removed_connection_creates_a_new_one() {
    let mut host = SessionHost::new();
    let first = host.connect(1);
    let kept = host.start().kept;
    remove(&mut host, &first);
    let (key, _) = host.callback(&kept, CODE).exchange();
    let (key, _) = host.token_answered(key, ok(&pair(2))).introspect();
    let second = host.introspected(key, valid(SUBJECT)).connected();
    assert_ne!(first, second);
    assert_eq!(host.call(&second).1.sent()[0].1, access(2));
}

/// Sixteen connections, each of another subject; `urn:0` is the oldest.
fn sixteen(host: &mut SessionHost) -> Vec<ConnectionId> {
    let connect = |n| host.connect_with(start(client("sandbox")), &format!("urn:{n}"), &pair(n));
    (0..16).map(connect).collect()
}

#[test]
fn seventeenth_connection_evicts_the_oldest() {
    let mut host = SessionHost::new();
    let connections = sixteen(&mut host);
    assert_eq!(names(&host), connections);
    let (call, _) = host.call(&connections[0]);
    let kept = host.start().kept;
    let (key, _) = host.callback(&kept, CODE).exchange();
    let (key, _) = host.token_answered(key, ok(&pair(20))).introspect();
    host.take_outcomes();
    let effects = host.introspected(key, valid("urn:20"));
    assert_eq!(effects.failed(), [(call, "session_ended")]);
    assert_eq!(effects.revoked(), [refresh(0)]);
    let newest = effects.connected();
    assert_eq!(names(&host), [&connections[1..], &[newest]].concat());
    assert!(
        host.take_outcomes()
            .contains(&"signed_out too_many".to_owned())
    );
}

#[test]
fn ended_connection_is_evicted_before_a_live_one() {
    let mut host = SessionHost::new();
    let connections = sixteen(&mut host);
    let checks = host.pass(800 * SECOND).tick().checks();
    for at in [7, 3] {
        let (key, _) = host.network(checks[at], true).refresh();
        host.token_answered(key, refusal("invalid_grant"));
    }
    let newest = host.connect_with(start(client("sandbox")), "urn:20", &pair(20));
    let left = [&connections[..3], &connections[4..], &[newest]].concat();
    assert_eq!(names(&host), left, "the oldest of the ended ones");
    assert!(matches!(
        host.phase(&connections[7]),
        ConnectionPhase::Ended(_)
    ));
}

#[test]
fn reconnect_evicts_nothing() {
    let mut host = SessionHost::new();
    let connections = sixteen(&mut host);
    let again = host.connect_with(start(client("sandbox")), "urn:5", &pair(20));
    assert_eq!(again, connections[5]);
    assert_eq!(names(&host), connections);
}

/// A loop that starts sign-ins costs a bounded amount of memory.
#[test]
fn used_states_are_limited() {
    let mut host = SessionHost::new();
    let started: Vec<_> = (0..301).map(|_| host.start().kept).collect();
    // Five are pending, 256 of the 296 before them are remembered.
    assert_eq!(
        host.callback(&started[39], CODE).refused(),
        ["state_unknown"]
    );
    assert_eq!(host.callback(&started[40], CODE).refused(), ["state_used"]);
    assert_eq!(host.callback(&started[295], CODE).refused(), ["state_used"]);
    host.callback(&started[296], CODE).exchange();
}
