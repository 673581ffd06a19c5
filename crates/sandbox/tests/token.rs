//! The token endpoint: exchange, refresh, and every refusal.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use std::time::Duration;

use axum::http::StatusCode;
use common::{FORM, SITE, TestSandbox, exchange, read_tokens, refresh, with};
use outlay_sandbox::params::query;

#[tokio::test]
async fn code_exchange_returns_both_tokens() {
    let sandbox_server = TestSandbox::new();
    let code = sandbox_server.code().await;
    let answer = sandbox_server.exchange(&code).await;
    let json = answer.json();
    assert_eq!(json["token_type"], "Bearer");
    assert_eq!(json["expires_in"], 900);
    assert_eq!(json["scope"], common::SCOPES);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    let tokens = read_tokens(&answer);
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        200
    );
    let counters = sandbox_server.sandbox.token_store().counters.clone();
    assert_eq!(
        (counters.exchange, counters.refresh, counters.api),
        (1, 0, 1)
    );
    assert_eq!(counters.tokens_issued, [tokens.access, tokens.refresh]);
}

#[tokio::test]
async fn code_reuse_revokes_its_tokens() {
    let sandbox_server = TestSandbox::new();
    let code = sandbox_server.code().await;
    let tokens = read_tokens(&sandbox_server.exchange(&code).await);
    refused(&sandbox_server.exchange(&code).await, 400, "invalid_grant");
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        401
    );
    refused(
        &sandbox_server.refresh(&tokens.refresh).await,
        400,
        "invalid_grant",
    );
}

#[tokio::test]
async fn code_expires_after_a_minute() {
    let sandbox_server = TestSandbox::new();
    let code = sandbox_server.code().await;
    sandbox_server.clock.advance(Duration::from_secs(60));
    refused(&sandbox_server.exchange(&code).await, 400, "invalid_grant");
}

#[tokio::test]
async fn invalid_exchanges_are_rejected() {
    let sandbox_server = TestSandbox::new();
    let (short, long) = ("a".repeat(42), "a".repeat(129));
    for (name, value, error) in [
        ("grant_type", "", "invalid_request"),
        ("grant_type", "password", "unsupported_grant_type"),
        ("grant_type", "client_credentials", "unsupported_grant_type"),
        ("code", "", "invalid_request"),
        ("code", "unknown", "invalid_grant"),
        ("redirect_uri", "", "invalid_request"),
        (
            "redirect_uri",
            "http://localhost:8080/callback/other",
            "invalid_grant",
        ),
        ("client_id", "", "invalid_request"),
        ("client_id", "someone", "invalid_client"),
        ("client_secret", "s3cret", "invalid_client"),
        ("code_verifier", "", "invalid_request"),
        ("code_verifier", &short, "invalid_request"),
        ("code_verifier", &long, "invalid_request"),
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX!",
            "invalid_request",
        ),
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX",
            "invalid_grant",
        ),
    ] {
        let code = sandbox_server.code().await;
        let answer = sandbox_server
            .token(&with(&exchange(&code), name, value))
            .await;
        let status = if error == "invalid_client" { 401 } else { 400 };
        refused(&answer, status, error);
        let challenged = answer.header("www-authenticate").starts_with("Basic");
        assert_eq!(challenged, status == 401, "{name}={value}");
    }
}

#[tokio::test]
async fn malformed_token_request_is_rejected() {
    let sandbox_server = TestSandbox::new();
    let code = sandbox_server.code().await;
    let body = query(&exchange(&code));
    let send = async |line: &str, headers: &[(&str, &str)], body: &str| {
        sandbox_server.send(8787, line, headers, body).await
    };
    let form = ("Content-Type", FORM);
    let line = "POST /oauth/token";
    refused(&send(line, &[], &body).await, 400, "invalid_request");
    let json = ("Content-Type", "application/json");
    refused(&send(line, &[json], &body).await, 400, "invalid_request");
    let twice = format!("{body}&code={code}");
    refused(&send(line, &[form], &twice).await, 400, "invalid_request");
    let in_url = format!("{line}?client_id=outlay-sandbox");
    refused(&send(&in_url, &[form], &body).await, 400, "invalid_request");
    let basic = ("Authorization", "Basic b3V0bGF5LXNhbmRib3g6");
    refused(
        &send(line, &[form, basic], &body).await,
        401,
        "invalid_client",
    );
    let get = send("GET /oauth/token", &[("Origin", SITE)], "").await;
    assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED);
    // None of that spent the code.
    assert_eq!(send(line, &[form], &body).await.status, 200);
}

#[tokio::test]
async fn refresh_invalidates_both_old_tokens_at_once() {
    let sandbox_server = TestSandbox::new();
    let old = sandbox_server.tokens().await;
    let new = read_tokens(&sandbox_server.refresh(&old.refresh).await);
    assert_ne!(old.access, new.access);
    assert_ne!(old.refresh, new.refresh);
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &old.access)
            .await
            .status,
        401
    );
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &new.access)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn reuse_of_a_replaced_refresh_token_revokes_the_authorisation() {
    let sandbox_server = TestSandbox::new();
    let other = sandbox_server.tokens().await;
    let old = sandbox_server.tokens().await;
    let new = read_tokens(&sandbox_server.refresh(&old.refresh).await);
    refused(
        &sandbox_server.refresh(&old.refresh).await,
        400,
        "invalid_grant",
    );
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &new.access)
            .await
            .status,
        401
    );
    refused(
        &sandbox_server.refresh(&new.refresh).await,
        400,
        "invalid_grant",
    );
    // Only the second try came after a redemption, and only this authorisation died.
    assert_eq!(
        sandbox_server
            .sandbox
            .token_store()
            .counters
            .refresh_presented_again,
        1
    );
    assert_eq!(sandbox_server.sandbox.token_store().counters.refresh, 3);
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &other.access)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn expired_refresh_token_revokes_the_authorisation() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    sandbox_server
        .clock
        .advance(Duration::from_secs(60 * 24 * 3600));
    refused(
        &sandbox_server.refresh(&tokens.refresh).await,
        400,
        "invalid_grant",
    );
    assert_eq!(
        sandbox_server
            .sandbox
            .token_store()
            .counters
            .refresh_presented_again,
        0
    );
}

#[tokio::test]
async fn rejected_refresh_consumes_nothing() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let good = refresh(&tokens.refresh);
    for (name, value, status, error) in [
        ("refresh_token", "", 400, "invalid_request"),
        ("refresh_token", "unknown", 400, "invalid_grant"),
        (
            "refresh_token",
            tokens.access.as_str(),
            400,
            "invalid_grant",
        ),
        ("client_id", "someone", 401, "invalid_client"),
        ("client_secret", "x", 401, "invalid_client"),
        ("scope", "users:write", 400, "invalid_scope"),
    ] {
        refused(
            &sandbox_server.token(&with(&good, name, value)).await,
            status,
            error,
        );
    }
    let narrower = sandbox_server
        .token(&with(&good, "scope", "users:read"))
        .await;
    assert_eq!(narrower.json()["scope"], "users:read");
    let tokens = read_tokens(&narrower);
    assert_eq!(
        sandbox_server
            .get("/v1/companies", &tokens.access)
            .await
            .status,
        403
    );
    // What was granted is not lost by having asked for less once.
    let wide = sandbox_server.refresh(&tokens.refresh).await;
    assert_eq!(wide.json()["scope"], common::SCOPES);
}

#[tokio::test]
async fn access_token_expires_after_its_lifetime() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    sandbox_server.clock.advance(Duration::from_secs(899));
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        200
    );
    sandbox_server.clock.advance(Duration::from_secs(1));
    let late = sandbox_server.get("/v1/introspect", &tokens.access).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.header("www-authenticate").contains("invalid_token"));
}

fn refused(answer: &common::TestResponse, status: u16, error: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    let json = answer.json();
    assert_eq!(json["error"], error, "{}", answer.text);
    assert!(json["error_description"].is_string());
    assert_eq!(answer.header("cache-control"), "no-store");
}
