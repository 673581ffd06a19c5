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

proptest! {
    #[test]
    fn no_query_breaks_it(query in "[ -~é%=&]{0,80}", issuer in proptest::bool::ANY) {
        let _ = outcome(&query, issuer.then_some(ISSUER), "sandbox");
    }

    #[test]
    fn no_name_may_stand_twice(name in "[a-z]{1,6}", first in "[a-z]*", second in "[a-z]*") {
        let query = format!("{name}={first}&state_=s&{name}={second}");
        prop_assert_eq!(read(&query).unwrap_err().code, "callback_duplicate");
    }
}
