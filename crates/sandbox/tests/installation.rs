//! The removal of an installation: what ends with it, and what does not.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{Answer, Bench, SCOPES, Tokens, read_tokens};

async fn connect(bench: &Bench, company: usize) -> Tokens {
    let granted: Vec<&str> = SCOPES.split(' ').collect();
    let answer = bench.consent(company, &granted, "allow").await;
    read_tokens(&bench.exchange(&answer.sent("code").unwrap()).await)
}

async fn remove(bench: &Bench, bearer: &str) -> Answer {
    let headers = [("Authorization", bearer)];
    bench
        .send(8788, "DELETE /v1/installations/me", &headers, "")
        .await
}

#[tokio::test]
async fn every_authorisation_of_the_company_ends_and_no_other() {
    let bench = Bench::new();
    let (mine, twin) = (connect(&bench, 0).await, connect(&bench, 0).await);
    let other = connect(&bench, 1).await;
    let answer = remove(&bench, &format!("Bearer {}", mine.access)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.text, "");
    for ended in [&mine, &twin] {
        let answer = bench.get("/v1/introspect", &ended.access).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let answer = bench.refresh(&ended.refresh).await;
        assert_eq!(answer.json()["error"], "invalid_grant");
    }
    let answer = bench.get("/v1/introspect", &other.access).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(bench.sandbox.ledger().counters.refresh_presented_again, 0);
}

#[tokio::test]
async fn nothing_is_removed_without_a_token() {
    let bench = Bench::new();
    let tokens = connect(&bench, 0).await;
    for bearer in ["Bearer nonsense", "Basic eDp5"] {
        let answer = remove(&bench, bearer).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let answer = bench.get("/v1/introspect", &tokens.access).await;
    assert_eq!(answer.status, StatusCode::OK);
}
