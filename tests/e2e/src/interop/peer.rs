//! The authorization servers, as processes, and what a person does on their pages.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::{AbortHandle, spawn};
use tokio::time::timeout;

use crate::wait::{PATIENCE, until};
use crate::{Outcome, locations};

/// Id and secret of the resource server, which asks about tokens.
pub const RESOURCE: (&str, &str) = ("resource-server", "a-secret-of-the-resource-server");

/// How long a server may take to listen.
const START: Duration = Duration::from_secs(60);

/// Which authorization server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeerKind {
    /// node-oidc-provider, from npm.
    NodeOidcProvider,
    /// django-oauth-toolkit, from PyPI.
    DjangoOauthToolkit,
}

/// The paths of a server's endpoints.
#[derive(Debug, Clone, Copy)]
pub struct Endpoints {
    /// RFC 6749 §3.1.
    pub authorization: &'static str,
    /// RFC 6749 §3.2.
    pub token: &'static str,
    /// RFC 7009.
    pub revocation: &'static str,
    /// RFC 7662.
    pub introspection: &'static str,
}

impl PeerKind {
    /// What its authors call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NodeOidcProvider => "node-oidc-provider",
            Self::DjangoOauthToolkit => "django-oauth-toolkit",
        }
    }

    /// Where its endpoints are.
    #[must_use]
    pub fn endpoints(self) -> Endpoints {
        match self {
            Self::NodeOidcProvider => Endpoints {
                authorization: "/auth",
                token: "/token",
                revocation: "/token/revocation",
                introspection: "/token/introspection",
            },
            Self::DjangoOauthToolkit => Endpoints {
                authorization: "/o/authorize/",
                token: "/o/token/",
                revocation: "/o/revoke_token/",
                introspection: "/o/introspect/",
            },
        }
    }

    /// Whether its authorization responses carry `iss` (RFC 9207).
    #[must_use]
    pub fn names_issuer(self) -> bool {
        self == Self::NodeOidcProvider
    }

    fn command(self) -> Outcome<Command> {
        let missing = |variable: &str| {
            format!("{variable} is not set: run this by `cargo xtask test interop`")
        };
        Ok(match self {
            Self::NodeOidcProvider => {
                let node = locations::named("OUTLAY_NODE").ok_or(missing("OUTLAY_NODE"))?;
                let folder = locations::named("OUTLAY_NODE_OIDC_PROVIDER")
                    .ok_or(missing("OUTLAY_NODE_OIDC_PROVIDER"))?;
                let mut command = Command::new(node);
                command.arg(folder.join("peer.mjs"));
                command
            }
            Self::DjangoOauthToolkit => {
                let python = locations::named("OUTLAY_PYTHON").ok_or(missing("OUTLAY_PYTHON"))?;
                let mut command = Command::new(python);
                command
                    .arg(locations::root().join("tests/interop/django-oauth-toolkit/peer.py"))
                    .env("PYTHONDONTWRITEBYTECODE", "1")
                    // The network that the test runs on is this machine's alone.
                    .env("OAUTHLIB_INSECURE_TRANSPORT", "1");
                command
            }
        })
    }

    /// Logs in and decides.
    ///
    /// # Errors
    ///
    /// If a page lacks what it should have.
    pub async fn decide(self, driver: &WebDriver, allow: bool) -> Outcome {
        let (user, log_in) = match self {
            Self::NodeOidcProvider => ("login", "//button[.='Sign-in']"),
            Self::DjangoOauthToolkit => ("username", "//button[.='Log in']"),
        };
        press(driver, log_in, &[(user, "user"), ("password", "user")]).await?;
        self.consent(driver, allow).await
    }

    /// Decides on the consent page, where the login is remembered.
    ///
    /// # Errors
    ///
    /// If the page lacks what it should have.
    pub async fn consent(self, driver: &WebDriver, allow: bool) -> Outcome {
        let button = match (self, allow) {
            (Self::NodeOidcProvider, true) => "//button[.='Continue']",
            (Self::NodeOidcProvider, false) => "//a[contains(., 'Cancel')]",
            (Self::DjangoOauthToolkit, true) => "//input[@name='allow']",
            (Self::DjangoOauthToolkit, false) => "//input[@type='submit' and not(@name)]",
        };
        press(driver, button, &[]).await
    }
}

/// Waits for a page with this button, fills the fields, and presses it.
async fn press(driver: &WebDriver, button: &str, fields: &[(&str, &str)]) -> Outcome {
    until(&format!("{button} of the server"), PATIENCE, async || {
        let found = driver.find(By::XPath(button)).await?;
        // Firefox loses a click into a page that is still being loaded.
        let state = driver.execute("return document.readyState", vec![]).await?;
        if state.json() != "complete" {
            return Ok(None);
        }
        for (name, text) in fields {
            let field = driver.find(By::Name(*name)).await?;
            field.clear().await?;
            field.send_keys(*text).await?;
        }
        found.click().await?;
        Ok(Some(()))
    })
    .await
}

/// A running authorization server. It ends when this is dropped, and with the test's process.
#[derive(Debug)]
pub struct Peer {
    /// Where it listens.
    pub origin: String,
    _process: Child,
    output: AbortHandle,
    folder: TempDir,
}

#[derive(Deserialize)]
struct Listening {
    port: u16,
}

impl Peer {
    /// Starts it, with what `peer.mjs` and `peer.py` say that they need to know, and waits until it
    /// listens.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub async fn start(kind: PeerKind, known: &Value) -> Outcome<Self> {
        let folder = TempDir::with_prefix("outlay-peer-")?;
        let log = log(&folder);
        let mut process = kind
            .command()?
            .current_dir(folder.path())
            .env("OUTLAY_PEER", known.to_string())
            // Open for as long as this process lives.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log)?)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{}: {error}", kind.name()))?;
        let output = process.stdout.take().ok_or("the server has no output")?;
        let mut lines = BufReader::new(output).lines();
        let line = timeout(START, lines.next_line()).await;
        let Ok(Ok(Some(line))) = line else {
            let log = std::fs::read_to_string(&log).unwrap_or_default();
            return Err(format!("{} did not start:\n{log}", kind.name()).into());
        };
        let Listening { port } = serde_json::from_str(&line)?;
        // It ends in an error when it writes to an output that is closed.
        let output = spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self {
            origin: format!("http://127.0.0.1:{port}"),
            _process: process,
            output: output.abort_handle(),
            folder,
        })
    }

    /// What it has written to its standard error.
    #[must_use]
    pub fn printed(&self) -> String {
        std::fs::read_to_string(log(&self.folder)).unwrap_or_default()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.output.abort();
    }
}

fn log(folder: &TempDir) -> PathBuf {
    folder.path().join("stderr.log")
}
