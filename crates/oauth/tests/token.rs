//! The token endpoint's answers as a table: complete, refused, busy, or unclear.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_oauth::token::{Answer, TokenError, TokenSet, process};
use proptest::prelude::*;

const SECOND: u64 = 1_000;
const CENTURY: u64 = 100 * 366 * 24 * 3_600 * SECOND;

fn http(status: u16, body: &str) -> Answer {
    Answer::Http {
        status,
        retry_after: None,
        body: body.to_owned(),
    }
}

fn complete(fields: &str) -> TokenSet {
    let body = format!(r#"{{"access_token":"at"{fields}}}"#);
    match process(http(200, &body)) {
        Ok(tokens) => tokens,
        Err(error) => panic!("{body}: {error:?}"),
    }
}

#[test]
fn a_full_answer() {
    let body = r#"{"access_token":"at","refresh_token":"rt","token_type":"Bearer","expires_in":900,"scope":"a b  c","extra":{"x":[1]}}"#;
    let tokens = process(http(200, body)).unwrap();
    assert_eq!(tokens.access.reveal(), "at");
    assert_eq!(tokens.refresh.unwrap().reveal(), "rt");
    assert_eq!(tokens.lifetime, Some(900 * SECOND));
    assert_eq!(tokens.scopes.unwrap(), ["a", "b", "c"]);
    assert!(tokens.oddities.is_empty());
    assert!(process(http(201, body)).is_ok(), "any 2xx");
}

#[test]
fn the_least_that_is_complete() {
    let tokens = complete("");
    assert_eq!(tokens.access.reveal(), "at");
    assert_eq!(
        (tokens.refresh, tokens.lifetime, tokens.scopes),
        (None, None, None)
    );
    assert_eq!(tokens.oddities, ["token_type_absent", "expires_in_absent"]);
}

#[test]
fn lifetimes() {
    for (value, lifetime) in [
        ("900", Some(900 * SECOND)),
        ("1", Some(SECOND)),
        (r#""900""#, Some(900 * SECOND)),
        (r#""0900""#, Some(900 * SECOND)),
        ("900.0", Some(900 * SECOND)),
        ("900.9", Some(900 * SECOND)),
        ("9e2", Some(900 * SECOND)),
        ("9.005e+2", Some(900 * SECOND)),
        ("9000E-1", Some(900 * SECOND)),
        ("1e300", Some(CENTURY)),
        ("1e99999999999999999999", Some(CENTURY)),
        ("3162240001", Some(CENTURY)),
        ("18446744073709551615", Some(CENTURY)),
        ("18446744073709551616", Some(CENTURY)),
        (r#""99999999999999999999999""#, Some(CENTURY)),
        ("3162240000", Some(CENTURY)),
        ("0", None),
        ("0.0", None),
        ("-0.0", None),
        ("1e-7", None),
        ("1e-99999999999999999999", None),
        ("0e999999999", None),
        ("-1e5", None),
        ("-1", None),
        ("-900.5", None),
        (r#""0""#, None),
        (r#""""#, None),
        (r#""-900""#, None),
        (r#""+900""#, None),
        (r#"" 900""#, None),
        (r#""900s""#, None),
        (r#""900.5""#, None),
        (r#""9e2""#, None),
        (r#""1e1""#, None),
        (r#""٣""#, None),
        (r#""Infinity""#, None),
        ("null", None),
        ("true", None),
        ("[900]", None),
        (r#"{"seconds":900}"#, None),
    ] {
        let tokens = complete(&format!(r#","token_type":"bearer","expires_in":{value}"#));
        assert_eq!(tokens.lifetime, lifetime, "{value}");
        let odd = tokens.oddities == ["expires_in_absent"];
        assert_eq!(odd, lifetime.is_none(), "{value}: recorded");
    }
}

#[test]
fn kinds_of_token() {
    for kind in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        let tokens = complete(&format!(r#","token_type":"{kind}""#));
        assert_eq!(tokens.oddities, ["expires_in_absent"], "{kind}");
    }
    for absent in ["null", r#""""#] {
        let tokens = complete(&format!(r#","token_type":{absent}"#));
        assert!(tokens.oddities.contains(&"token_type_absent"));
    }
    for (kind, code) in [
        (r#""DPoP""#, "token_type_unsupported"),
        (r#""mac""#, "token_type_unsupported"),
        (r#""N_A""#, "token_type_unsupported"),
        (r#""Bearer ""#, "token_type_unsupported"),
        (r#""Bearer Bearer""#, "token_type_unsupported"),
        ("7", "token_malformed"),
        (r#"["Bearer"]"#, "token_malformed"),
        ("true", "token_malformed"),
    ] {
        let body = format!(r#"{{"access_token":"at","token_type":{kind}}}"#);
        let error = process(http(200, &body)).unwrap_err();
        assert_eq!(error, TokenError::Unclear(code), "{kind}");
    }
}

#[test]
fn what_is_incomplete() {
    for (body, code) in [
        ("{}", "token_malformed"),
        (
            r#"{"token_type":"Bearer","refresh_token":"rt"}"#,
            "token_malformed",
        ),
        (r#"{"access_token":null}"#, "token_malformed"),
        (r#"{"access_token":""}"#, "token_malformed"),
        (r#"{"access_token":7}"#, "token_malformed"),
        (r#"{"access_token":["at"]}"#, "token_malformed"),
        (
            r#"{"access_token":"at","refresh_token":7}"#,
            "token_malformed",
        ),
        (
            r#"{"access_token":"at","refresh_token":{}}"#,
            "token_malformed",
        ),
        (
            r#"{"access_token":"at","refresh_token":false}"#,
            "token_malformed",
        ),
        (r#"{"Access_Token":"at"}"#, "token_malformed"),
        (r#"{"error":"invalid_grant"}"#, "token_malformed"),
        ("", "token_not_json"),
        ("null", "token_not_json"),
        (r#""at""#, "token_not_json"),
        (r#"[{"access_token":"at"}]"#, "token_not_json"),
        (r#"{"access_token":"at""#, "token_not_json"),
        (r#"{"access_token":"at"}}"#, "token_not_json"),
        ("access_token=at&token_type=bearer", "token_not_json"),
        ("<!doctype html><title>Sign in</title>", "token_not_json"),
        ("\u{fffd}\u{fffd}", "token_not_json"),
    ] {
        let error = process(http(200, body)).unwrap_err();
        assert_eq!(error, TokenError::Unclear(code), "{body}");
    }
}

/// `scope` is no token field: however odd, it does not make an answer incomplete.
#[test]
fn an_odd_scope_is_recorded_and_counts_as_absent() {
    for scope in ["7", r#"["a","b"]"#, "{}", "true"] {
        let tokens = complete(&format!(
            r#","token_type":"Bearer","expires_in":9,"scope":{scope}"#
        ));
        assert_eq!(tokens.scopes, None, "{scope}");
        assert_eq!(tokens.oddities, ["scope_unreadable"], "{scope}");
    }
    for scope in ["null", r#""""#] {
        let tokens = complete(&format!(
            r#","token_type":"Bearer","expires_in":9,"scope":{scope}"#
        ));
        assert_eq!((tokens.scopes, tokens.oddities), (None, vec![]));
    }
}

#[test]
fn of_a_field_that_stands_twice_the_last_counts() {
    let tokens = complete(r#","access_token":"second","expires_in":1,"expires_in":2"#);
    assert_eq!(tokens.access.reveal(), "second");
    assert_eq!(tokens.lifetime, Some(2 * SECOND));
}

#[test]
fn tokens_of_any_size_and_any_letter() {
    for token in [
        "x".repeat(100_000),
        "a.b-c_d~e+f/g=".to_owned(),
        "~!\"".to_owned(),
    ] {
        let written = token.replace('"', "\\\"");
        let body = format!(r#"{{"access_token":"{written}","refresh_token":"{written}"}}"#);
        let tokens = process(http(200, &body)).unwrap();
        assert_eq!(tokens.access.reveal(), token);
        assert_eq!(tokens.refresh.unwrap().reveal(), token);
    }
    let padded = format!("{}{}", " ".repeat(100_000), r#"{"access_token":"at"}"#);
    assert!(process(http(200, &padded)).is_ok());
    let deep = "[".repeat(100_000);
    let error = process(http(200, &deep)).unwrap_err();
    assert_eq!(error, TokenError::Unclear("token_not_json"));
}

#[test]
fn refusals() {
    for (error, code) in [
        ("invalid_request", "invalid_request"),
        ("invalid_client", "invalid_client"),
        ("invalid_grant", "invalid_grant"),
        ("unauthorized_client", "unauthorized_client"),
        ("unsupported_grant_type", "unsupported_grant_type"),
        ("invalid_scope", "invalid_scope"),
        ("invalid_token", "authorization_error"),
        ("invalid_refresh_token", "authorization_error"),
        ("Invalid_Grant", "authorization_error"),
        ("made up", "authorization_error"),
    ] {
        for status in [400, 401, 403, 404, 422] {
            let body = format!(r#"{{"error":"{error}","error_description":"Not\u0000 today"}}"#);
            let refusal = process(http(status, &body)).unwrap_err();
            assert_eq!(refusal.code(), code);
            assert_eq!(refusal.detail(), Some(format!("{error}: Not today")));
            let expected = TokenError::Refused {
                error: error.to_owned(),
                description: Some("Not today".to_owned()),
            };
            assert_eq!(refusal, expected);
        }
    }
    let bare = process(http(
        400,
        r#"{"error":"invalid_grant","error_description":7}"#,
    ));
    assert_eq!(bare.unwrap_err().detail().as_deref(), Some("invalid_grant"));
    let long = format!(r#"{{"error":"{}"}}"#, "e".repeat(5_000));
    let long = process(http(400, &long)).unwrap_err();
    assert_eq!(long.detail().unwrap().len(), 200);
}

#[test]
fn a_4xx_without_oauth_json_is_unclear() {
    for status in [400, 401, 403, 404, 408, 418, 499] {
        for body in [
            "",
            "{}",
            "null",
            "[]",
            "<html>",
            r#""invalid_grant""#,
            r#"{"error":""}"#,
            r#"{"error":null}"#,
            r#"{"error":{"code":"invalid_grant"}}"#,
            r#"["error","invalid_grant"]"#,
        ] {
            let error = process(http(status, body)).unwrap_err();
            let unclear = TokenError::Unclear("token_unexpected_status");
            assert_eq!(error, unclear, "{status} {body}");
        }
    }
}

#[test]
fn busy_whatever_the_body_says() {
    for status in [429, 503] {
        for body in [
            "",
            "<html>",
            r#"{"error":"invalid_grant"}"#,
            r#"{"access_token":"at"}"#,
        ] {
            for retry_after in [None, Some(0), Some(7 * SECOND)] {
                let answer = Answer::Http {
                    status,
                    retry_after,
                    body: body.to_owned(),
                };
                let error = process(answer).unwrap_err();
                assert_eq!(error, TokenError::Busy { retry_after });
                assert_eq!((error.code(), error.detail()), ("token_busy", None));
            }
        }
    }
}

#[test]
fn other_statuses_are_unclear() {
    for (status, code) in [
        (100, "token_unexpected_status"),
        (301, "token_unexpected_status"),
        (304, "token_unexpected_status"),
        (500, "token_server_error"),
        (501, "token_server_error"),
        (502, "token_server_error"),
        (504, "token_server_error"),
        (599, "token_server_error"),
        (600, "token_unexpected_status"),
        (0, "token_unexpected_status"),
    ] {
        for body in [
            "",
            r#"{"access_token":"at"}"#,
            r#"{"error":"invalid_grant"}"#,
        ] {
            let error = process(http(status, body)).unwrap_err();
            assert_eq!(error, TokenError::Unclear(code), "{status}");
            assert_eq!((error.code(), error.detail()), (code, None));
        }
    }
    let lost = process(Answer::Lost).unwrap_err();
    assert_eq!(lost.code(), "token_network");
}

proptest! {
    #[test]
    fn no_answer_breaks_it(status in 0u16..700, body in ".{0,200}") {
        let _ = process(http(status, &body));
    }

    #[test]
    fn no_lifetime_breaks_it(text in "[-+0-9.eE]{0,24}") {
        for value in [text.clone(), format!("\"{text}\"")] {
            let body = format!(r#"{{"access_token":"at","expires_in":{value}}}"#);
            if let Ok(tokens) = process(http(200, &body)) {
                prop_assert!(tokens.lifetime.is_none_or(|life| (SECOND..=CENTURY).contains(&life)));
            }
        }
    }

    #[test]
    fn whole_seconds_are_what_they_say(seconds in 1u64..=3_162_240_000) {
        let tokens = complete(&format!(r#","expires_in":{seconds}"#));
        prop_assert_eq!(tokens.lifetime, Some(seconds * SECOND));
        let tokens = complete(&format!(r#","expires_in":"{seconds}""#));
        prop_assert_eq!(tokens.lifetime, Some(seconds * SECOND));
    }
}
