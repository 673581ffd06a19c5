//! `cargo xtask verify` tells a site that is the build from one that is not.

use std::fs;

use outlay_e2e::host::{Host, Server};
use outlay_e2e::sandbox::{Options, Sandbox};
use outlay_e2e::{Outcome, place};
use tokio::process::Command;

/// Whether it passes, and what it says.
async fn verify(sandbox: &Sandbox, base: &str, reports: &str) -> Outcome<(bool, String)> {
    let mut xtask = Command::new(place::xtask());
    xtask.args(["verify", &sandbox.at.site, "--site"]);
    xtask.arg(sandbox.host().unwrap().site(base));
    let done = xtask.args(["--report-uri", reports]).output().await?;
    let said = [done.stdout, done.stderr].concat();
    Ok((done.status.success(), String::from_utf8(said)?))
}

/// Where the policy sends its reports.
async fn reports(sandbox: &Sandbox) -> Outcome<String> {
    let answer = reqwest::get(format!("{}/", sandbox.at.site)).await?;
    let policy = answer.headers()["content-security-policy"].to_str()?;
    Ok(policy.split_once("report-uri ").unwrap().1.to_owned())
}

async fn told_apart(host: Host) -> Outcome {
    let options = Options {
        host: Some(host),
        ..Options::default()
    };
    let sandbox = Sandbox::start(&options).await?;
    let own = reports(&sandbox).await?;
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

#[tokio::test]
async fn a_proxy_that_refuses_passes() -> Outcome {
    let host = Host::new(Server::Nginx).proxied();
    let options = Options {
        host: Some(host),
        ..Options::default()
    };
    let sandbox = Sandbox::start(&options).await?;
    let own = reports(&sandbox).await?;
    let (passes, said) = verify(&sandbox, host.base, &own).await?;
    assert!(passes && said.contains("pass  proxy "), "{said}");
    let counters = sandbox.counters().await?;
    assert_eq!((counters.exchange, counters.refresh), (0, 0));
    sandbox.end().await;
    Ok(())
}
