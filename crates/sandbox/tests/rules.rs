//! Rules that the authorization server stops keeping, each with its fault and without.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{Answer, Bench, FORM, REDIRECT, SITE, VERIFIER, exchange, request, with};
use outlay_sandbox::params::query;
use serde_json::json;

const OTHER: &str = "http://localhost:8080/callback/sandbox?changed=1";

/// From this request to the answer of the consent form, with everything on the page allowed.
async fn allow(bench: &Bench, request: &[(&str, &str)]) -> Answer {
    let (path, csrf, cookie) = bench.consent_page(request).await;
    let page = bench
        .send(8787, &format!("GET {path}"), &[("Cookie", &cookie)], "")
        .await;
    let boxes = page.text.split("name=\"scope\" value=\"").skip(1);
    let scopes: Vec<&str> = boxes.map(|rest| rest.split('"').next().unwrap()).collect();
    let mut pairs = vec![("csrf", &*csrf), ("company", bench.company(0))];
    pairs.push(("decision", "allow"));
    pairs.extend(scopes.iter().map(|scope| ("scope", *scope)));
    bench
        .form(&format!("{path}/consent"), &cookie, &pairs)
        .await
}

async fn armed(fault: serde_json::Value) -> Bench {
    let bench = Bench::new();
    let mut order = fault;
    order["times"] = "always".into();
    bench.arm(&order).await;
    bench
}

#[tokio::test]
async fn plain_is_accepted_and_then_verified() {
    let plain = with(&request(), "code_challenge", VERIFIER);
    let plain = with(&plain, "code_challenge_method", "plain");
    let bench = Bench::new();
    bench.once(json!({"fault": "accept-plain"})).await;
    let code = allow(&bench, &plain).await.sent("code").unwrap();
    let refused = bench.authorize(&plain).await;
    assert_eq!(refused.sent("error").as_deref(), Some("invalid_request"));
    assert_eq!(bench.exchange(&code).await.status, StatusCode::OK);
    // S256 is what it was.
    let code = bench.code().await;
    let wrong = with(
        &exchange(&code),
        "code_verifier",
        &VERIFIER.replace('d', "e"),
    )
    .iter()
    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
    .collect::<Vec<_>>();
    let wrong: Vec<(&str, &str)> = wrong.iter().map(|(n, v)| (&**n, &**v)).collect();
    assert_eq!(bench.token(&wrong).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_request_without_pkce_is_accepted() {
    let mut bare = with(&request(), "code_challenge", "");
    bare = with(&bare, "code_challenge_method", "");
    let bench = armed(json!({"fault": "accept-no-challenge"})).await;
    let code = allow(&bench, &bare).await.sent("code").unwrap();
    let bare = with(&exchange(&code), "code_verifier", "");
    assert_eq!(bench.token(&bare).await.status, StatusCode::OK);
    // A code with a challenge still needs its verifier.
    let code = bench.code().await;
    let bare = with(&exchange(&code), "code_verifier", "");
    let answer = bench.token(&bare).await;
    assert_eq!(answer.json()["error"], "invalid_request");
    assert_eq!(bench.exchange(&code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn any_verifier_will_do() {
    let other = "a".repeat(43);
    for (lax, status) in [(false, StatusCode::BAD_REQUEST), (true, StatusCode::OK)] {
        let bench = Bench::new();
        if lax {
            let order = json!({"fault": "accept-any-verifier", "times": "always"});
            bench.arm(&order).await;
        }
        let code = bench.code().await;
        let answer = bench
            .token(&with(&exchange(&code), "code_verifier", &other))
            .await;
        assert_eq!(answer.status, status);
    }
}

#[tokio::test]
async fn another_redirect_of_the_site_is_accepted() {
    let bench = armed(json!({"fault": "accept-other-redirect"})).await;
    let other = with(&request(), "redirect_uri", OTHER);
    let answer = allow(&bench, &other).await;
    assert!(
        answer
            .header("location")
            .starts_with(&format!("{OTHER}&code="))
    );
    for foreign in [
        "https://evil.example/",
        "http://localhost:8080.evil.example/",
    ] {
        let foreign = with(&request(), "redirect_uri", foreign);
        let answer = bench.authorize(&foreign).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
    let strict = Bench::new().authorize(&other).await;
    assert_eq!(strict.status, StatusCode::BAD_REQUEST);
    assert!(REDIRECT.len() < OTHER.len());
}

#[tokio::test]
async fn codes_and_replaced_tokens_live_on() {
    let bench = armed(json!({"fault": "accept-code-again"})).await;
    let order = json!({"fault": "accept-replaced-token", "times": "always"});
    bench.arm(&order).await;
    let code = bench.code().await;
    let first = common::read_tokens(&bench.exchange(&code).await);
    assert_eq!(bench.exchange(&code).await.status, StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(bench.refresh(&first.refresh).await.status, StatusCode::OK);
    }
    assert_eq!(bench.sandbox.ledger().counters.refresh_presented_again, 1);
}

#[tokio::test]
async fn scopes_are_granted_that_should_not_be() {
    let unknown = with(&request(), "scope", "users:read no-such:scope");
    let bench = armed(json!({"fault": "grant-too-much"})).await;
    let code = allow(&bench, &unknown).await.sent("code").unwrap();
    let answer = bench.exchange(&code).await.json();
    assert_eq!(answer["scope"], "users:read no-such:scope");

    let bench = armed(json!({"fault": "grant-too-much", "what": "unasked"})).await;
    let one = with(&request(), "scope", "users:read");
    let code = allow(&bench, &one).await.sent("code").unwrap();
    let all = outlay_sandbox::address::SCOPES.join(" ");
    assert_eq!(bench.exchange(&code).await.json()["scope"], all.as_str());
    let answer = bench.authorize(&unknown).await;
    assert_eq!(answer.sent("error").as_deref(), Some("invalid_scope"));
}

#[tokio::test]
async fn revocation_ends_a_session_or_does_nothing() {
    for (lax, status) in [(false, StatusCode::BAD_REQUEST), (true, StatusCode::OK)] {
        let bench = Bench::new();
        if lax {
            let order = json!({"fault": "revoke-nothing", "times": "always"});
            bench.arm(&order).await;
        }
        let tokens = bench.tokens().await;
        let form = query(&[("client_id", "outlay-sandbox"), ("token", &tokens.refresh)]);
        let headers = [("Content-Type", FORM), ("Origin", SITE)];
        let answer = bench
            .send(8787, "POST /oauth/revoke", &headers, &form)
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("access-control-allow-origin"), SITE);
        assert_eq!(bench.refresh(&tokens.refresh).await.status, status);
    }
    let bench = Bench::new();
    for (form, status) in [
        (vec![("token", "x")], StatusCode::BAD_REQUEST),
        (
            vec![("client_id", "someone"), ("token", "x")],
            StatusCode::UNAUTHORIZED,
        ),
        (
            vec![("client_id", "outlay-sandbox")],
            StatusCode::BAD_REQUEST,
        ),
        (
            vec![("client_id", "outlay-sandbox"), ("token", "x")],
            StatusCode::OK,
        ),
    ] {
        assert_eq!(bench.form("/oauth/revoke", "", &form).await.status, status);
    }
}
