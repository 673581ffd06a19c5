//! A connection keeps the configuration that it was made with.

use outlay_vault::message::{Method, VaultRequest};

use crate::support::{CONFIG, INTROSPECTED, TestVault, get, tokens};
use crate::{SECOND, TOKEN};

/// The same profile at other hosts.
const OTHER: &str = r#"{"profiles":[{"id":"sandbox","name":"Sandbox","kind":"sandbox",
    "authorizationServer":"http://localhost:6661","apiBase":"http://localhost:6662",
    "clientId":"outlay-sandbox","scopes":["companies:read","users:read"]}]}"#;

fn is_config(url: &str) -> bool {
    url.ends_with("/config.json")
}

#[test]
fn configuration_changed_after_sign_in_redirects_no_bearer() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    // A second tab has the file read while there is no connection, and the answer is slow.
    vault.script.holds_config.set(true);
    let late = vault.stranger();
    late.say_hello();
    let slow = vault.one_sent();
    assert!(is_config(&slow.request.url));
    let connection = vault.connect(&page, "1");
    slow.answer(200, OTHER);

    let welcome = late.welcome().unwrap();
    let base = &welcome.config.unwrap().profiles[0].api_base;
    assert_eq!(base, "http://localhost:8788/base");
    assert!(welcome.snapshot.config_waits.is_some());
    assert!(page.snapshot().config_waits.is_some());

    // Calls, the refresh, the introspection of a 401: all go where the sign-in went.
    vault.advance(61 * SECOND);
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = vault.one_sent();
    assert!(sent.is(Method::Get, "http://localhost:8788/base/v1/companies"));
    sent.answer(401, "");
    let refresh = vault.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    refresh.answer(200, &tokens("2"));
    let replay = vault.one_sent();
    assert!(replay.is(Method::Get, "http://localhost:8788/base/v1/companies"));
    replay.answer(401, "");
    let question = vault.one_sent();
    assert!(question.is(Method::Get, "http://localhost:8788/base/v1/introspect"));
    question.answer(200, INTROSPECTED);
    assert_eq!(
        page.reply(call).unwrap_err().code.word(),
        "unauthorised_operation"
    );
}

#[test]
fn configuration_changed_during_sign_in_applies_after_every_connection_ended() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let state = page.start();
    vault.script.deploy(OTHER);
    vault.advance(11 * SECOND);
    let (other, welcome) = vault.page();
    let base = |welcome: outlay_vault::message::Welcome| {
        welcome.config.unwrap().profiles[0].api_base.clone()
    };
    assert_eq!(base(welcome), "http://localhost:8788/base");
    assert!(other.snapshot().config_waits.is_some());
    // The code goes to the server that the sign-in was begun at.
    page.send(crate::support::callback(&state));
    let exchange = vault.one_sent();
    assert!(exchange.is(Method::Post, TOKEN));
    exchange.answer(200, &tokens("1"));
    vault.one_sent().answer(200, INTROSPECTED);

    page.ask(VaultRequest::SignOut).unwrap();
    assert!(page.snapshot().config_waits.is_none());
    let (_fresh, welcome) = vault.page();
    assert!(welcome.snapshot.config_waits.is_none());
    assert_eq!(base(welcome), "http://localhost:6662");
}

#[test]
fn restored_configuration_is_no_longer_pending() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    vault.connect(&page, "1");
    for (config, waits) in [(OTHER, true), ("{", true), (CONFIG, false), (CONFIG, false)] {
        vault.script.deploy(config);
        vault.advance(11 * SECOND);
        let (tab, _) = vault.page();
        vault.settle();
        let welcome = tab.hello();
        assert_eq!(welcome.snapshot.config_waits.is_some(), waits, "{config}");
        assert!(welcome.config.is_ok());
    }
}

#[test]
fn tabs_opened_together_share_one_configuration_fetch() {
    let vault = TestVault::new();
    vault.script.holds_config.set(true);
    let tabs = [vault.stranger(), vault.stranger(), vault.stranger()];
    for tab in &tabs {
        tab.say_hello();
    }
    let sent = vault.one_sent();
    assert!(is_config(&sent.request.url));
    sent.answer(200, CONFIG);
    for tab in &tabs {
        assert!(tab.welcome().unwrap().config.is_ok());
    }
}
