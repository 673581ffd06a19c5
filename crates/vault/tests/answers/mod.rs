//! Responses of the API and the token endpoint, and the code that a page gets for each.

use super::support::{INTROSPECTED, TestVault, answered, callback, get, tokens};
use outlay_vault::message::{ConnectionPhase, RetryClass, VaultReply, VaultRequest};
use outlay_worker::fetch::FetchError;

const SECOND: u64 = 1_000;

/// The state as a new page gets it.
fn still_active(vault: &TestVault) {
    let (_, welcome) = vault.page();
    let connections = welcome.snapshot.connections;
    assert_eq!(connections.len(), 1);
    assert_eq!(connections[0].phase, ConnectionPhase::Active);
}

/// The page, which knows what it asked for, reads every other answer itself.
#[test]
fn every_response_except_401_is_passed_on_unchanged() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
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
        vault.one_sent().answer(status, body);
        let (reply, crossed) = page.reply(call).unwrap();
        let expected = answered(status, 1, 0);
        assert_eq!(reply, expected, "{body}");
        assert_eq!(crossed.unwrap(), body.as_bytes(), "{status}");
    }
    still_active(&vault);
}

#[test]
fn missing_response_has_its_code_and_keeps_the_connection() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    for (why, code) in [
        (FetchError::Network, "api_network"),
        (FetchError::TimedOut, "api_timeout"),
        (FetchError::TooLarge, "api_too_large"),
    ] {
        for retry in [RetryClass::Safe, RetryClass::Never] {
            let VaultRequest::Call(mut call) = get(&connection, "/v1/companies") else {
                panic!()
            };
            call.retry = retry;
            let call = page.send(VaultRequest::Call(call));
            vault.one_sent().fail(why);
            assert_eq!(page.reply(call).unwrap_err().code.word(), code);
            assert!(vault.sent().is_empty(), "{code}: it is not repeated");
        }
    }
    still_active(&vault);
}

/// Busy answers are repeated three times; then the page gets the last of them.
#[test]
fn busy_api_is_called_four_times() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    for status in [429, 503] {
        let call = page.send(get(&connection, "/v1/companies"));
        vault.one_sent().answer(status, "first");
        vault.advance(SECOND);
        vault.one_sent().answer(status, "second");
        vault.advance(2 * SECOND);
        vault.one_sent().answer(status, "third");
        vault.advance(4 * SECOND);
        vault.one_sent().answer(status, "fourth");
        let (reply, body) = page.reply(call).unwrap();
        assert!(matches!(reply, VaultReply::Api { status: it, .. } if it == status));
        assert_eq!(body.unwrap(), b"fourth");
    }
    let call = page.send(get(&connection, "/v1/companies"));
    let sent = vault.one_sent();
    sent.answer_after(429, "", "16");
    let reply = page.reply(call).unwrap().0;
    assert!(
        matches!(reply, VaultReply::Api { status: 429, .. }),
        "too long to wait"
    );
}

/// A 401 to a young token is the operation's; the connection stays.
#[test]
fn refused_operation_is_distinguished_from_an_expired_token() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    let call = page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer(401, "{}");
    vault.one_sent().answer(200, INTROSPECTED);
    let failure = page.reply(call).unwrap_err();
    assert_eq!(failure.code.word(), "unauthorised_operation");
    still_active(&vault);
}

#[test]
fn failed_exchange_has_its_code() {
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
        (Err(FetchError::Network), "token_network"),
        (Err(FetchError::TimedOut), "token_timeout"),
        (Err(FetchError::TooLarge), "token_network"),
    ] {
        let vault = TestVault::new();
        let (page, _) = vault.page();
        let state = page.start();
        let waiting = page.send(callback(&state));
        let exchange = vault.one_sent();
        match answer {
            Ok((status, body)) => exchange.answer(status, body),
            Err(why) => exchange.fail(why),
        }
        let failure = page.reply(waiting).unwrap_err();
        assert_eq!(failure.code.word(), code);
        assert_eq!(failure.return_to.as_deref(), Some("/entries"), "{code}");
        vault.advance(60 * SECOND);
        assert!(vault.sent().is_empty(), "{code}: never sent again");
    }
}
