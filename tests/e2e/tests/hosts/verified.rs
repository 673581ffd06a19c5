//! `cargo xtask verify` tells a site that is the build from one that is not.

use std::fs;

use outlay_e2e::host::{Folder, Host, Server};
use outlay_e2e::sandbox::{Options, Sandbox};
use outlay_e2e::{Outcome, place};
use tokio::process::Command;

/// Whether it passes, and what it says.
async fn verify(sandbox: &Sandbox, build: &Folder, base: &str) -> Outcome<(bool, String)> {
    let mut xtask = Command::new(place::xtask());
    xtask.args(["verify", &sandbox.at.site, "--site"]);
    xtask.arg(build.site(base));
    let policy = reqwest::get(format!("{}/", sandbox.at.site)).await?;
    let policy = policy.headers()["content-security-policy"].to_str()?;
    let (_, reports) = policy.split_once("report-uri ").unwrap();
    let done = xtask.args(["--report-uri", reports]).output().await?;
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8(said)?;
    Ok((done.status.success(), said))
}

async fn told_apart(host: Host) -> Outcome {
    let options = Options {
        host: Some(host),
        ..Options::default()
    };
    let sandbox = Sandbox::start(&options).await?;
    let folder = sandbox.host().unwrap();
    let (passes, said) = verify(&sandbox, folder, host.base).await?;
    assert!(passes, "{said}");
    assert!(
        said.contains("pass  H1 ") && !said.contains("FAIL"),
        "{said}"
    );
    let vault = folder.site(host.base).join("vault.js");
    fs::write(&vault, "// somebody else's\n")?;
    fs::remove_file(vault.with_extension("js.gz"))?;
    fs::remove_file(vault.with_extension("js.br"))?;
    let (passes, said) = verify(&sandbox, folder, host.base).await?;
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
    let (passes, said) = verify(&sandbox, sandbox.host().unwrap(), host.base).await?;
    assert!(passes && said.contains("pass  proxy "), "{said}");
    let counters = sandbox.counters().await?;
    assert_eq!((counters.exchange, counters.refresh), (0, 0));
    sandbox.end().await;
    Ok(())
}
