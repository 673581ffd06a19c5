//! What changes with a registration: a client that has a secret, and no CORS.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{FORM, SITE, TestResponse, TestSandbox, exchange, read_tokens, refresh, with};
use outlay_sandbox::auth_state::client::ClientRegistration;
use outlay_sandbox::params::query;

/// `outlay-sandbox:a%2Bb+c`, since each part is form-encoded before it is joined.
const BASIC: &str = "Basic b3V0bGF5LXNhbmRib3g6YSUyQmIrYw==";

fn confidential() -> TestSandbox {
    let registration = ClientRegistration {
        secret: Some("a+b c".to_owned()),
        cors: false,
    };
    TestSandbox::registered(300, None, registration)
}

async fn post(
    sandbox_server: &TestSandbox,
    path: &str,
    basic: Option<&str>,
    form: &[(&str, &str)],
) -> TestResponse {
    let mut headers = vec![("Content-Type", FORM), ("Origin", SITE)];
    headers.extend(basic.map(|basic| ("Authorization", basic)));
    sandbox_server
        .send(8787, &format!("POST {path}"), &headers, &query(form))
        .await
}

#[tokio::test]
async fn confidential_client_exchanges_refreshes_and_revokes_with_its_secret() {
    let sandbox_server = confidential();
    let code = sandbox_server.code().await;
    let first = post(
        &sandbox_server,
        "/oauth/token",
        Some(BASIC),
        &exchange(&code),
    )
    .await;
    let first = read_tokens(&first);
    // The id stands in the header already.
    let form = with(&refresh(&first.refresh), "client_id", "");
    let second = read_tokens(&post(&sandbox_server, "/oauth/token", Some(BASIC), &form).await);
    let form = [("token", second.refresh.as_str())];
    let revoked = post(&sandbox_server, "/oauth/revoke", Some(BASIC), &form).await;
    assert_eq!(revoked.status, StatusCode::OK);
    let ended = sandbox_server.get("/v1/introspect", &second.access).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn confidential_client_without_secret_is_rejected_and_consumes_nothing() {
    let sandbox_server = confidential();
    let code = sandbox_server.code().await;
    let right = exchange(&code);
    let in_form = [&right[..], &[("client_secret", "a+b c")]].concat();
    let other_id = with(&right, "client_id", "someone");
    // `outlay-sandbox:a+b c`, not encoded.
    let raw = "Basic b3V0bGF5LXNhbmRib3g6YStiIGM=";
    for (basic, form) in [
        (None, &right),
        (Some("Basic"), &right),
        (Some(raw), &right),
        (Some("Bearer b3V0bGF5LXNhbmRib3g6YSUyQmIrYw=="), &right),
        (None, &in_form),
        (Some(BASIC), &in_form),
        (Some(BASIC), &other_id),
    ] {
        for path in ["/oauth/token", "/oauth/revoke"] {
            let answer = post(&sandbox_server, path, basic, form).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{basic:?}");
            assert_eq!(answer.json()["error"], "invalid_client");
        }
    }
    let answer = post(&sandbox_server, "/oauth/token", Some(BASIC), &right).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn no_response_or_preflight_has_cors_headers_without_cors() {
    let sandbox_server = confidential();
    let asked = ("Access-Control-Request-Method", "POST");
    for (port, line) in [
        (8787, "POST /oauth/token"),
        (8787, "OPTIONS /oauth/token"),
        (8787, "OPTIONS /oauth/revoke"),
        (8788, "GET /v1/introspect"),
        (8788, "OPTIONS /v1/introspect"),
    ] {
        let answer = sandbox_server
            .send(port, line, &[("Origin", SITE), asked], "")
            .await;
        let opened = answer
            .headers
            .keys()
            .any(|name| name.as_str().starts_with("access-control"));
        assert!(!opened, "{line}: {:?}", answer.headers);
    }
}
