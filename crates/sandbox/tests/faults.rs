//! The console: its table, its orders, its page.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use common::{SITE, TestSandbox};
use outlay_sandbox::fault::{kinds, list};
use serde_json::{Value, json};

#[test]
fn fault_names_are_unique_and_match_the_document() {
    let names: BTreeSet<&str> = kinds::all().map(|fault| fault.name).collect();
    assert_eq!(names.len(), kinds::all().count());
    for fault in kinds::all() {
        let own: BTreeSet<&str> = fault.parameters.iter().map(|own| own.name).collect();
        assert_eq!(own.len(), fault.parameters.len(), "{}", fault.name);
        let taken = ["fault", "times", "at", "path"];
        assert!(
            !taken.iter().any(|name| own.contains(name)),
            "{}",
            fault.name
        );
    }
    let document = include_str!("../../../docs/faults.md");
    let hint = "print it anew: outlay-sandbox --faults > docs/faults.md";
    assert!(document == list::markdown(), "{hint}");
}

#[tokio::test]
async fn fault_list_shows_all_faults_and_the_armed_ones() {
    let sandbox_server = TestSandbox::new();
    let before = list(&sandbox_server).await;
    assert_eq!(before["armed"], json!([]));
    let names = before["faults"].as_array().unwrap().iter();
    let names: Vec<&str> = names.map(|row| row["fault"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        kinds::all().map(|fault| fault.name).collect::<Vec<_>>()
    );
    let order = json!({
        "fault": "status", "times": "always", "at": "api", "path": "/v1/companies", "status": 404
    });
    let answer = sandbox_server.order(&order).await;
    assert_eq!(answer.json(), list(&sandbox_server).await);
    let expected = json!([{
        "fault": "status", "times": "always", "at": ["api"], "path": "/v1/companies",
        "status": 404, "when": "after",
    }]);
    assert_eq!(list(&sandbox_server).await["armed"], expected);
    // The same again replaces it; another path is an additional one.
    let changed = json!({
        "fault": "status", "times": "once", "at": ["api"], "path": "/v1/companies"
    });
    sandbox_server.arm(&changed).await;
    sandbox_server
        .once(json!({"fault": "status", "at": "api"}))
        .await;
    let armed = list(&sandbox_server).await["armed"].clone();
    let reported: Vec<&Value> = armed.as_array().unwrap().iter().collect();
    assert_eq!(reported.len(), 2, "{armed}");
    assert_eq!(
        (&reported[0]["times"], &reported[0]["status"]),
        (&json!("once"), &json!(500))
    );
    sandbox_server
        .arm(&json!({"fault": "status", "times": "off"}))
        .await;
    assert_eq!(list(&sandbox_server).await["armed"], json!([]));
}

#[tokio::test]
async fn invalid_orders_name_their_field() {
    let sandbox_server = TestSandbox::new();
    for (order, field, word) in [
        (json!([]), "", "object"),
        (json!({}), "fault", "missing"),
        (json!({"fault": 7}), "fault", "text"),
        (json!({"fault": "lots", "times": "once"}), "fault", "lost"),
        (
            json!({"fault": "lost", "at": "refresh"}),
            "times",
            "missing",
        ),
        (
            json!({"fault": "lost", "at": "refresh", "times": "twice"}),
            "times",
            "always",
        ),
        (
            json!({"fault": "lost", "at": "refresh", "times": 1}),
            "times",
            "always",
        ),
        (
            json!({"fault": "revoke", "times": "always"}),
            "times",
            "once",
        ),
        (json!({"fault": "revoke", "times": "off"}), "times", "once"),
        (
            json!({"fault": "revoke", "times": "once", "at": "api"}),
            "at",
            "takes no",
        ),
        (json!({"fault": "lost", "times": "once"}), "at", "refresh"),
        (
            json!({"fault": "lost", "times": "once", "at": []}),
            "at",
            "refresh",
        ),
        (
            json!({"fault": "lost", "times": "once", "at": "pages"}),
            "at",
            "refresh",
        ),
        (
            json!({"fault": "lost", "times": "once", "at": ["api", 3]}),
            "at",
            "refresh",
        ),
        (
            json!({"fault": "lost", "times": "once", "at": "api", "colour": 1}),
            "colour",
            "takes no",
        ),
        (
            json!({"fault": "lost", "times": "once", "at": "api", "when": "now"}),
            "when",
            "before",
        ),
        (
            json!({"fault": "lost", "times": "off", "at": "api"}),
            "at",
            "takes no",
        ),
        (
            json!({"fault": "slow", "times": "once", "at": "api", "ms": 120_001}),
            "ms",
            "120000",
        ),
        (
            json!({"fault": "slow", "times": "once", "at": "api", "ms": "5"}),
            "ms",
            "whole",
        ),
        (
            json!({"fault": "slow", "times": "once", "at": "api", "ms": 1.5}),
            "ms",
            "whole",
        ),
        (
            json!({"fault": "slow", "times": "once", "at": "api", "ms": -1}),
            "ms",
            "whole",
        ),
        (
            json!({"fault": "status", "times": "once", "at": "api", "status": 200}),
            "status",
            "500",
        ),
        (
            json!({"fault": "refuse", "times": "once", "at": "refresh", "error": "é"}),
            "error",
            "ASCII",
        ),
        (
            json!({"fault": "refuse", "times": "once", "at": "refresh", "path": "/x"}),
            "path",
            "API",
        ),
        (
            json!({"fault": "cut", "times": "once", "at": ["api", "refresh"], "path": "/x"}),
            "path",
            "API",
        ),
        (
            json!({"fault": "cut", "times": "once", "at": "api", "path": "x"}),
            "path",
            "/v1",
        ),
        (
            json!({"fault": "cut", "times": "once", "at": "api", "path": "/x?y"}),
            "path",
            "/v1",
        ),
        (
            json!({"fault": "cut", "times": "once", "at": "api", "path": null}),
            "path",
            "/v1",
        ),
    ] {
        let answer = sandbox_server.order(&order).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{order}");
        let mistake = answer.json();
        assert_eq!(mistake["field"], field, "{order}: {mistake}");
        let message = mistake["message"].as_str().unwrap();
        assert!(message.contains(word), "{order}: {message}");
    }
    assert_eq!(list(&sandbox_server).await["armed"], json!([]));
}

#[tokio::test]
async fn orders_of_other_origins_are_rejected() {
    let sandbox_server = TestSandbox::new();
    let order = json!({"fault": "lost", "times": "always", "at": "api"}).to_string();
    let json = ("Content-Type", "application/json");
    for (headers, status) in [
        (&[json, ("Origin", SITE)][..], 403),
        (&[json, ("Origin", "null")][..], 403),
        (&[("Content-Type", "text/plain")][..], 415),
        (&[][..], 415),
        (&[json, ("Host", "evil.example:8787")][..], 421),
    ] {
        for (path, body) in [("faults", order.as_str()), ("faults/reset", "{}")] {
            let line = format!("POST /__sandbox/{path}");
            let answer = sandbox_server.send(8787, &line, headers, body).await;
            assert_eq!(answer.status.as_u16(), status, "{path} {headers:?}");
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
    }
    assert_eq!(list(&sandbox_server).await["armed"], json!([]));
    let own = [json, ("Origin", "http://localhost:8787")];
    let answer = sandbox_server
        .send(8787, "POST /__sandbox/faults", &own, &order)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    // The console itself stays within reach, whatever is armed; the other servers have none.
    assert_eq!(list(&sandbox_server).await["armed"][0]["fault"], "lost");
    sandbox_server.reset().await;
    let elsewhere = sandbox_server
        .send(8788, "GET /__sandbox/faults", &[], "")
        .await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn console_page_has_a_form_for_each_fault_under_a_strict_policy() {
    let sandbox_server = TestSandbox::new();
    let short = sandbox_server.send(8787, "GET /__sandbox", &[], "").await;
    assert_eq!(short.header("location"), "/__sandbox/");
    let page = sandbox_server.send(8787, "GET /__sandbox/", &[], "").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self';",
        "connect-src 'self';",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert_eq!(page.header("access-control-allow-origin"), "");
    for fault in kinds::all() {
        let form = format!("data-fault=\"{}\"", fault.name);
        assert!(page.text.contains(&form), "{form}");
        for parameter in fault.parameters {
            let label = format!("<label for=\"{}-{}\">", fault.name, parameter.name);
            assert!(page.text.contains(&label), "{label}");
        }
    }
    for inline in [" style=", "<style", "<script>", " onsubmit=", " onclick="] {
        assert!(!page.text.contains(inline), "{inline}");
    }
    for (file, kind) in [
        ("console.js", "text/javascript; charset=utf-8"),
        ("console.css", "text/css; charset=utf-8"),
    ] {
        let line = format!("GET /__sandbox/{file}");
        let answer = sandbox_server.send(8787, &line, &[], "").await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, kind)
        );
        assert!(page.text.contains(file));
    }
}

async fn list(sandbox_server: &TestSandbox) -> Value {
    let answer = sandbox_server
        .send(8787, "GET /__sandbox/faults", &[], "")
        .await;
    answer.json()
}
