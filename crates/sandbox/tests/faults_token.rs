//! Every fault of the token endpoint strikes, and the counters stay true.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use axum::http::StatusCode;
use common::{SITE, TestSandbox, read_tokens};
use serde_json::{Value, json};

/// Whether the refresh token that was sent is still good afterwards.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Old {
    Good,
    Spent,
}

use Old::{Good, Spent};

#[tokio::test(start_paused = true)]
async fn refresh_faults_change_the_response() {
    let sandbox_server = TestSandbox::new();
    for (order, status, word, old) in [
        (json!({"fault": "lost"}), None, "", Spent),
        (json!({"fault": "lost", "when": "before"}), None, "", Good),
        (json!({"fault": "cut"}), None, "", Spent),
        (json!({"fault": "slow"}), Some(200), "access_token", Spent),
        (
            json!({"fault": "slow", "when": "before"}),
            Some(200),
            "access_token",
            Spent,
        ),
        (
            json!({"fault": "huge", "megabytes": 1}),
            Some(200),
            "xxxxxxxx",
            Spent,
        ),
        (json!({"fault": "status"}), Some(500), "<h1>500", Spent),
        (
            json!({"fault": "status", "status": 502}),
            Some(502),
            "<h1>502",
            Spent,
        ),
        (
            json!({"fault": "status", "status": 504, "when": "before"}),
            Some(504),
            "",
            Good,
        ),
        (
            json!({"fault": "status", "status": 400}),
            Some(400),
            "<h1>400",
            Spent,
        ),
        (json!({"fault": "busy"}), Some(429), "\"error\"", Good),
        (
            json!({"fault": "busy", "status": 503}),
            Some(503),
            "\"error\"",
            Good,
        ),
        (
            json!({"fault": "html"}),
            Some(200),
            "<!doctype html>",
            Spent,
        ),
        (
            json!({"fault": "html", "when": "before"}),
            Some(200),
            "<!doctype html>",
            Good,
        ),
        (json!({"fault": "not-json"}), Some(200), "no JSON", Spent),
        (json!({"fault": "empty"}), Some(200), "", Spent),
        (json!({"fault": "redirect"}), Some(302), "", Good),
        (
            json!({"fault": "redirect", "status": 307}),
            Some(307),
            "",
            Good,
        ),
        (
            json!({"fault": "refuse"}),
            Some(400),
            "\"invalid_grant\"",
            Good,
        ),
        (
            json!({"fault": "refuse", "error": "invalid_token"}),
            Some(400),
            "\"invalid_token\"",
            Good,
        ),
        (
            json!({"fault": "refuse", "error": "invalid_refresh_token"}),
            Some(400),
            "\"invalid_refresh_token\"",
            Good,
        ),
        (
            json!({"fault": "refuse", "error": "invalid_client", "status": 401}),
            Some(401),
            "\"invalid_client\"",
            Good,
        ),
        (
            json!({"fault": "token-type"}),
            Some(200),
            "\"token_type\":\"mac\"",
            Spent,
        ),
        (
            json!({"fault": "expires-in"}),
            Some(200),
            "\"expires_in\":\"900\"",
            Spent,
        ),
        (
            json!({"fault": "expires-in", "form": "zero"}),
            Some(200),
            "\"expires_in\":0,",
            Spent,
        ),
        (
            json!({"fault": "expires-in", "form": "negative"}),
            Some(200),
            "\"expires_in\":-1",
            Spent,
        ),
        (
            json!({"fault": "expires-in", "form": "fraction"}),
            Some(200),
            "\"expires_in\":0.5",
            Spent,
        ),
        (
            json!({"fault": "expires-in", "form": "words"}),
            Some(200),
            "\"expires_in\":\"a",
            Spent,
        ),
        (
            json!({"fault": "expires-in", "form": "null"}),
            Some(200),
            "\"expires_in\":null",
            Spent,
        ),
        (
            json!({"fault": "drop-field", "field": "refresh_token"}),
            Some(200),
            "access_token",
            Good,
        ),
    ] {
        let tokens = sandbox_server.tokens().await;
        let before = sandbox_server.sandbox.token_store().counters.clone();
        let mut armed = order.clone();
        armed["at"] = json!("refresh");
        sandbox_server.once(armed).await;
        let answer = sandbox_server.site_refresh(&tokens.refresh).await;
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
                assert!(answer.text.contains(word), "{order}: {}", answer.text);
            }
        }
        // The fault applies once, and the next refresh shows whether the token was redeemed.
        let again = sandbox_server.site_refresh(&tokens.refresh).await;
        let after = sandbox_server.sandbox.token_store().counters.clone();
        let replays = after.refresh_presented_again - before.refresh_presented_again;
        let expected = if old == Good { (200, 0) } else { (400, 1) };
        assert_eq!((again.status.as_u16(), replays), expected, "{order}");
        assert_eq!(after.refresh - before.refresh, 2, "{order}");
    }
}

#[tokio::test]
async fn token_response_faults_drop_their_field() {
    let sandbox_server = TestSandbox::new();
    for field in [
        "expires_in",
        "refresh_token",
        "scope",
        "token_type",
        "access_token",
    ] {
        sandbox_server
            .once(json!({"fault": "drop-field", "at": "exchange", "field": field}))
            .await;
        let code = sandbox_server.code().await;
        let answer = sandbox_server.exchange(&code).await;
        assert_eq!(answer.status, StatusCode::OK);
        let fields = answer.json();
        assert!(fields.get(field).is_none(), "{field}: {fields}");
        assert_eq!(fields.as_object().unwrap().len(), 4, "{field}: {fields}");
    }
}

#[tokio::test]
async fn refresh_without_rotation_keeps_the_old_token_valid() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let order = json!({
        "fault": "drop-field", "at": "refresh", "field": "refresh_token", "times": "always"
    });
    sandbox_server.arm(&order).await;
    for _ in 0..3 {
        let answer = sandbox_server.refresh(&tokens.refresh).await.json();
        let access = answer["access_token"].as_str().unwrap();
        assert_eq!(
            sandbox_server.get("/v1/introspect", access).await.status,
            200
        );
    }
    sandbox_server.reset().await;
    read_tokens(&sandbox_server.refresh(&tokens.refresh).await);
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
async fn retry_after_is_sent_in_seconds_or_as_date() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let refresh = async |more: Value| {
        let mut order = json!({"fault": "busy", "at": "refresh"});
        order
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        sandbox_server.once(order).await;
        sandbox_server.site_refresh(&tokens.refresh).await
    };
    let plain = refresh(json!({})).await;
    assert_eq!(plain.header("retry-after"), "");
    let seconds = refresh(json!({"retryAfter": 7})).await;
    assert_eq!(seconds.header("retry-after"), "7");
    assert_eq!(
        seconds.header("access-control-expose-headers"),
        "Retry-After"
    );
    let hidden = refresh(json!({"retryAfter": 0, "readable": "no"})).await;
    assert_eq!(hidden.header("retry-after"), "0");
    assert_eq!(hidden.header("access-control-expose-headers"), "");
    let date = refresh(json!({"retryAfter": 3600, "as": "date", "status": 503})).await;
    let at = httpdate::parse_http_date(date.header("retry-after")).unwrap();
    let ahead = at.duration_since(std::time::SystemTime::now()).unwrap();
    assert!((3500..=3600).contains(&ahead.as_secs()), "{ahead:?}");
    let any = refresh(json!({"text": "120, 1.5", "retryAfter": 7})).await;
    assert_eq!(any.header("retry-after"), "120, 1.5");
}

#[tokio::test]
async fn narrowed_scopes_are_enforced() {
    let sandbox_server = TestSandbox::new();
    sandbox_server
        .once(json!({"fault": "narrow-scope", "at": "consent"}))
        .await;
    let code = sandbox_server.code().await;
    let answer = sandbox_server.exchange(&code).await;
    assert_eq!(answer.json()["scope"], "companies:read users:read");
    let tokens = read_tokens(&answer);
    let order = json!({"fault": "narrow-scope", "at": "refresh", "without": "companies:read"});
    sandbox_server.once(order).await;
    let answer = sandbox_server.refresh(&tokens.refresh).await;
    assert_eq!(answer.json()["scope"], "users:read");
    let tokens = read_tokens(&answer);
    assert_eq!(
        sandbox_server
            .get("/v1/companies", &tokens.access)
            .await
            .status,
        403
    );
    assert_eq!(
        sandbox_server
            .get("/v2/employees", &tokens.access)
            .await
            .status,
        200
    );
    // The grant itself is not less for it.
    let answer = sandbox_server.refresh(&tokens.refresh).await;
    assert_eq!(answer.json()["scope"], "companies:read users:read");
}

#[tokio::test]
async fn every_token_response_closes_its_connection() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    let good = sandbox_server.refresh(&tokens.refresh).await;
    assert_eq!(good.header("connection"), "close");
    let bad = sandbox_server.refresh("unknown").await;
    assert_eq!(bad.header("connection"), "close");
    sandbox_server
        .once(json!({"fault": "busy", "at": "refresh"}))
        .await;
    let busy = sandbox_server.refresh("unknown").await;
    assert_eq!(
        (busy.status.as_u16(), busy.header("connection")),
        (429, "close")
    );
    let call = sandbox_server.get("/v1/introspect", "unknown").await;
    assert_eq!(call.header("connection"), "");
}

#[tokio::test]
async fn first_of_two_replacement_responses_is_used() {
    let sandbox_server = TestSandbox::new();
    let tokens = sandbox_server.tokens().await;
    for order in [json!({"fault": "html"}), json!({"fault": "busy"})] {
        let mut armed = order.clone();
        armed["at"] = json!("refresh");
        sandbox_server.once(armed).await;
    }
    // The request never reached the server, so nothing can come after it.
    assert_eq!(sandbox_server.refresh(&tokens.refresh).await.status, 429);
    assert_eq!(sandbox_server.refresh(&tokens.refresh).await.status, 200);
}
