//! The sandbox as a process of its own on free ports, and its control.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Stdio;

use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::{NamedTempFile, TempDir};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

pub use crate::addresses::SiteAddresses;
use crate::fault::{self, FaultTimes};
use crate::host::{CLIENT_SECRET, HostFolder, HostOrder, HostSetup, RunningHost, basic};
use crate::{Outcome, locations};

/// How a test wants its sandbox.
#[derive(Default)]
pub struct SandboxSetup {
    /// Seconds that an access token lives.
    pub access_ttl: Option<u32>,
    /// How many accounting entries there are.
    pub entries: Option<usize>,
    /// What to serve as `/config.json`, while the policy stays the one for the real addresses.
    pub config: Option<ConfigOf>,
    /// A script that runs in the vault before the vault itself: a clock that can be set.
    pub before_vault: Option<&'static str>,
    /// Another host for the site than that of this run.
    pub host: Option<HostSetup>,
    /// The operator's own files for it.
    pub local: &'static [(&'static str, &'static str)],
}

/// Makes a configuration once the addresses are known.
pub type ConfigOf = Box<dyn Fn(&SiteAddresses) -> Value>;

/// A running sandbox. It ends when this is dropped.
#[derive(Debug)]
pub struct SandboxProcess {
    /// Where it is.
    pub at: SiteAddresses,
    client: reqwest::Client,
    process: Child,
    /// The host of the site, where it is not this process.
    host: Option<RunningHost>,
    /// The site, where it is a copy of the built one.
    site: Option<TempDir>,
}

/// What the sandbox counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SandboxCounters {
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
    /// Updates of items of export jobs, each item of a batch counted.
    pub item_updates: u64,
    /// Of these, updates of items that had a result or an update before.
    pub item_updates_again: u64,
    /// Every access and refresh token ever issued.
    pub tokens_issued: BTreeSet<String>,
}

impl SandboxProcess {
    /// Starts a sandbox that serves the built site, and waits until it listens.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub async fn start(options: &SandboxSetup) -> Outcome<Self> {
        let host = match options.host {
            Some(host) => Some(host),
            None => HostSetup::of_this_run()?,
        };
        if let Some(host) = host {
            return Self::behind(options, host).await;
        }
        let copied = options.before_vault.map(altered_site).transpose()?;
        let folder = match &copied {
            Some(folder) => folder.path().to_owned(),
            None => locations::site()?,
        };
        let whole = |(at, process)| Self {
            at,
            client: reqwest::Client::new(),
            process,
            host: None,
            site: copied,
        };
        let Some(config) = &options.config else {
            return listen(options, [0; 3], &folder, &[]).await.map(whole);
        };
        // The file has to name ports before they are listened on, so another process may be faster.
        let mut tries = 5;
        loop {
            tries -= 1;
            let ports = free_ports()?;
            let [auth, api, site] = ports.map(|port| format!("http://localhost:{port}"));
            let mut file = NamedTempFile::new()?;
            let at = SiteAddresses {
                auth,
                api,
                site,
                proxied: false,
            };
            file.write_all(config(&at).to_string().as_bytes())?;
            let named = [
                "--site-config".to_owned(),
                file.path().display().to_string(),
            ];
            match listen(options, ports, &folder, &named).await {
                Err(_) if tries > 0 => {}
                started => return started.map(whole),
            }
        }
    }

    /// Starts a sandbox whose site is served at `origin` by something else; of `options`, those of the
    /// site have no effect.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub async fn for_site_at(origin: &str, options: &SandboxSetup) -> Outcome<Self> {
        let site = ["--site-origin".to_owned(), origin.to_owned()];
        let (at, process) = listen(options, [0; 3], &locations::site()?, &site).await?;
        Ok(Self {
            at,
            client: reqwest::Client::new(),
            process,
            host: None,
            site: None,
        })
    }

    /// The same with the site on another host; its port has to be named before it is listened on.
    async fn behind(options: &SandboxSetup, host: HostSetup) -> Outcome<Self> {
        let mut tries = 3;
        loop {
            tries -= 1;
            let ports = free_ports()?;
            match Self::on(options, host, ports).await {
                Err(_) if tries > 0 => {}
                started => return started,
            }
        }
    }

    async fn on(
        options: &SandboxSetup,
        host: HostSetup,
        [port, own, _]: [u16; 3],
    ) -> Outcome<Self> {
        let origin = host.origin(port);
        let mut more = vec!["--site-origin".to_owned(), format!("{origin}{}", host.base)];
        if host.proxied {
            let secret = ["--no-cors", "--client-secret", CLIENT_SECRET];
            more.extend(secret.map(str::to_owned));
        }
        // The sandbox's own host still takes the reports of the policy.
        let (mut at, process) = listen(options, [0, 0, own], &locations::site()?, &more).await?;
        at.proxied = host.proxied;
        let token = format!("{}/oauth/token", at.auth);
        let order = HostOrder {
            config: &at.config(),
            served: options.config.as_ref().map(|config| config(&at)),
            before_vault: options.before_vault,
            port,
            reports: &format!("http://localhost:{own}/__csp-report"),
            behind: [&token, &at.api],
            secret: &basic(),
            local: options.local,
        };
        let running = host.start(order).await?;
        Ok(Self {
            at,
            client: reqwest::Client::new(),
            process,
            host: Some(running),
            site: None,
        })
    }

    /// What has been counted so far.
    ///
    /// # Errors
    ///
    /// If the sandbox does not answer.
    pub async fn counters(&self) -> Outcome<SandboxCounters> {
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
    pub async fn arm(&self, order: impl Into<fault::SandboxOrder>, times: FaultTimes) -> Outcome {
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
        struct FaultList {
            faults: Vec<FaultListRow>,
        }
        #[derive(Deserialize)]
        struct FaultListRow {
            fault: String,
            struck: u64,
        }
        let list: FaultList = serde_json::from_value(self.get("faults").await?)?;
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

    /// Ends the processes and waits until they are gone; what is left is the folder of the host, if
    /// another one served the site.
    pub async fn end(mut self) -> Option<HostFolder> {
        let _ = self.process.kill().await;
        match self.host {
            Some(host) => Some(host.end().await),
            None => None,
        }
    }

    /// The folder that the site is served from, where it is a copy for this test: see
    /// [`SandboxSetup::before_vault`].
    #[must_use]
    pub fn site(&self) -> Option<&Path> {
        self.site.as_ref().map(TempDir::path)
    }

    /// The folder of the host that serves the site, if it is not this one.
    #[must_use]
    pub fn host(&self) -> Option<&HostFolder> {
        self.host.as_ref().map(|host| &host.folder)
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
        let shown_text = answer.text().await?;
        Err(format!("the sandbox refuses {body} at {what}: {shown_text}").into())
    }
}

/// Starts the process with the site in `site` and waits until it listens.
async fn listen(
    options: &SandboxSetup,
    ports: [u16; 3],
    site: &Path,
    more: &[String],
) -> Outcome<(SiteAddresses, Child)> {
    let binary = locations::sandbox();
    let mut command = Command::new(&binary);
    for (name, port) in ["--auth-port", "--api-port", "--site-port"]
        .into_iter()
        .zip(ports)
    {
        command.args([name, &port.to_string()]);
    }
    command.arg("--csp-reports").arg("--site").arg(site);
    if let Some(seconds) = options.access_ttl {
        command.args(["--access-ttl", &seconds.to_string()]);
    }
    if let Some(entries) = options.entries {
        command.args(["--entries", &entries.to_string()]);
    }
    if let Some(delay) = locations::site_delay() {
        command.args(["--site-delay", &delay]);
    }
    command
        .args(more)
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
    Ok((serde_json::from_str(&line)?, process))
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
    for entry in fs::read_dir(locations::site()?)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
        }
    }
    let vault = copy.path().join("vault.js");
    fs::write(&vault, [script, &fs::read_to_string(&vault)?].concat())?;
    Ok(copy)
}
