//! The vault over a real port, inside a shared worker; its world is scripted.
#![cfg(all(target_arch = "wasm32", feature = "worker"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod echo;
mod inspect;
mod pinned;
mod support;
mod traffic;

use outlay_vault::message::{Hello, MESSAGE_VERSION, Method, Phase, Reply, Request, ToVault};
use outlay_vault::port::bytes;
use support::{World, answered, callback, get, settle, start, tokens};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_shared_worker);

const TOKEN: &str = "http://localhost:8787/oauth/token";
const SECOND: u64 = 1_000;

#[wasm_bindgen_test]
async fn every_path_rule_holds_on_the_port() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    for path in [
        "",
        "v1/companies",
        "//evil.example",
        "/\\evil.example",
        "/v1\\x",
        "/v1?company=1",
        "/v1#x",
        "/v1/../oauth/token",
        "/..",
        "/./v1",
        "/v1/%2e%2e/x",
        "/v1/.%2E/x",
        "/a@b/x",
        "/v1/\u{0}",
        "/v1/\n",
        "/v1/\u{7f}",
        "/v1/%2f",
        "/v1/%5c",
        "/v1/ä",
        "https://evil.example/",
        "http://localhost:8788/base/v1",
        "/v1/ x",
    ] {
        assert_eq!(
            page.code(get(&connection, path)).await,
            "path_refused",
            "{path:?}"
        );
    }
    assert!(world.sent().await.is_empty());
    page.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent().await;
    assert!(sent.is(Method::Get, "http://localhost:8788/base/v1/companies"));
    assert_eq!(sent.bearer().as_deref(), Some("secret-access-1"));
}

#[wasm_bindgen_test]
async fn an_answer_crosses_with_its_bytes() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let call = page.send(get(&connection, "/v1/companies"));
    world
        .one_sent()
        .await
        .answer(404, "{\"type\":\"NOT_FOUND\"}");
    let (reply, body) = page.reply(call).await.unwrap();
    assert_eq!(reply, answered(404, 1, 0));
    assert_eq!(bytes(&body.unwrap()), b"{\"type\":\"NOT_FOUND\"}");
}

#[wasm_bindgen_test]
async fn refused_calls_of_one_moment_make_one_refresh_and_one_replay_each() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    world.advance(61 * SECOND).await;
    let calls: Vec<u32> = (0..6)
        .map(|_| page.send(get(&connection, "/v1/companies")))
        .collect();
    let sent = world.sent().await;
    assert_eq!(sent.len(), 6);
    for request in sent {
        request.answer(401, "");
    }
    let refresh = world.one_sent().await;
    assert!(refresh.is(Method::Post, TOKEN));
    assert_eq!(
        refresh.form(),
        "grant_type=refresh_token&refresh_token=secret-refresh-1&client_id=outlay-sandbox"
    );
    assert_eq!(refresh.bearer(), None);
    refresh.answer(200, &tokens("2"));
    let replays = world.sent().await;
    assert_eq!(replays.len(), 6);
    for replay in replays {
        assert_eq!(replay.bearer().as_deref(), Some("secret-access-2"));
        replay.answer(200, "{}");
    }
    for call in calls {
        assert_eq!(page.reply(call).await.unwrap().0, answered(200, 2, 0));
    }
    assert!(!page.everything().contains("secret-"));
}

#[wasm_bindgen_test]
async fn a_refusal_settles_everybody_and_nothing_more_is_sent() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let (other, _) = world.page().await;
    world.advance(61 * SECOND).await;
    let mine = page.send(get(&connection, "/v1/companies"));
    let theirs = other.send(get(&connection, "/v1/companies"));
    for request in world.sent().await {
        request.answer(401, "");
    }
    world
        .one_sent()
        .await
        .answer(400, "{\"error\":\"invalid_grant\"}");
    assert_eq!(page.reply(mine).await.unwrap_err().code, "session_ended");
    assert_eq!(other.reply(theirs).await.unwrap_err().code, "session_ended");
    let ended = Phase::Ended {
        reason: "refused".to_owned(),
        server_code: Some("invalid_grant".to_owned()),
    };
    assert_eq!(page.phase().await, ended);
    assert_eq!(other.phase().await, ended);
    assert_eq!(
        page.code(get(&connection, "/v1/companies")).await,
        "session_ended"
    );
    world.advance(3_600 * SECOND).await;
    assert!(world.sent().await.is_empty());
}

#[wasm_bindgen_test]
async fn a_lost_refresh_is_not_sent_again() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    world.advance(61 * SECOND).await;
    page.send(get(&connection, "/v1/companies"));
    world.one_sent().await.answer(200, "{}");
    world.advance(800 * SECOND).await;
    let refresh = world.one_sent().await;
    assert!(refresh.is(Method::Post, TOKEN));
    refresh.lose();
    settle().await;
    assert_eq!(page.phase().await, Phase::Unsure);
    world.advance(120 * SECOND).await;
    assert!(world.sent().await.is_empty());
    assert!(matches!(page.phase().await, Phase::Ended { reason, .. } if reason == "unsure"));
}

#[wasm_bindgen_test]
async fn the_last_page_takes_everything_with_it_after_30_seconds() {
    let world = World::new();
    let (first, _) = world.page().await;
    world.connect(&first, "1").await;
    let (second, welcome) = world.page().await;
    assert_eq!(welcome.snapshot.connections.len(), 1);
    world.page_gone(&first).await;
    world.advance(60 * SECOND).await;
    assert!(!world.script.closed.get(), "a page is left");
    world.page_gone(&second).await;
    world.advance(29 * SECOND).await;
    let (third, welcome) = world.page().await;
    assert_eq!(
        welcome.snapshot.connections.len(),
        1,
        "a reload keeps the session"
    );
    world.page_gone(&third).await;
    world.advance(31 * SECOND).await;
    let (_late, welcome) = world.page().await;
    assert!(welcome.snapshot.connections.is_empty(), "wiped");
    assert!(!world.script.closed.get(), "somebody came in time");
}

#[wasm_bindgen_test]
async fn a_vault_without_pages_ends_itself() {
    let world = World::new();
    let (page, _) = world.page().await;
    world.page_gone(&page).await;
    world.advance(33 * SECOND).await;
    assert!(world.script.closed.get());
}

#[wasm_bindgen_test]
async fn a_sign_in_under_way_is_waited_for_ten_minutes() {
    let world = World::new();
    let (page, _) = world.page().await;
    let state = page.start().await;
    page.port.send(&ToVault::Dormant, None);
    settle().await;
    world.page_gone(&page).await;
    world.advance(9 * 60 * SECOND).await;
    let (back, _) = world.page().await;
    let waiting = back.send(callback(&state));
    let exchange = world.one_sent().await;
    assert!(exchange.is(Method::Post, TOKEN));
    assert!(
        exchange
            .form()
            .starts_with("grant_type=authorization_code&code=secret-code&")
    );
    exchange.answer(
        400,
        "{\"error\":\"invalid_grant\",\"error_description\":\"too late\"}",
    );
    let failure = back.reply(waiting).await.unwrap_err();
    assert_eq!(failure.code, "invalid_grant");
    assert_eq!(failure.detail.as_deref(), Some("invalid_grant: too late"));
    assert_eq!(failure.return_to.as_deref(), Some("/entries"));
}

#[wasm_bindgen_test]
async fn a_page_of_another_build_is_told_so() {
    let world = World::new();
    let page = world.stranger();
    let version = MESSAGE_VERSION + 1;
    page.port.send(
        &ToVault::Hello(Hello {
            version,
            lock: "page-x".to_owned(),
        }),
        None,
    );
    assert!(page.mismatched().await);
    page.port.send(&"not a message".to_owned(), None);
    assert!(page.mismatched().await);
    page.send(Request::SignOut);
    assert!(page.silent().await, "a stranger is not answered");
}

#[wasm_bindgen_test]
async fn a_page_names_profiles_and_never_endpoints() {
    let world = World::new();
    let (page, _) = world.page().await;
    for (request, code) in [
        (start("nobody", None, &[]), "profile_unknown"),
        (start("sandbox", Some("another"), &[]), "client_id_refused"),
        (
            start("sandbox", None, &["export-jobs:write"]),
            "scope_refused",
        ),
        (start("sandbox", None, &[]), "scope_refused"),
        (
            start("sandbox", None, &["users:read", "users:read"]),
            "scope_refused",
        ),
        (start("open", None, &["companies:read"]), "client_id_needed"),
        (start("open", Some("no spaces"), &[]), "client_id_refused"),
        (get("unknown", "/v1/companies"), "connection_unknown"),
    ] {
        assert_eq!(page.code(request).await, code);
    }
    let reply = page
        .ask(start("open", Some("typed-id"), &["companies:read"]))
        .await
        .unwrap()
        .0;
    let Reply::Authorize { url, stored, .. } = reply else {
        panic!("{reply:?}")
    };
    assert!(url.starts_with(
        "http://localhost:8787/oauth/authorize?response_type=code&client_id=typed-id&"
    ));
    assert!(!url.contains(&stored.unwrap().code_verifier));
}

#[wasm_bindgen_test]
async fn an_unsound_configuration_is_told_and_nobody_signs_in() {
    let world = World::with_config("{\"profiles\":[],\"surprise\":1}");
    let (page, welcome) = world.page().await;
    let problems = welcome.config.unwrap_err();
    assert!(
        problems.iter().any(|problem| problem.key == "surprise"),
        "{problems:?}"
    );
    assert_eq!(
        page.code(start("sandbox", None, &[])).await,
        "config_invalid"
    );
}

#[wasm_bindgen_test]
async fn a_read_is_repeated_after_503_and_a_write_is_not() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let read = page.send(get(&connection, "/v1/companies"));
    world.one_sent().await.answer_after(503, "", Some(3_000));
    world.advance(2_999).await;
    assert!(world.sent().await.is_empty());
    world.advance(200).await;
    world.one_sent().await.answer(200, "{}");
    assert_eq!(page.reply(read).await.unwrap().0, answered(200, 1, 1));
    let Request::Call(mut call) = get(&connection, "/v1/installations/me") else {
        panic!()
    };
    call.method = Method::Delete;
    call.retry = outlay_vault::message::Retry::Never;
    let write = page.send(Request::Call(call));
    world.one_sent().await.answer_after(503, "", Some(1_000));
    assert_eq!(page.reply(write).await.unwrap().0, answered(503, 1, 0));
}

#[wasm_bindgen_test]
async fn what_a_page_gives_up_is_aborted() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent().await;
    assert!(!sent.aborted());
    page.port.send(&ToVault::Cancel { id: call }, None);
    settle().await;
    assert!(sent.aborted());
    assert!(page.try_reply(call).await.is_none());
}

#[wasm_bindgen_test]
async fn signing_out_reaches_every_page_and_every_call() {
    let world = World::new();
    let (page, _) = world.page().await;
    let connection = world.connect(&page, "1").await;
    let (other, _) = world.page().await;
    let call = other.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent().await;
    page.ask(Request::SignOut).await.unwrap();
    assert_eq!(other.reply(call).await.unwrap_err().code, "session_ended");
    assert!(sent.aborted());
    assert!(other.snapshot().await.connections.is_empty());
    assert_eq!(
        other.code(get(&connection, "/v1/companies")).await,
        "connection_unknown"
    );
}

#[wasm_bindgen_test]
async fn a_page_hears_of_a_connection_before_it_is_named_to_it() {
    let world = World::new();
    let (page, _) = world.page().await;
    let state = page.start().await;
    page.send(callback(&state));
    world.one_sent().await.answer(200, &tokens("1"));
    world.one_sent().await.answer(200, support::INTROSPECTED);
    let order = page.order().await;
    let newest_state = order.iter().rposition(|kind| kind == "state");
    let reply = order.iter().rposition(|kind| kind == "reply");
    assert!(newest_state < reply, "{order:?}");
}
