//! Faults on the way through a sign-in: pages, consent, the callback; and those that end sessions.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{Bench, SCOPES, read_tokens, request, with};
use serde_json::{Value, json};

/// The parameters of the address that consent leads back to.
async fn returned(bench: &Bench, decision: &str) -> Vec<(String, String)> {
    let granted: Vec<&str> = SCOPES.split(' ').collect();
    let answer = bench.consent(0, &granted, decision).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let location = answer.header("location").to_owned();
    let (address, query) = location.split_once('?').unwrap();
    assert_eq!(address, common::REDIRECT);
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

#[tokio::test]
async fn callbacks_that_are_struck() {
    let bench = Bench::new();
    let changed = "changed-by-the-sandbox";
    for (orders, decision, names, told) in [
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
            bench.once(order.clone()).await;
        }
        let pairs = returned(&bench, decision).await;
        let found: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(found.join(" "), names, "{orders:?}");
        let (name, value) = told;
        let hit = pairs
            .iter()
            .any(|(key, held)| key == name && (value.is_empty() || held == value));
        assert!(hit, "{orders:?}: {pairs:?}");
        let next = returned(&bench, "allow").await;
        assert_eq!(next.len(), 2, "{orders:?}: {next:?}");
    }
}

#[tokio::test]
async fn a_refused_request_comes_back_changed_too_but_a_page_does_not_use_the_fault_up() {
    let bench = Bench::new();
    bench.once(json!({"fault": "callback-drop"})).await;
    let unregistered = with(&request(), "client_id", "someone");
    assert_eq!(bench.authorize(&unregistered).await.status, 400);
    bench.consent_page(&request()).await;
    let refused = bench
        .authorize(&with(&request(), "scope", "everything"))
        .await;
    assert_eq!(refused.sent("error").as_deref(), Some("invalid_scope"));
    assert_eq!(refused.sent("state"), None);
    let refused = bench
        .authorize(&with(&request(), "scope", "everything"))
        .await;
    assert_eq!(refused.sent("state").as_deref(), Some("a state"));
}

#[tokio::test]
async fn sign_in_pages_can_cut_a_popup_off() {
    let bench = Bench::new();
    let (path, _, cookie) = bench.consent_page(&request()).await;
    let policy = async || {
        let show = format!("GET {path}");
        let page = bench.send(8787, &show, &[("Cookie", &cookie)], "").await;
        assert_eq!(page.status, StatusCode::OK);
        page.header("cross-origin-opener-policy").to_owned()
    };
    assert_eq!(policy().await, "");
    bench
        .arm(&json!({"fault": "coop", "times": "always"}))
        .await;
    assert_eq!(policy().await, "same-origin");
    assert_eq!(policy().await, "same-origin");
    bench
        .once(json!({"fault": "coop", "policy": "same-origin-allow-popups"}))
        .await;
    assert_eq!(policy().await, "same-origin-allow-popups");
    assert_eq!(policy().await, "");
}

#[tokio::test]
async fn the_authorization_endpoint_can_fail() {
    let bench = Bench::new();
    bench
        .once(json!({"fault": "status", "at": "authorize", "status": 502}))
        .await;
    assert_eq!(
        bench.authorize(&request()).await.status,
        StatusCode::BAD_GATEWAY
    );
    assert_eq!(
        bench.authorize(&request()).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(bench.sandbox.ledger().counters.authorize, 2);
}

#[tokio::test]
async fn another_company_than_the_chosen_one() {
    let bench = Bench::new();
    let last = bench.sandbox.world.companies().len() - 1;
    let granted: Vec<&str> = SCOPES.split(' ').collect();
    for (chosen, other) in [(0, 1), (last, 0)] {
        bench.once(json!({"fault": "other-company"})).await;
        let code = bench.consent(chosen, &granted, "allow").await;
        let tokens = read_tokens(&bench.exchange(&code.sent("code").unwrap()).await);
        let companies = bench.get("/v1/companies", &tokens.access).await.json();
        assert_eq!(companies["data"][0]["id"], bench.company(other));
    }
}

#[tokio::test]
async fn what_happens_at_once() {
    let bench = Bench::new();
    let now = async |order: Value| bench.once(order).await;
    let tokens = bench.tokens().await;
    now(json!({"fault": "expire"})).await;
    assert_eq!(
        bench.get("/v1/introspect", &tokens.access).await.status,
        401
    );
    let tokens = read_tokens(&bench.refresh(&tokens.refresh).await);
    now(json!({"fault": "clock", "seconds": 899})).await;
    assert_eq!(
        bench.get("/v1/introspect", &tokens.access).await.status,
        200
    );
    now(json!({"fault": "clock", "seconds": 2})).await;
    assert_eq!(
        bench.get("/v1/introspect", &tokens.access).await.status,
        401
    );
    let tokens = read_tokens(&bench.refresh(&tokens.refresh).await);
    now(json!({"fault": "revoke"})).await;
    assert_eq!(
        bench.get("/v1/introspect", &tokens.access).await.status,
        401
    );
    assert_eq!(bench.refresh(&tokens.refresh).await.status, 400);
    let list = bench
        .send(8787, "GET /__sandbox/faults", &[], "")
        .await
        .json();
    assert_eq!(list["armed"], json!([]));
    let rows = list["faults"].as_array().unwrap();
    let clock = rows.iter().find(|row| row["fault"] == "clock").unwrap();
    assert_eq!(clock["struck"], 2);
}
