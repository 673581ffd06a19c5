//! What is the operator's own: a fence before everything, logs that hold no code, a secret that is
//! forgotten.

use outlay_e2e::Outcome;
use outlay_e2e::host::{RunningHost, WebServer, basic, log_text};
use reqwest::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::before;

const FENCE: [(&str, &str); 2] = [
    ("local.server.conf", "deny all;\n"),
    (
        "fence.caddy",
        "@out not remote_ip 192.0.2.0/24\nerror @out 403\n",
    ),
];

/// A host before a port that nobody listens on.
async fn start(
    server: WebServer,
    secret: &str,
    local: &[(&str, &str)],
) -> Outcome<(RunningHost, String)> {
    before(server, "http://localhost:9", secret, local).await
}

async fn fenced(server: WebServer) -> Outcome {
    let (running, site) = start(server, &basic(), &FENCE).await?;
    let client = Client::new();
    for path in ["/", "/vault.js", "/callback/sandbox", "/pleo-api/v1/x"] {
        let call = client
            .get(format!("{site}{path}"))
            .header("Sec-Fetch-Site", "same-origin");
        assert_eq!(call.send().await?.status(), 403, "{path}");
    }
    assert_eq!(renew(&client, &site).await?, 403);
    running.end().await;
    Ok(())
}

/// The status of a refresh as it should be.
async fn renew(client: &Client, site: &str) -> Outcome<u16> {
    let token = client
        .post(format!("{site}/pleo-auth/oauth/token"))
        .header("Sec-Fetch-Site", "same-origin")
        .header("Origin", site)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body("grant_type=refresh_token&refresh_token=r&client_id=outlay-sandbox");
    Ok(token.send().await?.status().as_u16())
}

/// nginx does not start then: it includes the file that holds it.
#[tokio::test]
async fn caddy_sends_nothing_while_the_secret_is_missing() -> Outcome {
    let client = Client::new();
    // Nobody is behind it: 502 is what a request gets that goes out.
    for (secret, status) in [("", 503), (&*basic(), 502)] {
        let (running, site) = start(WebServer::Caddy, secret, &[]).await?;
        assert_eq!(renew(&client, &site).await?, status, "{secret}");
        running.end().await;
    }
    Ok(())
}

#[tokio::test]
async fn nginx_access_restriction_applies_to_every_path() -> Outcome {
    fenced(WebServer::Nginx).await
}

#[tokio::test]
async fn caddy_access_restriction_applies_to_every_path() -> Outcome {
    fenced(WebServer::Caddy).await
}

/// What a server might write into a log of errors: all of it fails.
async fn no_code_is_logged(server: WebServer) -> Outcome {
    let (running, site) = start(server, &basic(), &[]).await?;
    let authority = site.trim_start_matches("http://");
    let code = "code=of-nobody-5e1d";
    // The page cannot be read then, which is more than a file that is not there.
    let page = running.folder.site("/").join("index.html");
    std::fs::remove_file(&page)?;
    std::os::unix::fs::symlink("index.html", &page)?;
    for (path, more) in [
        ("/callback/sandbox?", "Content-Length: 99999999\r\n"),
        ("/callback/sandbox?", "Host: elsewhere.example\r\n"),
        ("/callback/sandbox?", "Host: LOCALHOST\r\n"),
        ("/callback/sandbox?", ""),
        // Nobody is behind it.
        ("/pleo-api/v1/x?", "Sec-Fetch-Site: same-origin\r\n"),
    ] {
        let host = match more.starts_with("Host") {
            true => String::new(),
            false => format!("Host: {authority}\r\n"),
        };
        let request = format!(
            "GET {path}{code} HTTP/1.1\r\n{host}{more}Referer: {site}/?{code}\r\nConnection: close\r\n\r\n"
        );
        let mut stream = TcpStream::connect(authority.replace("localhost", "127.0.0.1")).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        assert!(answer.starts_with(b"HTTP/1.1 "), "{path} {more}");
    }
    let folder = running.end().await;
    let written = log_text(&folder.written());
    assert!(
        written.contains("/callback/sandbox"),
        "there is no log: {written}"
    );
    assert!(!written.contains(code), "{written}");
    Ok(())
}

#[tokio::test]
async fn nginx_error_log_contains_no_code() -> Outcome {
    no_code_is_logged(WebServer::Nginx).await
}

#[tokio::test]
async fn caddy_error_log_contains_no_code() -> Outcome {
    no_code_is_logged(WebServer::Caddy).await
}
