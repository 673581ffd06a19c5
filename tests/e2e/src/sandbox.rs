//! The sandbox as a process of its own on free ports, and its control.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Stdio;

use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::{NamedTempFile, TempDir};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::fault::{Order, Times};
use crate::{Outcome, place};

/// How a test wants its sandbox.
#[derive(Default)]
pub struct Options {
    /// Seconds that an access token lives.
    pub access_ttl: Option<u32>,
    /// How many accounting entries there are.
    pub entries: Option<usize>,
    /// What to serve as `/config.json`, while the policy stays the one for the real addresses.
    pub config: Option<ConfigOf>,
    /// A script that runs in the vault before the vault itself: a clock that can be set.
    pub before_vault: Option<&'static str>,
}

/// Makes a configuration once the addresses are known.
pub type ConfigOf = Box<dyn Fn(&Addresses) -> Value>;

/// The origins of a sandbox.
#[derive(Debug, Clone, Deserialize)]
pub struct Addresses {
    /// The authorization server.
    pub auth: String,
    /// The API.
    pub api: String,
    /// The site.
    pub site: String,
}

/// A running sandbox. It ends when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    /// Where it is.
    pub at: Addresses,
    client: reqwest::Client,
    process: Child,
    /// The site, where it is a copy of the built one.
    _site: Option<TempDir>,
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

impl Addresses {
    /// The configuration that leads a page here.
    #[must_use]
    pub fn config(&self) -> Value {
        json!({ "profiles": [{
            "id": "sandbox",
            "name": "Sandbox",
            "kind": "sandbox",
            "authorizationServer": self.auth,
            "apiBase": self.api,
            "clientId": "outlay-sandbox",
            "scopes": ["companies:read", "users:read", "accounting-entries:read"],
        }] })
    }
}

impl Sandbox {
    /// Starts a sandbox that serves the built site, and waits until it listens.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub async fn start(options: &Options) -> Outcome<Self> {
        let Some(config) = &options.config else {
            return Self::listen(options, [0; 3], None).await;
        };
        // The file has to name ports before they are listened on, so another process may be faster.
        let mut tries = 5;
        loop {
            tries -= 1;
            let ports = free_ports()?;
            let [auth, api, site] = ports.map(|port| format!("http://localhost:{port}"));
            let mut file = NamedTempFile::new()?;
            file.write_all(
                config(&Addresses { auth, api, site })
                    .to_string()
                    .as_bytes(),
            )?;
            match Self::listen(options, ports, Some(&file)).await {
                Err(_) if tries > 0 => {}
                started => return started,
            }
        }
    }

    async fn listen(
        options: &Options,
        ports: [u16; 3],
        config: Option<&NamedTempFile>,
    ) -> Outcome<Self> {
        let binary = place::sandbox();
        let mut command = Command::new(&binary);
        for (name, port) in ["--auth-port", "--api-port", "--site-port"]
            .into_iter()
            .zip(ports)
        {
            command.args([name, &port.to_string()]);
        }
        let copied = options.before_vault.map(altered_site).transpose()?;
        let site = match &copied {
            Some(folder) => folder.path().to_owned(),
            None => place::site()?,
        };
        command.arg("--csp-reports").arg("--site").arg(site);
        if let Some(seconds) = options.access_ttl {
            command.args(["--access-ttl", &seconds.to_string()]);
        }
        if let Some(entries) = options.entries {
            command.args(["--entries", &entries.to_string()]);
        }
        if let Some(file) = config {
            command.arg("--site-config").arg(file.path());
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let started = command.spawn();
        let mut process = started.map_err(|error| format!("{}: {error}", binary.display()))?;
        let output = process.stdout.take().ok_or("the sandbox has no output")?;
        let mut lines = BufReader::new(output).lines();
        let line = lines
            .next_line()
            .await?
            .ok_or("the sandbox ended before it listened")?;
        // Whatever it prints later must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let at = serde_json::from_str(&line)?;
        Ok(Self {
            at,
            client: reqwest::Client::new(),
            process,
            _site: copied,
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

    /// Switches a fault on. One that happens at once is ordered once.
    ///
    /// # Errors
    ///
    /// What the sandbox has against it.
    pub async fn arm(&self, order: impl Into<Order>, times: Times) -> Outcome {
        let mut order = serde_json::to_value(order.into())?;
        order["times"] = serde_json::to_value(times)?;
        self.send("faults", &order).await
    }

    /// Switches every fault off.
    ///
    /// # Errors
    ///
    /// If the sandbox does not answer.
    pub async fn reset_faults(&self) -> Outcome {
        self.post("faults/reset").await
    }

    /// How often each fault has struck since the last reset.
    ///
    /// # Errors
    ///
    /// If the sandbox does not answer.
    pub async fn struck(&self) -> Outcome<BTreeMap<String, u64>> {
        #[derive(Deserialize)]
        struct List {
            faults: Vec<Row>,
        }
        #[derive(Deserialize)]
        struct Row {
            fault: String,
            struck: u64,
        }
        let list: List = serde_json::from_value(self.get("faults").await?)?;
        let rows = list.faults.into_iter();
        Ok(rows.map(|row| (row.fault, row.struck)).collect())
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
        let url = format!("{}/__sandbox/{what}", self.at.auth);
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
        self.send(what, &json!({})).await
    }

    async fn send(&self, what: &str, body: &Value) -> Outcome {
        let url = format!("{}/__sandbox/{what}", self.at.auth);
        let answer = self.client.post(url).json(body).send().await?;
        if answer.status().is_success() {
            return Ok(());
        }
        let said = answer.text().await?;
        Err(format!("the sandbox refuses {body} at {what}: {said}").into())
    }
}

fn free_ports() -> Outcome<[u16; 3]> {
    let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    // All three at once, so that they differ.
    let listeners = [bind()?, bind()?, bind()?];
    let mut ports = [0; 3];
    for (port, listener) in ports.iter_mut().zip(&listeners) {
        *port = listener.local_addr()?.port();
    }
    Ok(ports)
}

/// The built site with `script` before its vault.
fn altered_site(script: &str) -> Outcome<TempDir> {
    let copy = TempDir::with_prefix("outlay-site-")?;
    for entry in fs::read_dir(place::site()?)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
        }
    }
    let vault = copy.path().join("vault.js");
    fs::write(&vault, [script, &fs::read_to_string(&vault)?].concat())?;
    Ok(copy)
}
