//! The token endpoint: exchange, refresh, and every refusal.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use std::time::Duration;

use axum::http::StatusCode;
use common::{Bench, FORM, SITE, exchange, read_tokens, refresh, with};
use outlay_sandbox::params::query;

#[tokio::test]
async fn a_pair_for_a_code() {
    let bench = Bench::new();
    let code = bench.code().await;
    let answer = bench.exchange(&code).await;
    let json = answer.json();
    assert_eq!(json["token_type"], "Bearer");
    assert_eq!(json["expires_in"], 900);
    assert_eq!(json["scope"], common::SCOPES);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    let tokens = read_tokens(&answer);
    assert_eq!(
        bench.get("/v1/introspect", &tokens.access).await.status,
        200
    );
    let counters = bench.sandbox.ledger().counters.clone();
    assert_eq!(
        (counters.exchange, counters.refresh, counters.api),
        (1, 0, 1)
    );
    assert_eq!(counters.tokens_issued, [tokens.access, tokens.refresh]);
}

#[tokio::test]
async fn a_code_used_twice_kills_what_it_brought() {
    let bench = Bench::new();
    let code = bench.code().await;
    let tokens = read_tokens(&bench.exchange(&code).await);
    refused(&bench.exchange(&code).await, 400, "invalid_grant");
    assert_eq!(
        bench.get("/v1/introspect", &tokens.access).await.status,
        401
    );
    refused(&bench.refresh(&tokens.refresh).await, 400, "invalid_grant");
}

#[tokio::test]
async fn codes_live_for_a_minute() {
    let bench = Bench::new();
    let code = bench.code().await;
    bench.clock.advance(Duration::from_secs(60));
    refused(&bench.exchange(&code).await, 400, "invalid_grant");
}

#[tokio::test]
async fn exchanges_that_are_refused() {
    let bench = Bench::new();
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
        let code = bench.code().await;
        let answer = bench.token(&with(&exchange(&code), name, value)).await;
        let status = if error == "invalid_client" { 401 } else { 400 };
        refused(&answer, status, error);
        let challenged = answer.header("www-authenticate").starts_with("Basic");
        assert_eq!(challenged, status == 401, "{name}={value}");
    }
}

#[tokio::test]
async fn the_form_itself_is_checked() {
    let bench = Bench::new();
    let code = bench.code().await;
    let body = query(&exchange(&code));
    let send = async |line: &str, headers: &[(&str, &str)], body: &str| {
        bench.send(8787, line, headers, body).await
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
async fn a_refresh_kills_both_old_tokens_at_once() {
    let bench = Bench::new();
    let old = bench.tokens().await;
    let new = read_tokens(&bench.refresh(&old.refresh).await);
    assert_ne!(old.access, new.access);
    assert_ne!(old.refresh, new.refresh);
    assert_eq!(bench.get("/v1/introspect", &old.access).await.status, 401);
    assert_eq!(bench.get("/v1/introspect", &new.access).await.status, 200);
}

#[tokio::test]
async fn a_replaced_refresh_token_kills_the_authorisation() {
    let bench = Bench::new();
    let other = bench.tokens().await;
    let old = bench.tokens().await;
    let new = read_tokens(&bench.refresh(&old.refresh).await);
    refused(&bench.refresh(&old.refresh).await, 400, "invalid_grant");
    assert_eq!(bench.get("/v1/introspect", &new.access).await.status, 401);
    refused(&bench.refresh(&new.refresh).await, 400, "invalid_grant");
    // Only the second try came after a redemption, and only this authorisation died.
    assert_eq!(bench.sandbox.ledger().counters.refresh_presented_again, 1);
    assert_eq!(bench.sandbox.ledger().counters.refresh, 3);
    assert_eq!(bench.get("/v1/introspect", &other.access).await.status, 200);
}

#[tokio::test]
async fn an_expired_refresh_token_kills_the_authorisation() {
    let bench = Bench::new();
    let tokens = bench.tokens().await;
    bench.clock.advance(Duration::from_secs(60 * 24 * 3600));
    refused(&bench.refresh(&tokens.refresh).await, 400, "invalid_grant");
    assert_eq!(bench.sandbox.ledger().counters.refresh_presented_again, 0);
}

#[tokio::test]
async fn refreshes_that_are_refused_spend_nothing() {
    let bench = Bench::new();
    let tokens = bench.tokens().await;
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
        refused(&bench.token(&with(&good, name, value)).await, status, error);
    }
    let narrower = bench.token(&with(&good, "scope", "users:read")).await;
    assert_eq!(narrower.json()["scope"], "users:read");
    let tokens = read_tokens(&narrower);
    assert_eq!(bench.get("/v1/companies", &tokens.access).await.status, 403);
    // What was granted is not lost by having asked for less once.
    let wide = bench.refresh(&tokens.refresh).await;
    assert_eq!(wide.json()["scope"], common::SCOPES);
}

#[tokio::test]
async fn access_tokens_end_after_their_life() {
    let bench = Bench::new();
    let tokens = bench.tokens().await;
    bench.clock.advance(Duration::from_secs(899));
    assert_eq!(
        bench.get("/v1/introspect", &tokens.access).await.status,
        200
    );
    bench.clock.advance(Duration::from_secs(1));
    let late = bench.get("/v1/introspect", &tokens.access).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.header("www-authenticate").contains("invalid_token"));
}

fn refused(answer: &common::Answer, status: u16, error: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    let json = answer.json();
    assert_eq!(json["error"], error, "{}", answer.text);
    assert!(json["error_description"].is_string());
    assert_eq!(answer.header("cache-control"), "no-store");
}
