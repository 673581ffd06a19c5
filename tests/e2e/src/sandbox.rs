//! The sandbox as a process of its own on free ports, and its control.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Stdio;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::{Outcome, place};

/// How a test wants its sandbox.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Seconds that an access token lives.
    pub access_ttl: Option<u32>,
    /// How many accounting entries there are.
    pub entries: Option<usize>,
    /// A file to serve as `/config.json`, while the policy stays the one for the real addresses.
    pub site_config: Option<PathBuf>,
}

/// A running sandbox. It ends when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    /// The authorization server's origin.
    pub auth: String,
    /// The API's origin.
    pub api: String,
    /// The site's origin.
    pub site: String,
    client: reqwest::Client,
    process: Child,
}

/// What the sandbox counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counters {
    /// Authorization requests.
    pub authorize: u64,
    /// Codes redeemed.
    pub exchange: u64,
    /// Refreshes.
    pub refresh: u64,
    /// Calls of the API.
    pub api: u64,
    /// Refresh tokens presented after they had been redeemed.
    pub refresh_presented_again: u64,
    /// Every access and refresh token ever issued.
    pub tokens_issued: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Addresses {
    auth: String,
    api: String,
    site: String,
}

impl Sandbox {
    /// Starts a sandbox that serves the built site, and waits until it listens.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub async fn start(options: &Options) -> Outcome<Self> {
        let binary = place::sandbox();
        let mut command = Command::new(&binary);
        for port in ["--auth-port", "--api-port", "--site-port"] {
            command.args([port, "0"]);
        }
        command
            .arg("--csp-reports")
            .arg("--site")
            .arg(place::site()?);
        if let Some(seconds) = options.access_ttl {
            command.args(["--access-ttl", &seconds.to_string()]);
        }
        if let Some(entries) = options.entries {
            command.args(["--entries", &entries.to_string()]);
        }
        if let Some(file) = &options.site_config {
            command.arg("--site-config").arg(file);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let mut process = command
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let output = process.stdout.take().ok_or("the sandbox has no output")?;
        let mut lines = BufReader::new(output).lines();
        let line = lines
            .next_line()
            .await?
            .ok_or("the sandbox ended before it listened")?;
        // Whatever it prints later must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let Addresses { auth, api, site } = serde_json::from_str(&line)?;
        Ok(Self {
            auth,
            api,
            site,
            client: reqwest::Client::new(),
            process,
        })
    }

    /// What has been counted so far.
    ///
    /// # Errors
    ///
    /// If the sandbox does not answer.
    pub async fn counters(&self) -> Outcome<Counters> {
        Ok(serde_json::from_value(self.get("counters").await?)?)
    }

    /// Every report of a broken policy, of pages and workers.
    ///
    /// # Errors
    ///
    /// If the sandbox does not answer.
    pub async fn csp_reports(&self) -> Outcome<Vec<Value>> {
        match self.get("csp-reports").await? {
            Value::Array(reports) => Ok(reports),
            other => Err(format!("no list of reports: {other}").into()),
        }
    }

    /// Every access token expires now.
    ///
    /// # Errors
    ///
    /// If the sandbox does not answer.
    pub async fn expire(&self) -> Outcome {
        self.post("expire").await
    }

    /// Every authorisation ends now.
    ///
    /// # Errors
    ///
    /// If the sandbox does not answer.
    pub async fn revoke(&self) -> Outcome {
        self.post("revoke").await
    }

    /// Ends the process and waits until it is gone.
    pub async fn end(mut self) {
        let _ = self.process.kill().await;
    }

    async fn get(&self, what: &str) -> Outcome<Value> {
        let url = format!("{}/__sandbox/{what}", self.auth);
        Ok(self
            .client
            .get(url)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?)
    }

    async fn post(&self, what: &str) -> Outcome {
        let url = format!("{}/__sandbox/{what}", self.auth);
        self.client
            .post(url)
            .json(&json!({}))
            .send()
            .await?
            .error_for_status()?;
        Ok(())
    }
}
