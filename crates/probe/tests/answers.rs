//! What the engine makes of answers that the sandbox never gives.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/script.rs"]
#[allow(dead_code)]
mod script;

use outlay_probe::io::{CorsMode, FetchOutcome, ProbeRequest, SignInReturn};
use outlay_probe::report::{CheckReport, Observation, Verdict, WantedSignIn};
use outlay_probe::row::RowId as R;
use script::{ScriptedServers, answer, back, field, profile};

const GOOD: &str = r#"{"access_token":"at-1","refresh_token":"rt-1","expires_in":900}"#;

/// A server that keeps every rule.
fn strict(request: &ProbeRequest) -> FetchOutcome {
    match (request.mode, field(request, "grant_type").as_deref()) {
        (CorsMode::NoCors, _) => FetchOutcome::Opaque,
        (_, Some("authorization_code")) => match field(request, "code").as_deref() {
            Some("a-code") => answer(200, GOOD),
            _ => answer(400, r#"{"error":"invalid_grant"}"#),
        },
        (_, Some(_)) => answer(400, r#"{"error":"invalid_grant"}"#),
        _ if request.url.ends_with("/v1/introspect") => answer(
            200,
            r#"{"data":{"subjectURN":"urn:pleo:organisation:1","scope":"users:read x"}}"#,
        ),
        _ => answer(404, ""),
    }
}

/// A person who signs in for every window.
fn signs_in(_: &WantedSignIn, state: &str) -> SignInReturn {
    back(&[("state", state), ("code", "a-code")])
}

fn with_metadata(body: &str) -> CheckReport {
    let script = ScriptedServers::new(
        |request| match request.url.contains("/.well-known/") {
            true => answer(200, body),
            false => strict(request),
        },
        signs_in,
    );
    script.run(&profile(""))
}

#[test]
fn metadata_is_compared_with_the_configuration() {
    let sound = r#"{"issuer":"https://auth.example",
        "authorization_endpoint":"https://auth.example/oauth/authorize",
        "token_endpoint":"https://auth.example/oauth/token",
        "code_challenge_methods_supported":["S256"]}"#;
    assert_eq!(with_metadata(sound).verdict(R::Metadata), Verdict::Pass);
    for (from, to, word) in [
        ("auth.example\",", "evil.example\",", "issuer"),
        ("oauth/authorize", "authorize", "authorization_endpoint"),
        ("oauth/token", "token", "token_endpoint"),
        ("[\"S256\"]", "[\"plain\"]", "S256"),
    ] {
        let card = with_metadata(&sound.replacen(from, to, 1));
        let row = card.row(R::Metadata).unwrap();
        assert_eq!(row.verdict, Verdict::Fail, "{to}");
        assert!(row.evidence[0].contains(word), "{row:?}");
    }
    for page in ["<html>", "[]", ""] {
        assert_eq!(with_metadata(page).verdict(R::Metadata), Verdict::Unknown);
    }
}

#[test]
fn metadata_path_is_inserted_between_host_and_path() {
    let script = ScriptedServers::new(strict, signs_in);
    script.run(&profile(r#","issuer":"https://auth.example/tenant""#));
    let asked = script.asked.borrow();
    let url = "https://auth.example/.well-known/oauth-authorization-server/tenant";
    assert!(asked.iter().any(|request| request.url == url));
}

#[test]
fn unconfigured_issuer_is_reported_as_unknown() {
    for (iss, verdict) in [
        ("https://auth.example", Verdict::Pass),
        ("https://auth.example/tenant", Verdict::Pass),
        ("https://other.example", Verdict::Fail),
        ("nonsense", Verdict::Fail),
    ] {
        let script = ScriptedServers::new(strict, |_, state| {
            back(&[("state", state), ("code", "a-code"), ("iss", iss)])
        });
        let card = script.run(&profile(""));
        assert_eq!(card.verdict(R::Issuer), verdict, "{iss}");
        // Not stated, not judged: the rest goes on, as in the vault.
        assert_eq!(card.verdict(R::NoSecret), Verdict::Pass, "{iss}");
    }
}

#[test]
fn wrong_issuer_stops_the_code_exchange() {
    let script = ScriptedServers::new(strict, |_, state| {
        back(&[
            ("state", state),
            ("code", "a-code"),
            ("iss", "https://other.example"),
        ])
    });
    script.run(&profile(r#","issuer":"https://auth.example""#));
    let asked = script.asked.borrow();
    assert!(
        asked
            .iter()
            .all(|one| field(one, "code").as_deref() != Some("a-code"))
    );
}

#[test]
fn callback_of_another_profile_is_ignored() {
    let script = ScriptedServers::new(strict, |_, state| match signs_in_for(state) {
        SignInReturn::Query { query, .. } => SignInReturn::Query {
            profile: "other".to_owned(),
            query,
        },
        saw => saw,
    });
    let card = script.run(&profile(""));
    assert_eq!(card.verdict(R::NoSecret), Verdict::Unknown);
    let asked = script.asked.borrow();
    assert!(
        asked
            .iter()
            .all(|one| field(one, "code").as_deref() != Some("a-code"))
    );
}

fn signs_in_for(state: &str) -> SignInReturn {
    back(&[("state", state), ("code", "a-code")])
}

#[test]
fn token_responses_of_another_form_are_reported() {
    let commas = GOOD.replacen('{', r#"{"scope":"companies:read,users:read","#, 1);
    let list = GOOD.replacen('{', r#"{"scope":["companies:read","users:read"],"#, 1);
    for (status, body, word) in [
        (200, &*commas, "not separated by single spaces"),
        (200, &*list, "array"),
        (200, r#"{"error":"invalid_grant"}"#, "status 200"),
        (200, "access_token=at-1&token_type=bearer", "form encoding"),
        (200, "<html>", "not JSON"),
    ] {
        let script = ScriptedServers::new(
            |request| match field(request, "code").as_deref() {
                Some("a-code") => answer(status, body),
                _ => strict(request),
            },
            signs_in,
        );
        let card = script.run(&profile(""));
        let row = card.row(R::TokenForm).unwrap();
        assert_eq!(row.verdict, Verdict::Fail, "{body}");
        assert!(row.evidence[0].contains(word), "{row:?}");
        assert!(!row.fix.is_empty());
    }
}

#[test]
fn error_with_status_200_shows_the_server_description() {
    let script = ScriptedServers::new(
        |request| match field(request, "code").as_deref() {
            Some("a-code") => answer(
                200,
                r#"{"error":"invalid_grant","error_description":"The code is old: qX7vT2mK9pL4qX7v."}"#,
            ),
            _ => strict(request),
        },
        signs_in,
    );
    let card = script.run(&profile(""));
    let reason = card.row(R::NoSecret).unwrap().reason.clone().unwrap();
    assert!(
        reason.contains("status 200, invalid_grant: The code is old: [masked]"),
        "{reason}"
    );
}

#[test]
fn issuer_spelling_difference_is_shown_with_both_values() {
    let script = ScriptedServers::new(strict, |_, state| {
        back(&[
            ("state", state),
            ("code", "a-code"),
            ("iss", "https://auth.example/"),
        ])
    });
    let card = script.run(&profile(r#","issuer":"https://auth.example""#));
    let row = card.row(R::Issuer).unwrap();
    assert_eq!(row.verdict, Verdict::Fail);
    for part in [
        "“https://auth.example/”",
        "“https://auth.example”",
        "Only the final slash",
    ] {
        assert!(row.evidence[0].contains(part), "{row:?}");
    }
}

#[test]
fn unchanged_refresh_token_fails_the_rotation_check() {
    let script = ScriptedServers::new(
        |request| match field(request, "grant_type").as_deref() {
            Some("refresh_token") => answer(200, GOOD),
            _ => strict(request),
        },
        signs_in,
    );
    let card = script.run(&profile(""));
    assert_eq!(card.verdict(R::Rotation), Verdict::Fail);
    assert_eq!(card.row(R::Replaced).unwrap().premise, Some(R::Rotation));
}

#[test]
fn refused_refresh_fails_the_check_and_an_outage_does_not() {
    for (status, body, verdict) in [
        (400, r#"{"error":"invalid_grant"}"#, Verdict::Fail),
        (503, "", Verdict::Unknown),
        (500, "", Verdict::Unknown),
        (200, "<html>", Verdict::Unknown),
    ] {
        let script = ScriptedServers::new(
            |request| match field(request, "grant_type").as_deref() {
                Some("refresh_token") => answer(status, body),
                _ => strict(request),
            },
            signs_in,
        );
        let card = script.run(&profile(""));
        assert_eq!(card.verdict(R::Rotation), verdict, "{status} {body}");
    }
}

#[test]
fn token_response_without_scope_leaves_the_scope_check_unknown() {
    let card = ScriptedServers::new(strict, signs_in).run(&profile(""));
    let row = card.row(R::Scopes).unwrap();
    assert_eq!(row.verdict, Verdict::Fail);
    assert!(row.evidence[0].contains("has no scope"), "{row:?}");
    // Narrowed is as good as refused.
    let narrowed = GOOD.replacen('{', r#"{"scope":"companies:read","#, 1);
    let script = ScriptedServers::new(
        |request| match field(request, "code").as_deref() {
            Some("a-code") => answer(200, &narrowed),
            _ => strict(request),
        },
        signs_in,
    );
    let card = script.run(&profile(""));
    assert_eq!(card.verdict(R::Scopes), Verdict::Pass);
    assert!(card.row(R::Introspect).unwrap().evidence[0].contains("organisation"));
}

#[test]
fn user_observation_decides_the_verdict() {
    let rows = [R::Plain, R::Challenge, R::Redirect, R::Scopes];
    for (sight, verdicts) in [
        (Observation::Refused, [Verdict::Pass; 4]),
        (Observation::Skipped, [Verdict::Unknown; 4]),
        (
            Observation::Back,
            [
                Verdict::Unknown,
                Verdict::Unknown,
                Verdict::Fail,
                Verdict::Unknown,
            ],
        ),
    ] {
        let script = ScriptedServers::new(strict, |want, state| match want.row {
            R::State => signs_in_for(state),
            _ => SignInReturn::Saw(sight),
        });
        let card = script.run(&profile(""));
        for (row, verdict) in rows.into_iter().zip(verdicts) {
            let row = card.row(row).unwrap();
            assert_eq!(row.verdict, verdict, "{sight:?} {:?}", row.id);
            let words = row.evidence.iter().chain(&row.reason);
            let is_report = words
                .clone()
                .any(|explanation| explanation.contains("The user reported"));
            assert!(is_report || sight == Observation::Skipped, "{row:?}");
        }
    }
}

#[test]
fn unreturned_sign_in_is_unknown() {
    for (sight, verdict) in [
        (Observation::Back, Verdict::Fail),
        (Observation::Refused, Verdict::Unknown),
        (Observation::Skipped, Verdict::Unknown),
    ] {
        let script = ScriptedServers::new(strict, |_, _| SignInReturn::Saw(sight));
        let card = script.run(&profile(""));
        assert_eq!(card.verdict(R::State), verdict, "{sight:?}");
        // One window that came to nothing is enough; only the redirect needs no answer.
        assert_eq!(script.states.borrow().len(), 2, "{sight:?}");
    }
}

#[test]
fn authorization_page_without_redirect_passes_the_redirect_check() {
    let card = ScriptedServers::new(strict, signs_in).run(&profile(""));
    assert_eq!(card.verdict(R::Redirect), Verdict::Pass);
    let script = ScriptedServers::new(strict, |want, state| match want.row {
        R::Redirect => back(&[
            ("changed", "1"),
            ("state", state),
            ("error", "invalid_request"),
        ]),
        _ => signs_in_for(state),
    });
    let card = script.run(&profile(""));
    assert_eq!(card.verdict(R::Redirect), Verdict::Fail);
    assert!(card.row(R::Redirect).unwrap().evidence[0].contains("an error"));
}

#[test]
fn every_probe_request_has_its_documented_deviation() {
    let script = ScriptedServers::new(strict, |want, state| {
        let (_, query) = want.url.split_once('?').unwrap();
        let pairs = outlay_oauth::form::parse(query).unwrap();
        let value = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        assert_eq!(value("response_type"), Some("code"));
        assert_eq!(value("state"), Some(state));
        assert!(state.starts_with("probe.") && state.len() == 49);
        let challenge = (value("code_challenge"), value("code_challenge_method"));
        match want.row {
            R::Challenge => assert_eq!(challenge, (None, None)),
            R::Plain => assert_eq!(challenge.1, Some("plain")),
            _ => assert_eq!(challenge.1, Some("S256")),
        }
        let changed = want.row == R::Redirect;
        assert_eq!(
            value("redirect_uri").unwrap().ends_with("?changed=1"),
            changed
        );
        let scopes = value("scope").unwrap();
        let expected = match want.row {
            R::State => "companies:read users:read",
            R::Scopes => "companies:read outlay-check:no-such-scope",
            _ => "companies:read",
        };
        assert_eq!(scopes, expected);
        signs_in_for(state)
    });
    script.run(&profile(
        r#","revocationEndpoint":"https://auth.example/oauth/revoke""#,
    ));
    let states = script.states.borrow();
    let mut unique = states.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((states.len(), unique.len()), (8, 8));
    // Nothing has a bearer but the API, and nothing goes elsewhere.
    for request in &*script.asked.borrow() {
        let api = request.url.starts_with("https://api.example/v1/");
        assert!(
            api || request.url.starts_with("https://auth.example/"),
            "{}",
            request.url
        );
        assert_eq!(request.bearer.is_some(), api, "{}", request.url);
    }
}

#[test]
fn proxied_profile_requests_only_policy_origins() {
    let script = ScriptedServers::new(strict, signs_in);
    let proxied = r#","tokenEndpoint":"/pleo-auth/oauth/token","apiBase":"/pleo-api""#;
    let card = script.run(&profile(proxied));
    for request in &*script.asked.borrow() {
        assert!(request.url.starts_with(script::SITE), "{}", request.url);
    }
    // The window has shown that it is there.
    assert_eq!(card.verdict(R::Server), Verdict::Pass);
    assert_eq!(card.verdict(R::Metadata), Verdict::Unknown);
    let row = card.row(R::NoSecret).unwrap();
    assert_eq!(row.verdict, Verdict::Pass);
    assert!(row.evidence[0].contains("proxy"), "{row:?}");
}

#[test]
fn report_names_profile_and_servers() {
    let card = ScriptedServers::new(strict, signs_in).run(&profile(""));
    let report_text = outlay_probe::export::facts(&card);
    for fact in [
        ("Environment", "Pleo"),
        ("Client ID", "c"),
        ("Token endpoint", "https://auth.example/oauth/token"),
        ("API", "https://api.example"),
        ("Started", "2026-11-22T05:00:00.000Z"),
        ("Ended", "2026-11-22T05:00:00.000Z"),
        ("Outlay", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(report_text.contains(&fact), "{fact:?}: {report_text:?}");
    }
}
