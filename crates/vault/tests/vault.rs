//! The vault in a scripted world.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod echo;
mod inspect;
mod pinned;
mod support;
mod traffic;

use outlay_vault::message::{Hello, MESSAGE_VERSION, Method, Phase, Reply, Request, ToVault};
use support::{World, answered, answered_after, callback, get, start, tokens};

const TOKEN: &str = "http://localhost:8787/oauth/token";
const SECOND: u64 = 1_000;

#[test]
fn every_path_rule_holds_on_the_port() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
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
    assert!(world.sent().is_empty());
    page.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent();
    assert!(sent.is(Method::Get, "http://localhost:8788/base/v1/companies"));
    assert_eq!(sent.bearer().as_deref(), Some("secret-access-1"));
}

#[test]
fn an_answer_crosses_with_its_bytes() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    world.one_sent().answer(404, "{\"type\":\"NOT_FOUND\"}");
    let (reply, body) = page.reply(call).unwrap();
    assert_eq!(reply, answered(404, 1, 0));
    assert_eq!(body.unwrap(), b"{\"type\":\"NOT_FOUND\"}");
}

#[test]
fn refused_calls_of_one_moment_make_one_refresh_and_one_replay_each() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    world.advance(61 * SECOND);
    let calls: Vec<u32> = (0..6)
        .map(|_| page.send(get(&connection, "/v1/companies")))
        .collect();
    let sent = world.sent();
    assert_eq!(sent.len(), 6);
    for request in sent {
        request.answer(401, "");
    }
    let refresh = world.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    assert_eq!(
        refresh.form(),
        "grant_type=refresh_token&refresh_token=secret-refresh-1&client_id=outlay-sandbox"
    );
    assert_eq!(refresh.bearer(), None);
    refresh.answer(200, &tokens("2"));
    let replays = world.sent();
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
fn a_refusal_settles_everybody_and_nothing_more_is_sent() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let (other, _) = world.page();
    world.advance(61 * SECOND);
    let mine = page.send(get(&connection, "/v1/companies"));
    let theirs = other.send(get(&connection, "/v1/companies"));
    for request in world.sent() {
        request.answer(401, "");
    }
    world
        .one_sent()
        .answer(400, "{\"error\":\"invalid_grant\"}");
    assert_eq!(page.reply(mine).unwrap_err().code, "session_ended");
    assert_eq!(other.reply(theirs).unwrap_err().code, "session_ended");
    let ended = Phase::Ended {
        reason: "refused".to_owned(),
        server_code: Some("invalid_grant".to_owned()),
    };
    assert_eq!(page.phase(), ended);
    assert_eq!(other.phase(), ended);
    assert_eq!(
        page.code(get(&connection, "/v1/companies")),
        "session_ended"
    );
    world.advance(3_600 * SECOND);
    assert!(world.sent().is_empty());
}

#[test]
fn a_lost_refresh_is_not_sent_again() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    world.advance(61 * SECOND);
    page.send(get(&connection, "/v1/companies"));
    world.one_sent().answer(200, "{}");
    world.advance(800 * SECOND);
    let refresh = world.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    refresh.lose();
    world.settle();
    assert_eq!(page.phase(), Phase::Unsure);
    world.advance(120 * SECOND);
    assert!(world.sent().is_empty());
    assert!(matches!(page.phase(), Phase::Ended { reason, .. } if reason == "unsure"));
}

#[test]
fn the_last_page_takes_everything_with_it_after_30_seconds() {
    let world = World::new();
    let (first, _) = world.page();
    world.connect(&first, "1");
    let (second, welcome) = world.page();
    assert_eq!(welcome.snapshot.connections.len(), 1);
    world.page_gone(&first);
    world.advance(60 * SECOND);
    assert!(!world.script.closed.get(), "a page is left");
    world.page_gone(&second);
    world.advance(29 * SECOND);
    let (third, welcome) = world.page();
    assert_eq!(
        welcome.snapshot.connections.len(),
        1,
        "a reload keeps the session"
    );
    world.page_gone(&third);
    world.advance(31 * SECOND);
    let (_late, welcome) = world.page();
    assert!(welcome.snapshot.connections.is_empty(), "wiped");
    assert!(!world.script.closed.get(), "somebody came in time");
}

#[test]
fn a_vault_without_pages_ends_itself() {
    let world = World::new();
    let (page, _) = world.page();
    world.page_gone(&page);
    world.advance(33 * SECOND);
    assert!(world.script.closed.get());
}

#[test]
fn a_sign_in_under_way_is_waited_for_ten_minutes() {
    let world = World::new();
    let (page, _) = world.page();
    let state = page.start();
    page.post(&ToVault::Dormant);
    world.settle();
    world.page_gone(&page);
    world.advance(9 * 60 * SECOND);
    let (back, _) = world.page();
    let waiting = back.send(callback(&state));
    let exchange = world.one_sent();
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
    assert_eq!(failure.code, "invalid_grant");
    assert_eq!(failure.detail.as_deref(), Some("invalid_grant: too late"));
    assert_eq!(failure.return_to.as_deref(), Some("/entries"));
}

#[test]
fn a_page_of_another_build_is_told_so() {
    let world = World::new();
    let page = world.stranger();
    let version = MESSAGE_VERSION + 1;
    page.post(&ToVault::Hello(Hello {
        version,
        lock: "page-x".to_owned(),
    }));
    assert!(page.mismatched());
    page.post_text("\"not a message\"");
    assert!(page.mismatched());
    page.send(Request::SignOut);
    assert!(page.silent(), "a stranger is not answered");
}

#[test]
fn a_page_names_profiles_and_never_endpoints() {
    let world = World::new();
    let (page, _) = world.page();
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
    let Reply::Authorize { url, stored, .. } = reply else {
        panic!("{reply:?}")
    };
    assert!(url.starts_with(
        "http://localhost:8787/oauth/authorize?response_type=code&client_id=typed-id&"
    ));
    assert!(!url.contains(&stored.unwrap().code_verifier));
}

#[test]
fn an_unsound_configuration_is_told_and_nobody_signs_in() {
    let world = World::with_config("{\"profiles\":[],\"surprise\":1}");
    let (page, welcome) = world.page();
    let problems = welcome.config.unwrap_err();
    assert!(
        problems.iter().any(|problem| problem.key == "surprise"),
        "{problems:?}"
    );
    assert_eq!(page.code(start("sandbox", None, &[])), "config_invalid");
}

#[test]
fn a_read_is_repeated_after_503_and_a_write_is_not() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let read = page.send(get(&connection, "/v1/companies"));
    world.one_sent().answer_after(503, "", "3");
    world.advance(2_999);
    assert!(world.sent().is_empty());
    world.advance(200);
    world.one_sent().answer(200, "{}");
    assert_eq!(page.reply(read).unwrap().0, answered(200, 1, 1));
    let Request::Call(mut call) = get(&connection, "/v1/installations/me") else {
        panic!()
    };
    call.method = Method::Delete;
    call.retry = outlay_vault::message::Retry::Never;
    let write = page.send(Request::Call(call));
    world.one_sent().answer_after(503, "", "1");
    assert_eq!(page.reply(write).unwrap().0, answered_after(503, "1"));
}

#[test]
fn what_a_page_gives_up_is_aborted() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent();
    assert!(!sent.aborted());
    page.post(&ToVault::Cancel { id: call });
    world.settle();
    assert!(sent.aborted());
    assert!(page.try_reply(call).is_none());
}

#[test]
fn signing_out_reaches_every_page_and_every_call() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let (other, _) = world.page();
    let call = other.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent();
    page.ask(Request::SignOut).unwrap();
    assert_eq!(other.reply(call).unwrap_err().code, "session_ended");
    assert!(sent.aborted());
    assert!(other.snapshot().connections.is_empty());
    assert_eq!(
        other.code(get(&connection, "/v1/companies")),
        "connection_unknown"
    );
}

#[test]
fn a_page_hears_of_a_connection_before_it_is_named_to_it() {
    let world = World::new();
    let (page, _) = world.page();
    let state = page.start();
    page.send(callback(&state));
    world.one_sent().answer(200, &tokens("1"));
    world.one_sent().answer(200, support::INTROSPECTED);
    let order = page.order();
    let newest_state = order.iter().rposition(|kind| kind == "state");
    let reply = order.iter().rposition(|kind| kind == "reply");
    assert!(newest_state < reply, "{order:?}");
}

#[test]
fn connecting_exchanges_the_code_once_and_introspects_the_new_token() {
    let world = World::new();
    let (page, _) = world.page();
    let state = page.start();
    let waiting = page.send(callback(&state));
    let exchange = world.one_sent();
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
    let introspection = world.one_sent();
    assert!(introspection.is(Method::Get, "http://localhost:8788/base/v1/introspect"));
    assert_eq!(introspection.bearer().as_deref(), Some("secret-access-1"));
    introspection.answer(200, support::INTROSPECTED);
    let Ok((
        Reply::SignedIn {
            connection,
            return_to,
            ..
        },
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
    assert!(world.sent().is_empty());
}

#[test]
fn a_date_in_retry_after_is_waited_for() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    // Ten seconds after the present of this world.
    let date = "Mon, 21 Sep 2026 14:13:30 GMT";
    world.one_sent().answer_after(503, "", date);
    world.advance(9_999);
    assert!(world.sent().is_empty());
    world.advance(1_000);
    world.one_sent().answer(200, "{}");
    assert_eq!(page.reply(call).unwrap().0, answered(200, 1, 1));
}
