//! How long a session lasts, in a scripted world: sleep, clocks that are set, tabs that come and
//! go, and a sign-out that does not wait.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use outlay_codes::EndReason;
use outlay_vault::message::{ConnectionPhase, Method, ToVault, VaultReply, VaultRequest};
use support::{TestPage, TestVault, get, tokens};

const TOKEN: &str = "http://localhost:8787/oauth/token";
const REVOKE: &str = "http://localhost:8787/oauth/revoke";
const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: i64 = 3_600_000;

const REVOKING: &str = r#"{"profiles":[{"id":"sandbox","name":"Sandbox","kind":"sandbox",
    "authorizationServer":"http://localhost:8787","apiBase":"http://localhost:8788/base",
    "revocationEndpoint":"http://localhost:8787/oauth/revoke",
    "clientId":"outlay-sandbox","scopes":["companies:read","users:read"]}]}"#;

fn idle() -> ConnectionPhase {
    ConnectionPhase::Ended(EndReason::Idle)
}

fn works(vault: &TestVault, page: &TestPage, connection: &str, pair: &str) {
    let call = page.send(get(connection, "/v1/companies"));
    let sent = vault.one_sent();
    assert_eq!(sent.bearer(), Some(["secret-access-", pair].concat()));
    sent.answer(200, "{}");
    assert!(page.reply(call).is_ok());
}

#[test]
fn eight_hours_of_sleep_end_as_idle_with_either_clock_stopped() {
    for monotonic in [0, 8 * 60 * MINUTE] {
        let vault = TestVault::new();
        let (page, _) = vault.page();
        let connection = vault.connect(&page, "1");
        vault.jump(monotonic, 8 * HOUR);
        // The first call after waking up is too late already: nothing of it is sent.
        let code = page.code(get(&connection, "/v1/companies"));
        assert_eq!(code, "session_ended");
        assert_eq!(page.phase(), idle());
        vault.advance(5 * MINUTE);
        assert!(vault.sent().is_empty());
    }
}

#[test]
fn woken_page_receives_the_end_before_showing_data() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    vault.connect(&page, "1");
    vault.jump(0, 8 * HOUR);
    let welcome = page.hello();
    assert_eq!(welcome.snapshot.connections[0].phase, idle());
    assert_eq!(welcome.snapshot.idle_left, None);
    let events: Vec<&str> = welcome
        .record
        .iter()
        .map(|line| line.event.word())
        .collect();
    assert!(events.ends_with(&["woke", "ended"]), "{events:?}");
}

#[test]
fn clock_set_back_two_hours_changes_nothing() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.jump(0, -2 * HOUR);
    works(&vault, &page, &connection, "1");
    page.post(&ToVault::Activity);
    let snapshot = page.snapshot();
    assert_eq!(snapshot.connections[0].phase, ConnectionPhase::Active);
    assert_eq!(snapshot.idle_left, Some(30 * MINUTE));
    // Renewal comes when it would have come.
    vault.advance(600 * SECOND);
    assert!(vault.sent().is_empty());
    vault.advance(200 * SECOND);
    let refresh = vault.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    refresh.answer(200, &tokens("2"));
    works(&vault, &page, &connection, "2");
}

#[test]
fn clock_set_ahead_two_hours_ends_as_idle_and_one_sign_in_reconnects() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.jump(0, 2 * HOUR);
    let code = page.code(get(&connection, "/v1/companies"));
    assert_eq!(code, "session_ended");
    assert_eq!(page.phase(), idle());
    let again = vault.connect(&page, "2");
    works(&vault, &page, &again, "2");
    page.post(&ToVault::Activity);
    let snapshot = page.snapshot();
    let renewed = snapshot.connections.last().unwrap();
    assert_eq!(renewed.phase, ConnectionPhase::Active);
    assert_eq!(renewed.expires_in, Some(900 * SECOND), "a life is a life");
    vault.advance(600 * SECOND);
    assert!(vault.sent().is_empty(), "no renewal before its time");
}

#[test]
fn activity_in_one_tab_keeps_every_tab_signed_in() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let (other, _) = vault.page();
    vault.connect(&page, "1");
    for minutes in [29, 29, 29] {
        vault.advance(minutes * MINUTE);
        for refresh in vault.sent() {
            refresh.answer(200, &tokens("n"));
        }
        other.post(&ToVault::Activity);
        for tab in [&page, &other] {
            let snapshot = tab.snapshot();
            assert_eq!(snapshot.idle_left, Some(30 * MINUTE));
        }
    }
}

#[test]
fn new_page_receives_the_connection_last_in_view() {
    let vault = TestVault::new();
    let (page, welcome) = vault.page();
    assert_eq!(welcome.snapshot.last_in_view, None);
    let connection = vault.connect(&page, "1");
    page.post(&ToVault::InView(connection.clone()));
    let (_, welcome) = vault.page();
    assert_eq!(welcome.snapshot.last_in_view, Some(connection));
}

#[test]
fn requests_without_activity_do_not_extend_the_session() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    vault.connect(&page, "1");
    vault.advance(10 * MINUTE);
    let welcome = page.hello();
    assert_eq!(welcome.snapshot.idle_left, Some(20 * MINUTE));
}

#[test]
fn sign_out_does_not_wait_for_the_revocation() {
    for lost in [false, true] {
        let vault = TestVault::with_config(REVOKING);
        let (page, _) = vault.page();
        let connection = vault.connect(&page, "1");
        let (other, _) = vault.page();
        let reply = page.ask(VaultRequest::SignOut).unwrap().0;
        assert_eq!(reply, VaultReply::Done);
        assert!(other.snapshot().connections.is_empty());
        // Every page gets the event before the endpoint answers, if it ever does.
        let revocation = vault.one_sent();
        assert!(revocation.is(Method::Post, REVOKE));
        assert!(revocation.form().contains("token=secret-refresh-1"));
        if lost {
            revocation.lose();
        }
        vault.settle();
        let code = page.code(get(&connection, "/v1/companies"));
        assert_eq!(code, "connection_unknown");
        let again = vault.connect(&page, "2");
        works(&vault, &page, &again, "2");
        assert!(!page.everything().contains("secret-"));
    }
}

#[test]
fn wipe_after_the_last_page_revokes_and_waits_at_most_two_seconds() {
    let vault = TestVault::with_config(REVOKING);
    let (page, _) = vault.page();
    vault.connect(&page, "1");
    vault.page_gone(&page);
    vault.advance(31 * SECOND);
    assert!(vault.one_sent().is(Method::Post, REVOKE));
    vault.advance(3 * SECOND);
    assert!(
        vault.script.closed.get(),
        "an endpoint without an answer delays nothing"
    );
}

#[test]
fn later_page_receives_earlier_events() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let (_, welcome) = vault.page();
    let connected = welcome
        .record
        .iter()
        .find(|line| line.event.word() == "connected")
        .unwrap();
    assert_eq!(connected.connection.as_deref(), Some(&*connection));
    assert_eq!(connected.outcome.map(|it| it.word()), Some("new"));
    assert!(!format!("{:?}", welcome.record).contains("secret-"));
}

#[test]
fn sign_out_during_refresh_settles_calls_and_discards_the_response() {
    let vault = TestVault::with_config(REVOKING);
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.advance(61 * SECOND);
    let call = page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer(401, "");
    let refresh = vault.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    page.ask(VaultRequest::SignOut).unwrap();
    assert_eq!(page.reply(call).unwrap_err().code.word(), "session_ended");
    assert!(page.snapshot().connections.is_empty());
    vault.sent();
    // Its answer comes late: the new refresh token is revoked, and nothing else is sent.
    refresh.answer(200, &tokens("2"));
    let revocation = vault.one_sent();
    assert!(revocation.is(Method::Post, REVOKE));
    assert!(revocation.form().contains("token=secret-refresh-2"));
    revocation.answer(200, "");
    vault.advance(5 * MINUTE);
    assert!(vault.sent().is_empty());
    let (_, welcome) = vault.page();
    assert!(welcome.snapshot.connections.is_empty());
    assert!(!page.everything().contains("secret-"));
}

#[test]
fn thirty_minutes_without_activity_end_every_connection_and_settle_its_calls() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.advance(29 * MINUTE);
    for refresh in vault.sent() {
        refresh.answer(200, &tokens("2"));
    }
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = vault.one_sent();
    vault.advance(2 * MINUTE);
    assert_eq!(page.phase(), idle());
    assert_eq!(page.reply(call).unwrap_err().code.word(), "session_ended");
    assert!(sent.aborted());
    let late = page.code(get(&connection, "/v1/companies"));
    assert_eq!(late, "session_ended");
    assert!(vault.sent().is_empty());
}
