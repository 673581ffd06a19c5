//! What a token endpoint may send instead of tokens: each field with each type of JSON, tokens that
//! fit no header, and bytes that are anything.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_codes::{ErrorCode, TokenOddity};
use outlay_oauth::token::{TokenError, TokenHttpResponse, TokenSet, process};
use proptest::prelude::*;

/// The text does not depend on what the server sends.
const TOKEN: &str = "qX7vT2mK9pL4";

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

fn read(body: &str) -> Result<TokenSet, TokenError> {
    process(http(200, body), &[])
}

/// The one value of each type, the same ones for every field.
const TYPES: [&str; 9] = [
    "null",
    "true",
    "false",
    "7",
    "-7.5e1",
    r#""""#,
    r#""bearer""#,
    "[]",
    r#"{"access_token":"at"}"#,
];

#[test]
fn every_field_of_every_json_type_has_its_result() {
    use Result::{Err as Refused, Ok as Taken};
    const MALFORMED: Result<(), &str> = Refused("token_malformed");
    for (field, outcomes) in [
        // null, true, false, 7, -75, empty, text, list, object
        (
            "access_token",
            [
                MALFORMED,
                MALFORMED,
                MALFORMED,
                MALFORMED,
                MALFORMED,
                MALFORMED,
                Taken(()),
                MALFORMED,
                MALFORMED,
            ],
        ),
        (
            "token_type",
            [
                Taken(()),
                MALFORMED,
                MALFORMED,
                MALFORMED,
                MALFORMED,
                Taken(()),
                Taken(()),
                MALFORMED,
                MALFORMED,
            ],
        ),
        (
            "refresh_token",
            [
                Taken(()),
                MALFORMED,
                MALFORMED,
                MALFORMED,
                MALFORMED,
                Taken(()),
                Taken(()),
                MALFORMED,
                MALFORMED,
            ],
        ),
        ("expires_in", [Taken(()); 9]),
        ("scope", [Taken(()); 9]),
        ("id_token", [Taken(()); 9]),
        ("error", [Taken(()); 9]),
    ] {
        for (value, outcome) in TYPES.into_iter().zip(outcomes) {
            let first = if field == "access_token" {
                "x"
            } else {
                "access_token"
            };
            let found = read(&format!(r#"{{"{first}":"at","{field}":{value}}}"#));
            let found = found.map(drop).map_err(|error| error.code().word());
            assert_eq!(found, outcome, "{field}: {value}");
        }
    }
}

/// What counts as absent is recorded where it matters.
#[test]
fn absent_like_values_are_no_error() {
    for (fields, oddities) in [
        (r#""token_type":"Bearer","expires_in":9"#, &[][..]),
        (
            r#""token_type":null,"expires_in":9"#,
            &["token_type_absent"],
        ),
        (r#""token_type":"","expires_in":9"#, &["token_type_absent"]),
        (
            r#""expires_in":0"#,
            &["token_type_absent", "expires_in_absent"],
        ),
        (
            r#""token_type":"Bearer","expires_in":"soon""#,
            &["expires_in_absent"],
        ),
        (
            r#""token_type":"Bearer","expires_in":-9"#,
            &["expires_in_absent"],
        ),
        (
            r#""token_type":"Bearer","expires_in":0.5"#,
            &["expires_in_absent"],
        ),
        (
            r#""token_type":"Bearer","expires_in":9,"scope":[]"#,
            &["scope_unreadable"],
        ),
        (
            r#""token_type":"Bearer","expires_in":9,"refresh_token":"""#,
            &[],
        ),
    ] {
        let tokens = read(&format!(r#"{{"access_token":"at",{fields}}}"#)).unwrap();
        assert_eq!(odd_words(&tokens), oddities, "{fields}");
        assert_eq!(tokens.refresh, None, "{fields}");
    }
}

/// Such a token would break the request that it is sent with, or be cut on its way.
#[test]
fn token_invalid_in_a_header_is_rejected() {
    for token in [
        r"a\nb",
        r"a\r\nX-Other: b",
        r"\u0000",
        r"a\u007f",
        r"\t",
        "a b",
        " a",
        "a ",
        "ä",
        "€",
        "漢",
        r"\u00e9",
        "😀",
    ] {
        let error = read(&format!(r#"{{"access_token":"{token}"}}"#)).unwrap_err();
        assert_eq!(error, unclear("token_malformed"), "{token}");
        // A refresh token travels in a form, which takes anything.
        let body = format!(r#"{{"access_token":"at","refresh_token":"{token}"}}"#);
        assert!(read(&body).unwrap().refresh.is_some(), "{token}");
    }
    for token in [
        "a",
        "!~",
        "a.b-c_d~e+f/g==",
        "'(),:;<=>?@[]^`{|}",
        &"x".repeat(1 << 20),
    ] {
        let tokens = read(&format!(r#"{{"access_token":"{token}"}}"#)).unwrap();
        assert_eq!(tokens.access.reveal(), token);
    }
}

#[test]
fn odd_json_bodies_have_their_error_code() {
    let large = format!(r#"{{"x":"{}","access_token":"at"}}"#, "y".repeat(1 << 20));
    let deep = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!(r#"{{"x":{open}{close},"access_token":"at"}}"#)
    };
    for (what, body, code) in [
        ("1 MB", large.clone(), None),
        (
            "1 MB, cut off",
            large[..1 << 20].to_owned(),
            Some("token_not_json"),
        ),
        ("deep", deep(60), None),
        ("too deep", deep(100_000), Some("token_not_json")),
        (
            "a mark before it",
            "\u{feff}{\"access_token\":\"at\"}".to_owned(),
            None,
        ),
        (
            "a field twice",
            r#"{"access_token":7,"access_token":"at"}"#.to_owned(),
            None,
        ),
        (
            "an escaped name",
            r#"{"access\u005ftoken":"at"}"#.to_owned(),
            None,
        ),
        (
            "half a character in the token",
            r#"{"access_token":"\ud800"}"#.to_owned(),
            Some("token_malformed"),
        ),
        (
            "half a character next to the token",
            r#"{"access_token":"at","team":"Lunch \ud83d","x\udc00":["\ud83d\u0041"]}"#.to_owned(),
            None,
        ),
        (
            "a page",
            "<!doctype html><title>Log in</title>".to_owned(),
            Some("token_not_json"),
        ),
        (
            "a form",
            "access_token=at".to_owned(),
            Some("token_form_encoded"),
        ),
        (
            "two",
            r#"{"access_token":"at"}{}"#.to_owned(),
            Some("token_not_json"),
        ),
        ("nothing", String::new(), Some("token_not_json")),
        ("blanks", " \n".to_owned(), Some("token_not_json")),
    ] {
        let found = read(&body);
        assert_eq!(
            found.as_ref().err().map(|error| error.code().word()),
            code,
            "{what}"
        );
        assert!(found.is_err() || found.is_ok_and(|tokens| tokens.access.reveal() == "at"));
    }
}

/// Every kind of failure, and whether it shows that the network is there.
#[test]
fn every_failure_has_its_code_and_network_evidence() {
    let busy = TokenHttpResponse::Http {
        status: 503,
        retry_after: Some(1),
        body: String::new(),
    };
    for (answer, code, answered) in [
        (TokenHttpResponse::Lost, "token_network", false),
        (TokenHttpResponse::TimedOut, "token_timeout", false),
        (busy, "token_busy", true),
        (http(200, ""), "token_not_json", true),
        (http(200, "{}"), "token_malformed", true),
        (
            http(200, r#"{"access_token":"a","token_type":"mac"}"#),
            "token_type_unsupported",
            true,
        ),
        (http(302, ""), "token_unexpected_status", true),
        (http(400, ""), "token_unexpected_status", true),
        (
            http(400, r#"{"error":["invalid_grant"]}"#),
            "token_unexpected_status",
            true,
        ),
        (
            http(400, r#"{"error":"invalid_grant"}"#),
            "invalid_grant",
            true,
        ),
        (
            http(400, r#"{"error":"invalid_token"}"#),
            "authorization_error",
            true,
        ),
        (
            http(500, r#"{"error":"invalid_grant"}"#),
            "token_server_error",
            true,
        ),
    ] {
        let printed_text = format!("{answer:?}");
        let error = process(answer, &[]).unwrap_err();
        assert_eq!(
            (error.code().word(), error.answered()),
            (code, answered),
            "{printed_text}"
        );
    }
    assert_eq!(format!("{:?}", TokenHttpResponse::Lost), "Lost");
    assert_eq!(format!("{:?}", TokenHttpResponse::TimedOut), "TimedOut");
    let printed = format!("{:?}", http(400, TOKEN));
    assert_eq!(printed, "Http(400, [redacted])");
}

/// JSON of every form, with the token wherever a text may stand.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => Just(format!("\"{TOKEN}\"")),
        2 => proptest::sample::select(&["null", "true", "7", "-1", "1e9", "\"\"", "\"Bearer\""][..])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let fields = proptest::collection::vec((name(), inner.clone()), 0..4);
        prop_oneof![
            proptest::collection::vec(inner, 0..4)
                .prop_map(|items| format!("[{}]", items.join(","))),
            fields.prop_map(|fields| object(&fields)),
        ]
    })
}

/// A member with a name that token answers and errors have.
fn member() -> impl Strategy<Value = (String, String)> {
    let names = [
        "access_token",
        "access_token",
        "refresh_token",
        "token_type",
        "expires_in",
        "scope",
        "error",
        "error",
        "error_description",
        "errors",
        "message",
        "detail",
        "title",
        "type",
        "code",
        "status",
        "id_token",
        "fault",
        "x",
    ];
    let words = [
        "invalid_grant",
        "server_error",
        "Not today.",
        "Bearer",
        "companies:read",
    ];
    let words = proptest::sample::select(words.to_vec()).prop_map(|word| format!("\"{word}\""));
    let value = prop_oneof![2 => value(), 1 => words];
    (proptest::sample::select(names.to_vec()), value)
        .prop_map(|(name, value)| (name.to_owned(), value))
}

fn name() -> impl Strategy<Value = String> {
    let known = [
        "access_token",
        "refresh_token",
        "id_token",
        "token_type",
        "expires_in",
        "state",
        TOKEN,
    ];
    proptest::sample::select(known.to_vec()).prop_map(str::to_owned)
}

fn object(fields: &[(String, String)]) -> String {
    let fields = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Bytes as the host hands them on: what is not UTF-8 has become U+FFFD.
    #[test]
    fn any_token_response_is_processed_without_panic(status in 0u16..700, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let body = String::from_utf8_lossy(&bytes);
        if let Ok(tokens) = process(http(status, &body), &[]) {
            prop_assert!(!tokens.access.reveal().is_empty());
        }
    }

    /// The result of an answer never contains its token, in whole or in part.
    #[test]
    fn no_error_contains_a_token(
        status in prop_oneof![Just(200u16), 200u16..600],
        fields in proptest::collection::vec((name(), value()), 0..6),
        cut in any::<prop::sample::Index>(),
        whole in proptest::bool::weighted(0.8),
    ) {
        let body = object(&fields);
        let end = if whole { body.len() } else { cut.index(body.len()) };
        let answer = http(status, &body[..end]);
        let mut printed_text = format!("{answer:?}");
        match process(answer, &[]) {
            Ok(tokens) => printed_text += &format!("{tokens:?} {}", tokens.access),
            Err(error) => printed_text += &format!("{error:?} {} {:?}", error.code().word(), error.detail()),
        }
        for run in TOKEN.as_bytes().windows(6) {
            let run = std::str::from_utf8(run).unwrap();
            prop_assert!(!printed_text.contains(run), "{run} in {printed_text}");
        }
    }

    /// Up to 20 members of random JSON: complete, refused or unclear by the rules, and whichever it
    /// is, the token is in nothing that is printed.
    #[test]
    fn random_token_response_is_classified_and_prints_no_token(
        status in prop_oneof![3 => Just(200u16), 1 => Just(400u16), 1 => 200u16..600],
        members in proptest::collection::vec(member(), 0..20),
    ) {
        let body = object(&members);
        let asked = ["companies:read".to_owned()];
        let last = |name: &str| members.iter().rev().find(|(known, _)| known == name);
        let is = |name: &str, expected: &[&str]| {
            let value = last(name).map_or("null", |(_, value)| value.as_str());
            expected.contains(&value) || (value.starts_with('"') && expected.contains(&"text"))
        };
        let absent = ["null", "\"\""];
        let usable = is("access_token", &["text"])
            && !is("access_token", &["\"\"", "\"Not today.\""])
            && (is("token_type", &absent) || is("token_type", &["\"Bearer\""]))
            && is("refresh_token", &["null", "text"]);
        let issued = !is("access_token", &absent) || !is("refresh_token", &absent);
        let answer = http(status, &body);
        let mut printed_text = format!("{answer:?}");
        match process(answer, &asked) {
            Ok(tokens) => {
                prop_assert!(status < 300 && usable, "{body}");
                printed_text += &format!("{:?} {:?} {}", tokens.oddities, tokens.refresh, tokens.access);
            }
            Err(error) => {
                prop_assert!(status >= 300 || !usable, "{body}");
                if matches!(error, TokenError::Refused { .. }) {
                    prop_assert!(status < 500 && !(status < 300 && issued), "{body}");
                }
                printed_text += &format!("{error:?} {} {:?}", error.code().word(), error.detail());
            }
        }
        for run in TOKEN.as_bytes().windows(6) {
            let run = std::str::from_utf8(run).unwrap();
            prop_assert!(!printed_text.contains(run), "{run} in {printed_text}");
        }
    }
}
