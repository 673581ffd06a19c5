//! Faults on the way through a sign-in: pages, consent, the callback; and those that end sessions.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{SCOPES, TestSandbox, read_tokens, request, with};
use serde_json::{Value, json};

/// The parameters of the address that consent leads back to.
async fn returned(sandbox_server: &TestSandbox, decision: &str) -> Vec<(String, String)> {
    let granted: Vec<&str> = SCOPES.split(' ').collect();
    let answer = sandbox_server.consent(0, &granted, decision).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let location = answer.header("location").to_owned();
    let (address, query) = location.split_once('?').unwrap();
    assert_eq!(address, common::REDIRECT);
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

#[tokio::test]
async fn callback_faults_change_the_redirect() {
    let sandbox_server = TestSandbox::new();
    let changed = "changed-by-the-sandbox";
    for (orders, decision, names, reported) in [
        (&[][..], "allow", "code state", ("state", "a state")),
        (
            &[][..],
            "deny",
            "error error_description state",
            ("error", "access_denied"),
        ),
        (
            &[json!({"fault": "callback-drop"})][..],
            "allow",
            "code",
            ("code", ""),
        ),
        (
            &[json!({"fault": "callback-drop", "parameter": "code"})],
            "allow",
            "state",
            ("state", "a state"),
        ),
        (
            &[json!({"fault": "callback-drop", "parameter": "error"})],
            "deny",
            "error_description state",
            ("state", "a state"),
        ),
        (
            &[json!({"fault": "callback-repeat"})],
            "allow",
            "code state state",
            ("state", "a state"),
        ),
        (
            &[json!({"fault": "callback-repeat", "parameter": "code"})],
            "allow",
            "state code code",
            ("state", "a state"),
        ),
        (
            &[json!({"fault": "callback-repeat", "parameter": "error"})],
            "deny",
            "error_description state error error",
            ("error", "access_denied"),
        ),
        (
            &[json!({"fault": "callback-change"})],
            "allow",
            "code state",
            ("state", changed),
        ),
        (
            &[json!({"fault": "callback-change", "parameter": "code", "value": "x"})],
            "allow",
            "state code",
            ("code", "x"),
        ),
        (
            &[json!({"fault": "callback-add", "name": "error", "value": "access_denied"})],
            "allow",
            "code state error",
            ("error", "access_denied"),
        ),
        (
            &[json!({"fault": "callback-add"})],
            "allow",
            "code state extra",
            ("extra", changed),
        ),
        (
            &[json!({"fault": "iss"})],
            "allow",
            "code state iss",
            ("iss", "https://another-issuer.example"),
        ),
        (
            &[json!({"fault": "iss", "value": "right"})],
            "deny",
            "error error_description state iss",
            ("iss", "http://localhost:8787"),
        ),
        // Several at once: an error in the place of the code.
        (
            &[
                json!({"fault": "callback-drop", "parameter": "code"}),
                json!({"fault": "callback-add", "name": "error", "value": "server_error"}),
            ],
            "allow",
            "state error",
            ("error", "server_error"),
        ),
    ] {
        for order in orders {
            sandbox_server.once(order.clone()).await;
        }
        let pairs = returned(&sandbox_server, decision).await;
        let found: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(found.join(" "), names, "{orders:?}");
        let (name, value) = reported;
        let hit = pairs
            .iter()
            .any(|(key, held)| key == name && (value.is_empty() || held == value));
        assert!(hit, "{orders:?}: {pairs:?}");
        let next = returned(&sandbox_server, "allow").await;
        assert_eq!(next.len(), 2, "{orders:?}: {next:?}");
    }
}

#[tokio::test]
async fn callback_fault_applies_to_error_redirects_and_not_to_pages() {
    let sandbox_server = TestSandbox::new();
    sandbox_server.once(json!({"fault": "callback-drop"})).await;
    let unregistered = with(&request(), "client_id", "someone");
    assert_eq!(sandbox_server.authorize(&unregistered).await.status, 400);
    sandbox_server.consent_page(&request()).await;
    let refused = sandbox_server
        .authorize(&with(&request(), "scope", "everything"))
        .await;
    assert_eq!(refused.sent("error").as_deref(), Some("invalid_scope"));
    assert_eq!(refused.sent("state"), None);
    let refused = sandbox_server
        .authorize(&with(&request(), "scope", "everything"))
        .await;
    assert_eq!(refused.sent("state").as_deref(), Some("a state"));
}

#[tokio::test]
async fn sign_in_pages_can_send_coop() {
    let sandbox_server = TestSandbox::new();
    let (path, _, cookie) = sandbox_server.consent_page(&request()).await;
    let policy = async || {
        let show = format!("GET {path}");
        let page = sandbox_server
            .send(8787, &show, &[("Cookie", &cookie)], "")
            .await;
        assert_eq!(page.status, StatusCode::OK);
        page.header("cross-origin-opener-policy").to_owned()
    };
    assert_eq!(policy().await, "");
    sandbox_server
        .arm(&json!({"fault": "coop", "times": "always"}))
        .await;
    assert_eq!(policy().await, "same-origin");
    assert_eq!(policy().await, "same-origin");
    sandbox_server
        .once(json!({"fault": "coop", "policy": "same-origin-allow-popups"}))
        .await;
    assert_eq!(policy().await, "same-origin-allow-popups");
    assert_eq!(policy().await, "");
}

#[tokio::test]
async fn authorization_endpoint_fault_returns_an_error() {
    let sandbox_server = TestSandbox::new();
    sandbox_server
        .once(json!({"fault": "status", "at": "authorize", "status": 502}))
        .await;
    assert_eq!(
        sandbox_server.authorize(&request()).await.status,
        StatusCode::BAD_GATEWAY
    );
    assert_eq!(
        sandbox_server.authorize(&request()).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(sandbox_server.sandbox.token_store().counters.authorize, 2);
}

#[tokio::test]
async fn company_fault_connects_another_company() {
    let sandbox_server = TestSandbox::new();
    let last = sandbox_server.sandbox.sample_data.companies().len() - 1;
    let granted: Vec<&str> = SCOPES.split(' ').collect();
    for (chosen, other) in [(0, 1), (last, 0)] {
        sandbox_server.once(json!({"fault": "other-company"})).await;
        let code = sandbox_server.consent(chosen, &granted, "allow").await;
        let tokens = read_tokens(&sandbox_server.exchange(&code.sent("code").unwrap()).await);
        let companies = sandbox_server
            .get("/v1/companies", &tokens.access)
            .await
            .json();
        assert_eq!(companies["data"][0]["id"], sandbox_server.company(other));
    }
}

#[tokio::test]
async fn immediate_faults_apply_at_once() {
    let sandbox_server = TestSandbox::new();
    let now = async |order: Value| sandbox_server.once(order).await;
    let tokens = sandbox_server.tokens().await;
    now(json!({"fault": "expire"})).await;
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        401
    );
    let tokens = read_tokens(&sandbox_server.refresh(&tokens.refresh).await);
    now(json!({"fault": "clock", "seconds": 899})).await;
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        200
    );
    now(json!({"fault": "clock", "seconds": 2})).await;
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        401
    );
    let tokens = read_tokens(&sandbox_server.refresh(&tokens.refresh).await);
    now(json!({"fault": "revoke"})).await;
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        401
    );
    assert_eq!(sandbox_server.refresh(&tokens.refresh).await.status, 400);
    let list = sandbox_server
        .send(8787, "GET /__sandbox/faults", &[], "")
        .await
        .json();
    assert_eq!(list["armed"], json!([]));
    let rows = list["faults"].as_array().unwrap();
    let clock = rows.iter().find(|row| row["fault"] == "clock").unwrap();
    assert_eq!(clock["struck"], 2);
}
