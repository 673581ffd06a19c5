//! The browser's driver as a process of its own on a free port.

use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::browser::BrowserKind;
use crate::processes::{MARK, Watch};
use crate::{Outcome, locations};

/// How often a driver is started until one listens.
const ATTEMPTS: u32 = 4;

/// A running chromedriver or geckodriver. It ends with its browser when this is dropped.
#[derive(Debug)]
pub struct Driver {
    /// Where it listens.
    pub url: String,
    process: Child,
    printed: Arc<Mutex<Vec<String>>>,
    /// Dropped last: it ends what is left of the browser.
    _watch: Watch,
}

impl Driver {
    /// Starts a driver and waits until it listens. chromedriver takes a free port of IPv4 and ends if
    /// another program has the same one of IPv6; then another port is tried.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub async fn start(kind: BrowserKind) -> Outcome<Self> {
        for _ in 1..ATTEMPTS {
            if let Some(driver) = Self::try_start(kind).await? {
                return Ok(driver);
            }
        }
        let last = Self::try_start(kind).await?;
        last.ok_or_else(|| "the driver ended before it listened".into())
    }

    /// `None` if the driver ends before it listens.
    async fn try_start(kind: BrowserKind) -> Outcome<Option<Self>> {
        let (binary, arguments, before_port) = match kind {
            // "ChromeDriver was started successfully on port 12345."
            BrowserKind::Chromium => (
                locations::chromedriver(),
                &["--port=0"][..],
                "successfully on port ",
            ),
            // "1795311838597 geckodriver INFO Listening on 127.0.0.1:12345"
            BrowserKind::Firefox => (
                locations::geckodriver(),
                // Its second port must be free too, or two at once disturb each other.
                &["--port=0", "--websocket-port=0", "--allow-system-access"][..],
                "Listening on 127.0.0.1:",
            ),
        };
        let watch = Watch::start()?;
        let mut process = Command::new(&binary)
            .args(arguments)
            .env(MARK, &watch.mark)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let output = process.stdout.take().ok_or("the driver has no output")?;
        let mut lines = BufReader::new(output).lines();
        let port = loop {
            let Some(line) = lines.next_line().await? else {
                return Ok(None);
            };
            if let Some((_, port)) = line.split_once(before_port) {
                break port.trim_end_matches('.').parse::<u16>()?;
            }
        };
        let printed = Arc::new(Mutex::new(Vec::new()));
        let retained = printed.clone();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                retained
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(line);
            }
        });
        Ok(Some(Self {
            url: format!("http://127.0.0.1:{port}"),
            process,
            printed,
            _watch: watch,
        }))
    }

    /// What it and its browser have printed since the last call.
    #[must_use]
    pub fn printed(&self) -> Vec<String> {
        let mut printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut printed)
    }

    /// Ends the process and what is left of its browser, and waits until both are gone.
    pub async fn end(mut self) {
        let _ = self.process.kill().await;
    }
}
