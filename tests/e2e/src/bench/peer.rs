//! The React app, built for the addresses of one sandbox.

use std::collections::BTreeMap;
use std::process::Stdio;

use tempfile::TempDir;
use tokio::process::Command;

use super::load::App;
use super::static_site::{Content, StaticSite, read};
use crate::sandbox::{SandboxProcess, SandboxSetup};
use crate::{Outcome, locations};

/// Builds it and serves it; the sandbox must live as long as the app is used.
pub(super) async fn serve(options: &SandboxSetup) -> Outcome<(App, SandboxProcess)> {
    let site = StaticSite::listen().await?;
    let sandbox = SandboxProcess::for_site_at(&site.origin, options).await?;
    let built = TempDir::with_prefix("outlay-bench-peer-")?;
    let folder = built.path().join("dist");
    let missing = |name: &str| format!("{name} is not set: run this by `cargo xtask bench`");
    let node = locations::named("OUTLAY_NODE").ok_or(missing("OUTLAY_NODE"))?;
    let sources = locations::named("OUTLAY_BENCH_PEER").ok_or(missing("OUTLAY_BENCH_PEER"))?;
    let made = Command::new(node)
        .current_dir(sources)
        .args(["build.mjs", "--out"])
        .arg(&folder)
        .args(["--authorization-server", &sandbox.at.auth])
        .args(["--api", &sandbox.at.api])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await?;
    if !made.status.success() {
        let log_text = String::from_utf8_lossy(&made.stderr);
        return Err(format!("the React app was not built:\n{log_text}").into());
    }
    let files = read(&folder)?;
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self' {} {}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        sandbox.at.auth, sandbox.at.api
    );
    let names: BTreeMap<String, ()> = files.keys().map(|name| (name.clone(), ())).collect();
    site.serve(Content {
        files,
        headers: Box::new(move |path| {
            // esbuild puts a hash into the name of every file but the page.
            let hashed = names.contains_key(path) && path != "/index.html";
            let retained = if hashed {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            };
            vec![
                ("Content-Security-Policy", policy.clone()),
                ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
                ("X-Content-Type-Options", "nosniff".to_owned()),
                ("Referrer-Policy", "no-referrer".to_owned()),
                ("Cache-Control", retained.to_owned()),
            ]
        }),
    })?;
    let app = App {
        name: "React",
        site,
        states_session: false,
        authorization_server: sandbox.at.auth.clone(),
    };
    Ok((app, sandbox))
}
