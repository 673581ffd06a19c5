//! Chromium without a driver and without the tests' hooks, which would take part in the measurement.

use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{Duration, timeout};

use crate::browser::chromium::ARGUMENTS;
use crate::devtools::Tools;
use crate::processes::{MARK, Watch};
use crate::{Outcome, locations};

/// How long the browser may take to start, and to end by itself.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running browser. It ends when this is dropped.
pub(super) struct Chromium {
    /// The target of the browser as a whole.
    tools: Tools,
    /// Where its DevTools listen, as `host:port`.
    address: String,
    process: Child,
    /// Dropped after the process: it holds the process' files.
    _profile: TempDir,
    /// Dropped last: it ends what is left of the browser.
    _watch: Watch,
}

/// A page in a browser context of its own: nothing is cached or stored, and its process is new.
pub(super) struct ColdPage {
    /// The page's target.
    pub(super) tools: Tools,
    context: Value,
}

impl Chromium {
    /// Starts it with an empty profile.
    pub(super) async fn start() -> Outcome<Self> {
        let watch = Watch::start()?;
        let profile = TempDir::with_prefix("outlay-bench-")?;
        let binary = locations::chrome().unwrap_or_else(|| "chromium".into());
        let mut process = Command::new(&binary)
            .args(ARGUMENTS)
            .arg("--remote-debugging-port=0")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .env(MARK, &watch.mark)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let output = process.stderr.take().ok_or("the browser has no output")?;
        let mut lines = BufReader::new(output).lines();
        let listening = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(url) = line.strip_prefix("DevTools listening on ") {
                    return Ok(url.to_owned());
                }
            }
            Err("the browser ended before it listened".into())
        };
        let url: Outcome<String> = timeout(PATIENCE, listening).await?;
        let url = url?;
        // Whatever it prints later must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let address = url
            .strip_prefix("ws://")
            .and_then(|rest| rest.split('/').next())
            .ok_or("the browser names no address")?;
        Ok(Self {
            address: address.to_owned(),
            tools: Tools::open(&url).await?,
            process,
            _profile: profile,
            _watch: watch,
        })
    }

    /// The port of its DevTools.
    pub(super) fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap_or_default()
    }

    /// Opens an empty page in a new browser context.
    pub(super) async fn open_cold(&mut self) -> Outcome<ColdPage> {
        let made = self
            .tools
            .ask("Target.createBrowserContext", json!({}))
            .await?;
        let context = made["browserContextId"].clone();
        let wanted = json!({ "url": "about:blank", "browserContextId": context });
        let target = self.tools.ask("Target.createTarget", wanted).await?;
        let id = target["targetId"]
            .as_str()
            .ok_or("a target without an id")?;
        let url = format!("ws://{}/devtools/page/{id}", self.address);
        Ok(ColdPage {
            tools: Tools::open(&url).await?,
            context,
        })
    }

    /// Closes a page with everything that it has stored.
    pub(super) async fn close(&mut self, page: ColdPage) -> Outcome {
        let context = json!({ "browserContextId": page.context });
        let disposed = self.tools.ask("Target.disposeBrowserContext", context);
        disposed.await.map(drop)
    }

    /// Ends it and waits until it is gone.
    pub(super) async fn end(mut self) {
        // It may be gone before it answers.
        let _ = self.tools.ask("Browser.close", json!({})).await;
        if timeout(PATIENCE, self.process.wait()).await.is_err() {
            let _ = self.process.kill().await;
        }
    }
}
