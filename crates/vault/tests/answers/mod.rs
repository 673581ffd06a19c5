//! What the API and the token endpoint may answer, and which code a page hears of it.

use super::support::{INTROSPECTED, World, answered, callback, get, tokens};
use outlay_vault::message::{Phase, Reply, Request, Retry};
use outlay_worker::fetch::Error;

const SECOND: u64 = 1_000;

/// As whoever comes now is told.
fn still_active(world: &World) {
    let (_, welcome) = world.page();
    let connections = welcome.snapshot.connections;
    assert_eq!(connections.len(), 1);
    assert_eq!(connections[0].phase, Phase::Active);
}

/// The page, which knows what it asked for, reads every other answer itself.
#[test]
fn every_answer_but_a_401_crosses_as_it_came() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    for (status, body) in [
        (200, ""),
        (200, "<!doctype html><title>Log in</title>"),
        (200, "{\"data\":[{\"id\":"),
        (204, ""),
        (301, ""),
        (400, "{\"type\":\"VALIDATION_ERROR\"}"),
        (403, "{\"type\":\"ACCESS_DENIED\"}"),
        (404, ""),
        (409, "{}"),
        (413, "<html>"),
        (422, "{\"message\":\"no\"}"),
        (500, "upstream"),
        (502, "<html>"),
        (504, ""),
    ] {
        let call = page.send(get(&connection, "/v1/companies"));
        world.one_sent().answer(status, body);
        let (reply, crossed) = page.reply(call).unwrap();
        let expected = answered(status, 1, 0);
        assert_eq!(reply, expected, "{body}");
        assert_eq!(crossed.unwrap(), body.as_bytes(), "{status}");
    }
    still_active(&world);
}

#[test]
fn no_answer_has_its_code_and_costs_no_connection() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    for (why, code) in [
        (Error::Network, "api_network"),
        (Error::TimedOut, "api_timeout"),
        (Error::TooLarge, "api_too_large"),
    ] {
        for retry in [Retry::Safe, Retry::Never] {
            let Request::Call(mut call) = get(&connection, "/v1/companies") else {
                panic!()
            };
            call.retry = retry;
            let call = page.send(Request::Call(call));
            world.one_sent().fail(why);
            assert_eq!(page.reply(call).unwrap_err().code, code);
            assert!(world.sent().is_empty(), "{code}: it is not repeated");
        }
    }
    still_active(&world);
}

/// Busy answers are waited out three times; then the page hears of the last of them.
#[test]
fn a_busy_api_is_asked_four_times() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    for status in [429, 503] {
        let call = page.send(get(&connection, "/v1/companies"));
        world.one_sent().answer(status, "first");
        world.advance(SECOND);
        world.one_sent().answer(status, "second");
        world.advance(2 * SECOND);
        world.one_sent().answer(status, "third");
        world.advance(4 * SECOND);
        world.one_sent().answer(status, "fourth");
        let (reply, body) = page.reply(call).unwrap();
        assert!(matches!(reply, Reply::Api { status: it, .. } if it == status));
        assert_eq!(body.unwrap(), b"fourth");
    }
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = world.one_sent();
    sent.answer_after(429, "", "16");
    let reply = page.reply(call).unwrap().0;
    assert!(
        matches!(reply, Reply::Api { status: 429, .. }),
        "too long to wait"
    );
}

/// A 401 to a young token is the operation's; the connection stays.
#[test]
fn a_refused_operation_is_told_from_a_dead_token() {
    let world = World::new();
    let (page, _) = world.page();
    let connection = world.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    world.one_sent().answer(401, "{}");
    world.one_sent().answer(200, INTROSPECTED);
    let failure = page.reply(call).unwrap_err();
    assert_eq!(failure.code, "unauthorised_operation");
    still_active(&world);
}

#[test]
fn an_exchange_that_fails_has_its_code() {
    let unsafe_token = tokens("1").replace("secret-access", "secret\\r\\naccess");
    for (answer, code) in [
        (Ok((200, "<html>")), "token_not_json"),
        (Ok((200, "{}")), "token_malformed"),
        (Ok((200, &*unsafe_token)), "token_malformed"),
        (
            Ok((400, "{\"error\":\"invalid_client\"}")),
            "invalid_client",
        ),
        (Ok((404, "")), "token_unexpected_status"),
        (Ok((429, "")), "token_busy"),
        (Ok((500, "")), "token_server_error"),
        (Err(Error::Network), "token_network"),
        (Err(Error::TimedOut), "token_timeout"),
        (Err(Error::TooLarge), "token_network"),
    ] {
        let world = World::new();
        let (page, _) = world.page();
        let state = page.start();
        let waiting = page.send(callback(&state));
        let exchange = world.one_sent();
        match answer {
            Ok((status, body)) => exchange.answer(status, body),
            Err(why) => exchange.fail(why),
        }
        let failure = page.reply(waiting).unwrap_err();
        assert_eq!(failure.code, code);
        assert_eq!(failure.return_to.as_deref(), Some("/entries"), "{code}");
        world.advance(60 * SECOND);
        assert!(world.sent().is_empty(), "{code}: never sent again");
    }
}
