//! How long a session lasts, in a scripted world: sleep, clocks that are set, tabs that come and
//! go, and a sign-out that waits for nobody.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use outlay_vault::message::{Method, Phase, Reply, Request, ToVault};
use support::{Page, World, get, tokens};

const TOKEN: &str = "http://localhost:8787/oauth/token";
const REVOKE: &str = "http://localhost:8787/oauth/revoke";
const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: i64 = 3_600_000;

const REVOKING: &str = r#"{"profiles":[{"id":"sandbox","name":"Sandbox","kind":"sandbox",
    "authorizationServer":"http://localhost:8787","apiBase":"http://localhost:8788/base",
    "revocationEndpoint":"http://localhost:8787/oauth/revoke",
    "clientId":"outlay-sandbox","scopes":["companies:read","users:read"]}]}"#;

fn idle() -> Phase {
    Phase::Ended {
        reason: "idle".to_owned(),
        server_code: None,
    }
}

fn works(world: &World, page: &Page, connection: &str, pair: &str) {
    let call = page.send(get(connection, "/v1/companies"));
    let sent = world.one_sent();
    assert_eq!(sent.bearer(), Some(["secret-access-", pair].concat()));
    sent.answer(200, "{}");
    assert!(page.reply(call).is_ok());
}

#[test]
fn eight_hours_of_sleep_end_as_idle_whichever_clock_slept() {
    for monotonic in [0, 8 * 60 * MINUTE] {
        let world = World::new();
        let (page, _) = world.page();
        let connection = world.connect(&page, "1");
        world.jump(monotonic, 8 * HOUR);
        // The first call after waking up is too late already: nothing of it is sent.
        let code = page.code(get(&connection, "/v1/companies"));
        assert_eq!(code, "session_ended");
        assert_eq!(page.phase(), idle());
        world.advance(5 * MINUTE);
        assert!(world.sent().is_empty());
    }
}

#[test]
fn a_page_that_comes_back_from_sleep_is_told_before_it_shows_anything() {
    let world = World::new();
    let (page, _) = world.page();
    world.connect(&page, "1");
    world.jump(0, 8 * HOUR);
    let welcome = page.hello();
    assert_eq!(welcome.snapshot.connections[0].phase, idle());
    assert_eq!(welcome.snapshot.idle_left, None);
    let events: Vec<&str> = welcome.record.iter().map(|line| &*line.event).collect();
    assert!(events.ends_with(&["woke", "ended"]), "{events:?}");
}

#[test]
fn a_clock_set_back_two_hours_changes_nothing() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    world.jump(0, -2 * HOUR);
    works(&world, &page, &connection, "1");
    page.post(&ToVault::Activity);
    let snapshot = page.snapshot();
    assert_eq!(snapshot.connections[0].phase, Phase::Active);
    assert_eq!(snapshot.idle_left, Some(30 * MINUTE));
    // Renewal comes when it would have come.
    world.advance(600 * SECOND);
    assert!(world.sent().is_empty());
    world.advance(200 * SECOND);
    let refresh = world.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    refresh.answer(200, &tokens("2"));
    works(&world, &page, &connection, "2");
}

#[test]
fn a_clock_set_ahead_two_hours_ends_as_idle_and_signing_in_once_is_enough() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    world.jump(0, 2 * HOUR);
    let code = page.code(get(&connection, "/v1/companies"));
    assert_eq!(code, "session_ended");
    assert_eq!(page.phase(), idle());
    let again = world.connect(&page, "2");
    works(&world, &page, &again, "2");
    page.post(&ToVault::Activity);
    let snapshot = page.snapshot();
    let renewed = snapshot.connections.last().unwrap();
    assert_eq!(renewed.phase, Phase::Active);
    assert_eq!(renewed.expires_in, Some(900 * SECOND), "a life is a life");
    world.advance(600 * SECOND);
    assert!(world.sent().is_empty(), "no renewal before its time");
}

#[test]
fn somebody_in_any_tab_keeps_all_of_them() {
    let world = World::new();
    let (page, _) = world.page();
    let (other, _) = world.page();
    world.connect(&page, "1");
    for minutes in [29, 29, 29] {
        world.advance(minutes * MINUTE);
        for refresh in world.sent() {
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
fn a_page_that_only_looks_keeps_nobody() {
    let world = World::new();
    let (page, _) = world.page();
    world.connect(&page, "1");
    world.advance(10 * MINUTE);
    let welcome = page.hello();
    assert_eq!(welcome.snapshot.idle_left, Some(20 * MINUTE));
}

#[test]
fn signing_out_waits_for_no_revocation() {
    for lost in [false, true] {
        let world = World::with_config(REVOKING);
        let (page, _) = world.page();
        let connection = world.connect(&page, "1");
        let (other, _) = world.page();
        let reply = page.ask(Request::SignOut).unwrap().0;
        assert_eq!(reply, Reply::Done);
        assert!(other.snapshot().connections.is_empty());
        // Told to everybody before the endpoint has said a word, if it ever does.
        let revocation = world.one_sent();
        assert!(revocation.is(Method::Post, REVOKE));
        assert!(revocation.form().contains("token=secret-refresh-1"));
        if lost {
            revocation.lose();
        }
        world.settle();
        let code = page.code(get(&connection, "/v1/companies"));
        assert_eq!(code, "connection_unknown");
        let again = world.connect(&page, "2");
        works(&world, &page, &again, "2");
        assert!(!page.everything().contains("secret-"));
    }
}

#[test]
fn the_wipe_after_the_last_page_revokes_and_waits_two_seconds_at_most() {
    let world = World::with_config(REVOKING);
    let (page, _) = world.page();
    world.connect(&page, "1");
    world.page_gone(&page);
    world.advance(31 * SECOND);
    assert!(world.one_sent().is(Method::Post, REVOKE));
    world.advance(3 * SECOND);
    assert!(world.script.closed.get(), "a silent endpoint keeps nobody");
}

#[test]
fn a_page_that_comes_later_is_told_what_happened_before() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let (_, welcome) = world.page();
    let connected = welcome
        .record
        .iter()
        .find(|line| line.event == "connected")
        .unwrap();
    assert_eq!(connected.connection.as_deref(), Some(&*connection));
    assert_eq!(connected.outcome.as_deref(), Some("new"));
    assert!(!format!("{:?}", welcome.record).contains("secret-"));
}

#[test]
fn signing_out_during_a_refresh_settles_its_calls_and_keeps_nothing_of_its_answer() {
    let world = World::with_config(REVOKING);
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    world.advance(61 * SECOND);
    let call = page.send(get(&connection, "/v1/companies"));
    world.one_sent().answer(401, "");
    let refresh = world.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    page.ask(Request::SignOut).unwrap();
    assert_eq!(page.reply(call).unwrap_err().code, "session_ended");
    assert!(page.snapshot().connections.is_empty());
    world.sent();
    // Its answer comes late: the new refresh token is revoked, and nothing else is sent.
    refresh.answer(200, &tokens("2"));
    let revocation = world.one_sent();
    assert!(revocation.is(Method::Post, REVOKE));
    assert!(revocation.form().contains("token=secret-refresh-2"));
    revocation.answer(200, "");
    world.advance(5 * MINUTE);
    assert!(world.sent().is_empty());
    let (_, welcome) = world.page();
    assert!(welcome.snapshot.connections.is_empty());
    assert!(!page.everything().contains("secret-"));
}

#[test]
fn half_an_hour_without_activity_ends_every_connection_and_settles_its_calls() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    world.advance(29 * MINUTE);
    for refresh in world.sent() {
        refresh.answer(200, &tokens("2"));
    }
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent();
    world.advance(2 * MINUTE);
    assert_eq!(page.phase(), idle());
    assert_eq!(page.reply(call).unwrap_err().code, "session_ended");
    assert!(sent.aborted());
    let late = page.code(get(&connection, "/v1/companies"));
    assert_eq!(late, "session_ended");
    assert!(world.sent().is_empty());
}
