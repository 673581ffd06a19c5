//! `cargo xtask verify` tells a site that is the build from one that is not.

use std::fs;

use outlay_e2e::host::{HostSetup, WebServer};
use outlay_e2e::sandbox::{SandboxProcess, SandboxSetup, SiteAddresses};
use outlay_e2e::{Outcome, locations};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::process::Command;

/// Whether it passes, and what it says.
async fn verify(sandbox: &SandboxProcess, base: &str, reports: &str) -> Outcome<(bool, String)> {
    let folder = sandbox.host().unwrap();
    let mut xtask = Command::new(locations::xtask());
    xtask.args(["verify", &sandbox.at.site, "--site"]);
    xtask.arg(folder.site(base));
    if folder.certificate().exists() {
        xtask.env("CURL_CA_BUNDLE", folder.certificate());
    }
    let done = xtask.args(["--report-uri", reports]).output().await?;
    let shown_text = [done.stdout, done.stderr].concat();
    Ok((done.status.success(), String::from_utf8(shown_text)?))
}

/// Where the policy sends its reports.
fn reports(sandbox: &SandboxProcess, base: &str) -> Outcome<String> {
    let site = sandbox.host().unwrap().site(base);
    let name = site.file_name().unwrap().to_string_lossy().into_owned();
    let table = fs::read_to_string(site.with_file_name(name + ".host/headers.txt"))?;
    let (_, uri) = table.split_once("report-uri ").unwrap();
    Ok(uri.lines().next().unwrap().trim().to_owned())
}

async fn told_apart(host: HostSetup) -> Outcome {
    let options = SandboxSetup {
        host: Some(host),
        ..SandboxSetup::default()
    };
    let sandbox = SandboxProcess::start(&options).await?;
    let own = reports(&sandbox, host.base)?;
    let (passes, shown_text) = verify(&sandbox, host.base, &own).await?;
    assert!(passes, "{shown_text}");
    assert!(
        shown_text.contains("pass  H1 ") && !shown_text.contains("FAIL"),
        "{shown_text}"
    );
    // Another policy than it was made with: told for each answer, and for nothing else.
    let (passes, shown_text) = verify(&sandbox, host.base, "https://reports.example/csp").await?;
    assert!(!passes && shown_text.contains("FAIL  H1 "), "{shown_text}");
    assert!(
        shown_text.contains("Content-Security-Policy is `"),
        "{shown_text}"
    );
    assert_eq!(shown_text.matches("FAIL").count(), 1, "{shown_text}");
    let vault = sandbox.host().unwrap().site(host.base).join("vault.js");
    // What lies beside a file is what browsers get.
    let packed = vault.with_extension("js.gz");
    let own_packed = fs::read(&packed)?;
    let other = vault.with_file_name("vault_worker.js.gz");
    fs::copy(&other, &packed)?;
    let (passes, shown_text) = verify(&sandbox, host.base, &own).await?;
    assert!(!passes && shown_text.contains("FAIL  H7 "), "{shown_text}");
    assert!(shown_text.contains("asked for as gzip"), "{shown_text}");
    assert_eq!(shown_text.matches("FAIL").count(), 1, "{shown_text}");
    fs::write(&packed, own_packed)?;
    fs::write(&vault, "// somebody else's\n")?;
    fs::remove_file(vault.with_extension("js.gz"))?;
    fs::remove_file(vault.with_extension("js.br"))?;
    let (passes, shown_text) = verify(&sandbox, host.base, &own).await?;
    assert!(!passes && shown_text.contains("FAIL  H7 "), "{shown_text}");
    assert!(
        shown_text.contains("/vault.js: status 200, SHA-256 "),
        "{shown_text}"
    );
    assert_eq!(shown_text.matches("FAIL").count(), 1, "{shown_text}");
    sandbox.end().await;
    Ok(())
}

#[tokio::test]
async fn foreign_file_on_nginx_is_reported() -> Outcome {
    told_apart(HostSetup::new(WebServer::Nginx).under("/team/")).await
}

#[tokio::test]
async fn foreign_file_on_caddy_is_reported() -> Outcome {
    told_apart(HostSetup::new(WebServer::Caddy)).await
}

async fn a_proxy_passes(host: HostSetup) -> Outcome {
    let options = SandboxSetup {
        host: Some(host),
        ..SandboxSetup::default()
    };
    let sandbox = SandboxProcess::start(&options).await?;
    let own = reports(&sandbox, host.base)?;
    let (passes, shown_text) = verify(&sandbox, host.base, &own).await?;
    assert!(
        passes && shown_text.contains("pass  proxy "),
        "{shown_text}"
    );
    let counters = sandbox.counters().await?;
    assert_eq!((counters.exchange, counters.refresh), (0, 0));
    sandbox.end().await;
    Ok(())
}

#[tokio::test]
async fn nginx_proxy_that_rejects_requests_passes_verification() -> Outcome {
    a_proxy_passes(HostSetup::new(WebServer::Nginx).proxied()).await
}

#[tokio::test]
async fn caddy_proxy_that_rejects_requests_passes_verification() -> Outcome {
    a_proxy_passes(HostSetup::new(WebServer::Caddy).proxied()).await
}

#[tokio::test]
async fn nginx_over_tls_passes_verification() -> Outcome {
    a_proxy_passes(HostSetup::new(WebServer::Nginx).proxied().over_tls()).await
}

#[tokio::test]
async fn caddy_over_tls_passes_verification() -> Outcome {
    a_proxy_passes(HostSetup::new(WebServer::Caddy).proxied().over_tls()).await
}

/// Says no to everything, as the server behind a proxy would that refuses nothing itself.
async fn says_no(listener: TcpListener) {
    while let Ok((mut stream, _)) = listener.accept().await {
        tokio::spawn(async move {
            let mut asked = Vec::new();
            let mut piece = [0; 1024];
            while !asked.windows(4).any(|four| four == b"\r\n\r\n") {
                match stream.read(&mut piece).await {
                    Ok(read) if read > 0 => asked.extend_from_slice(&piece[..read]),
                    _ => return,
                }
            }
            let _ = stream
                .write_all(
                    b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nNEL: {}\r\n\
                      Set-Cookie: a=b\r\nConnection: close\r\n\r\n",
                )
                .await;
        });
    }
}

#[tokio::test]
async fn proxy_with_upstream_refusals_fails_verification() -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://localhost:{}", listener.local_addr()?.port());
    let folder = TempDir::new()?;
    let site = folder.path().join("site");
    fs::create_dir(&site)?;
    for entry in fs::read_dir(locations::site()?)? {
        let entry = entry?;
        fs::copy(entry.path(), site.join(entry.file_name()))?;
    }
    let config = SiteAddresses {
        auth: "http://localhost:9".to_owned(),
        api: "http://localhost:9".to_owned(),
        site: origin.clone(),
        proxied: true,
    }
    .config();
    let file = folder.path().join("config.json");
    fs::write(&file, config.to_string())?;
    let xtask = || Command::new(locations::xtask());
    let mut host = xtask();
    host.args(["host", "--origin", &origin]);
    host.args(["--api-upstream", "http://localhost:9", "--config"]);
    host.arg(&file).arg("--site").arg(&site);
    let done = host.output().await?;
    assert!(done.status.success(), "{done:?}");
    let answering = tokio::spawn(says_no(listener));
    let mut verify = xtask();
    verify.args(["verify", &origin, "--site"]).arg(&site);
    let done = verify.output().await?;
    answering.abort();
    let shown_text = String::from_utf8(done.stdout)?;
    assert!(!done.status.success());
    assert!(shown_text.contains("FAIL  proxy "), "{shown_text}");
    assert!(
        shown_text.contains("and not of the proxy's own"),
        "{shown_text}"
    );
    let unasked = shown_text
        .lines()
        .find(|line| line.contains("  unasked "))
        .unwrap();
    assert!(
        unasked.starts_with("  FAIL") || unasked.starts_with("FAIL"),
        "{shown_text}"
    );
    assert!(shown_text.contains("Set-Cookie is `a=b`"), "{shown_text}");
    Ok(())
}
