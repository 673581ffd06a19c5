//! The vault in a scripted world.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod echo;
mod inspect;
mod pinned;
mod support;
mod traffic;

use outlay_codes::EndReason;
use outlay_vault::message::Authorization;
use outlay_vault::message::SignedIn;
use outlay_vault::message::{
    ConnectionPhase, MESSAGE_VERSION, Method, ToVault, VaultHello, VaultReply, VaultRequest,
};
use support::{TestVault, answered, answered_after, callback, get, start, tokens};

const TOKEN: &str = "http://localhost:8787/oauth/token";
const SECOND: u64 = 1_000;

#[test]
fn every_path_rule_applies_to_port_messages() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
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
            page.code(get(&connection, path)),
            "path_refused",
            "{path:?}"
        );
    }
    assert!(vault.sent().is_empty());
    page.send(get(&connection, "/v1/companies"));
    let sent = vault.one_sent();
    assert!(sent.is(Method::Get, "http://localhost:8788/base/v1/companies"));
    assert_eq!(sent.bearer().as_deref(), Some("secret-access-1"));
}

#[test]
fn response_body_is_transferred_unchanged() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer(404, "{\"type\":\"NOT_FOUND\"}");
    let (reply, body) = page.reply(call).unwrap();
    assert_eq!(reply, answered(404, 1, 0));
    assert_eq!(body.unwrap(), b"{\"type\":\"NOT_FOUND\"}");
}

#[test]
fn simultaneous_401s_cause_one_refresh_and_one_replay_each() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.advance(61 * SECOND);
    let calls: Vec<u32> = (0..6)
        .map(|_| page.send(get(&connection, "/v1/companies")))
        .collect();
    let sent = vault.sent();
    assert_eq!(sent.len(), 6);
    for request in sent {
        request.answer(401, "");
    }
    let refresh = vault.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    assert_eq!(
        refresh.form(),
        "grant_type=refresh_token&refresh_token=secret-refresh-1&client_id=outlay-sandbox"
    );
    assert_eq!(refresh.bearer(), None);
    refresh.answer(200, &tokens("2"));
    let replays = vault.sent();
    assert_eq!(replays.len(), 6);
    for replay in replays {
        assert_eq!(replay.bearer().as_deref(), Some("secret-access-2"));
        replay.answer(200, "{}");
    }
    for call in calls {
        assert_eq!(page.reply(call).unwrap().0, answered(200, 2, 0));
    }
    assert!(!page.everything().contains("secret-"));
}

#[test]
fn refused_refresh_settles_every_call_and_sends_nothing_more() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let (other, _) = vault.page();
    vault.advance(61 * SECOND);
    let mine = page.send(get(&connection, "/v1/companies"));
    let theirs = other.send(get(&connection, "/v1/companies"));
    for request in vault.sent() {
        request.answer(401, "");
    }
    vault
        .one_sent()
        .answer(400, "{\"error\":\"invalid_grant\"}");
    assert_eq!(page.reply(mine).unwrap_err().code.word(), "session_ended");
    assert_eq!(
        other.reply(theirs).unwrap_err().code.word(),
        "session_ended"
    );
    let ended = ConnectionPhase::Ended(EndReason::Refused("invalid_grant".to_owned()));
    assert_eq!(page.phase(), ended);
    assert_eq!(other.phase(), ended);
    assert_eq!(
        page.code(get(&connection, "/v1/companies")),
        "session_ended"
    );
    vault.advance(3_600 * SECOND);
    assert!(vault.sent().is_empty());
}

#[test]
fn unanswered_refresh_is_not_sent_again() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.advance(61 * SECOND);
    page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer(200, "{}");
    vault.advance(800 * SECOND);
    let refresh = vault.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    refresh.lose();
    vault.settle();
    assert_eq!(page.phase(), ConnectionPhase::Unsure);
    vault.advance(120 * SECOND);
    assert!(vault.sent().is_empty());
    assert!(matches!(
        page.phase(),
        ConnectionPhase::Ended(EndReason::Unsure)
    ));
}

#[test]
fn vault_wipes_everything_30_seconds_after_the_last_page() {
    let vault = TestVault::new();
    let (first, _) = vault.page();
    vault.connect(&first, "1");
    let (second, welcome) = vault.page();
    assert_eq!(welcome.snapshot.connections.len(), 1);
    vault.page_gone(&first);
    vault.advance(60 * SECOND);
    assert!(!vault.script.closed.get(), "a page is left");
    vault.page_gone(&second);
    vault.advance(29 * SECOND);
    let (third, welcome) = vault.page();
    assert_eq!(
        welcome.snapshot.connections.len(),
        1,
        "a reload keeps the session"
    );
    vault.page_gone(&third);
    vault.advance(31 * SECOND);
    let (_late, welcome) = vault.page();
    assert!(welcome.snapshot.connections.is_empty(), "wiped");
    assert!(!vault.script.closed.get(), "somebody came in time");
}

#[test]
fn vault_without_pages_closes_itself() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    vault.page_gone(&page);
    vault.advance(33 * SECOND);
    assert!(vault.script.closed.get());
}

#[test]
fn pending_sign_in_keeps_the_vault_for_ten_minutes() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let state = page.start();
    page.post(&ToVault::Dormant);
    vault.settle();
    vault.page_gone(&page);
    vault.advance(9 * 60 * SECOND);
    let (back, _) = vault.page();
    let waiting = back.send(callback(&state));
    let exchange = vault.one_sent();
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
    let failure = back.reply(waiting).unwrap_err();
    assert_eq!(failure.code.word(), "invalid_grant");
    assert_eq!(failure.detail.as_deref(), Some("invalid_grant: too late"));
    assert_eq!(failure.return_to.as_deref(), Some("/entries"));
}

#[test]
fn page_of_another_build_receives_version_mismatch() {
    let vault = TestVault::new();
    let page = vault.stranger();
    let version = MESSAGE_VERSION + 1;
    page.post(&ToVault::Hello(VaultHello {
        version,
        lock: "page-x".to_owned(),
    }));
    assert!(page.mismatched());
    page.post_text("\"not a message\"");
    assert!(page.mismatched());
    page.send(VaultRequest::SignOut);
    assert!(page.silent(), "a stranger is not answered");
}

#[test]
fn page_can_name_profiles_and_no_endpoints() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
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
        assert_eq!(page.code(request), code);
    }
    let reply = page
        .ask(start("open", Some("typed-id"), &["companies:read"]))
        .unwrap()
        .0;
    let VaultReply::Authorize(Authorization { url, stored, .. }) = reply else {
        panic!("{reply:?}")
    };
    assert!(url.starts_with(
        "http://localhost:8787/oauth/authorize?response_type=code&client_id=typed-id&"
    ));
    assert!(!url.contains(&stored.unwrap().code_verifier));
}

#[test]
fn invalid_configuration_is_reported_and_sign_in_rejected() {
    let vault = TestVault::with_config("{\"profiles\":[],\"surprise\":1}");
    let (page, welcome) = vault.page();
    let problems = welcome.config.unwrap_err();
    assert!(
        problems.iter().any(|problem| problem.key == "surprise"),
        "{problems:?}"
    );
    assert_eq!(page.code(start("sandbox", None, &[])), "config_invalid");
}

#[test]
fn read_is_retried_after_503_and_a_write_is_not() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let read = page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer_after(503, "", "3");
    vault.advance(2_999);
    assert!(vault.sent().is_empty());
    vault.advance(200);
    vault.one_sent().answer(200, "{}");
    assert_eq!(page.reply(read).unwrap().0, answered(200, 1, 1));
    let VaultRequest::Call(mut call) = get(&connection, "/v1/installations/me") else {
        panic!()
    };
    call.method = Method::Delete;
    call.retry = outlay_vault::message::RetryClass::Never;
    let write = page.send(VaultRequest::Call(call));
    vault.one_sent().answer_after(503, "", "1");
    assert_eq!(page.reply(write).unwrap().0, answered_after(503, "1"));
}

#[test]
fn cancelled_call_is_aborted() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = vault.one_sent();
    assert!(!sent.aborted());
    page.post(&ToVault::Cancel { id: call });
    vault.settle();
    assert!(sent.aborted());
    assert!(page.try_reply(call).is_none());
}

#[test]
fn sign_out_reaches_every_page_and_every_call() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let (other, _) = vault.page();
    let call = other.send(get(&connection, "/v1/companies"));
    let sent = vault.one_sent();
    page.ask(VaultRequest::SignOut).unwrap();
    assert_eq!(other.reply(call).unwrap_err().code.word(), "session_ended");
    assert!(sent.aborted());
    assert!(other.snapshot().connections.is_empty());
    assert_eq!(
        other.code(get(&connection, "/v1/companies")),
        "connection_unknown"
    );
}

#[test]
fn snapshot_with_the_connection_precedes_its_id() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let state = page.start();
    page.send(callback(&state));
    vault.one_sent().answer(200, &tokens("1"));
    vault.one_sent().answer(200, support::INTROSPECTED);
    let order = page.order();
    let newest_state = order.iter().rposition(|kind| kind == "state");
    let reply = order.iter().rposition(|kind| kind == "reply");
    assert!(newest_state < reply, "{order:?}");
}

#[test]
fn connect_exchanges_the_code_once_and_introspects_the_new_token() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let state = page.start();
    let waiting = page.send(callback(&state));
    let exchange = vault.one_sent();
    assert!(exchange.is(Method::Post, TOKEN));
    assert_eq!(exchange.bearer(), None);
    let form = exchange.form();
    for part in [
        "grant_type=authorization_code",
        "code=secret-code",
        "client_id=outlay-sandbox",
        "redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcallback%2Fsandbox",
    ] {
        assert!(form.split('&').any(|pair| pair == part), "{form}");
    }
    exchange.answer(200, &tokens("1"));
    let introspection = vault.one_sent();
    assert!(introspection.is(Method::Get, "http://localhost:8788/base/v1/introspect"));
    assert_eq!(introspection.bearer().as_deref(), Some("secret-access-1"));
    introspection.answer(200, support::INTROSPECTED);
    let Ok((
        VaultReply::SignedIn(SignedIn {
            connection,
            return_to,
            ..
        }),
        _,
    )) = page.reply(waiting)
    else {
        panic!("not signed in");
    };
    assert_eq!(return_to, "/entries");
    let known = page.snapshot().connections;
    assert_eq!(known.len(), 1);
    assert_eq!(Some(&known[0].id), connection.as_ref());
    assert_eq!(known[0].application.as_deref(), Some("Outlay"));
    // The same callback again, as after a reload: nothing more is sent.
    let again = page.send(callback(&state));
    assert!(page.reply(again).is_ok());
    assert!(vault.sent().is_empty());
}

#[test]
fn retry_after_date_is_honoured() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    // Ten seconds after the present of this world.
    let date = "Mon, 21 Sep 2026 14:13:30 GMT";
    vault.one_sent().answer_after(503, "", date);
    vault.advance(9_999);
    assert!(vault.sent().is_empty());
    vault.advance(1_000);
    vault.one_sent().answer(200, "{}");
    assert_eq!(page.reply(call).unwrap().0, answered(200, 1, 1));
}
