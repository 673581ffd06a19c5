//! Rules that the authorization server stops keeping, each with its fault and without.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{FORM, REDIRECT, SITE, TestResponse, TestSandbox, VERIFIER, exchange, request, with};
use outlay_sandbox::params::query;
use serde_json::json;

const OTHER: &str = "http://localhost:8080/callback/sandbox?changed=1";

/// From this request to the answer of the consent form, with everything on the page allowed.
async fn allow(sandbox_server: &TestSandbox, request: &[(&str, &str)]) -> TestResponse {
    let (path, csrf, cookie) = sandbox_server.consent_page(request).await;
    let page = sandbox_server
        .send(8787, &format!("GET {path}"), &[("Cookie", &cookie)], "")
        .await;
    let boxes = page.text.split("name=\"scope\" value=\"").skip(1);
    let scopes: Vec<&str> = boxes.map(|rest| rest.split('"').next().unwrap()).collect();
    let mut pairs = vec![("csrf", &*csrf), ("company", sandbox_server.company(0))];
    pairs.push(("decision", "allow"));
    pairs.extend(scopes.iter().map(|scope| ("scope", *scope)));
    sandbox_server
        .form(&format!("{path}/consent"), &cookie, &pairs)
        .await
}

async fn armed(fault: serde_json::Value) -> TestSandbox {
    let sandbox_server = TestSandbox::new();
    let mut order = fault;
    order["times"] = "always".into();
    sandbox_server.arm(&order).await;
    sandbox_server
}

#[tokio::test]
async fn pkce_plain_is_accepted_and_verified_under_its_fault() {
    let plain = with(&request(), "code_challenge", VERIFIER);
    let plain = with(&plain, "code_challenge_method", "plain");
    let sandbox_server = TestSandbox::new();
    sandbox_server.once(json!({"fault": "accept-plain"})).await;
    let code = allow(&sandbox_server, &plain).await.sent("code").unwrap();
    let refused = sandbox_server.authorize(&plain).await;
    assert_eq!(refused.sent("error").as_deref(), Some("invalid_request"));
    assert_eq!(sandbox_server.exchange(&code).await.status, StatusCode::OK);
    // S256 is what it was.
    let code = sandbox_server.code().await;
    let wrong = with(
        &exchange(&code),
        "code_verifier",
        &VERIFIER.replace('d', "e"),
    )
    .iter()
    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
    .collect::<Vec<_>>();
    let wrong: Vec<(&str, &str)> = wrong.iter().map(|(n, v)| (&**n, &**v)).collect();
    assert_eq!(
        sandbox_server.token(&wrong).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn request_without_pkce_is_accepted_under_its_fault() {
    let mut bare = with(&request(), "code_challenge", "");
    bare = with(&bare, "code_challenge_method", "");
    let sandbox_server = armed(json!({"fault": "accept-no-challenge"})).await;
    let code = allow(&sandbox_server, &bare).await.sent("code").unwrap();
    let bare = with(&exchange(&code), "code_verifier", "");
    assert_eq!(sandbox_server.token(&bare).await.status, StatusCode::OK);
    // A code with a challenge still needs its verifier.
    let code = sandbox_server.code().await;
    let bare = with(&exchange(&code), "code_verifier", "");
    let answer = sandbox_server.token(&bare).await;
    assert_eq!(answer.json()["error"], "invalid_request");
    assert_eq!(sandbox_server.exchange(&code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn any_verifier_is_accepted_under_its_fault() {
    let other = "a".repeat(43);
    for (disabled_rules, status) in [(false, StatusCode::BAD_REQUEST), (true, StatusCode::OK)] {
        let sandbox_server = TestSandbox::new();
        if disabled_rules {
            let order = json!({"fault": "accept-any-verifier", "times": "always"});
            sandbox_server.arm(&order).await;
        }
        let code = sandbox_server.code().await;
        let answer = sandbox_server
            .token(&with(&exchange(&code), "code_verifier", &other))
            .await;
        assert_eq!(answer.status, status);
    }
}

#[tokio::test]
async fn another_redirect_uri_of_the_site_is_accepted_under_its_fault() {
    let sandbox_server = armed(json!({"fault": "accept-other-redirect"})).await;
    let other = with(&request(), "redirect_uri", OTHER);
    let answer = allow(&sandbox_server, &other).await;
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
        let answer = sandbox_server.authorize(&foreign).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
    let strict = TestSandbox::new().authorize(&other).await;
    assert_eq!(strict.status, StatusCode::BAD_REQUEST);
    assert!(REDIRECT.len() < OTHER.len());
}

#[tokio::test]
async fn used_codes_and_replaced_tokens_stay_valid_under_their_fault() {
    let sandbox_server = armed(json!({"fault": "accept-code-again"})).await;
    let order = json!({"fault": "accept-replaced-token", "times": "always"});
    sandbox_server.arm(&order).await;
    let code = sandbox_server.code().await;
    let first = common::read_tokens(&sandbox_server.exchange(&code).await);
    assert_eq!(sandbox_server.exchange(&code).await.status, StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(
            sandbox_server.refresh(&first.refresh).await.status,
            StatusCode::OK
        );
    }
    assert_eq!(
        sandbox_server
            .sandbox
            .token_store()
            .counters
            .refresh_presented_again,
        1
    );
}

#[tokio::test]
async fn unrequested_scopes_are_granted_under_their_fault() {
    let unknown = with(&request(), "scope", "users:read no-such:scope");
    let sandbox_server = armed(json!({"fault": "grant-too-much"})).await;
    let code = allow(&sandbox_server, &unknown).await.sent("code").unwrap();
    let answer = sandbox_server.exchange(&code).await.json();
    assert_eq!(answer["scope"], "users:read no-such:scope");

    let sandbox_server = armed(json!({"fault": "grant-too-much", "what": "unasked"})).await;
    let one = with(&request(), "scope", "users:read");
    let code = allow(&sandbox_server, &one).await.sent("code").unwrap();
    let all = outlay_sandbox::address::SCOPES.join(" ");
    assert_eq!(
        sandbox_server.exchange(&code).await.json()["scope"],
        all.as_str()
    );
    let answer = sandbox_server.authorize(&unknown).await;
    assert_eq!(answer.sent("error").as_deref(), Some("invalid_scope"));
}

#[tokio::test]
async fn revocation_ends_the_session_or_does_nothing_under_its_fault() {
    for (disabled_rules, status) in [(false, StatusCode::BAD_REQUEST), (true, StatusCode::OK)] {
        let sandbox_server = TestSandbox::new();
        if disabled_rules {
            let order = json!({"fault": "revoke-nothing", "times": "always"});
            sandbox_server.arm(&order).await;
        }
        let tokens = sandbox_server.tokens().await;
        let form = query(&[("client_id", "outlay-sandbox"), ("token", &tokens.refresh)]);
        let headers = [("Content-Type", FORM), ("Origin", SITE)];
        let answer = sandbox_server
            .send(8787, "POST /oauth/revoke", &headers, &form)
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("access-control-allow-origin"), SITE);
        assert_eq!(sandbox_server.refresh(&tokens.refresh).await.status, status);
    }
    let sandbox_server = TestSandbox::new();
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
        assert_eq!(
            sandbox_server.form("/oauth/revoke", "", &form).await.status,
            status
        );
    }
}
