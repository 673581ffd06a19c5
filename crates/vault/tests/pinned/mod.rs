//! A connection keeps the configuration that it was made with.

use outlay_vault::message::{Method, Request};

use crate::support::{CONFIG, INTROSPECTED, World, get, tokens};
use crate::{SECOND, TOKEN};

/// The same profile at other hosts.
const OTHER: &str = r#"{"profiles":[{"id":"sandbox","name":"Sandbox","kind":"sandbox",
    "authorizationServer":"http://localhost:6661","apiBase":"http://localhost:6662",
    "clientId":"outlay-sandbox","scopes":["companies:read","users:read"]}]}"#;

fn is_config(url: &str) -> bool {
    url.ends_with("/config.json")
}

#[test]
fn a_configuration_that_arrives_after_the_sign_in_redirects_no_bearer() {
    let world = World::new();
    let (page, _) = world.page();
    // A second tab has the file read while nobody is signed in, and the answer is slow.
    world.script.holds_config.set(true);
    let late = world.stranger();
    late.say_hello();
    let slow = world.one_sent();
    assert!(is_config(&slow.request.url));
    let connection = world.connect(&page, "1");
    slow.answer(200, OTHER);

    let welcome = late.welcome().unwrap();
    let base = &welcome.config.unwrap().profiles[0].api_base;
    assert_eq!(base, "http://localhost:8788/base");
    assert!(welcome.snapshot.config_waits.is_some());
    assert!(page.snapshot().config_waits.is_some());

    // Calls, the refresh, the introspection of a 401: all go where the sign-in went.
    world.advance(61 * SECOND);
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent();
    assert!(sent.is(Method::Get, "http://localhost:8788/base/v1/companies"));
    sent.answer(401, "");
    let refresh = world.one_sent();
    assert!(refresh.is(Method::Post, TOKEN));
    refresh.answer(200, &tokens("2"));
    let replay = world.one_sent();
    assert!(replay.is(Method::Get, "http://localhost:8788/base/v1/companies"));
    replay.answer(401, "");
    let question = world.one_sent();
    assert!(question.is(Method::Get, "http://localhost:8788/base/v1/introspect"));
    question.answer(200, INTROSPECTED);
    assert_eq!(page.reply(call).unwrap_err().code, "unauthorised_operation");
}

#[test]
fn a_configuration_that_arrives_during_a_sign_in_waits_until_everything_has_ended() {
    let world = World::new();
    let (page, _) = world.page();
    let state = page.start();
    world.script.deploy(OTHER);
    world.advance(11 * SECOND);
    let (other, welcome) = world.page();
    let base = |welcome: outlay_vault::message::Welcome| {
        welcome.config.unwrap().profiles[0].api_base.clone()
    };
    assert_eq!(base(welcome), "http://localhost:8788/base");
    assert!(other.snapshot().config_waits.is_some());
    // The code goes to the server that the sign-in was begun at.
    page.send(crate::support::callback(&state));
    let exchange = world.one_sent();
    assert!(exchange.is(Method::Post, TOKEN));
    exchange.answer(200, &tokens("1"));
    world.one_sent().answer(200, INTROSPECTED);

    page.ask(Request::SignOut).unwrap();
    assert!(page.snapshot().config_waits.is_none());
    let (_fresh, welcome) = world.page();
    assert!(welcome.snapshot.config_waits.is_none());
    assert_eq!(base(welcome), "http://localhost:6662");
}

#[test]
fn a_configuration_that_is_put_back_waits_no_more() {
    let world = World::new();
    let (page, _) = world.page();
    world.connect(&page, "1");
    for (config, waits) in [(OTHER, true), ("{", true), (CONFIG, false), (CONFIG, false)] {
        world.script.deploy(config);
        world.advance(11 * SECOND);
        let (tab, _) = world.page();
        world.settle();
        let welcome = tab.hello();
        assert_eq!(welcome.snapshot.config_waits.is_some(), waits, "{config}");
        assert!(welcome.config.is_ok());
    }
}

#[test]
fn tabs_that_open_together_share_one_reading_of_the_configuration() {
    let world = World::new();
    world.script.holds_config.set(true);
    let tabs = [world.stranger(), world.stranger(), world.stranger()];
    for tab in &tabs {
        tab.say_hello();
    }
    let sent = world.one_sent();
    assert!(is_config(&sent.request.url));
    sent.answer(200, CONFIG);
    for tab in &tabs {
        assert!(tab.welcome().unwrap().config.is_ok());
    }
}
