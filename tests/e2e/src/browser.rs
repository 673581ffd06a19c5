//! A browser with a fresh profile: windows, scripts, console.

use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{BrowserLogEntry, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WindowHandle};
use tokio::process::Command;

use crate::driver::Driver;
use crate::{Outcome, place};

const HOOKS: &str = include_str!("hooks.js");

/// What lets Chromium run headless, as any user, and quietly: it asks no server of its own.
const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
];

/// A browser, its driver, and its profile on disk.
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    process: Driver,
    profile: TempDir,
    first: String,
}

impl Browser {
    /// Starts a driver and a browser; the hooks, and then `before_load`, run in every document.
    ///
    /// # Errors
    ///
    /// If either does not start.
    pub async fn start(before_load: Option<&str>) -> Outcome<Self> {
        let process = Driver::start().await?;
        let profile = TempDir::with_prefix("outlay-e2e-")?;
        let mut wanted = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            wanted.add_arg(argument)?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        if let Some(chrome) = place::chrome() {
            wanted.set_binary(&chrome.display().to_string())?;
        }
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::new(&process.url, wanted).await?;
        let browser = Self {
            driver,
            process,
            profile,
            first: [HOOKS, before_load.unwrap_or_default()].concat(),
        };
        browser.hook().await?;
        Ok(browser)
    }

    /// Everything that WebDriver can do.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// The profile's folder.
    #[must_use]
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Opens a further window, with the hooks, and makes it the present one.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn open_window(&self) -> Outcome<WindowHandle> {
        let window = self.driver.new_tab().await?;
        self.driver.switch_to_window(window.clone()).await?;
        self.hook().await?;
        Ok(window)
    }

    /// Runs a script in the present window.
    ///
    /// # Errors
    ///
    /// If the script throws.
    pub async fn run(&self, script: &str, given: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(script, given).await?.json().clone())
    }

    /// Runs a script that calls back with its result: its last argument is the callback.
    ///
    /// # Errors
    ///
    /// If the script throws, or does not call back in time.
    pub async fn run_async(&self, script: &str, given: Vec<Value>) -> Outcome<Value> {
        Ok(self
            .driver
            .execute_async(script, given)
            .await?
            .json()
            .clone())
    }

    /// What the console has got since the last call, of all windows.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn console(&self) -> Outcome<Vec<BrowserLogEntry>> {
        Ok(self.driver.browser_log().await?)
    }

    /// The addresses in the present window's history.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn history(&self) -> Outcome<Vec<String>> {
        let history = self
            .driver
            .cdp()
            .send_raw("Page.getNavigationHistory", ())
            .await?;
        let entries = history["entries"].as_array().ok_or("no history")?;
        Ok(entries
            .iter()
            .map(|entry| format!("{} {}", entry["url"], entry["userTypedURL"]))
            .collect())
    }

    /// Every cookie of every origin, those that scripts cannot see among them.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn cookies(&self) -> Outcome<String> {
        Ok(self
            .driver
            .cdp()
            .send_raw("Storage.getCookies", ())
            .await?
            .to_string())
    }

    /// Ends the browser and its driver; what is left is the profile's folder.
    pub async fn end(self) -> TempDir {
        let Self {
            driver,
            process,
            profile,
            ..
        } = self;
        let browser = driver
            .capabilities()
            .get("goog:processID")
            .and_then(Value::as_u64);
        let quit = driver.quit().await;
        process.end().await;
        if quit.is_err()
            && let Some(id) = browser
        {
            let _ = Command::new("kill").arg(id.to_string()).status().await;
        }
        profile
    }

    async fn hook(&self) -> Outcome {
        let hooks = json!({ "source": self.first });
        self.driver
            .cdp()
            .send_raw("Page.addScriptToEvaluateOnNewDocument", hooks)
            .await?;
        Ok(())
    }
}
