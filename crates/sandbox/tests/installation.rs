//! The removal of an installation: what ends with it, and what does not.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{SCOPES, TestResponse, TestSandbox, Tokens, read_tokens};

async fn connect(sandbox_server: &TestSandbox, company: usize) -> Tokens {
    let granted: Vec<&str> = SCOPES.split(' ').collect();
    let answer = sandbox_server.consent(company, &granted, "allow").await;
    read_tokens(&sandbox_server.exchange(&answer.sent("code").unwrap()).await)
}

async fn remove(sandbox_server: &TestSandbox, bearer: &str) -> TestResponse {
    let headers = [("Authorization", bearer)];
    sandbox_server
        .send(8788, "DELETE /v1/installations/me", &headers, "")
        .await
}

#[tokio::test]
async fn uninstalling_ends_every_authorisation_of_the_company_only() {
    let sandbox_server = TestSandbox::new();
    let (mine, twin) = (
        connect(&sandbox_server, 0).await,
        connect(&sandbox_server, 0).await,
    );
    let other = connect(&sandbox_server, 1).await;
    let answer = remove(&sandbox_server, &format!("Bearer {}", mine.access)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.text, "");
    for ended in [&mine, &twin] {
        let answer = sandbox_server.get("/v1/introspect", &ended.access).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let answer = sandbox_server.refresh(&ended.refresh).await;
        assert_eq!(answer.json()["error"], "invalid_grant");
    }
    let answer = sandbox_server.get("/v1/introspect", &other.access).await;
    assert_eq!(answer.status, StatusCode::OK);
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
async fn uninstalling_without_a_token_removes_nothing() {
    let sandbox_server = TestSandbox::new();
    let tokens = connect(&sandbox_server, 0).await;
    for bearer in ["Bearer nonsense", "Basic eDp5"] {
        let answer = remove(&sandbox_server, bearer).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let answer = sandbox_server.get("/v1/introspect", &tokens.access).await;
    assert_eq!(answer.status, StatusCode::OK);
}
