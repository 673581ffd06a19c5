//! Every fault of the API strikes, and nothing else is hit.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use std::time::Duration;

use common::{SITE, TestSandbox, folder};
use serde_json::{Value, json};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn api_faults_change_the_response() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    for (order, status, word) in [
        (json!({"fault": "lost"}), None, ""),
        (json!({"fault": "lost", "when": "before"}), None, ""),
        (json!({"fault": "cut"}), None, ""),
        (json!({"fault": "slow"}), Some(200), "\"data\""),
        (json!({"fault": "huge"}), Some(200), "xxxxxxxx"),
        (
            json!({"fault": "status", "status": 401}),
            Some(401),
            "SANDBOX_FAULT",
        ),
        (
            json!({"fault": "status", "status": 403}),
            Some(403),
            "SANDBOX_FAULT",
        ),
        (
            json!({"fault": "status", "status": 404}),
            Some(404),
            "SANDBOX_FAULT",
        ),
        (
            json!({"fault": "status", "status": 409}),
            Some(409),
            "SANDBOX_FAULT",
        ),
        (
            json!({"fault": "status", "status": 413}),
            Some(413),
            "SANDBOX_FAULT",
        ),
        (
            json!({"fault": "status", "status": 422}),
            Some(422),
            "SANDBOX_FAULT",
        ),
        (
            json!({"fault": "status", "status": 500}),
            Some(500),
            "SANDBOX_FAULT",
        ),
        (
            json!({"fault": "status", "status": 502}),
            Some(502),
            "SANDBOX_FAULT",
        ),
        (json!({"fault": "busy"}), Some(429), "SANDBOX_FAULT"),
        (
            json!({"fault": "busy", "status": 503}),
            Some(503),
            "SANDBOX_FAULT",
        ),
        (json!({"fault": "html"}), Some(200), "<!doctype html>"),
        (json!({"fault": "not-json"}), Some(200), "no JSON"),
        (json!({"fault": "empty"}), Some(200), ""),
        (json!({"fault": "redirect"}), Some(302), ""),
    ] {
        let mut armed = order.clone();
        armed["at"] = json!("api");
        sandbox_server.once(armed).await;
        // Another place is not hit, and does not disarm it.
        assert_eq!(
            sandbox_server.get("/v1/introspect", &token).await.status,
            200,
            "{order}"
        );
        let answer = sandbox_server.site_get("/v1/companies", &token).await;
        match status {
            None => assert!(answer.broken, "{order}"),
            Some(status) => {
                assert!(!answer.broken, "{order}");
                assert_eq!(answer.status.as_u16(), status, "{order}");
                assert_eq!(
                    answer.header("access-control-allow-origin"),
                    SITE,
                    "{order}"
                );
                assert!(answer.text.contains(word), "{order}");
                let challenged = answer.header("www-authenticate").contains("invalid_token");
                assert_eq!(challenged, status == 401, "{order}");
                let location = answer.header("location");
                assert_eq!(
                    location == "http://localhost:8788/redirected",
                    status == 302
                );
                let large = order["fault"] == "huge";
                assert_eq!(answer.text.len() > 50_000_000, large, "{order}");
            }
        }
        let next = sandbox_server.site_get("/v1/companies", &token).await;
        assert_eq!(next.status, 200, "{order}");
    }
}

#[tokio::test]
async fn fault_for_one_path_applies_until_switched_off() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    let order = json!({
        "fault": "status", "at": ["api", "introspection"], "times": "always",
        "path": "/v1/companies", "status": 403,
    });
    sandbox_server.arm(&order).await;
    for (path, status) in [
        ("/v1/companies", 403),
        ("/v1/companies?limit=1", 403),
        ("/v2/employees", 200),
        ("/v1/introspect", 200),
        ("/v1/companies", 403),
    ] {
        assert_eq!(
            sandbox_server.get(path, &token).await.status.as_u16(),
            status,
            "{path}"
        );
    }
    sandbox_server
        .arm(&json!({"fault": "status", "times": "off"}))
        .await;
    assert_eq!(
        sandbox_server.get("/v1/companies", &token).await.status,
        200
    );
}

#[tokio::test(start_paused = true)]
async fn slow_response_takes_the_configured_time() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    for when in ["before", "after"] {
        let order = json!({"fault": "slow", "at": "api", "ms": 120_000, "when": when});
        sandbox_server.once(order).await;
        let started = Instant::now();
        sandbox_server.get("/v1/companies", &token).await;
        let taken = started.elapsed();
        let expected = Duration::from_secs(120);
        assert!(
            (expected..expected + Duration::from_secs(1)).contains(&taken),
            "{taken:?}"
        );
    }
}

#[tokio::test]
async fn fault_without_cors_removes_every_cors_header() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let everywhere = json!(["refresh", "exchange", "introspection", "api"]);
    let all = json!({"fault": "cors-off", "at": everywhere, "times": "always"});
    let errors = json!({
        "fault": "cors-off", "at": everywhere, "times": "always", "only": "errors"
    });
    for (order, good, bad) in [(json!(null), SITE, SITE), (errors, SITE, ""), (all, "", "")] {
        if !order.is_null() {
            sandbox_server.arm(&order).await;
        }
        let allowed = "access-control-allow-origin";
        for (path, token, expected) in [
            ("/v1/companies", tokens.access.as_str(), good),
            ("/v1/introspect", &tokens.access, good),
            ("/v1/companies", "unknown", bad),
            ("/v1/introspect", "unknown", bad),
        ] {
            let answer = sandbox_server.site_get(path, token).await;
            assert_eq!(answer.header(allowed), expected, "{order} {path}");
        }
        let answer = sandbox_server.site_refresh("unknown").await;
        assert_eq!(answer.header(allowed), bad, "{order}");
        let asked = [("Origin", SITE), ("Access-Control-Request-Method", "POST")];
        for (port, path) in [(8787, "/oauth/token"), (8788, "/v1/companies")] {
            let line = format!("OPTIONS {path}");
            let answer = sandbox_server.send(port, &line, &asked, "").await;
            assert_eq!(answer.header(allowed), good, "{order} {path}");
            let methods = answer.header("access-control-allow-methods");
            assert_eq!(methods.is_empty(), good.is_empty(), "{order} {path}");
        }
    }
}

#[tokio::test]
async fn fault_error_without_cors_applies_to_the_first_error_only() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    sandbox_server
        .once(json!({"fault": "cors-off", "at": "api", "only": "errors"}))
        .await;
    let allowed = "access-control-allow-origin";
    let good = sandbox_server.site_get("/v1/companies", &token).await;
    assert_eq!(good.header(allowed), SITE);
    let bad = sandbox_server.site_get("/v1/companies", "unknown").await;
    assert_eq!(bad.header(allowed), "");
    let bad = sandbox_server.site_get("/v1/companies", "unknown").await;
    assert_eq!(bad.header(allowed), SITE);
}

#[tokio::test]
async fn introspection_fault_returns_another_or_no_subject() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    let subject = async || {
        let answer = sandbox_server.get("/v1/introspect", &token).await.json();
        let data = answer["data"].clone();
        assert_eq!(data["scope"], common::SCOPES);
        data.get("subjectURN").cloned()
    };
    let own = subject().await.unwrap();
    assert!(
        own.as_str().unwrap().ends_with(sandbox_server.company(0)),
        "{own}"
    );
    sandbox_server.once(json!({"fault": "other-subject"})).await;
    let other = subject().await.unwrap();
    assert!(
        other.as_str().unwrap().ends_with(sandbox_server.company(1)),
        "{other}"
    );
    sandbox_server.once(json!({"fault": "no-subject"})).await;
    assert_eq!(subject().await, None::<Value>);
    assert_eq!(subject().await, Some(own));
    for status in [401, 500] {
        sandbox_server
            .once(json!({"fault": "status", "at": "introspection", "status": status}))
            .await;
        assert_eq!(
            sandbox_server.get("/v1/companies", &token).await.status,
            200
        );
        assert_eq!(
            sandbox_server
                .get("/v1/introspect", &token)
                .await
                .status
                .as_u16(),
            status
        );
    }
}

#[tokio::test]
async fn configuration_fault_makes_it_unreachable() {
    let sandbox_server = TestSandbox::with(1, Some(folder("config-fault", None)));
    let order = json!({"fault": "lost", "at": "config", "times": "always"});
    sandbox_server.arm(&order).await;
    let get = async |path: &str| {
        sandbox_server
            .send(8080, &format!("GET {path}"), &[], "")
            .await
    };
    assert!(get("/config.json").await.broken);
    assert!(!get("/vault.js").await.broken);
    sandbox_server.reset().await;
    assert_eq!(get("/config.json").await.status, 200);
}

#[tokio::test]
async fn fault_replaces_the_response() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    // EF BB BF and an empty object.
    sandbox_server
        .once(json!({
            "fault": "body", "at": "api", "status": 429, "type": "text/csv",
            "base64": "77u/e30=", "header": "Retry-After: 1.5",
        }))
        .await;
    let answer = sandbox_server.get("/v1/companies", &token).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.text.as_bytes(), b"\xef\xbb\xbf{}");
    assert_eq!(answer.header("content-type"), "text/csv");
    assert_eq!(answer.header("retry-after"), "1.5");
}

#[tokio::test]
async fn fault_replaces_adds_and_removes_response_values() {
    let sandbox_server = TestSandbox::new();
    let token = sandbox_server.tokens().await.access;
    let whole = sandbox_server.get("/v1/companies", &token).await.json();
    let changes = json!({
        "/data/0/name": "\"half \\ud83d\"",
        "/data/0/more": "1.50",
        "/pagination/endCursor": "",
        "/data/-": "7",
    });
    sandbox_server
        .once(json!({"fault": "patch", "at": "api", "changes": changes.to_string()}))
        .await;
    let text = sandbox_server.get("/v1/companies", &token).await.text;
    assert!(text.contains(r#""name":"half \ud83d""#), "{text}");
    assert!(text.contains(r#""more":1.50"#), "{text}");
    assert!(text.contains("7]"), "{text}");
    assert!(whole["pagination"].get("endCursor").is_some());
    assert!(!text.contains("endCursor"), "{text}");
}
