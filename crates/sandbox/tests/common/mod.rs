//! A sandbox without sockets: requests go straight into the routers.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // each test binary uses a part

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use outlay_pleo::time::Instant;
use outlay_sandbox::address::{Addresses, SCOPES as SCOPES_REGISTERED};
use outlay_sandbox::auth_state::client::ClientRegistration;
use outlay_sandbox::clock::Clock;
use outlay_sandbox::options::Options;
use outlay_sandbox::params::query;
use outlay_sandbox::sample_data::SampleData;
use outlay_sandbox::site_files::SiteFiles;
use outlay_sandbox::state::Sandbox;
use outlay_sandbox::{api, auth, site};
use serde_json::Value;
use tower::ServiceExt;

pub const SITE: &str = "http://localhost:8080";
pub const REDIRECT: &str = "http://localhost:8080/callback/sandbox";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// Every entry that is not deleted.
pub const ALL: &str = "{\"includeDeleted\":false}";
pub const SCOPES: &str = "companies:read users:read accounting-entries:read";

pub struct TestSandbox {
    pub clock: Clock,
    pub sandbox: Arc<Sandbox>,
    auth: Router,
    api: Router,
    site: Router,
}

pub struct TestResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    /// Whether the connection broke off before the body's end.
    pub broken: bool,
}

impl TestResponse {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// A parameter of the address that is redirected to.
    pub fn sent(&self, name: &str) -> Option<String> {
        let (_, query) = self.header("location").split_once('?')?;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}

#[derive(Clone)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

impl TestSandbox {
    pub fn new() -> TestSandbox {
        TestSandbox::with(300, None)
    }

    pub fn with(entries: usize, files: Option<SiteFiles>) -> TestSandbox {
        TestSandbox::registered(entries, files, ClientRegistration::default())
    }

    pub fn registered(
        entries: usize,
        files: Option<SiteFiles>,
        registration: ClientRegistration,
    ) -> TestSandbox {
        TestSandbox::made(entries, files, |sandbox| sandbox.registered(registration))
    }

    /// For a client whose clock is at `wall`.
    pub fn at_wall(entries: usize, wall: Instant) -> TestSandbox {
        TestSandbox::made(entries, None, |sandbox| sandbox.with_wall_clock(wall))
    }

    fn made(
        entries: usize,
        files: Option<SiteFiles>,
        change: impl FnOnce(Sandbox) -> Sandbox,
    ) -> TestSandbox {
        let options = Options::default();
        let addresses = Addresses::new(8787, 8788, 8080, None).unwrap();
        let sample_data = SampleData::new(entries, options.today);
        let clock = Clock::default();
        let sandbox = Sandbox::new(addresses, clock.clone(), sample_data, files, 900);
        let sandbox = Arc::new(change(sandbox));
        TestSandbox {
            clock,
            auth: auth::router(Arc::clone(&sandbox), 8787),
            api: api::router(Arc::clone(&sandbox), 8788),
            site: site::router(Arc::clone(&sandbox), 8080),
            sandbox,
        }
    }

    /// `GET /path` or `POST /path`, to the server on this port.
    pub async fn send(
        &self,
        port: u16,
        line: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> TestResponse {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request = request.header("Host", format!("localhost:{port}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let router = match port {
            8787 => &self.auth,
            8788 => &self.api,
            _ => &self.site,
        };
        let response = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await;
        TestResponse {
            status: parts.status,
            headers: parts.headers,
            broken: bytes.is_err(),
            text: String::from_utf8(bytes.unwrap_or_default().to_vec()).unwrap(),
        }
    }

    pub async fn authorize(&self, pairs: &[(&str, &str)]) -> TestResponse {
        let line = format!("GET /oauth/authorize?{}", query(pairs));
        self.send(8787, &line, &[], "").await
    }

    pub async fn form(&self, path: &str, cookie: &str, pairs: &[(&str, &str)]) -> TestResponse {
        let line = format!("POST {path}");
        let headers = [("Content-Type", FORM), ("Cookie", cookie)];
        self.send(8787, &line, &headers, &query(pairs)).await
    }

    pub async fn token(&self, pairs: &[(&str, &str)]) -> TestResponse {
        self.form("/oauth/token", "", pairs).await
    }

    /// From request to the answer of the consent form.
    pub async fn consent(&self, company: usize, granted: &[&str], decision: &str) -> TestResponse {
        let (path, csrf, cookie) = self.consent_page(&request()).await;
        let company = &self.sandbox.sample_data.companies()[company].id;
        let mut pairs = vec![("csrf", csrf.as_str()), ("company", company.as_str())];
        pairs.push(("decision", decision));
        pairs.extend(granted.iter().map(|scope| ("scope", *scope)));
        self.form(&format!("{path}/consent"), &cookie, &pairs).await
    }

    /// Logs in: the sign-in's path, its form token, and the cookie.
    pub async fn consent_page(&self, request: &[(&str, &str)]) -> (String, String, String) {
        let sent = self.authorize(request).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let path = sent.header("location").to_owned();
        let page = self.send(8787, &format!("GET {path}"), &[], "").await;
        assert!(page.text.contains(">Log in</button>"));
        let csrf = csrf(&page.text);
        let login = self
            .form(&format!("{path}/login"), "", &[("csrf", &csrf)])
            .await;
        let cookie = login.header("set-cookie");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        (path, csrf, cookie)
    }

    pub async fn code(&self) -> String {
        let granted: Vec<&str> = SCOPES.split(' ').collect();
        let answer = self.consent(0, &granted, "allow").await;
        answer.sent("code").expect("a code")
    }

    pub async fn exchange(&self, code: &str) -> TestResponse {
        self.token(&exchange(code)).await
    }

    pub async fn tokens(&self) -> Tokens {
        let code = self.code().await;
        read_tokens(&self.exchange(&code).await)
    }

    pub async fn refresh(&self, token: &str) -> TestResponse {
        self.token(&refresh(token)).await
    }

    pub async fn get(&self, path: &str, token: &str) -> TestResponse {
        let bearer = format!("Bearer {token}");
        let line = format!("GET {path}");
        self.send(8788, &line, &[("Authorization", &bearer)], "")
            .await
    }

    pub async fn search(&self, token: &str, query: &str, body: &str) -> TestResponse {
        let line = format!("POST /v1/accounting-entries:search?{query}");
        self.call(&line, token, body).await
    }

    /// `GET /path` of the API, or with another method and a body of JSON.
    pub async fn call(&self, line: &str, token: &str, body: &str) -> TestResponse {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("Authorization", bearer.as_str())];
        if !body.is_empty() {
            headers.push(("Content-Type", "application/json;charset=UTF-8"));
        }
        self.send(8788, line, &headers, body).await
    }

    /// What lies behind a link of the API's own origin.
    pub async fn file(&self, link: &str) -> Vec<u8> {
        let path = link.strip_prefix("http://localhost:8788").expect("a link");
        let request = Request::builder()
            .uri(path)
            .header("Host", "localhost:8788");
        let request = request.body(Body::empty()).unwrap();
        let response = self.api.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{link}");
        to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec()
    }

    /// A token of the company at this place with every scope there is.
    pub async fn token_for_all(&self, company: usize) -> String {
        self.token_for(company, &SCOPES_REGISTERED).await
    }

    /// A token of the company at this place with these scopes.
    pub async fn token_for(&self, company: usize, scopes: &[&str]) -> String {
        let (request, wanted) = (request(), scopes.join(" "));
        let asked = with(&request, "scope", &wanted);
        let (path, csrf, cookie) = self.consent_page(&asked).await;
        let mut pairs = vec![("csrf", csrf.as_str()), ("company", self.company(company))];
        pairs.push(("decision", "allow"));
        pairs.extend(scopes.iter().map(|scope| ("scope", *scope)));
        let answer = self.form(&format!("{path}/consent"), &cookie, &pairs).await;
        let answer = self.exchange(&answer.sent("code").expect("a code")).await;
        read_tokens(&answer).access
    }

    /// Sends an order to the console.
    pub async fn order(&self, order: &Value) -> TestResponse {
        let json = ("Content-Type", "application/json");
        let line = "POST /__sandbox/faults";
        self.send(8787, line, &[json], &order.to_string()).await
    }

    /// Arms a fault: `{"fault", …}`.
    pub async fn arm(&self, order: &Value) {
        let answer = self.order(order).await;
        assert_eq!(answer.status, StatusCode::OK, "{order}: {}", answer.text);
    }

    /// Arms a fault for one request.
    pub async fn once(&self, mut order: Value) {
        order["times"] = "once".into();
        self.arm(&order).await;
    }

    /// Disarms everything.
    pub async fn reset(&self) {
        let json = ("Content-Type", "application/json");
        let line = "POST /__sandbox/faults/reset";
        let answer = self.send(8787, line, &[json], "{}").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }

    /// Asks the API as the site does.
    pub async fn site_get(&self, path: &str, token: &str) -> TestResponse {
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str()), ("Origin", SITE)];
        self.send(8788, &format!("GET {path}"), &headers, "").await
    }

    /// Refreshes as the site does.
    pub async fn site_refresh(&self, token: &str) -> TestResponse {
        let headers = [("Content-Type", FORM), ("Origin", SITE)];
        let body = query(&refresh(token));
        self.send(8787, "POST /oauth/token", &headers, &body).await
    }

    pub fn company(&self, at: usize) -> &str {
        self.sandbox.sample_data.companies()[at].id.as_str()
    }
}

pub const FORM: &str = "application/x-www-form-urlencoded";

/// A good authorization request.
pub fn request() -> Vec<(&'static str, &'static str)> {
    vec![
        ("response_type", "code"),
        ("client_id", "outlay-sandbox"),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPES),
        ("state", "a state"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]
}

/// A good code exchange.
pub fn exchange(code: &str) -> Vec<(&str, &str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("client_id", "outlay-sandbox"),
        ("code_verifier", VERIFIER),
    ]
}

/// A good refresh.
pub fn refresh(token: &str) -> Vec<(&str, &str)> {
    vec![
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", "outlay-sandbox"),
    ]
}

/// The pairs with one parameter changed, or left out where the value is empty.
pub fn with<'a>(
    pairs: &[(&'a str, &'a str)],
    name: &'a str,
    value: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let mut changed = pairs.to_vec();
    changed.retain(|(key, _)| *key != name);
    if !value.is_empty() {
        changed.push((name, value));
    }
    changed
}

pub fn csrf(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

pub fn read_tokens(answer: &TestResponse) -> Tokens {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let json = answer.json();
    Tokens {
        access: json["access_token"].as_str().unwrap().to_owned(),
        refresh: json["refresh_token"].as_str().unwrap().to_owned(),
    }
}

/// A built site of a few files. With a configuration of its own it also collects reports.
pub fn folder(name: &str, config: Option<&str>) -> SiteFiles {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let site = root.join("site");
    std::fs::create_dir_all(&site).unwrap();
    std::fs::write(root.join("secret"), "s").unwrap();
    for file in [
        "index.html",
        "vault.js",
        "app-0123456789abcdef_bg.wasm",
        ".hidden",
    ] {
        std::fs::write(site.join(file), "x").unwrap();
    }
    #[cfg(unix)]
    {
        // Tests that run side by side share the folder: the link may be there.
        let link = site.join("link.txt");
        let linked = std::os::unix::fs::symlink(root.join("secret"), &link);
        assert!(linked.is_ok() || link.exists(), "{linked:?}");
    }
    let addresses = Addresses::new(8787, 8788, 8080, None).unwrap();
    let reports = config.is_some();
    SiteFiles::new(&site, &addresses, config.map(str::to_owned), reports).unwrap()
}
