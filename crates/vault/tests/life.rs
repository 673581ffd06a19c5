//! How long a session lasts, in a scripted world: sleep, clocks that are set, tabs that come and
//! go, and a sign-out that waits for nobody.
#![cfg(all(target_arch = "wasm32", feature = "worker"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use outlay_vault::message::{Method, Phase, Reply, Request, ToVault};
use support::{Page, World, get, settle, tokens};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_shared_worker);

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

async fn works(world: &World, page: &Page, connection: &str, pair: &str) {
    let call = page.send(get(connection, "/v1/companies"));
    let sent = world.one_sent().await;
    assert_eq!(sent.bearer(), Some(["secret-access-", pair].concat()));
    sent.answer(200, "{}");
    assert!(page.reply(call).await.is_ok());
}

#[wasm_bindgen_test]
async fn eight_hours_of_sleep_end_as_idle_whichever_clock_slept() {
    for monotonic in [0, 8 * 60 * MINUTE] {
        let world = World::new();
        let (page, _) = world.page().await;
        let connection = world.connect(&page, "1").await;
        world.jump(monotonic, 8 * HOUR);
        // The first call after waking up is too late already: nothing of it is sent.
        let code = page.code(get(&connection, "/v1/companies")).await;
        assert_eq!(code, "session_ended");
        assert_eq!(page.phase().await, idle());
        world.advance(5 * MINUTE).await;
        assert!(world.sent().await.is_empty());
    }
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_from_sleep_is_told_before_it_shows_anything() {
    let world = World::new();
    let (page, _) = world.page().await;
    world.connect(&page, "1").await;
    world.jump(0, 8 * HOUR);
    let welcome = page.hello().await;
    assert_eq!(welcome.snapshot.connections[0].phase, idle());
    assert_eq!(welcome.snapshot.idle_left, None);
    let events: Vec<&str> = welcome.record.iter().map(|line| &*line.event).collect();
    assert!(events.ends_with(&["woke", "ended"]), "{events:?}");
}

#[wasm_bindgen_test]
async fn a_clock_set_back_two_hours_changes_nothing() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    world.jump(0, -2 * HOUR);
    works(&world, &page, &connection, "1").await;
    page.port.send(&ToVault::Activity, None);
    let snapshot = page.snapshot().await;
    assert_eq!(snapshot.connections[0].phase, Phase::Active);
    assert_eq!(snapshot.idle_left, Some(30 * MINUTE));
    // Renewal comes when it would have come.
    world.advance(600 * SECOND).await;
    assert!(world.sent().await.is_empty());
    world.advance(200 * SECOND).await;
    let refresh = world.one_sent().await;
    assert!(refresh.is(Method::Post, TOKEN));
    refresh.answer(200, &tokens("2"));
    works(&world, &page, &connection, "2").await;
}

#[wasm_bindgen_test]
async fn a_clock_set_ahead_two_hours_ends_as_idle_and_signing_in_once_is_enough() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    world.jump(0, 2 * HOUR);
    let code = page.code(get(&connection, "/v1/companies")).await;
    assert_eq!(code, "session_ended");
    assert_eq!(page.phase().await, idle());
    let again = world.connect(&page, "2").await;
    works(&world, &page, &again, "2").await;
    page.port.send(&ToVault::Activity, None);
    let snapshot = page.snapshot().await;
    let renewed = snapshot.connections.last().unwrap();
    assert_eq!(renewed.phase, Phase::Active);
    assert_eq!(renewed.expires_in, Some(900 * SECOND), "a life is a life");
    world.advance(600 * SECOND).await;
    assert!(world.sent().await.is_empty(), "no renewal before its time");
}

#[wasm_bindgen_test]
async fn somebody_in_any_tab_keeps_all_of_them() {
    let world = World::new();
    let (page, _) = world.page().await;
    let (other, _) = world.page().await;
    world.connect(&page, "1").await;
    for minutes in [29, 29, 29] {
        world.advance(minutes * MINUTE).await;
        for refresh in world.sent().await {
            refresh.answer(200, &tokens("n"));
        }
        other.port.send(&ToVault::Activity, None);
        for tab in [&page, &other] {
            let snapshot = tab.snapshot().await;
            assert_eq!(snapshot.idle_left, Some(30 * MINUTE));
        }
    }
}

#[wasm_bindgen_test]
async fn a_page_that_only_looks_keeps_nobody() {
    let world = World::new();
    let (page, _) = world.page().await;
    world.connect(&page, "1").await;
    world.advance(10 * MINUTE).await;
    let welcome = page.hello().await;
    assert_eq!(welcome.snapshot.idle_left, Some(20 * MINUTE));
}

#[wasm_bindgen_test]
async fn signing_out_waits_for_no_revocation() {
    for lost in [false, true] {
        let world = World::with_config(REVOKING);
        let (page, _) = world.page().await;
        let connection = world.connect(&page, "1").await;
        let (other, _) = world.page().await;
        let reply = page.ask(Request::SignOut).await.unwrap().0;
        assert_eq!(reply, Reply::Done);
        assert!(other.snapshot().await.connections.is_empty());
        // Told to everybody before the endpoint has said a word, if it ever does.
        let revocation = world.one_sent().await;
        assert!(revocation.is(Method::Post, REVOKE));
        assert!(revocation.form().contains("token=secret-refresh-1"));
        if lost {
            revocation.lose();
        }
        settle().await;
        let code = page.code(get(&connection, "/v1/companies")).await;
        assert_eq!(code, "connection_unknown");
        let again = world.connect(&page, "2").await;
        works(&world, &page, &again, "2").await;
        assert!(!page.everything().contains("secret-"));
    }
}

#[wasm_bindgen_test]
async fn the_wipe_after_the_last_page_revokes_and_waits_two_seconds_at_most() {
    let world = World::with_config(REVOKING);
    let (page, _) = world.page().await;
    world.connect(&page, "1").await;
    world.page_gone(&page).await;
    world.advance(31 * SECOND).await;
    assert!(world.one_sent().await.is(Method::Post, REVOKE));
    world.advance(3 * SECOND).await;
    assert!(world.script.closed.get(), "a silent endpoint keeps nobody");
}

#[wasm_bindgen_test]
async fn a_page_that_comes_later_is_told_what_happened_before() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let (_, welcome) = world.page().await;
    let connected = welcome
        .record
        .iter()
        .find(|line| line.event == "connected")
        .unwrap();
    assert_eq!(connected.connection.as_deref(), Some(&*connection));
    assert_eq!(connected.outcome.as_deref(), Some("new"));
    assert!(!format!("{:?}", welcome.record).contains("secret-"));
}
