//! `cargo xtask verify` tells a site that is the build from one that is not.

use std::fs;

use outlay_e2e::host::{Host, Server};
use outlay_e2e::sandbox::{Addresses, Options, Sandbox};
use outlay_e2e::{Outcome, place};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::process::Command;

/// Whether it passes, and what it says.
async fn verify(sandbox: &Sandbox, base: &str, reports: &str) -> Outcome<(bool, String)> {
    let folder = sandbox.host().unwrap();
    let mut xtask = Command::new(place::xtask());
    xtask.args(["verify", &sandbox.at.site, "--site"]);
    xtask.arg(folder.site(base));
    if folder.certificate().exists() {
        xtask.env("CURL_CA_BUNDLE", folder.certificate());
    }
    let done = xtask.args(["--report-uri", reports]).output().await?;
    let said = [done.stdout, done.stderr].concat();
    Ok((done.status.success(), String::from_utf8(said)?))
}

/// Where the policy sends its reports.
fn reports(sandbox: &Sandbox, base: &str) -> Outcome<String> {
    let site = sandbox.host().unwrap().site(base);
    let name = site.file_name().unwrap().to_string_lossy().into_owned();
    let table = fs::read_to_string(site.with_file_name(name + ".host/headers.txt"))?;
    let (_, uri) = table.split_once("report-uri ").unwrap();
    Ok(uri.lines().next().unwrap().trim().to_owned())
}

async fn told_apart(host: Host) -> Outcome {
    let options = Options {
        host: Some(host),
        ..Options::default()
    };
    let sandbox = Sandbox::start(&options).await?;
    let own = reports(&sandbox, host.base)?;
    let (passes, said) = verify(&sandbox, host.base, &own).await?;
    assert!(passes, "{said}");
    assert!(
        said.contains("pass  H1 ") && !said.contains("FAIL"),
        "{said}"
    );
    // Another policy than it was made with: told for each answer, and for nothing else.
    let (passes, said) = verify(&sandbox, host.base, "https://reports.example/csp").await?;
    assert!(!passes && said.contains("FAIL  H1 "), "{said}");
    assert!(said.contains("Content-Security-Policy is `"), "{said}");
    assert_eq!(said.matches("FAIL").count(), 1, "{said}");
    let vault = sandbox.host().unwrap().site(host.base).join("vault.js");
    // What lies beside a file is what browsers get.
    let packed = vault.with_extension("js.gz");
    let own_packed = fs::read(&packed)?;
    let other = vault.with_file_name("vault_worker.js.gz");
    fs::copy(&other, &packed)?;
    let (passes, said) = verify(&sandbox, host.base, &own).await?;
    assert!(!passes && said.contains("FAIL  H7 "), "{said}");
    assert!(said.contains("asked for as gzip"), "{said}");
    assert_eq!(said.matches("FAIL").count(), 1, "{said}");
    fs::write(&packed, own_packed)?;
    fs::write(&vault, "// somebody else's\n")?;
    fs::remove_file(vault.with_extension("js.gz"))?;
    fs::remove_file(vault.with_extension("js.br"))?;
    let (passes, said) = verify(&sandbox, host.base, &own).await?;
    assert!(!passes && said.contains("FAIL  H7 "), "{said}");
    assert!(said.contains("/vault.js: status 200, SHA-256 "), "{said}");
    assert_eq!(said.matches("FAIL").count(), 1, "{said}");
    sandbox.end().await;
    Ok(())
}

#[tokio::test]
async fn a_foreign_file_on_nginx_is_named() -> Outcome {
    told_apart(Host::new(Server::Nginx).under("/team/")).await
}

#[tokio::test]
async fn a_foreign_file_on_caddy_is_named() -> Outcome {
    told_apart(Host::new(Server::Caddy)).await
}

async fn a_proxy_passes(host: Host) -> Outcome {
    let options = Options {
        host: Some(host),
        ..Options::default()
    };
    let sandbox = Sandbox::start(&options).await?;
    let own = reports(&sandbox, host.base)?;
    let (passes, said) = verify(&sandbox, host.base, &own).await?;
    assert!(passes && said.contains("pass  proxy "), "{said}");
    let counters = sandbox.counters().await?;
    assert_eq!((counters.exchange, counters.refresh), (0, 0));
    sandbox.end().await;
    Ok(())
}

#[tokio::test]
async fn nginx_as_a_proxy_that_refuses_passes() -> Outcome {
    a_proxy_passes(Host::new(Server::Nginx).proxied()).await
}

#[tokio::test]
async fn caddy_as_a_proxy_that_refuses_passes() -> Outcome {
    a_proxy_passes(Host::new(Server::Caddy).proxied()).await
}

#[tokio::test]
async fn nginx_over_tls_passes() -> Outcome {
    a_proxy_passes(Host::new(Server::Nginx).proxied().over_tls()).await
}

#[tokio::test]
async fn caddy_over_tls_passes() -> Outcome {
    a_proxy_passes(Host::new(Server::Caddy).proxied().over_tls()).await
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
async fn a_proxy_whose_refusals_are_anothers_does_not_pass() -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://localhost:{}", listener.local_addr()?.port());
    let folder = TempDir::new()?;
    let site = folder.path().join("site");
    fs::create_dir(&site)?;
    for entry in fs::read_dir(place::site()?)? {
        let entry = entry?;
        fs::copy(entry.path(), site.join(entry.file_name()))?;
    }
    let config = Addresses {
        auth: "http://localhost:9".to_owned(),
        api: "http://localhost:9".to_owned(),
        site: origin.clone(),
        proxied: true,
    }
    .config();
    let file = folder.path().join("config.json");
    fs::write(&file, config.to_string())?;
    let xtask = || Command::new(place::xtask());
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
    let said = String::from_utf8(done.stdout)?;
    assert!(!done.status.success());
    assert!(said.contains("FAIL  proxy "), "{said}");
    assert!(said.contains("and not of the proxy's own"), "{said}");
    let unasked = said
        .lines()
        .find(|line| line.contains("  unasked "))
        .unwrap();
    assert!(
        unasked.starts_with("  FAIL") || unasked.starts_with("FAIL"),
        "{said}"
    );
    assert!(said.contains("Set-Cookie is `a=b`"), "{said}");
    Ok(())
}
