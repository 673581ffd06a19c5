//! The callback's query as a table: its form, then who sent it, then what it says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_codes::ErrorCode;
use outlay_oauth::callback::{CallbackRefusal, LONGEST_QUERY, check_response, is_empty, read};
use outlay_oauth::client::ClientSettings;
use proptest::prelude::*;

const ISSUER: &str = "https://auth.example";

fn client(issuer: Option<&str>) -> ClientSettings {
    ClientSettings {
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
fn outcome(query: &str, issuer: Option<&str>, profile: &str) -> Result<String, CallbackRefusal> {
    let response = read(query)?;
    check_response(response, &client(issuer), profile).map(|code| code.reveal().to_owned())
}

#[test]
fn callback_queries_are_accepted_or_rejected_by_form() {
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
        ("?state=s&code=c", Err("callback_rewritten")),
        ("%EF%BB%BFstate=s&code=c", Err("state_unknown")),
        ("state%00=s&code=c", Err("state_unknown")),
        ("state=s;code=c", Err("callback_rewritten")),
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
        ("state=s&code=c&%ff=1", Ok("c")),
        ("state=s&state=s&code=c", Err("callback_duplicate")),
        ("state=s&state=t&code=c", Err("callback_duplicate")),
        ("state=s&code=c&code=d", Err("callback_duplicate")),
        ("state=s&code=c&c%6fde=c", Err("callback_duplicate")),
        ("state=s&code=c&code", Err("callback_duplicate")),
        ("state=s&iss=a&iss=b&code=c", Err("callback_duplicate")),
        ("state=s&error=a&error=b", Err("callback_duplicate")),
        ("state=s&code=c&x=1&x=2", Ok("c")),
        ("code=c&code=d", Err("callback_duplicate")),
        ("state=s&code=c&code=%ff", Err("callback_duplicate")),
    ] {
        let found = outcome(query, None, "sandbox");
        let found = found.as_deref().map_err(|refusal| refusal.code.word());
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn issuer_is_checked_before_error_and_code() {
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
        let found = found.as_deref().map_err(|refusal| refusal.code.word());
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
        assert_eq!((plain.code.word(), plain.detail), (code, None));
        let query = format!("state=s&error={code}&error_description=No+thanks");
        let reported = outcome(&query, None, "sandbox").unwrap_err();
        assert_eq!(
            (reported.code.word(), reported.detail.as_deref()),
            (code, Some("No thanks"))
        );
    }
}

#[test]
fn unknown_errors_keep_the_server_description() {
    for (query, detail) in [
        ("error=consent_required", "consent_required"),
        ("error=Access_Denied", "Access_Denied"),
        ("error=x&error_description=y", "x: y"),
        ("error=x%0d%0ay%00", "xy"),
    ] {
        let refusal = outcome(&format!("state=s&{query}"), None, "sandbox").unwrap_err();
        assert_eq!(refusal.code.word(), "authorization_error");
        assert_eq!(refusal.detail.as_deref(), Some(detail));
    }
}

#[test]
fn unknown_parameters_are_ignored_with_any_value() {
    let many: String = (0..70).map(|n| format!("&utm_x{n}=1")).collect();
    let long = format!("&x={}", "y".repeat(15_000));
    for added in [
        "&utm_source=mail&utm_source=pleo",
        "&lang=en&lang=de",
        "&x=%E9",
        "&%E9=%ff&%",
        "&x=%00%0d%0a",
        "&session_state=a&session_state=b",
        "&urn_pleo_params_oauth_subject=a&urn_pleo_params_oauth_subject=%ff",
        "&=&==&x",
        "&Code=d&State=t&ISS=u",
        &many,
        &long,
    ] {
        let added: &str = added;
        let after = outcome(&format!("code=C&state=S{added}"), None, "sandbox");
        assert_eq!(after.as_deref(), Ok("C"), "{added}");
        let before = outcome(&format!("{}&code=C&state=S", &added[1..]), None, "sandbox");
        assert_eq!(before.as_deref(), Ok("C"), "{added}");
    }
}

#[test]
fn undecodable_description_does_not_hide_the_error() {
    for (written, shown) in [
        ("Zugriff+f%FCr+verweigert", "Zugriff für verweigert"),
        ("introducci%u00f3n+cancelada", "introducción cancelada"),
        ("%E2%28%A1", "â(¡"),
        ("%ff%fe%00", "ÿþ"),
        ("a%E2%80%AEb%0d%0ac", "abc"),
        (
            "your+code+qX7vT2mK9pL4qX7vT2mK+is+old",
            "your code [masked] is old",
        ),
    ] {
        let query = format!("error=access_denied&error_description={written}&state=S");
        let refusal = outcome(&query, None, "sandbox").unwrap_err();
        assert_eq!(
            (refusal.code.word(), refusal.detail.as_deref()),
            ("access_denied", Some(shown))
        );
    }
    for rest in [
        "error_description=",
        "error_description=%00",
        "error_uri=%ff",
    ] {
        let query = format!("error=access_denied&state=S&{rest}");
        let refusal = outcome(&query, None, "sandbox").unwrap_err();
        assert_eq!(
            refusal,
            CallbackRefusal::of(ErrorCode::AccessDenied),
            "{rest}"
        );
    }
}

/// The `state` decides whether a sign-in ends with it; nothing else of it is used.
#[test]
fn response_in_the_fragment_is_reported() {
    for query in [
        "#code=C&state=S",
        "#state=S&code=C",
        "#error=access_denied&state=S",
        "#access_token=T&token_type=bearer&state=S",
        "lang=de#code=C&state=S",
        "state=S#code=C",
        "state=S#code=C&state=S",
    ] {
        let found = outcome(query, Some(ISSUER), "sandbox").map_err(|refusal| refusal.code.word());
        assert_eq!(found, Err("callback_fragment"), "{query}");
        assert_eq!(read(query).unwrap().state.as_str(), "S", "{query}");
    }
    assert_eq!(
        read("#code=C").unwrap_err().code.word(),
        "callback_fragment"
    );
    let long = format!("#code={}", "x".repeat(100_000));
    assert_eq!(read(&long).unwrap_err().code.word(), "callback_too_long");
}

#[test]
fn fragment_after_a_query_response_is_ignored() {
    for fragment in ["#_=_", "#", "#top", "#code=D&state=T", "#%ff"] {
        let query = format!("code=C&state=S{fragment}");
        assert_eq!(
            outcome(&query, None, "sandbox").as_deref(),
            Ok("C"),
            "{query}"
        );
    }
    for nothing in ["", "#", "#_=_", "#top"] {
        assert!(is_empty(nothing), "{nothing}");
    }
    for something in ["a", "&", "#code=C", "#state=S", "#error=e"] {
        assert!(!is_empty(something), "{something}");
    }
}

#[test]
fn rewritten_callback_address_is_reported() {
    for (query, sign) in [
        ("code=C&amp;state=S", "&amp;"),
        ("state=S&amp;code=C", "&amp;"),
        ("code=C&#38;state=S", "state_unknown"),
        ("error=access_denied&amp;state=S", "&amp;"),
        ("x=1?code=C&state=S", "?"),
        ("x=1?state=S&code=C", "?"),
        ("state=S;code=C", ";"),
        ("code%3DC%26state%3DS", "percent-encoded"),
    ] {
        let refusal = outcome(query, None, "sandbox").unwrap_err();
        if sign == "state_unknown" {
            assert_eq!(refusal.code.word(), sign, "{query}");
            continue;
        }
        assert_eq!(refusal.code.word(), "callback_rewritten", "{query}");
        assert!(refusal.detail.unwrap().contains(sign), "{query}");
    }
    for query in ["code=C&amp;x=1", "code=C&x=?", "x=;"] {
        assert_eq!(
            read(query).unwrap_err().code.word(),
            "state_unknown",
            "{query}"
        );
    }
    // An answer that can be read is read, whatever else the address holds.
    for query in [
        "code=C&state=S&amp;x=1",
        "code=C&state=S&x=?code=D&amp;state=T",
    ] {
        assert_eq!(
            outcome(query, None, "sandbox").as_deref(),
            Ok("C"),
            "{query}"
        );
    }
}

#[test]
fn issuer_spelling_difference_is_rejected_with_both_values() {
    for (iss, differs) in [
        ("https%3A%2F%2Fauth.example%2F", "the final slash"),
        ("https%3A%2F%2FAUTH.example", "the case of letters"),
        ("https%3A%2F%2Fauth.example%3A443", "the port"),
        ("http%3A%2F%2Fauth.example", "the scheme"),
    ] {
        let refusal = outcome(
            &format!("code=C&state=S&iss={iss}"),
            Some(ISSUER),
            "sandbox",
        )
        .unwrap_err();
        assert_eq!(refusal.code.word(), "issuer_mismatch");
        let detail = refusal.detail.unwrap();
        for part in [ISSUER, "Only", differs, "issuer of the profile “sandbox”"] {
            assert!(detail.contains(part), "{detail}");
        }
    }
    let other = outcome(
        "code=C&state=S&iss=https://evil.example",
        Some(ISSUER),
        "sandbox",
    );
    let detail = other.unwrap_err().detail.unwrap();
    assert!(
        detail.contains("evil.example") && !detail.contains("Only"),
        "{detail}"
    );
}

#[test]
fn values_of_100_kilobytes_are_rejected_as_too_long() {
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
        assert_eq!(refusal, CallbackRefusal::of(ErrorCode::CallbackTooLong));
    }
}

#[test]
fn query_length_limit_and_detail_truncation() {
    let room = LONGEST_QUERY - "state=s&code=".len();
    let longest = format!("state=s&code={}", "c".repeat(room));
    assert!(outcome(&longest, None, "sandbox").is_ok());
    let longer = format!("{longest}c");
    assert_eq!(read(&longer).unwrap_err().code.word(), "callback_too_long");
    let query = format!("state=s&error=e&error_description={}", "ä".repeat(3_000));
    let refusal = outcome(&query, None, "sandbox").unwrap_err();
    assert_eq!(refusal.detail.unwrap().chars().count(), 200);
}

#[test]
fn subject_parameter_is_read_and_does_not_change_the_result() {
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

/// Parameters that are not known, of any bytes.
fn unknown() -> impl Strategy<Value = String> {
    let pair = (
        "(x|utm_|%[0-9a-fA-F]{2}|%|;|\\+|é){0,6}",
        "([a-z]|%[0-9a-fA-F]{2}|%u[0-9a-f]{4}|%|=|;|\\?|é){0,8}",
    );
    let pairs = proptest::collection::vec(pair, 0..10);
    pairs.prop_map(|pairs| {
        let pairs = pairs
            .into_iter()
            .map(|(name, value)| format!("x{name}={value}"));
        pairs.collect::<Vec<_>>().join("&")
    })
}

proptest! {
    /// Nothing panics, and whatever a query is refused for has one of these codes.
    #[test]
    fn any_callback_query_is_parsed_without_panic(query in pieces(), issuer in proptest::bool::ANY) {
        if let Err(refusal) = outcome(&query, issuer.then_some(ISSUER), "sandbox") {
            prop_assert!([
                "callback_malformed", "callback_duplicate", "callback_too_long", "state_unknown",
                "callback_rewritten", "callback_fragment",
                "issuer_missing", "issuer_mismatch", "access_denied", "authorization_error",
            ].contains(&refusal.code.word()), "{}", refusal.code.word());
            let detail = refusal.detail.unwrap_or_default();
            // The words about an issuer hold two values, each of its own length.
            let longest = if refusal.code.word() == "issuer_mismatch" { 700 } else { 200 };
            prop_assert!(detail.chars().count() <= longest && !detail.contains(char::is_control));
        }
    }

    #[test]
    fn duplicate_known_parameter_is_rejected(
        name in proptest::sample::select(&["state", "code", "error", "error_description", "error_uri", "iss"][..]),
        first in "([a-z]|%[0-9a-f]{2}){0,6}",
        second in "([a-z]|%[0-9a-f]{2}){0,6}",
        between in unknown(),
    ) {
        let query = format!("{name}={first}&{between}&x=s&{name}={second}");
        prop_assert_eq!(read(&query).unwrap_err().code.word(), "callback_duplicate");
    }

    /// Any number of unknown parameters, of any bytes and with any repetition, next to a valid answer.
    #[test]
    fn valid_query_with_unknown_parameters_is_accepted(
        before in unknown(),
        between in unknown(),
        after in unknown(),
        error in proptest::bool::ANY,
    ) {
        let answer = if error { "error=access_denied" } else { "code=C" };
        let query = format!("{before}&{answer}&{between}&state=S&{after}");
        let expected = if error { Err("access_denied") } else { Ok("C") };
        let found = outcome(&query, None, "sandbox");
        prop_assert_eq!(found.as_deref().map_err(|refusal| refusal.code.word()), expected);
    }

    #[test]
    fn any_query_and_fragment_are_parsed_without_panic(
        query in "(.|[&=#?;+]|%[0-9a-f]{2}|%u[0-9a-f]{4}|state|code|error|iss|&amp;){0,40}",
    ) {
        let _ = (outcome(&query, Some(ISSUER), "sandbox"), is_empty(&query));
        let _ = outlay_oauth::outline::of_query(&query);
    }

    /// A valid answer is parsed unchanged, whatever other parameters surround it.
    #[test]
    fn callback_query_round_trips(
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
        let checked = check_response(response, &client(None), "sandbox").unwrap();
        prop_assert_eq!(checked.reveal(), code);
    }
}
