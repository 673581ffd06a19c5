//! What the token path of a proxy refuses, on its own side: nothing of it arrives behind it.

use outlay_e2e::Outcome;
use outlay_e2e::host::{CLIENT_SECRET, HostSetup, WebServer, basic, log_text};
use outlay_e2e::sandbox::{SandboxProcess, SandboxSetup};
use reqwest::{Client, Method, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const FORM: &str = "application/x-www-form-urlencoded";
const TOKEN: &str = "/pleo-auth/oauth/token";
/// What must be in no log.
const STOLEN: &str = "stolen-refresh-token-4b1f";
const BEARER: &str = "bearer-of-nobody-77ac";

/// A request, as far as it is another than the right one.
#[derive(Clone)]
struct RefusedRequest {
    what: String,
    method: Method,
    path: String,
    kind: &'static str,
    fetch_site: Option<&'static str>,
    fetch_dest: Option<&'static str>,
    origin: Option<String>,
    body: String,
}

impl RefusedRequest {
    fn right(sandbox: &SandboxProcess) -> Self {
        Self {
            what: "the right one".to_owned(),
            method: Method::POST,
            path: TOKEN.to_owned(),
            kind: FORM,
            fetch_site: Some("same-origin"),
            fetch_dest: Some("empty"),
            origin: Some(sandbox.at.origin().to_owned()),
            body: format!(
                "grant_type=refresh_token&refresh_token={STOLEN}&client_id=outlay-sandbox"
            ),
        }
    }

    fn but(&self, what: impl Into<String>, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = self.clone();
        other.what = what.into();
        change(&mut other);
        other
    }

    async fn send(&self, client: &Client, site: &str) -> Outcome<StatusCode> {
        let mut request = client
            .request(self.method.clone(), format!("{site}{}", self.path))
            .header("Content-Type", self.kind)
            .header("Authorization", format!("Bearer {BEARER}"))
            .header("Cookie", format!("session={BEARER}"));
        if let Some(value) = self.fetch_site {
            request = request.header("Sec-Fetch-Site", value);
        }
        if let Some(value) = self.fetch_dest {
            request = request.header("Sec-Fetch-Dest", value);
        }
        if let Some(origin) = &self.origin {
            request = request.header("Origin", origin);
        }
        Ok(request.body(self.body.clone()).send().await?.status())
    }
}

/// Bodies that a server might read as another grant, or as more than they seem.
fn bodies() -> Vec<String> {
    let long = "a".repeat(20_000);
    let good = format!("grant_type=refresh_token&refresh_token={STOLEN}&client_id=outlay-sandbox");
    [
        String::new(),
        "grant_type=client_credentials".to_owned(),
        "grant_type=password&username=a&password=b".to_owned(),
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange".to_owned(),
        format!("{good}&grant_type=client_credentials"),
        format!("{good}&grant%5Ftype=client_credentials"),
        format!("{good}&%67rant_type=client_credentials"),
        format!("{good};grant_type=client_credentials"),
        format!("{good}\n"),
        format!("{good}\0"),
        format!("\u{feff}{good}"),
        format!("&{good}"),
        format!("x=y&{good}"),
        format!("{good}&client_secret=guessed"),
        format!("{good}&client_assertion=x"),
        format!("{good}&token={STOLEN}"),
        format!("{good}&resource[]=x"),
        format!("grant_type=refresh_token&code={STOLEN}"),
        // Each name once, each in its place, and the client that is meant.
        format!("{good}&refresh_token={STOLEN}"),
        format!("grant_type=refresh_token&refresh_token=x&refresh_token={STOLEN}&client_id=outlay-sandbox"),
        format!("grant_type=refresh_token&refresh_token={STOLEN}&client_id=another"),
        format!("grant_type=refresh_token&refresh_token={STOLEN}"),
        "grant_type=refresh_token&refresh_token=&client_id=outlay-sandbox".to_owned(),
        "grant_type=refresh_token&refresh_token={env.HOME}&client_id=outlay-sandbox".to_owned(),
        "{\"grant_type\":\"refresh_token\"}".to_owned(),
        // More than any limit, and what is wrong stands at its end.
        format!("{good}&scope={long}&grant_type=client_credentials"),
        format!("{good}&scope={long}"),
    ]
    .to_vec()
}

fn attempts(right: &RefusedRequest) -> Vec<RefusedRequest> {
    let mut all = Vec::new();
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
        all.push(right.but(method.as_str(), |it| it.method = method.clone()));
    }
    for path in [
        "/pleo-auth/oauth/introspect",
        "/pleo-auth/oauth/revoke",
        "/pleo-auth/oauth/token/",
        "/pleo-auth/oauth/token?x=y",
        "/pleo-auth/oauth/%74oken",
        "/pleo-auth//oauth/token",
        "/pleo-auth/",
        "/pleo-auth/oauth/authorize",
    ] {
        all.push(right.but(path, |it| it.path = path.to_owned()));
    }
    for kind in ["text/plain", "application/json", "multipart/form-data"] {
        all.push(right.but(kind, |it| it.kind = kind));
    }
    for site in [None, Some("cross-site"), Some("same-site"), Some("none")] {
        all.push(right.but(format!("{site:?}"), |it| it.fetch_site = site));
    }
    for dest in ["document", "iframe", "script", "worker", "image", "Empty"] {
        all.push(right.but(dest, |it| it.fetch_dest = Some(dest)));
    }
    let own = right.origin.clone().unwrap();
    let foreign = [
        "https://elsewhere.example".to_owned(),
        "null".to_owned(),
        format!("{own}0"),
    ];
    for origin in foreign.into_iter().map(Some).chain([None]) {
        all.push(right.but(format!("{origin:?}"), |it| it.origin = origin));
    }
    for body in bodies() {
        let what: String = body.chars().take(90).collect();
        all.push(right.but(what, |it| it.body = body));
    }
    all
}

async fn nothing_else_arrives(server: WebServer) -> Outcome {
    let options = SandboxSetup {
        host: Some(HostSetup::new(server).proxied()),
        ..SandboxSetup::default()
    };
    let sandbox = SandboxProcess::start(&options).await?;
    let client = Client::new();
    let right = RefusedRequest::right(&sandbox);
    let all = attempts(&right);
    assert!(all.len() > 40);
    for attempt in all {
        let status = attempt.send(&client, &sandbox.at.site).await?;
        // 401 would be the answer of the server behind; 429 would be another reason.
        let refused = status.is_client_error()
            && ![StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS].contains(&status);
        assert!(refused, "{}: {status}", attempt.what);
        let counters = sandbox.counters().await?;
        assert_eq!(
            (counters.exchange, counters.refresh),
            (0, 0),
            "{}",
            attempt.what
        );
    }
    // What is wrong with the right one is its token alone: it arrives, and with the secret.
    let status = right.send(&client, &sandbox.at.site).await?;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(sandbox.counters().await?.refresh, 1);
    if server == WebServer::Caddy {
        twice(&sandbox, &client, &right).await?;
    }
    odd_calls(&sandbox, &client).await?;
    let api = client
        .get(format!("{}/pleo-api/v1/introspect", sandbox.at.site))
        .header("Authorization", format!("Bearer {BEARER}"));
    let cross_site = api.try_clone().unwrap().send().await?;
    assert_eq!(cross_site.status(), 403);
    let own = api.header("Sec-Fetch-Site", "same-origin");
    for (name, value) in [
        ("Sec-Fetch-Dest", "document"),
        ("Sec-Fetch-Dest", "iframe"),
        ("Sec-Fetch-Dest", "script"),
        ("Sec-Fetch-Dest", "image"),
        ("Sec-Fetch-Dest", "worker"),
        ("Sec-Fetch-Dest", "sharedworker"),
        ("Sec-Fetch-Dest", "serviceworker"),
        ("Service-Worker", "script"),
    ] {
        let made = own.try_clone().unwrap().header(name, value).send().await?;
        assert_eq!(made.status(), 403, "{name}: {value}");
    }
    // A browser that does not say what it makes of an answer says nothing else in that header.
    let older = own.try_clone().unwrap().send().await?;
    assert_eq!(older.status(), 401);
    let own = own.header("Sec-Fetch-Dest", "empty").send().await?;
    assert_eq!(own.status(), 401);
    assert_eq!(own.headers()["cache-control"], "no-store");
    assert_eq!(own.headers()["cross-origin-resource-policy"], "same-origin");
    assert_eq!(sandbox.counters().await?.api, 2);

    let written = sandbox.end().await.unwrap();
    let written = log_text(&written.written());
    assert!(
        written.contains("/pleo-auth/oauth/token"),
        "there is no log: {written}"
    );
    for secret in [STOLEN, BEARER, CLIENT_SECRET, &basic()] {
        assert!(!written.contains(secret), "{secret} in {written}");
    }
    Ok(())
}

/// The right request, with a header that stands twice: what the second says counts too. nginx before
/// 1.23 knows the first alone, and no browser sends two.
async fn twice(sandbox: &SandboxProcess, client: &Client, right: &RefusedRequest) -> Outcome {
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Origin", "https://elsewhere.example"),
        ("Content-Type", "text/plain"),
    ] {
        let mut request = client
            .post(format!("{}{}", sandbox.at.site, right.path))
            .header("Content-Type", FORM)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Origin", sandbox.at.origin());
        request = request.header(name, value).body(right.body.clone());
        let status = request.send().await?.status();
        assert!(status.is_client_error(), "{name} twice: {status}");
        assert_eq!(sandbox.counters().await?.refresh, 1, "{name} twice");
    }
    Ok(())
}

/// What the API path passes to nobody.
async fn odd_calls(sandbox: &SandboxProcess, client: &Client) -> Outcome {
    let calls = [
        ("TRACE", "/pleo-api/v1/introspect", 405),
        ("GET", "//pleo-api/v1/introspect", 404),
        ("GET", "/pleo%2dapi/v1/introspect", 404),
        ("GET", "/PLEO-API/v1/introspect", 404),
        ("GET", "/pleo-api/v1/%2e%2e/v1/introspect", 404),
        ("GET", "/pleo-api/%2e%2e/pleo-auth/oauth/token", 404),
    ];
    let origin = sandbox.at.origin();
    for (method, path, expected) in calls {
        let status = raw(origin, method, path, "").await?;
        // A path that is no proxy's is the page's.
        let right = status == expected || (path.starts_with("/PLEO") && status == 200);
        assert!(right, "{method} {path}: {status}");
    }
    let large = client
        .post(format!("{}/pleo-api/v1/introspect", sandbox.at.site))
        .header("Sec-Fetch-Site", "same-origin")
        .body("a".repeat(400_000));
    assert_eq!(large.send().await?.status(), 413);
    assert_eq!(sandbox.counters().await?.api, 0);
    Ok(())
}

/// The status of a request whose path no client mends.
async fn raw(origin: &str, method: &str, path: &str, more: &str) -> Outcome<u16> {
    let authority = origin.trim_start_matches("http://");
    let mut stream = TcpStream::connect(authority.replace("localhost", "127.0.0.1")).await?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {authority}\r\nSec-Fetch-Site: same-origin\r\n\
         {more}Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).ok_or("no status")?;
    Ok(status.parse()?)
}

#[tokio::test]
async fn nginx_rejects_every_other_request() -> Outcome {
    nothing_else_arrives(WebServer::Nginx).await
}

#[tokio::test]
async fn caddy_rejects_every_other_request() -> Outcome {
    nothing_else_arrives(WebServer::Caddy).await
}

#[tokio::test]
async fn nginx_limits_the_rate() -> Outcome {
    let options = SandboxSetup {
        host: Some(HostSetup::new(WebServer::Nginx).proxied()),
        ..SandboxSetup::default()
    };
    let sandbox = SandboxProcess::start(&options).await?;
    let client = Client::new();
    let right = RefusedRequest::right(&sandbox);
    let all = (0..120).map(|_| right.send(&client, &sandbox.at.site));
    let statuses = futures::future::try_join_all(all).await?;
    let limited = statuses
        .iter()
        .filter(|status| **status == StatusCode::TOO_MANY_REQUESTS)
        .count() as u64;
    let arrived = sandbox.counters().await?.refresh;
    assert!(limited > 0, "{arrived} arrived");
    assert_eq!(arrived + limited, 120);
    sandbox.end().await;
    Ok(())
}
