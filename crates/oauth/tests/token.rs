//! The token endpoint's answers as a table: complete, refused, busy, or unclear.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_codes::{ErrorCode, TokenOddity};
use outlay_oauth::token::{TokenError, TokenHttpResponse, TokenSet, process};
use proptest::prelude::*;

const SECOND: u64 = 1_000;
const CENTURY: u64 = 100 * 366 * 24 * 3_600 * SECOND;

fn unclear(code: &str) -> TokenError {
    let code = ErrorCode::from_word(code).unwrap();
    TokenError::Unclear { code, words: None }
}

/// The stable strings of what a token answer deviates in.
fn odd_words(tokens: &TokenSet) -> Vec<&'static str> {
    tokens.oddities.iter().map(TokenOddity::word).collect()
}

fn http(status: u16, body: &str) -> TokenHttpResponse {
    TokenHttpResponse::Http {
        status,
        retry_after: None,
        body: body.to_owned(),
    }
}

fn complete(fields: &str) -> TokenSet {
    let body = format!(r#"{{"access_token":"at"{fields}}}"#);
    match process(http(200, &body), &[]) {
        Ok(tokens) => tokens,
        Err(error) => panic!("{body}: {error:?}"),
    }
}

#[test]
fn complete_token_response_is_parsed() {
    let body = r#"{"access_token":"at","refresh_token":"rt","token_type":"Bearer","expires_in":900,"scope":"a b  c","extra":{"x":[1]}}"#;
    let tokens = process(http(200, body), &[]).unwrap();
    assert_eq!(tokens.access.reveal(), "at");
    assert_eq!(tokens.refresh.unwrap().reveal(), "rt");
    assert_eq!(tokens.lifetime, Some(900 * SECOND));
    assert_eq!(tokens.scopes.unwrap(), ["a", "b", "c"]);
    assert!(tokens.oddities.is_empty());
    assert!(process(http(201, body), &[]).is_ok(), "any 2xx");
}

#[test]
fn minimal_token_response_is_accepted_with_oddities() {
    let tokens = complete("");
    assert_eq!(tokens.access.reveal(), "at");
    assert_eq!(
        odd_words(&tokens),
        ["token_type_absent", "expires_in_absent"]
    );
    assert_eq!(
        (tokens.refresh, tokens.lifetime, tokens.scopes),
        (None, None, None)
    );
}

#[test]
fn expires_in_of_every_form_has_its_lifetime() {
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
        let odd = odd_words(&tokens) == ["expires_in_absent"];
        assert_eq!(odd, lifetime.is_none(), "{value}: recorded");
    }
}

#[test]
fn bearer_in_any_case_is_accepted_and_other_token_types_are_rejected() {
    for kind in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        let tokens = complete(&format!(r#","token_type":"{kind}""#));
        assert_eq!(odd_words(&tokens), ["expires_in_absent"], "{kind}");
    }
    for absent in ["null", r#""""#] {
        let tokens = complete(&format!(r#","token_type":{absent}"#));
        assert!(odd_words(&tokens).contains(&"token_type_absent"));
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
        let error = process(http(200, &body), &[]).unwrap_err();
        assert_eq!(error, unclear(code), "{kind}");
    }
}

#[test]
fn token_response_without_required_fields_is_rejected() {
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
        ("", "token_not_json"),
        ("null", "token_not_json"),
        (r#""at""#, "token_not_json"),
        (r#"[{"access_token":"at"}]"#, "token_not_json"),
        (r#"{"access_token":"at""#, "token_not_json"),
        (r#"{"access_token":"at"}}"#, "token_not_json"),
        ("access_token=at&token_type=bearer", "token_form_encoded"),
        ("a=b&c=d", "token_not_json"),
        ("<!doctype html><p>Sign in</p>", "token_not_json"),
        ("\u{fffd}\u{fffd}", "token_not_json"),
    ] {
        let error = process(http(200, body), &[]).unwrap_err();
        assert_eq!(error, unclear(code), "{body}");
    }
}

/// `scope` is no token field: however odd, it does not make an answer incomplete.
#[test]
fn unreadable_scope_is_recorded_and_absent() {
    for scope in ["7", "[]", r#"["a",7]"#, "{}", "true"] {
        let tokens = complete(&format!(
            r#","token_type":"Bearer","expires_in":9,"scope":{scope}"#
        ));
        assert_eq!(tokens.scopes, None, "{scope}");
        assert_eq!(odd_words(&tokens), ["scope_unreadable"], "{scope}");
    }
    for scope in ["null", r#""""#] {
        let tokens = complete(&format!(
            r#","token_type":"Bearer","expires_in":9,"scope":{scope}"#
        ));
        assert_eq!((tokens.scopes, tokens.oddities), (None, Vec::new()));
    }
}

#[test]
fn scopes_of_another_json_type_are_granted_and_recorded() {
    const ASKED: [&str; 3] = ["companies:read", "users:read", "accounting-entries:read"];
    let list = r#"["companies:read","users:read","accounting-entries:read"]"#;
    let text = |separator: &str| format!("\"{}\"", ASKED.join(separator));
    for (scope, oddity) in [
        (text(","), "scope_separators"),
        (text(", "), "scope_separators"),
        (text("+"), "scope_separators"),
        (text("%20"), "scope_separators"),
        (text(";"), "scope_separators"),
        (list.to_owned(), "scope_list"),
        (format!("[{}]", text(" ")), "scope_list"),
        (format!("[{}]", text(",")), "scope_list"),
    ] {
        let body = format!(
            r#"{{"access_token":"A","token_type":"Bearer","expires_in":3600,"refresh_token":"R","scope":{scope}}}"#
        );
        let tokens = process(http(200, &body), &ASKED.map(str::to_owned)).unwrap();
        assert_eq!(
            tokens.scopes.as_deref(),
            Some(&ASKED.map(str::to_owned)[..]),
            "{scope}"
        );
        assert_eq!(odd_words(&tokens), [oddity], "{scope}");
    }
    let plain = text(" ");
    let tokens = process(
        http(200, &format!(r#"{{"access_token":"A","scope":{plain}}}"#)),
        &ASKED.map(str::to_owned),
    )
    .unwrap();
    assert_eq!(
        odd_words(&tokens),
        ["token_type_absent", "expires_in_absent"]
    );
}

/// Status 200, and still nothing was issued.
#[test]
fn oauth_error_with_status_200_is_a_refusal() {
    let words = "The code passed is incorrect or expired.";
    for (body, code, detail) in [
        (
            r#"{"error":"invalid_grant","error_description":"The code passed is incorrect or expired."}"#,
            "invalid_grant",
            format!("invalid_grant: {words}"),
        ),
        (
            r#"{"error":"invalid_grant"}"#,
            "invalid_grant",
            "invalid_grant".to_owned(),
        ),
        (
            r#"{"error":"invalid_grant","access_token":null}"#,
            "invalid_grant",
            "invalid_grant".to_owned(),
        ),
        (
            r#"{"error":"bad_verification_code"}"#,
            "authorization_error",
            "bad_verification_code".to_owned(),
        ),
        (
            r#"{"error":{"code":"invalid_grant","message":"The code passed is incorrect or expired."}}"#,
            "invalid_grant",
            format!("invalid_grant: {words}"),
        ),
        (
            r#"{"errors":[{"code":"invalid_client","detail":"No."}]}"#,
            "invalid_client",
            "invalid_client: No.".to_owned(),
        ),
        (
            r#"{"code":"invalid_grant","message":"No."}"#,
            "invalid_grant",
            "invalid_grant: No.".to_owned(),
        ),
        (
            r#"{"type":"https://auth.example/errors/invalid_grant","title":"Gone"}"#,
            "invalid_grant",
            "invalid_grant: Gone".to_owned(),
        ),
        (
            "error=invalid_grant&error_description=No+more",
            "invalid_grant",
            "invalid_grant: No more".to_owned(),
        ),
    ] {
        for status in [200, 201, 400, 401, 403] {
            let error = process(http(status, body), &[]).unwrap_err();
            assert!(
                matches!(error, TokenError::Refused { .. }),
                "{status} {body}: {error:?}"
            );
            assert_eq!(
                (error.code().word(), error.detail()),
                (code, Some(detail.clone()))
            );
        }
    }
}

/// Not beyond doubt: the words are kept, and the refresh token counts as possibly spent.
#[test]
fn unknown_error_with_status_200_is_unclear_and_keeps_its_description() {
    for (body, code, words) in [
        (
            r#"{"error":"server_error"}"#,
            "token_malformed",
            "server_error",
        ),
        (
            r#"{"error":"temporarily_unavailable","error_description":"Later."}"#,
            "token_malformed",
            "temporarily_unavailable: Later.",
        ),
        (
            r#"{"error":"Something went wrong"}"#,
            "token_malformed",
            "Something went wrong",
        ),
        (
            r#"{"error":{"code":500,"message":"Broken."}}"#,
            "token_malformed",
            "500: Broken.",
        ),
        (
            r#"{"error":true,"message":"Broken."}"#,
            "token_malformed",
            "Broken.",
        ),
        (
            r#"{"errorMessage":"Broken."}"#,
            "token_malformed",
            "Broken.",
        ),
        (r#"{"detail":"Broken."}"#, "token_malformed", "Broken."),
        (
            r#"{"type":"about:blank","title":"Broken.","status":500}"#,
            "token_malformed",
            "500: Broken.",
        ),
        (r#"{"errors":["Broken."]}"#, "token_malformed", "Broken."),
        (
            r#"{"fault":{"faultstring":"Broken.","detail":{"errorcode":"x"}}}"#,
            "token_malformed",
            "Broken.",
        ),
        (
            r#"{"error":"invalid_grant","refresh_token":"rt"}"#,
            "token_malformed",
            "invalid_grant",
        ),
        (
            r#"{"access_token":7,"message":"Broken."}"#,
            "token_malformed",
            "Broken.",
        ),
        (
            "access_token=at&error=invalid_grant",
            "token_form_encoded",
            "invalid_grant",
        ),
        (
            "<html><TITLE lang=en> Log in\nplease </title>",
            "token_not_json",
            "Log inplease",
        ),
    ] {
        let error = process(http(200, body), &[]).unwrap_err();
        let words = Some(words.to_owned());
        assert_eq!(
            error,
            TokenError::Unclear {
                code: ErrorCode::from_word(code).unwrap(),
                words: words.clone()
            },
            "{body}"
        );
        assert_eq!((error.code().word(), error.detail()), (code, words));
    }
}

#[test]
fn error_description_is_sanitised_and_tokens_masked() {
    for (body, words) in [
        (
            r#"{"error":"x y","error_description":"a\u202eb\u0000c\nd"}"#,
            "x y: abcd",
        ),
        (
            r#"{"message":"Token qX7vT2mK9pL4qX7v is old"}"#,
            "Token [masked] is old",
        ),
        (
            r#"{"message":"Token short is old","old_token":"short"}"#,
            "Token [masked] is old",
        ),
        (
            r#"{"message":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"}"#,
            "[masked]",
        ),
        (
            r#"{"message":"AADSTS700084: The refresh token was issued to a single page app (SPA)."}"#,
            "AADSTS700084: The refresh token was issued to a single page app (SPA).",
        ),
        (
            r#"{"message":"Zugriffsverweigerung: redirectUriMismatch, OAuthException"}"#,
            "Zugriffsverweigerung: redirectUriMismatch, OAuthException",
        ),
    ] {
        let error = process(http(200, body), &[]).unwrap_err();
        assert_eq!(error.detail().as_deref(), Some(words), "{body}");
    }
}

#[test]
fn last_of_duplicate_fields_is_used() {
    let tokens = complete(r#","access_token":"second","expires_in":1,"expires_in":2"#);
    assert_eq!(tokens.access.reveal(), "second");
    assert_eq!(tokens.lifetime, Some(2 * SECOND));
}

#[test]
fn tokens_of_any_size_and_character_are_accepted_or_rejected_by_rule() {
    for token in [
        "x".repeat(100_000),
        "a.b-c_d~e+f/g=".to_owned(),
        "~!\"".to_owned(),
    ] {
        let written = token.replace('"', "\\\"");
        let body = format!(r#"{{"access_token":"{written}","refresh_token":"{written}"}}"#);
        let tokens = process(http(200, &body), &[]).unwrap();
        assert_eq!(tokens.access.reveal(), token);
        assert_eq!(tokens.refresh.unwrap().reveal(), token);
    }
    let padded = format!("{}{}", " ".repeat(100_000), r#"{"access_token":"at"}"#);
    assert!(process(http(200, &padded), &[]).is_ok());
    let deep = "[".repeat(100_000);
    let error = process(http(200, &deep), &[]).unwrap_err();
    assert_eq!(error, unclear("token_not_json"));
}

#[test]
fn oauth_errors_of_a_4xx_are_refusals() {
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
            let refusal = process(http(status, &body), &[]).unwrap_err();
            assert_eq!(refusal.code().word(), code);
            assert_eq!(refusal.detail(), Some(format!("{error}: Not today")));
            let expected = TokenError::Refused {
                error: error.to_owned(),
                description: Some("Not today".to_owned()),
            };
            assert_eq!(refusal, expected);
        }
    }
    let bare = process(
        http(400, r#"{"error":"invalid_grant","error_description":7}"#),
        &[],
    );
    assert_eq!(bare.unwrap_err().detail().as_deref(), Some("invalid_grant"));
    let long = format!(r#"{{"error":"{}"}}"#, "e ".repeat(5_000));
    let long = process(http(400, &long), &[]).unwrap_err();
    assert_eq!(long.detail().unwrap().len(), 200);
}

#[test]
fn status_4xx_without_oauth_json_is_unclear() {
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
            r#"["error","invalid_grant"]"#,
        ] {
            let error = process(http(status, body), &[]).unwrap_err();
            let unclear = unclear("token_unexpected_status");
            assert_eq!(error, unclear, "{status} {body}");
        }
    }
}

#[test]
fn status_429_and_503_are_busy_with_any_body() {
    for status in [429, 503] {
        for (body, words) in [
            ("", None),
            ("<html>", None),
            (
                "<html><title>Down for maintenance</title>",
                Some("Down for maintenance"),
            ),
            (r#"{"error":"invalid_grant"}"#, Some("invalid_grant")),
            (r#"{"message":"Slow down."}"#, Some("Slow down.")),
            (r#"{"access_token":"at"}"#, None),
        ] {
            for retry_after in [None, Some(0), Some(7 * SECOND)] {
                let answer = TokenHttpResponse::Http {
                    status,
                    retry_after,
                    body: body.to_owned(),
                };
                let error = process(answer, &[]).unwrap_err();
                let words = words.map(str::to_owned);
                let busy = TokenError::Busy {
                    retry_after,
                    words: words.clone(),
                };
                assert_eq!(error, busy);
                assert_eq!((error.code().word(), error.detail()), ("token_busy", words));
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
            let error = process(http(status, body), &[]).unwrap_err();
            let words = body.contains("error").then(|| "invalid_grant".to_owned());
            let expected = TokenError::Unclear {
                code: ErrorCode::from_word(code).unwrap(),
                words: words.clone(),
            };
            assert_eq!(error, expected, "{status}");
            assert_eq!((error.code().word(), error.detail()), (code, words));
        }
    }
    let lost = process(TokenHttpResponse::Lost, &[]).unwrap_err();
    assert_eq!(lost.code().word(), "token_network");
}

proptest! {
    #[test]
    fn any_token_response_body_is_processed_without_panic(status in 0u16..700, body in ".{0,200}") {
        let _ = process(http(status, &body), &[]);
    }

    #[test]
    fn any_expires_in_is_parsed_without_panic(text in "[-+0-9.eE]{0,24}") {
        for value in [text.clone(), format!("\"{text}\"")] {
            let body = format!(r#"{{"access_token":"at","expires_in":{value}}}"#);
            if let Ok(tokens) = process(http(200, &body), &[]) {
                prop_assert!(tokens.lifetime.is_none_or(|life| (SECOND..=CENTURY).contains(&life)));
            }
        }
    }

    #[test]
    fn integer_expires_in_is_exact(seconds in 1u64..=3_162_240_000) {
        let tokens = complete(&format!(r#","expires_in":{seconds}"#));
        prop_assert_eq!(tokens.lifetime, Some(seconds * SECOND));
        let tokens = complete(&format!(r#","expires_in":"{seconds}""#));
        prop_assert_eq!(tokens.lifetime, Some(seconds * SECOND));
    }
}
