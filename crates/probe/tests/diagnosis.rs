//! Why a request brought nothing, by elimination, and what the card makes of it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/script.rs"]
#[allow(dead_code)]
mod script;

use outlay_probe::io::{CorsMode, FetchOutcome, ProbeRequest, SignInReturn};
use outlay_probe::report::{Observation, Verdict};
use outlay_probe::row::RowId as R;
use script::{ScriptedServers, answer, profile};

const TOKEN: &str = "https://auth.example/oauth/token";
const API: &str = "https://api.example/v1/companies";

/// A healthy world but for what `odd` answers; no window is opened.
fn card(odd: impl Fn(&ProbeRequest) -> Option<FetchOutcome>) -> outlay_probe::report::CheckReport {
    let script = ScriptedServers::new(
        |request| {
            odd(request).unwrap_or_else(|| match (request.mode, &request.form) {
                (CorsMode::NoCors, _) => FetchOutcome::Opaque,
                (_, Some(_)) => answer(400, r#"{"error":"invalid_grant"}"#),
                _ => answer(401, "{}"),
            })
        },
        |_, _| SignInReturn::Saw(Observation::Skipped),
    );
    script.run(&profile(""))
}

fn fix(card: &outlay_probe::report::CheckReport, row: R) -> String {
    card.row(row).unwrap().fix.join("\n")
}

fn reason(card: &outlay_probe::report::CheckReport, row: R) -> String {
    card.row(row).unwrap().reason.clone().unwrap_or_default()
}

/// An address that fails in every mode.
fn dead<'a>(prefix: &'a str) -> impl Fn(&ProbeRequest) -> Option<FetchOutcome> + 'a {
    move |request| {
        request
            .url
            .starts_with(prefix)
            .then_some(FetchOutcome::Failed)
    }
}

#[test]
fn healthy_servers_pass_every_check_without_sign_in() {
    let card = card(|_| None);
    for row in [R::Server, R::TokenCors, R::ApiCors, R::ErrorCors] {
        assert_eq!(card.verdict(row), Verdict::Pass, "{row:?}");
    }
    assert!(reason(&card, R::State).contains("skipped"));
    assert_eq!(card.row(R::NoSecret).unwrap().premise, Some(R::State));
}

#[test]
fn unreachable_server_fails_only_its_own_checks() {
    let card = card(dead("https://auth.example"));
    assert_eq!(card.verdict(R::Server), Verdict::Fail);
    let row = card.row(R::Server).unwrap();
    assert!(row.evidence[0].contains("cannot be reached"), "{row:?}");
    assert_eq!(card.row(R::State).unwrap().premise, Some(R::Server));
    assert_eq!(card.verdict(R::ApiCors), Verdict::Pass);
    assert_eq!(card.verdict(R::TokenCors), Verdict::Unknown);
}

#[test]
fn offline_device_is_diagnosed() {
    let card = card(|_| Some(FetchOutcome::Failed));
    assert!(card.rows.iter().all(|row| row.verdict == Verdict::Unknown));
    assert!(reason(&card, R::Server).contains("offline"));
    assert!(reason(&card, R::ApiCors).contains("offline"));
}

#[test]
fn address_blocked_by_an_extension_is_diagnosed() {
    let card = card(dead(TOKEN));
    assert_eq!(card.verdict(R::TokenCors), Verdict::Unknown);
    assert!(reason(&card, R::TokenCors).contains("extension"));
    assert!(fix(&card, R::TokenCors).contains("content blockers"));
}

#[test]
fn missing_api_origin_in_the_policy_is_diagnosed() {
    let card = card(|request| {
        request
            .url
            .starts_with("https://api.example")
            .then_some(FetchOutcome::Policy)
    });
    assert_eq!(card.verdict(R::ApiCors), Verdict::Unknown);
    assert!(fix(&card, R::ApiCors).ends_with("connect-src 'self' https://api.example"));
    assert_eq!(card.row(R::ErrorCors).unwrap().premise, Some(R::ApiCors));
}

#[test]
fn policy_without_authorization_server_is_a_proxy_deployment() {
    let more = r#","tokenEndpoint":"/pleo-auth/oauth/token""#;
    let script = ScriptedServers::new(
        |request| match request.url.starts_with("https://auth.example") {
            true => FetchOutcome::Policy,
            false => answer(400, "{}"),
        },
        |_, state| script::back(&[("state", state), ("error", "access_denied")]),
    );
    let card = script.run(&profile(more));
    assert_eq!(
        card.verdict(R::Server),
        Verdict::Pass,
        "the window has shown it"
    );
    assert_eq!(card.verdict(R::TokenCors), Verdict::Pass);
    assert!(reason(&card, R::Metadata).contains("Content-Security-Policy"));
}

#[test]
fn immediate_failure_is_diagnosed() {
    let card = card(|request| (request.url == API).then_some(FetchOutcome::TimedOut));
    assert!(reason(&card, R::ApiCors).contains("in time"));
}

#[test]
fn redirect_response_fails_the_check() {
    let card = card(|request| (request.url == API).then_some(FetchOutcome::Redirect));
    assert_eq!(card.verdict(R::ApiCors), Verdict::Fail);
    assert!(fix(&card, R::ApiCors).contains("config.json"));
}

#[test]
fn cors_check_requires_a_successful_response() {
    let closed = |request: &ProbeRequest| {
        let asked = request.url == TOKEN || request.url == API;
        (asked && request.mode == CorsMode::Cors).then_some(FetchOutcome::Failed)
    };
    // Without a sign-in it is not known whether successful answers could be read.
    let left_out = card(closed);
    assert_eq!(left_out.verdict(R::TokenCors), Verdict::Unknown);
    assert_eq!(left_out.row(R::TokenCors).unwrap().premise, Some(R::State));
    let script = ScriptedServers::new(
        |request| closed(request).unwrap_or(FetchOutcome::Opaque),
        |_, state| script::back(&[("state", state), ("code", "a-code")]),
    );
    let card = script.run(&profile(""));
    assert_eq!(card.verdict(R::TokenCors), Verdict::Fail);
    let lines = fix(&card, R::TokenCors);
    for line in [
        "Access-Control-Allow-Origin: https://spend.example",
        "Vary: Origin",
        "location /pleo-auth/ { proxy_pass https://auth.example/; }",
        "\"tokenEndpoint\": \"/pleo-auth/oauth/token\"",
    ] {
        assert!(lines.lines().any(|one| one == line), "{line}\n{lines}");
    }
    assert_eq!(card.row(R::NoSecret).unwrap().premise, Some(R::TokenCors));
    assert_eq!(card.row(R::ErrorCors).unwrap().premise, Some(R::TokenCors));
}

#[test]
fn api_preflight_failure_is_diagnosed() {
    let script = ScriptedServers::new(
        |request| match (&request.form, request.mode) {
            (Some(_), _) => match script::field(request, "code").as_deref() {
                Some("a-code") => answer(
                    200,
                    r#"{"access_token":"at","refresh_token":"rt","expires_in":9}"#,
                ),
                _ => answer(400, r#"{"error":"invalid_grant"}"#),
            },
            (_, CorsMode::NoCors) => FetchOutcome::Opaque,
            _ => FetchOutcome::Failed,
        },
        |_, state| script::back(&[("state", state), ("code", "a-code")]),
    );
    let card = script.run(&profile(r#","apiBase":"https://api.example/base""#));
    assert_eq!(card.verdict(R::ApiCors), Verdict::Fail);
    let lines = fix(&card, R::ApiCors);
    for line in [
        "Access-Control-Allow-Headers: Authorization, Content-Type",
        "location /pleo-api/ { proxy_pass https://api.example/; }",
        "\"apiBase\": \"/pleo-api/base\"",
    ] {
        assert!(lines.lines().any(|one| one == line), "{line}\n{lines}");
    }
}
