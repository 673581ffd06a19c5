//! Authorization request, login and consent.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

mod common;

use std::time::Duration;

use axum::http::StatusCode;
use common::{CHALLENGE, REDIRECT, SITE, TestSandbox, request, with};

#[tokio::test]
async fn log_in_and_consent_yield_a_code() {
    let sandbox_server = TestSandbox::new();
    let (path, csrf, cookie) = sandbox_server.consent_page(&request()).await;
    let show = format!("GET {path}");
    let page = sandbox_server
        .send(8787, &show, &[("Cookie", &cookie)], "")
        .await;
    for expected in [
        "Outlay (sandbox client)",
        "outlay-sandbox",
        "for=\"company\">Company</label>",
        "Brinkholt &amp; Søe ApS",
        ">Allow</button>",
        ">Deny</button>",
        "see the employees",
        "Sandbox, not Pleo",
    ] {
        assert!(page.text.contains(expected), "{expected}");
    }
    assert_eq!(page.text.matches("type=\"checkbox\"").count(), 3);
    assert!(!page.text.contains("<script") && !page.text.contains("style=\""));
    let policy = page.header("content-security-policy");
    assert!(policy.contains(&format!("form-action 'self' {SITE}; ")));
    assert!(policy.starts_with("default-src 'none'"));
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("access-control-allow-origin"), "");

    let company = sandbox_server.company(1).to_owned();
    let pairs = [
        ("csrf", csrf.as_str()),
        ("company", &company),
        ("scope", "users:read"),
        ("decision", "allow"),
    ];
    let consent = format!("{path}/consent");
    let answer = sandbox_server.form(&consent, &cookie, &pairs).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(
        answer
            .header("location")
            .starts_with(&format!("{REDIRECT}?code="))
    );
    assert_eq!(answer.sent("state").as_deref(), Some("a state"));
    let again = sandbox_server.form(&consent, &cookie, &pairs).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);

    let code = answer.sent("code").unwrap();
    let tokens = sandbox_server.exchange(&code).await;
    assert_eq!(tokens.json()["scope"], "users:read");
}

#[tokio::test]
async fn session_cookie_is_host_only() {
    let sandbox_server = TestSandbox::new();
    let sent = sandbox_server.authorize(&request()).await;
    let path = sent.header("location").to_owned();
    let page = sandbox_server
        .send(8787, &format!("GET {path}"), &[], "")
        .await;
    let csrf = common::csrf(&page.text);
    let login = sandbox_server
        .form(&format!("{path}/login"), "", &[("csrf", &csrf)])
        .await;
    let cookie = login.header("set-cookie");
    assert!(
        cookie.ends_with("; Path=/oauth; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
}

#[tokio::test]
async fn invalid_client_or_redirect_uri_is_not_redirected() {
    let sandbox_server = TestSandbox::new();
    let good = request();
    let mut repeated = good.clone();
    repeated.push(("redirect_uri", REDIRECT));
    for bad in [
        with(&good, "client_id", ""),
        with(&good, "client_id", "<script>"),
        with(&good, "redirect_uri", ""),
        with(
            &good,
            "redirect_uri",
            "http://localhost:8080/callback/sandbox/",
        ),
        with(
            &good,
            "redirect_uri",
            "http://localhost:8080/callback/sandbox?x=1",
        ),
        with(
            &good,
            "redirect_uri",
            "http://localhost:8080/callback/Sandbox",
        ),
        with(&good, "redirect_uri", "https://evil.example/"),
        repeated,
    ] {
        let answer = sandbox_server.authorize(&bad).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad:?}");
        assert_eq!(answer.header("location"), "");
        assert!(answer.text.contains("<h1>") && !answer.text.contains("<script>"));
    }
    assert_eq!(sandbox_server.sandbox.token_store().counters.authorize, 8);
}

#[tokio::test]
async fn other_errors_redirect_to_the_client() {
    let sandbox_server = TestSandbox::new();
    let good = request();
    let mut repeated = good.clone();
    repeated.push(("scope", "users:read"));
    let long = format!("{CHALLENGE}A");
    for (bad, error) in [
        (with(&good, "response_type", ""), "invalid_request"),
        (
            with(&good, "response_type", "token"),
            "unsupported_response_type",
        ),
        (with(&good, "code_challenge", ""), "invalid_request"),
        (with(&good, "code_challenge", &long), "invalid_request"),
        (
            with(&good, "code_challenge", &CHALLENGE.replace('-', "+")),
            "invalid_request",
        ),
        (with(&good, "code_challenge_method", ""), "invalid_request"),
        (
            with(&good, "code_challenge_method", "plain"),
            "invalid_request",
        ),
        (with(&good, "scope", ""), "invalid_scope"),
        (
            with(&good, "scope", "users:read employees.read"),
            "invalid_scope",
        ),
        (
            with(&good, "urn_pleo_params_oauth_subject", "company"),
            "invalid_request",
        ),
        (repeated, "invalid_request"),
    ] {
        let answer = sandbox_server.authorize(&bad).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{bad:?}");
        assert!(
            answer
                .header("location")
                .starts_with(&format!("{REDIRECT}?"))
        );
        assert_eq!(answer.sent("error").as_deref(), Some(error), "{bad:?}");
        assert_eq!(answer.sent("state").as_deref(), Some("a state"));
        assert!(answer.sent("error_description").is_some());
    }
    let stateless = sandbox_server.authorize(&with(&good, "state", "")).await;
    assert_eq!(stateless.sent("error").as_deref(), Some("invalid_request"));
    assert_eq!(stateless.sent("state"), None);
}

#[tokio::test]
async fn denial_and_empty_consent_are_access_denied() {
    let sandbox_server = TestSandbox::new();
    for (granted, decision) in [(&["users:read"][..], "deny"), (&[][..], "allow")] {
        let answer = sandbox_server.consent(0, granted, decision).await;
        assert_eq!(answer.sent("error").as_deref(), Some("access_denied"));
        assert_eq!(answer.sent("state").as_deref(), Some("a state"));
        assert_eq!(answer.sent("code"), None);
    }
}

#[tokio::test]
async fn forged_forms_are_rejected() {
    let sandbox_server = TestSandbox::new();
    let (path, csrf, cookie) = sandbox_server.consent_page(&request()).await;
    let company = sandbox_server.company(0).to_owned();
    let good = [
        ("csrf", csrf.as_str()),
        ("company", company.as_str()),
        ("scope", "users:read"),
        ("decision", "allow"),
    ];
    let consent = format!("{path}/consent");
    let mut escalated = good.to_vec();
    escalated.push(("scope", "users:write"));
    for (bad, jar) in [
        (with(&good, "csrf", "x"), cookie.as_str()),
        (with(&good, "csrf", ""), &cookie),
        (good.to_vec(), ""),
        (good.to_vec(), "outlay_sandbox=somebody-else"),
        (with(&good, "company", "unknown"), &cookie),
        (with(&good, "decision", ""), &cookie),
        (escalated, &cookie),
    ] {
        let answer = sandbox_server.form(&consent, jar, &bad).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad:?}");
    }
    let login = sandbox_server
        .form(&format!("{path}/login"), "", &[("csrf", "x")])
        .await;
    assert_eq!(login.status, StatusCode::BAD_REQUEST);
    // None of that used the sign-in up.
    let answer = sandbox_server.form(&consent, &cookie, &good).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn authorization_request_expires_after_ten_minutes() {
    let sandbox_server = TestSandbox::new();
    let (path, _, cookie) = sandbox_server.consent_page(&request()).await;
    sandbox_server.clock.advance(Duration::from_secs(600));
    let show = format!("GET {path}");
    let page = sandbox_server
        .send(8787, &show, &[("Cookie", &cookie)], "")
        .await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn subject_parameter_preselects_the_company() {
    let sandbox_server = TestSandbox::new();
    let company = sandbox_server.company(2).to_owned();
    let urn = format!("urn:pleo:company:{company}");
    let asked = with(&request(), "urn_pleo_params_oauth_subject", &urn)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect::<Vec<_>>();
    let asked: Vec<_> = asked
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let (path, _, cookie) = sandbox_server.consent_page(&asked).await;
    let show = format!("GET {path}");
    let page = sandbox_server
        .send(8787, &show, &[("Cookie", &cookie)], "")
        .await;
    assert!(page.text.contains(&format!("value=\"{company}\" selected")));
}
