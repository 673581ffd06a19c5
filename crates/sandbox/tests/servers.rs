//! What the three servers have in common, the test control, and the static host.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{SITE, TestSandbox, folder};

#[tokio::test]
async fn foreign_host_header_is_misdirected() {
    let sandbox_server = TestSandbox::with(1, Some(folder("host", None)));
    for port in [8787, 8788, 8080] {
        for host in [
            "evil.example",
            "localhost",
            "localhost:1",
            "evil.example:8787",
        ] {
            let answer = sandbox_server
                .send(port, "GET /", &[("Host", host)], "")
                .await;
            assert_eq!(
                answer.status,
                StatusCode::MISDIRECTED_REQUEST,
                "{port} {host}"
            );
        }
        for name in ["localhost", "127.0.0.1", "[::1]"] {
            let host = format!("{name}:{port}");
            let answer = sandbox_server
                .send(port, "GET /", &[("Host", &host)], "")
                .await;
            assert_ne!(
                answer.status,
                StatusCode::MISDIRECTED_REQUEST,
                "{port} {host}"
            );
        }
    }
}

#[tokio::test]
async fn site_origin_may_read_responses_and_errors() {
    let sandbox_server = TestSandbox::new();
    for (port, line) in [
        (8787, "POST /oauth/token"),
        (8787, "GET /oauth/token"),
        (8788, "GET /v1/introspect"),
        (8788, "GET /nowhere"),
        (8788, "DELETE /v1/companies"),
    ] {
        let answer = sandbox_server
            .send(port, line, &[("Origin", SITE)], "")
            .await;
        assert!(answer.status.is_client_error());
        assert_eq!(answer.header("access-control-allow-origin"), SITE, "{line}");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert_eq!(answer.header("access-control-expose-headers"), "");
        assert_eq!(answer.header("vary"), "Origin");
        for origin in ["http://localhost:8081", "https://localhost:8080", "null"] {
            let answer = sandbox_server
                .send(port, line, &[("Origin", origin)], "")
                .await;
            assert_eq!(
                answer.header("access-control-allow-origin"),
                "",
                "{line} {origin}"
            );
            assert_eq!(answer.header("vary"), "Origin");
        }
    }
}

#[tokio::test]
async fn preflight_allows_authorization_and_content_type() {
    let sandbox_server = TestSandbox::new();
    let asked = ("Access-Control-Request-Method", "POST");
    for (port, path) in [
        (8787, "/oauth/token"),
        (8788, "/v1/accounting-entries:search"),
    ] {
        let line = format!("OPTIONS {path}");
        let answer = sandbox_server
            .send(port, &line, &[("Origin", SITE), asked], "")
            .await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(answer.header("access-control-allow-origin"), SITE);
        let allowed = answer.header("access-control-allow-headers");
        assert_eq!(allowed, "Authorization, Content-Type");
        assert_eq!(answer.header("access-control-max-age"), "600");
        let foreign = [("Origin", "https://evil.example"), asked];
        let answer = sandbox_server.send(port, &line, &foreign, "").await;
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("access-control-allow-methods"), "");
    }
    for path in [
        "/oauth/authorize",
        "/__sandbox/counters",
        "/__sandbox/expire",
    ] {
        let line = format!("OPTIONS {path}");
        let answer = sandbox_server
            .send(8787, &line, &[("Origin", SITE), asked], "")
            .await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
    assert_eq!(sandbox_server.sandbox.token_store().counters.api, 0);
}

#[tokio::test]
async fn control_endpoints_expire_and_revoke() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let json = ("Content-Type", "application/json");
    let expire = sandbox_server
        .send(8787, "POST /__sandbox/expire", &[json], "{}")
        .await;
    assert_eq!(expire.status, 200);
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        401
    );
    let tokens = common::read_tokens(&sandbox_server.refresh(&tokens.refresh).await);
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        200
    );
    let own = ("Origin", "http://localhost:8787");
    let revoke = sandbox_server
        .send(8787, "POST /__sandbox/revoke", &[json, own], "{}")
        .await;
    assert_eq!(revoke.status, 200);
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        401
    );
    assert_eq!(sandbox_server.refresh(&tokens.refresh).await.status, 400);
    let counters = sandbox_server
        .send(8787, "GET /__sandbox/counters", &[], "")
        .await
        .json();
    assert_eq!(counters["authorize"], 1);
    assert_eq!(counters["exchange"], 1);
    assert_eq!(counters["refresh"], 2);
    assert_eq!(counters["api"], 3);
    assert_eq!(counters["refreshPresentedAgain"], 0);
    assert_eq!(counters["tokensIssued"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn control_rejects_foreign_origins() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let json = ("Content-Type", "application/json");
    for (headers, body, status) in [
        (&[json, ("Origin", SITE)][..], "{}", 403),
        (&[json, ("Origin", "null")][..], "{}", 403),
        (&[("Content-Type", "text/plain")][..], "{}", 415),
        (&[][..], "{}", 415),
        (&[json][..], "", 400),
        (&[json][..], "[]", 400),
        (&[json][..], "{\"x\":1}", 400),
    ] {
        for path in ["expire", "revoke"] {
            let line = format!("POST /__sandbox/{path}");
            let answer = sandbox_server.send(8787, &line, headers, body).await;
            assert_eq!(answer.status.as_u16(), status, "{headers:?}");
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
    }
    let get = sandbox_server
        .send(8787, "GET /__sandbox/expire", &[], "")
        .await;
    assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(
        sandbox_server
            .get("/v1/introspect", &tokens.access)
            .await
            .status,
        200
    );
    let elsewhere = sandbox_server
        .send(8788, "GET /__sandbox/counters", &[], "")
        .await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn site_serves_files_routes_and_404() {
    let sandbox_server = TestSandbox::with(1, Some(folder("files", None)));
    let get = async |path: &str| {
        sandbox_server
            .send(8080, &format!("GET {path}"), &[], "")
            .await
    };
    for (path, status, kind) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/entries", 200, "text/html; charset=utf-8"),
        (
            "/callback/sandbox?code=x&state=y",
            200,
            "text/html; charset=utf-8",
        ),
        ("/vault.js", 200, "text/javascript; charset=utf-8"),
        ("/app-0123456789abcdef_bg.wasm", 200, "application/wasm"),
        ("/config.json", 200, "application/json"),
        (
            "/app-fedcba9876543210_bg.wasm",
            404,
            "text/plain; charset=utf-8",
        ),
        ("/../Cargo.toml", 404, "text/plain; charset=utf-8"),
        ("/%2e%2e/secret", 404, "text/plain; charset=utf-8"),
        ("/.hidden", 404, "text/plain; charset=utf-8"),
        ("/link.txt", 404, "text/plain; charset=utf-8"),
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(answer.header("content-type"), kind, "{path}");
        let policy = answer.header("content-security-policy");
        let connect = match path {
            "/vault.js" => "connect-src 'self' http://localhost:8787 http://localhost:8788;",
            _ => "connect-src 'self';",
        };
        assert!(policy.contains(connect), "{path}: {policy}");
        assert_eq!(answer.header("content-security-policy-report-only"), "");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let resource = answer.header("cross-origin-resource-policy");
        assert_eq!(resource, "same-origin", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
    assert_eq!(
        get("/callback/sandbox").await.header("cache-control"),
        "no-store"
    );
    assert_eq!(get("/vault.js").await.header("cache-control"), "no-cache");
    let hashed = get("/app-0123456789abcdef_bg.wasm").await;
    assert!(hashed.header("cache-control").contains("immutable"));
    // A build that is not there yet is not remembered as missing.
    let gone = get("/app-fedcba9876543210_bg.wasm").await;
    assert_eq!(gone.header("cache-control"), "no-cache");
    let head = sandbox_server.send(8080, "HEAD /vault.js", &[], "").await;
    assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""));
    let post = sandbox_server.send(8080, "POST /vault.js", &[], "").await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        post.header("content-security-policy")
            .contains("default-src 'none'")
    );
    let report = sandbox_server
        .send(8080, "POST /__csp-report", &[], "{}")
        .await;
    assert_eq!(report.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn posted_callback_has_an_explanation_and_service_worker_script_is_403() {
    let sandbox_server = TestSandbox::with(1, Some(folder("posted", None)));
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    for path in ["/callback/sandbox", "/callback/"] {
        let line = format!("POST {path}");
        let answer = sandbox_server
            .send(8080, &line, &form, "code=c&state=s")
            .await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.text.contains("response_mode=query"), "{path}");
        assert!(!answer.text.contains("code=c"), "{path}");
    }
    for path in ["/vault.js", "/", "/nothing.js"] {
        let script = [("Service-Worker", "script")];
        let answer = sandbox_server
            .send(8080, &format!("GET {path}"), &script, "")
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("connect-src 'self'")
        );
    }
}

#[tokio::test]
async fn csp_reports_are_collected_and_replaced_configuration_keeps_the_policy() {
    let other = "{\"profiles\":[]}";
    let sandbox_server = TestSandbox::with(1, Some(folder("reports", Some(other))));
    let config = sandbox_server.send(8080, "GET /config.json", &[], "").await;
    assert_eq!(config.text, other);
    let vault = sandbox_server.send(8080, "GET /vault.js", &[], "").await;
    let servers = "http://localhost:8787 http://localhost:8788";
    for (answer, names) in [(&config, false), (&vault, true)] {
        let policy = answer.header("content-security-policy");
        assert_eq!(policy.contains(servers), names, "{policy}");
        let only = answer.header("content-security-policy-report-only");
        assert_eq!(only, format!("{policy}; report-uri /__csp-report"));
    }
    let sent = ("Content-Type", "application/csp-report");
    let report = "{\"csp-report\":{\"blocked-uri\":\"inline\"}}";
    let answer = sandbox_server
        .send(8080, "POST /__csp-report", &[sent], report)
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let kept = sandbox_server
        .send(8787, "GET /__sandbox/csp-reports", &[], "")
        .await
        .json();
    assert_eq!(kept[0]["csp-report"]["blocked-uri"], "inline");
}
