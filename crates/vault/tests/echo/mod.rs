//! What servers repeat of the vault's secrets does not reach a page.

use outlay_vault::message::Authorization;
use outlay_vault::message::{ConnectionPhase, VaultReply, VaultRequest};

use crate::SECOND;
use crate::support::{HEADERS, INTROSPECTED, TestPage, TestVault, callback, get, start, tokens};

fn body(page: &TestPage, call: u32) -> Vec<u8> {
    let (_, body) = page.reply(call).unwrap();
    body.unwrap()
}

#[test]
fn bearer_in_a_body_or_header_is_replaced() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    for (came, reported) in [
        (
            r#"{"data":{"authorization":"Bearer secret-access-1"}}"#,
            r#"{"data":{"authorization":"Bearer [redacted]"}}"#,
        ),
        ("secret-refresh-1secret-access-1", "[redacted][redacted]"),
        // In base64, within a longer text.
        ("eHNlY3JldC1hY2Nlc3MtMXk=", "eH[redacted]F5="),
    ] {
        let call = page.send(get(&connection, "/v1/companies"));
        let headers = r#"[["content-type","application/json"],["x-echo","a \"secret-access-1\""]]"#;
        vault.one_sent().answer_bytes(200, headers, came.as_bytes());
        let (reply, sent) = page.reply(call).unwrap();
        let VaultReply::Api { headers, .. } = reply else {
            panic!("{reply:?}")
        };
        assert_eq!(
            headers,
            r#"[["content-type","application/json"],["x-echo","a \"[redacted]\""]]"#
        );
        let sent = String::from_utf8(sent.unwrap()).unwrap();
        if reported.contains("F5") {
            assert!(!sent.contains("NlY3JldC1hY2Nlc3Mt"), "{sent}");
        } else {
            assert_eq!(sent, reported);
        }
    }
    assert!(!page.everything().contains("secret-"));
}

#[test]
fn secret_across_two_body_chunks_is_replaced_and_other_bytes_kept() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    for at in [65_530, 65_536, 131_060, 199_985] {
        let mut large = vec![0xE4; 200_000];
        large[at..at + 15].copy_from_slice(b"secret-access-1");
        let call = page.send(get(&connection, "/v1/companies"));
        let sent = vault.one_sent();
        sent.answer_bytes(200, HEADERS, &large);
        let reported = body(&page, call);
        let replaced = [&large[..at], b"[redacted]", &large[at + 15..]].concat();
        assert!(reported == replaced, "{at}");
    }
    let large = vec![0xE4; 200_000];
    let call = page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer_bytes(200, HEADERS, &large);
    assert!(body(&page, call) == large);
}

#[test]
fn token_rotated_during_the_call_is_replaced_too() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let connection = vault.connect(&page, "1");
    vault.advance(61 * SECOND);
    let slow = page.send(get(&connection, "/v1/companies"));
    let slow_sent = vault.one_sent();
    let call = page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer(401, "");
    vault.one_sent().answer(200, &tokens("2"));
    vault.one_sent().answer(200, "{}");
    page.reply(call).unwrap();
    slow_sent.answer(200, r#"{"old":"secret-access-1"}"#);
    assert_eq!(body(&page, slow), br#"{"old":"[redacted]"}"#);
}

#[test]
fn error_description_contains_no_request_secret() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    // The exchange repeats its code and verifier, and an unknown token.
    let state = page.start();
    let waiting = page.send(callback(&state));
    let exchange = vault.one_sent();
    let form = exchange.form();
    let verifier = form.split("code_verifier=").nth(1).unwrap().to_owned();
    let words = format!(
        r#"{{"error":"invalid_grant","error_description":"secret-code with {verifier} of {state}, after rt-0a1b2c3d4e5f6071"}}"#
    );
    exchange.answer(400, &words);
    let failure = page.reply(waiting).unwrap_err();
    let detail = failure.detail.unwrap();
    assert!(
        detail.starts_with("invalid_grant: [redacted] with [redacted] of "),
        "{detail}"
    );
    assert!(detail.ends_with(", after [masked]"), "{detail}");

    // The code of a refused refresh is kept with the connection, and shown for as long.
    let connection = vault.connect(&page, "1");
    vault.advance(61 * SECOND);
    page.send(get(&connection, "/v1/companies"));
    vault.one_sent().answer(401, "");
    let refused = r#"{"error":"no secret-refresh-1"}"#;
    vault.one_sent().answer(400, refused);
    let (_late, welcome) = vault.page();
    let Some(ConnectionPhase::Ended(reason)) = welcome
        .snapshot
        .connections
        .last()
        .map(|connection| connection.phase.clone())
    else {
        panic!("it has not ended")
    };
    assert_eq!(reason.server_code(), Some("no [redacted]"));
    assert!(!page.everything().contains("secret-"));
}

#[test]
fn popup_sign_in_gives_the_page_no_verifier() {
    let vault = TestVault::new();
    let (page, _) = vault.page();
    let VaultRequest::StartSignIn(mut asked) = start("sandbox", None, &["users:read"]) else {
        panic!("a start");
    };
    asked.popup = true;
    let Ok((VaultReply::Authorize(Authorization { stored, .. }), _)) =
        page.ask(VaultRequest::StartSignIn(asked))
    else {
        panic!("no way to Pleo");
    };
    assert_eq!(stored, None);
}

#[test]
fn token_response_in_another_charset_connects_and_is_recorded_as_odd() {
    let with_umlaut = tokens("1").replace("\"scope\"", "\"n\":\"\u{fc}\",\"scope\"");
    let latin: Vec<u8> = with_umlaut.chars().map(|letter| letter as u8).collect();
    let wide: Vec<u8> = tokens("1")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = [b"\xEF\xBB\xBF", tokens("1").as_bytes()].concat();
    for (bytes, content_type, oddity) in [
        (marked, "application/json", "byte_order_mark"),
        (latin, "application/json; charset=iso-8859-1", "not_utf_8"),
        (wide, "application/json; charset=utf-16", "not_utf_8"),
    ] {
        let vault = TestVault::new();
        let (page, _) = vault.page();
        let state = page.start();
        let waiting = page.send(callback(&state));
        let headers = format!("[[\"content-type\",\"{content_type}\"]]");
        let exchange = vault.one_sent();
        exchange.answer_bytes(200, &headers, &bytes);
        vault.one_sent().answer(200, INTROSPECTED);
        assert!(page.reply(waiting).is_ok(), "{content_type}");
        let odd = page.record().into_iter();
        let odd: Vec<_> = odd
            .filter(|line| line.event.word() == "token_answer_odd")
            .collect();
        assert_eq!(odd.len(), 1, "{content_type}");
        assert_eq!(odd[0].outcome.map(|it| it.word()), Some(oddity));
    }
}
