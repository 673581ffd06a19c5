//! The site on another host than the sandbox's: a real nginx or a real Caddy, with the files that
//! `cargo xtask host` writes, and if wanted as the proxy before a sandbox that opens itself to no
//! page and wants a secret.
//!
//! Reading order: this file; `nginx` and `caddy`, what each needs to run as anybody, in a folder of
//! its own.

mod caddy;
mod nginx;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::wait::{PATIENCE, until};
use crate::{Outcome, locations};

/// What the proxy knows and no browser may.
pub const CLIENT_SECRET: &str = "kept+by the/proxy-9f2c41d7b6a8";

/// The program that serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebServer {
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
}

/// A host and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostSetup {
    /// The program.
    pub server: WebServer,
    /// The path that the site lies under.
    pub base: &'static str,
    /// Whether Pleo is reached through it alone.
    pub proxied: bool,
    /// Whether it serves over TLS, with a certificate of its own making.
    pub tls: bool,
}

impl HostSetup {
    /// The site at `/`.
    #[must_use]
    pub fn new(server: WebServer) -> Self {
        Self {
            server,
            base: "/",
            proxied: false,
            tls: false,
        }
    }

    /// The same under a path.
    #[must_use]
    pub fn under(self, base: &'static str) -> Self {
        Self { base, ..self }
    }

    /// The same before a server that answers nobody else.
    #[must_use]
    pub fn proxied(self) -> Self {
        Self {
            proxied: true,
            ..self
        }
    }

    /// The same over TLS.
    #[must_use]
    pub fn over_tls(self) -> Self {
        Self { tls: true, ..self }
    }

    /// Where it serves the site.
    #[must_use]
    pub fn origin(self, port: u16) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        format!("{scheme}://localhost:{port}")
    }

    /// The host of this run, as `OUTLAY_HOST` names it; none is the sandbox's own.
    ///
    /// # Errors
    ///
    /// If it names nothing known.
    pub fn of_this_run() -> Outcome<Option<Self>> {
        Ok(Some(match locations::host().as_deref() {
            None | Some("sandbox") => return Ok(None),
            Some("nginx") => Self::new(WebServer::Nginx),
            Some("caddy") => Self::new(WebServer::Caddy),
            Some("nginx-proxy") => Self::new(WebServer::Nginx).proxied(),
            Some("caddy-proxy") => Self::new(WebServer::Caddy).proxied(),
            Some(other) => return Err(format!("OUTLAY_HOST names {other:?}").into()),
        }))
    }
}

/// What a host is to serve.
pub struct HostOrder<'a> {
    /// The configuration that policy and proxy are made from.
    pub config: &'a Value,
    /// What is served in its stead.
    pub served: Option<Value>,
    /// A script before the vault's own.
    pub before_vault: Option<&'a str>,
    /// The port on this machine.
    pub port: u16,
    /// Who hears of a broken policy.
    pub reports: &'a str,
    /// The authorization server's token endpoint, and the API.
    pub behind: [&'a str; 2],
    /// What the proxy adds after `Basic`; nothing, where the operator has forgotten it.
    pub secret: &'a str,
    /// The operator's own files, beside the generated ones.
    pub local: &'a [(&'a str, &'a str)],
}

/// A running host. It ends when this is dropped.
#[derive(Debug)]
pub struct RunningHost {
    process: Child,
    /// Where its files are.
    pub folder: HostFolder,
}

/// The folders of a host.
#[derive(Debug)]
pub struct HostFolder(TempDir);

impl HostFolder {
    /// The site: what was built, below its base.
    #[must_use]
    pub fn site(&self, base: &str) -> PathBuf {
        self.root().join(base.trim_matches('/'))
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("root")
    }

    /// Its configuration, the secret among it.
    fn conf(&self) -> PathBuf {
        self.0.path().join("conf")
    }

    /// The certificate of one over TLS.
    #[must_use]
    pub fn certificate(&self) -> PathBuf {
        self.conf().join("certificate.pem")
    }

    /// Everything that it writes: logs, and files of passage.
    #[must_use]
    pub fn written(&self) -> PathBuf {
        self.0.path().join("written")
    }
}

impl HostSetup {
    /// Starts it and waits until it listens.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub async fn start(self, order: HostOrder<'_>) -> Outcome<RunningHost> {
        let folder = HostFolder(TempDir::with_prefix("outlay-host-")?);
        self.prepare(&folder, &order).await?;
        let mut command = match self.server {
            WebServer::Nginx => nginx::command(&folder, order.secret)?,
            WebServer::Caddy => caddy::command(&folder, order.secret)?,
        };
        let mut process = command.kill_on_drop(true).spawn()?;
        until("the host to listen", PATIENCE, async || {
            if let Some(status) = process.try_wait()? {
                return Ok(Some(Err(status)));
            }
            TcpStream::connect(("127.0.0.1", order.port)).await?;
            Ok(Some(Ok(())))
        })
        .await?
        .map_err(|status| format!("the host ended: {status}\n{}", log_text(&folder.written())))?;
        Ok(RunningHost { process, folder })
    }

    /// Lays the site out as an operator would, by the same command.
    async fn prepare(self, folder: &HostFolder, order: &HostOrder<'_>) -> Outcome {
        let site = folder.site(self.base);
        copy(&locations::site()?, &site)?;
        for path in [folder.conf(), folder.written()] {
            fs::create_dir_all(path)?;
        }
        if let Some(script) = order.before_vault {
            let vault = site.join("vault.js");
            fs::write(&vault, [script, &fs::read_to_string(&vault)?].concat())?;
        }
        let config = folder.conf().join("config.json");
        fs::write(&config, order.config.to_string())?;
        let mut xtask = Command::new(locations::xtask());
        xtask.args(["host", "--base", self.base, "--report-uri", order.reports]);
        xtask.args(["--origin", &self.origin(order.port)]);
        xtask.arg("--site").arg(&site).arg("--config").arg(&config);
        xtask.arg("--root").arg(folder.root());
        if self.proxied {
            let [token, api] = order.behind;
            xtask.args(["--confidential", "--token-upstream", token]);
            xtask.args(["--api-upstream", api]);
        }
        let done = xtask.output().await?;
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).into());
        }
        if let Some(served) = &order.served {
            fs::write(site.join("config.json"), served.to_string())?;
        }
        // Where nobody serves it.
        let beside = site.with_file_name(format!(
            "{}.host",
            site.file_name().unwrap_or_default().to_string_lossy()
        ));
        copy(&beside, &folder.conf())?;
        fs::create_dir_all(folder.conf().join("outlay"))?;
        for (name, text) in order.local {
            fs::write(folder.conf().join("outlay").join(name), text)?;
        }
        if self.tls {
            certify(folder)?;
        }
        Ok(())
    }
}

/// A certificate for this machine, where the operator would put one.
fn certify(folder: &HostFolder) -> Outcome {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let (certificate, key) = (folder.certificate(), folder.conf().join("key.pem"));
    fs::write(&certificate, made.cert.pem())?;
    fs::write(&key, made.signing_key.serialize_pem())?;
    let (certificate, key) = (certificate.display(), key.display());
    let own = folder.conf().join("outlay");
    let nginx = format!("ssl_certificate {certificate};\nssl_certificate_key {key};\n");
    fs::write(own.join("local.server.tls.conf"), nginx)?;
    fs::write(
        own.join("site.tls.caddy"),
        format!("tls {certificate} {key}\n"),
    )?;
    // Its own redirect would want the port 80.
    let caddy = "auto_https disable_redirects\n";
    Ok(fs::write(own.join("global.tls.caddy"), caddy)?)
}

impl RunningHost {
    /// Ends the process and waits until it is gone; what is left is its folder.
    pub async fn end(mut self) -> HostFolder {
        let _ = self.process.kill().await;
        self.folder
    }
}

/// Everything that a host has written.
///
/// # Panics
///
/// Never: what cannot be read is left out.
#[must_use]
pub fn log_text(written: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(written).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            text.push_str(&log_text(&entry.path()));
        } else if let Ok(bytes) = fs::read(entry.path()) {
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    text
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// `base64(id:secret)`, both form-encoded first (RFC 6749 §2.3.1).
#[must_use]
pub fn basic() -> String {
    // outlay-sandbox:kept%2Bby+the%2Fproxy-9f2c41d7b6a8
    "b3V0bGF5LXNhbmRib3g6a2VwdCUyQmJ5K3RoZSUyRnByb3h5LTlmMmM0MWQ3YjZhOA==".to_owned()
}
