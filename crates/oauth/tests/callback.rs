//! The callback's query as a table: its form, then who sent it, then what it says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_oauth::callback::{LONGEST_QUERY, Refusal, judge, read, shorten};
use outlay_oauth::client::Client;
use proptest::prelude::*;

const ISSUER: &str = "https://auth.example";

fn client(issuer: Option<&str>) -> Client {
    Client {
        profile: "sandbox".to_owned(),
        client_id: "outlay-test".to_owned(),
        authorization_endpoint: "https://auth.example/oauth/authorize".to_owned(),
        token_endpoint: "https://auth.example/oauth/token".to_owned(),
        revocation_endpoint: None,
        api_base: "https://api.example".to_owned(),
        redirect_uri: "https://outlay.example/callback/sandbox".to_owned(),
        issuer: issuer.map(str::to_owned),
        subject: None,
        refresh_grace: 0,
    }
}

/// The code, or the stable code of the refusal.
fn outcome(query: &str, issuer: Option<&str>, profile: &str) -> Result<String, Refusal> {
    let response = read(query)?;
    judge(response, &client(issuer), profile).map(|code| code.reveal().to_owned())
}

#[test]
fn forms() {
    for (query, expected) in [
        ("code=c&state=s", Ok("c")),
        ("state=s&code=c", Ok("c")),
        ("state=s&code=a%20b%2Bc+d", Ok("a b+c d")),
        ("state=s&code=%E2%82%AC", Ok("€")),
        ("state=s&code=c&unknown=1", Ok("c")),
        ("&&state=s&&code=c&", Ok("c")),
        ("state=s&code=a=b", Ok("a=b")),
        ("state=s&code=c&error=", Ok("c")),
        ("", Err("state_unknown")),
        ("&", Err("state_unknown")),
        ("code=c", Err("state_unknown")),
        ("error=access_denied", Err("state_unknown")),
        ("state&code=c", Err("state_unknown")),
        ("state=&code=c", Err("state_unknown")),
        ("State=s&code=c", Err("state_unknown")),
        ("STATE=s&code=c", Err("state_unknown")),
        ("?state=s&code=c", Err("state_unknown")),
        ("%EF%BB%BFstate=s&code=c", Err("state_unknown")),
        ("state%00=s&code=c", Err("state_unknown")),
        ("state=s;code=c", Err("callback_malformed")),
        ("state=s&Code=c", Err("callback_malformed")),
        ("state=s&CODE=c", Err("callback_malformed")),
        ("state=s&+code=c", Err("callback_malformed")),
        ("state=s&code[]=c", Err("callback_malformed")),
        ("state=s&error_description=x", Err("callback_malformed")),
        ("state=s&Code=d&code=c", Ok("c")),
        ("st%61te=s&c%6Fde=c", Ok("c")),
        ("state=s&code=%2B+%20", Ok("+  ")),
        ("state=s&code=%zz%", Ok("%zz%")),
        ("state=s&code=%00", Ok("\0")),
        ("state=s&code=%ED%A0%80", Err("callback_malformed")),
        ("state=s&code=%C0%AE", Err("callback_malformed")),
        ("state=s&error=%ff", Err("callback_malformed")),
        ("state=s&code=c&iss=%ff", Err("callback_malformed")),
        ("state=s", Err("callback_malformed")),
        ("state=s&code=&error=", Err("callback_malformed")),
        ("state=s&code=c&error=e", Err("callback_malformed")),
        ("state=s&code=%ff", Err("callback_malformed")),
        ("state=%c3&code=c", Err("callback_malformed")),
        ("state=s&code=c&%ff=1", Err("callback_malformed")),
        ("state=s&state=s&code=c", Err("callback_duplicate")),
        ("state=s&state=t&code=c", Err("callback_duplicate")),
        ("state=s&code=c&code=d", Err("callback_duplicate")),
        ("state=s&code=c&c%6fde=c", Err("callback_duplicate")),
        ("state=s&code=c&code", Err("callback_duplicate")),
        ("state=s&iss=a&iss=b&code=c", Err("callback_duplicate")),
        ("state=s&error=a&error=b", Err("callback_duplicate")),
        ("state=s&code=c&x=1&x=2", Err("callback_duplicate")),
        ("code=c&code=d", Err("callback_duplicate")),
        ("state=s&code=c&code=%ff", Err("callback_malformed")),
    ] {
        let found = outcome(query, None, "sandbox");
        let found = found.as_deref().map_err(|refusal| refusal.code);
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn who_sent_it_comes_before_what_it_says() {
    for (rest, issuer, profile, expected) in [
        ("code=c", None, "sandbox", Ok("c")),
        ("code=c&iss=https://other.example", None, "sandbox", Ok("c")),
        (
            "code=c&iss=https%3A%2F%2Fauth.example",
            Some(ISSUER),
            "sandbox",
            Ok("c"),
        ),
        ("code=c", Some(ISSUER), "sandbox", Err("issuer_missing")),
        (
            "error=access_denied",
            Some(ISSUER),
            "sandbox",
            Err("issuer_missing"),
        ),
        (
            "code=c&error=e",
            Some(ISSUER),
            "sandbox",
            Err("issuer_missing"),
        ),
        (
            "code=c&iss=",
            Some(ISSUER),
            "sandbox",
            Err("issuer_missing"),
        ),
        (
            "code=c&iss=https://auth.example/",
            Some(ISSUER),
            "sandbox",
            Err("issuer_mismatch"),
        ),
        (
            "code=c&iss=HTTPS://auth.example",
            Some(ISSUER),
            "sandbox",
            Err("issuer_mismatch"),
        ),
        (
            "error=e&iss=https://evil.example",
            Some(ISSUER),
            "sandbox",
            Err("issuer_mismatch"),
        ),
        ("code=c", None, "production", Err("profile_mismatch")),
        (
            "error=access_denied",
            None,
            "production",
            Err("profile_mismatch"),
        ),
        ("", None, "production", Err("profile_mismatch")),
        ("code=c", None, "Sandbox", Err("profile_mismatch")),
        ("error=access_denied", None, "sandbox", Err("access_denied")),
    ] {
        let found = outcome(&format!("state=s&{rest}"), issuer, profile);
        let found = found.as_deref().map_err(|refusal| refusal.code);
        assert_eq!(found, expected, "{rest}");
    }
}

#[test]
fn errors_of_rfc_6749_keep_their_code() {
    for code in [
        "access_denied",
        "invalid_request",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unsupported_response_type",
    ] {
        let plain = outcome(&format!("state=s&error={code}"), None, "sandbox").unwrap_err();
        assert_eq!((plain.code, plain.detail), (code, None));
        let query = format!("state=s&error={code}&error_description=No+thanks");
        let told = outcome(&query, None, "sandbox").unwrap_err();
        assert_eq!(
            (told.code, told.detail.as_deref()),
            (code, Some("No thanks"))
        );
    }
}

#[test]
fn other_errors_are_told_in_the_words_of_the_server() {
    for (query, detail) in [
        ("error=consent_required", "consent_required"),
        ("error=Access_Denied", "Access_Denied"),
        ("error=x&error_description=y", "x: y"),
        ("error=x%0d%0ay%00", "xy"),
    ] {
        let refusal = outcome(&format!("state=s&{query}"), None, "sandbox").unwrap_err();
        assert_eq!(refusal.code, "authorization_error");
        assert_eq!(refusal.detail.as_deref(), Some(detail));
    }
}

#[test]
fn many_parameters() {
    let query = |most: usize| {
        let others: String = (2..most).map(|n| format!("&p{n}=1")).collect();
        format!("state=s&code=c{others}")
    };
    assert!(outcome(&query(64), None, "sandbox").is_ok());
    for most in [65, 66, 1_000] {
        let refusal = read(&query(most)).unwrap_err();
        assert_eq!(refusal, Refusal::of("callback_too_long"), "{most}");
    }
}

#[test]
fn values_of_100_kilobytes() {
    for query in [
        "state=s&code=",
        "code=c&state=",
        "state=s&error=",
        "state=s&error=e&error_description=",
        "state=s&code=c&iss=",
        "state=s&code=c&utm=",
        "state=s&code=c&",
        "state=s&code=%",
        "",
    ] {
        let query = format!("{query}{}", "x".repeat(100_000));
        let refusal = read(&query).unwrap_err();
        assert_eq!(refusal, Refusal::of("callback_too_long"));
    }
}

#[test]
fn long_queries_and_long_words() {
    let room = LONGEST_QUERY - "state=s&code=".len();
    let longest = format!("state=s&code={}", "c".repeat(room));
    assert!(outcome(&longest, None, "sandbox").is_ok());
    let longer = format!("{longest}c");
    assert_eq!(read(&longer).unwrap_err().code, "callback_too_long");
    let query = format!("state=s&error=e&error_description={}", "ä".repeat(3_000));
    let refusal = outcome(&query, None, "sandbox").unwrap_err();
    assert_eq!(refusal.detail.unwrap().chars().count(), 200);
    assert_eq!(shorten("a\u{7f}b\u{85}c"), "abc");
}

#[test]
fn a_subject_is_only_a_hint() {
    let response = read("state=s&code=c&urn_pleo_params_oauth_subject=urn%3Aone").unwrap();
    assert_eq!(response.subject.as_deref(), Some("urn:one"));
    assert_eq!(response.state.as_str(), "s");
}

/// What callbacks are made of, and what they are forged of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(&[
            "state", "code", "error", "error_description", "iss", "=", "=", "=", "&", "&", "&", "s", "+",
            "%20", "%ff", "%", "%c3%a9", "access_denied", "https%3A%2F%2Fauth.example", "\0", ";", "?",
        ][..]).prop_map(str::to_owned),
        1 => ".{0,4}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Nothing panics, and whatever a query is refused for has one of these codes.
    #[test]
    fn no_query_breaks_it(query in pieces(), issuer in proptest::bool::ANY) {
        if let Err(refusal) = outcome(&query, issuer.then_some(ISSUER), "sandbox") {
            prop_assert!([
                "callback_malformed", "callback_duplicate", "callback_too_long", "state_unknown",
                "issuer_missing", "issuer_mismatch", "access_denied", "authorization_error",
            ].contains(&refusal.code), "{}", refusal.code);
            let detail = refusal.detail.unwrap_or_default();
            prop_assert!(detail.chars().count() <= 200 && !detail.contains(char::is_control));
        }
    }

    #[test]
    fn no_name_may_stand_twice(name in "[a-z]{1,6}", first in "[a-z]*", second in "[a-z]*") {
        let query = format!("{name}={first}&state_=s&{name}={second}");
        prop_assert_eq!(read(&query).unwrap_err().code, "callback_duplicate");
    }

    /// What a server writes by the book is read as it was meant, whatever else stands beside it.
    #[test]
    fn what_was_written_is_read(
        state in ".{1,40}",
        code in ".{1,40}",
        others in proptest::collection::btree_map("x.{0,8}", ".{0,12}", 0..6),
        at in 0usize..8,
    ) {
        let mut pairs: Vec<(String, String)> = others.into_iter().collect();
        pairs.insert(at.min(pairs.len()), ("code".to_owned(), code.clone()));
        pairs.insert(at.min(pairs.len()) / 2, ("state".to_owned(), state.clone()));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&pairs)
            .finish();
        let response = read(&query).unwrap();
        prop_assert_eq!(response.state.as_str(), state);
        let judged = judge(response, &client(None), "sandbox").unwrap();
        prop_assert_eq!(judged.reveal(), code);
    }
}
