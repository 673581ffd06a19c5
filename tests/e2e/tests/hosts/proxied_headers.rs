//! What a proxy passes on of a request, and what of an answer: the server behind it is the test.

use std::collections::BTreeSet;

use outlay_e2e::Outcome;
use outlay_e2e::host::{RunningHost, WebServer, basic};
use reqwest::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::before;

/// What it says besides an answer.
const ANSWER: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\
    Set-Cookie: session=theirs\r\nContent-Security-Policy: default-src *\r\n\
    Strict-Transport-Security: max-age=0\r\nCache-Control: public, max-age=600\r\n\
    WWW-Authenticate: Basic\r\nX-Accel-Redirect: /config.json\r\nRetry-After: 7\r\n\
    NEL: {}\r\nReport-To: {}\r\nReporting-Endpoints: d=\"https://elsewhere.example\"\r\n\
    Content-Security-Policy-Report-Only: default-src 'none'\r\nClear-Site-Data: \"*\"\r\n\
    Access-Control-Allow-Origin: *\r\nService-Worker-Allowed: /\r\nRefresh: 0;url=/x\r\n\
    Link: </x>; rel=preload\r\nSourceMap: /x\r\nX-Powered-By: it\r\nVia: 1.1 it\r\n\
    Alt-Svc: h3=\":443\"\r\nServer: it\r\nETag: \"x\"\r\nX-Outlay-Proxy: refused\r\n\r\n{}";

struct ProxyCase {
    running: RunningHost,
    behind: TcpListener,
    site: String,
    client: Client,
}

impl ProxyCase {
    async fn start(server: WebServer) -> Outcome<Self> {
        let behind = TcpListener::bind("127.0.0.1:0").await?;
        let own = format!("http://localhost:{}", behind.local_addr()?.port());
        let (running, site) = before(server, &own, &basic(), &[]).await?;
        let client = Client::new();
        Ok(Self {
            running,
            behind,
            site,
            client,
        })
    }

    /// Sends a request with everything that a browser might add, and gives what arrived and what
    /// came back.
    async fn pass(&self, path: &str, form: Option<&str>) -> Outcome<(String, reqwest::Response)> {
        self.pass_as("application/json", "the.bearer", path, form)
            .await
    }

    async fn pass_as(
        &self,
        kind: &str,
        bearer: &str,
        path: &str,
        form: Option<&str>,
    ) -> Outcome<(String, reqwest::Response)> {
        let url = format!("{}{path}", self.site);
        let request = match form {
            Some(form) => self.client.post(url).body(form.to_owned()),
            None => self.client.get(url),
        };
        let kind = match form {
            Some(_) => "application/x-www-form-urlencoded",
            None => kind,
        };
        let request = request
            .header("Content-Type", kind)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Sec-Fetch-Dest", "empty")
            .header("Origin", &self.site)
            .header("Authorization", format!("Bearer {bearer}"))
            .header("Cookie", "session=ours")
            .header("Referer", format!("{}/entries", self.site))
            .header("User-Agent", "a browser")
            .header("Accept-Language", "da")
            .header("X-Forwarded-For", "10.0.0.1")
            .header("X-Outlay-Grant", "known")
            .header("Dnt", "1");
        let answer = async {
            let (mut stream, _) = self.behind.accept().await?;
            let mut arrived = Vec::new();
            let mut piece = [0; 4096];
            while !whole(&arrived) {
                let read = stream.read(&mut piece).await?;
                assert!(read > 0, "the request broke off");
                arrived.extend_from_slice(&piece[..read]);
            }
            stream.write_all(ANSWER.as_bytes()).await?;
            Outcome::Ok(String::from_utf8(arrived)?)
        };
        let sent = async { Outcome::Ok(request.send().await?) };
        futures::future::try_join(answer, sent).await
    }
}

/// Whether head and body are here.
fn whole(arrived: &[u8]) -> bool {
    let text = String::from_utf8_lossy(arrived).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    body.len() >= length.unwrap_or(0)
}

fn names(arrived: &str) -> BTreeSet<String> {
    let head = arrived.split("\r\n\r\n").next().unwrap_or_default();
    head.lines()
        .skip(1)
        .filter_map(|line| Some(line.split_once(':')?.0.to_lowercase()))
        .collect()
}

fn value<'a>(arrived: &'a str, name: &str) -> Option<&'a str> {
    arrived
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

async fn only_what_is_set_passes(server: WebServer) -> Outcome {
    let proxy = ProxyCase::start(server).await?;
    let form = "grant_type=refresh_token&refresh_token=r&client_id=outlay-sandbox";
    let (token, came) = proxy.pass("/pleo-auth/oauth/token", Some(form)).await?;
    assert!(
        token.starts_with("POST /oauth/token HTTP/1.1\r\n"),
        "{token}"
    );
    assert!(token.ends_with(&format!("\r\n\r\n{form}")), "{token}");
    let basic = format!("Basic {}", basic());
    assert_eq!(value(&token, "Authorization"), Some(basic.as_str()));
    bare(&token);
    clean(&came);

    let (api, came) = proxy.pass("/pleo-api/v1/a%2Fb?q=%20c", None).await?;
    assert!(
        api.starts_with("GET /v1/a%2Fb?q=%20c HTTP/1.1\r\n"),
        "{api}"
    );
    assert_eq!(value(&api, "Authorization"), Some("Bearer the.bearer"));
    assert_eq!(value(&api, "Content-Type"), Some("application/json"));
    bare(&api);
    clean(&came);

    // What a server reads in its own file as a name for something is a text here.
    let name = "{env.OUTLAY_BASIC_SANDBOX}$outlay_basic_sandbox";
    let path = format!("/pleo-api/v1?q={name}");
    let (api, _) = proxy.pass_as(name, name, &path, None).await?;
    assert_eq!(
        value(&api, "Authorization"),
        Some(&*format!("Bearer {name}"))
    );
    assert_eq!(value(&api, "Content-Type"), Some(name));
    assert!(!api.contains(outlay_e2e::host::basic().as_str()), "{api}");
    proxy.running.end().await;
    Ok(())
}

/// Nothing of the browser's has arrived.
fn bare(arrived: &str) {
    let known = [
        "host",
        "accept",
        // The proxy's own wish for its own connection.
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
    ];
    let more: Vec<_> = names(arrived)
        .into_iter()
        .filter(|name| !known.contains(&name.as_str()))
        .collect();
    assert!(more.is_empty(), "{more:?}: {arrived}");
    assert_eq!(value(arrived, "Accept"), Some("application/json"));
}

/// Nothing has come back that the site says for itself, and nothing that nobody asked for.
fn clean(came: &reqwest::Response) {
    assert_eq!(came.status(), 200);
    let known = [
        "cache-control",
        "connection",
        "content-length",
        "content-security-policy",
        "content-type",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "date",
        "referrer-policy",
        "retry-after",
        "server",
        "x-content-type-options",
    ];
    for (name, value) in came.headers() {
        assert!(known.contains(&name.as_str()), "{name}: {value:?}");
        assert!(value != "it", "{name}");
        assert_eq!(came.headers().get_all(name).iter().count(), 1, "{name}");
    }
    assert_eq!(came.headers()["content-type"], "application/json");
    assert_eq!(came.headers()["cache-control"], "no-store");
    assert_eq!(came.headers()["retry-after"], "7");
    let policy = came.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
}

#[tokio::test]
async fn nginx_proxies_only_the_configured_headers() -> Outcome {
    only_what_is_set_passes(WebServer::Nginx).await
}

#[tokio::test]
async fn caddy_proxies_only_the_configured_headers() -> Outcome {
    only_what_is_set_passes(WebServer::Caddy).await
}
