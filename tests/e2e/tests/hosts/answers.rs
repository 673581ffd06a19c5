//! Every kind of answer bears the headers that the configuration makes.

use outlay_config::{Document, POSTED_CALLBACK, headers};
use outlay_e2e::host::{HostSetup, WebServer, log_text};
use outlay_e2e::sandbox::{SandboxProcess, SandboxSetup};
use outlay_e2e::{Outcome, locations};
use reqwest::{Client, Method, Response};

/// A host, and what its answers must bear.
struct HostRequest {
    site: String,
    client: Client,
    document: Document,
}

impl HostRequest {
    async fn get(&self, path: &str, more: &[(&str, &str)]) -> Outcome<Response> {
        self.ask(Method::GET, path, more).await
    }

    async fn ask(&self, method: Method, path: &str, more: &[(&str, &str)]) -> Outcome<Response> {
        let mut request = self.client.request(method, format!("{}{path}", self.site));
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        Ok(request.send().await?)
    }

    /// Asks, and compares status and headers; `retained` is the path whose keeping applies.
    async fn expect(&self, path: &str, status: u16, retained: &str) -> Outcome {
        let answer = self.get(path, &[]).await?;
        assert_eq!(answer.status(), status, "{path}");
        self.assert_headers(path, &answer, retained);
        Ok(())
    }

    fn assert_headers(&self, what: &str, answer: &Response, retained: &str) {
        for (name, expected) in headers(&self.document, false, retained) {
            let values: Vec<_> = answer.headers().get_all(name).iter().collect();
            assert_eq!(values.len(), 1, "{what}: {name} stands {values:?}");
            let value = values[0].to_str().unwrap();
            // Tests have the policy's reports sent to the sandbox; all else is as in production.
            let value = value.split("; report-").next().unwrap_or(value);
            assert_eq!(value, expected, "{what}: {name}");
        }
    }
}

async fn every_kind(host: Option<HostSetup>) -> Outcome {
    let options = SandboxSetup {
        host,
        ..SandboxSetup::default()
    };
    let sandbox = SandboxProcess::start(&options).await?;
    let config = sandbox.at.config().to_string();
    let asked = HostRequest {
        site: sandbox.at.site.clone(),
        client: Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // A server may close a connection after a form that it did not read.
            .pool_max_idle_per_host(0)
            .build()?,
        document: Document::parse(&config).unwrap(),
    };
    files(&asked).await?;
    for route in ["/", "/entries", "/a/route/nobody/knows"] {
        asked.expect(route, 200, "/").await?;
    }
    for callback in ["/callback/sandbox?code=x&state=y", "/callback/"] {
        asked.expect(callback, 200, "/callback/").await?;
    }
    for missing in [
        "/outlay-0123456789abcdef.js",
        "/nothing.js",
        "/nothing/vault.js",
        "/.env",
        "/_nothing",
    ] {
        let route = host.is_none() && missing == "/_nothing";
        let status = if route { 200 } else { 404 };
        asked.expect(missing, status, "/").await?;
    }
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let answer = asked.ask(method.clone(), "/entries", &[]).await?;
        assert_eq!(answer.status(), 405, "{method}");
        asked.assert_headers(method.as_str(), &answer, "/");
    }
    posted_callbacks(&asked).await?;
    service_workers(&asked).await?;
    long_callbacks(&asked, host.is_none()).await?;
    let head = asked.ask(Method::HEAD, "/vault.js", &[]).await?;
    assert_eq!(head.status(), 200);
    asked.assert_headers("HEAD", &head, "/vault.js");
    if host.is_some() {
        other_forms(&asked).await?;
    }
    if let Some(folder) = sandbox.end().await {
        let written = log_text(&folder.written());
        for part in [FORM, "cccc"] {
            assert!(!written.contains(part), "the host's logs hold {part}");
        }
    }
    Ok(())
}

/// What must stand in no log.
const FORM: &str = "posted-code-8d31";

/// An answer that comes as a form (`response_mode=form_post`) gets words that name the remedy.
async fn posted_callbacks(asked: &HostRequest) -> Outcome {
    for path in ["/callback/sandbox", "/callback/sandbox/", "/callback/"] {
        for length in [1, 9_000, 2_000_000] {
            let body = format!("code={FORM}&state=s&pad={}", "p".repeat(length));
            let request = asked.client.post(format!("{}{path}", asked.site));
            let form = ("Content-Type", "application/x-www-form-urlencoded");
            let answer = request.header(form.0, form.1).body(body).send().await?;
            // A form of megabytes is refused as such by some hosts.
            let status = answer.status();
            assert!(
                status == 405 || (status == 413 && length > 9_000),
                "{status}"
            );
            asked.assert_headers(path, &answer, "/callback/");
            assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
            let text = answer.text().await?;
            assert_eq!(text, POSTED_CALLBACK, "{path}, {length}");
        }
    }
    Ok(())
}

/// No answer becomes a service worker.
async fn service_workers(asked: &HostRequest) -> Outcome {
    for path in ["/", "/vault.js", "/nothing.js", "/callback/sandbox"] {
        let answer = asked.get(path, &[("Service-Worker", "script")]).await?;
        assert_eq!(answer.status(), 403, "{path}");
        assert!(answer.headers().contains_key("content-security-policy"));
    }
    Ok(())
}

/// A host takes a callback as long as the client does.
async fn long_callbacks(asked: &HostRequest, sandbox: bool) -> Outcome {
    for letters in [3_000, 7_900, 9_000, 15_000, 16_000] {
        let code = "c".repeat(letters);
        let path = format!("/callback/sandbox?code={code}&state=s&iss=https%3A%2F%2Fa.example");
        asked.expect(&path, 200, "/callback/").await?;
    }
    if !sandbox {
        // What no host takes is answered by the host, and its query is in no log either.
        let path = format!("/callback/sandbox?code={}", "c".repeat(1_200_000));
        let answer = asked.get(&path, &[]).await;
        assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status().as_u16() >= 400));
    }
    Ok(())
}

/// The workers' files among them.
async fn files(asked: &HostRequest) -> Outcome {
    let mut seen = Vec::new();
    for entry in std::fs::read_dir(locations::site()?)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let beside = name.ends_with(".br") || name.ends_with(".gz") || name.starts_with('_');
        if !beside {
            let path = format!("/{name}");
            asked.expect(&path, 200, &path).await?;
            seen.push(name);
        }
    }
    for worker in [
        "vault.js",
        "vault_worker_bg.wasm",
        "probe.js",
        "workbook.js",
        "workbook_worker_bg.wasm",
        "config.json",
    ] {
        assert!(seen.iter().any(|name| name == worker), "{worker}");
    }
    Ok(())
}

/// Compressed, unchanged since, and in part.
async fn other_forms(asked: &HostRequest) -> Outcome {
    let path = "/vault_worker_bg.wasm";
    let plain = asked.get(path, &[]).await?;
    let tag = plain.headers()["etag"].to_str().unwrap().to_owned();
    let plain = plain.bytes().await?;
    let packed = asked.get(path, &[("Accept-Encoding", "gzip")]).await?;
    asked.assert_headers("gzip", &packed, path);
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert_eq!(packed.headers()["content-type"], "application/wasm");
    assert!(
        packed.headers()["vary"]
            .to_str()?
            .contains("Accept-Encoding")
    );
    assert!(packed.bytes().await?.len() * 10 < plain.len() * 7);
    let same = asked.get(path, &[("If-None-Match", &tag)]).await?;
    assert_eq!(same.status(), 304);
    asked.assert_headers("unchanged", &same, path);
    let part = asked.get(path, &[("Range", "bytes=0-3")]).await?;
    assert_eq!(part.status(), 206);
    asked.assert_headers("in part", &part, path);
    assert_eq!(part.bytes().await?, &b"\0asm"[..]);
    Ok(())
}

#[tokio::test]
async fn sandbox_sends_the_expected_responses() -> Outcome {
    every_kind(None).await
}

#[tokio::test]
async fn nginx_sends_the_expected_responses() -> Outcome {
    every_kind(Some(HostSetup::new(WebServer::Nginx))).await
}

#[tokio::test]
async fn nginx_under_a_path_sends_the_expected_responses() -> Outcome {
    every_kind(Some(HostSetup::new(WebServer::Nginx).under("/team/"))).await
}

#[tokio::test]
async fn caddy_sends_the_expected_responses() -> Outcome {
    every_kind(Some(HostSetup::new(WebServer::Caddy))).await
}

#[tokio::test]
async fn caddy_under_a_path_sends_the_expected_responses() -> Outcome {
    every_kind(Some(HostSetup::new(WebServer::Caddy).under("/team/"))).await
}
