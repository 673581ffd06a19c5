//! A browser with a fresh profile: windows, scripts, console.
//!
//! Reading order: this file, what both browsers can do; `chromium` and `firefox`, what each is
//! asked in its own way.

pub(crate) mod chromium;
mod firefox;

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;
use tokio::time::timeout;

use crate::driver::Driver;
use crate::wait::{PATIENCE, until};
use crate::{Outcome, locations};

const HOOKS: &str = include_str!("../hooks.js");

/// How long a browser may take to end by itself.
const QUIT: Duration = Duration::from_secs(20);

/// Which browser the tests are run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrowserKind {
    /// Chromium or one of its family.
    Chromium,
    /// Firefox.
    Firefox,
}

impl BrowserKind {
    /// The browser of this run, as `OUTLAY_BROWSER` names it.
    ///
    /// # Errors
    ///
    /// If it names neither.
    pub fn of_this_run() -> Outcome<Self> {
        match locations::browser().as_deref() {
            None | Some("chromium") => Ok(Self::Chromium),
            Some("firefox") => Ok(Self::Firefox),
            Some(other) => Err(format!("OUTLAY_BROWSER names {other:?}").into()),
        }
    }
}

/// One line of the console.
#[derive(Debug, Clone)]
pub struct ConsoleLine {
    /// Whether it is an error.
    pub error: bool,
    /// Its text.
    pub text: String,
}

/// A browser, its driver, and its profile on disk.
#[derive(Debug)]
pub struct TestBrowser {
    /// Which one it is.
    pub kind: BrowserKind,
    driver: WebDriver,
    process: Driver,
    profile: TempDir,
    /// What runs in every document before the document's own scripts.
    first: String,
}

impl TestBrowser {
    /// Starts a driver and a browser; the hooks, and then `before_load`, run in every document.
    ///
    /// # Errors
    ///
    /// If either does not start.
    pub async fn start(before_load: Option<&str>) -> Outcome<Self> {
        let kind = BrowserKind::of_this_run()?;
        let process = Driver::start(kind).await?;
        let profile = TempDir::with_prefix("outlay-e2e-")?;
        let driver = match kind {
            BrowserKind::Chromium => {
                WebDriver::new(&process.url, chromium::wanted(profile.path())?).await?
            }
            BrowserKind::Firefox => {
                WebDriver::new(&process.url, firefox::wanted(profile.path())?).await?
            }
        };
        let first = [HOOKS, before_load.unwrap_or_default()].concat();
        match kind {
            BrowserKind::Chromium => chromium::hook(&driver, &first).await?,
            BrowserKind::Firefox => firefox::hook(&driver, &first, profile.path()).await?,
        }
        Ok(Self {
            kind,
            driver,
            process,
            profile,
            first,
        })
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
        if self.kind == BrowserKind::Chromium {
            chromium::hook(&self.driver, &self.first).await?;
        }
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

    /// Runs a script until it returns this value; `what` names it should it never do so.
    ///
    /// # Errors
    ///
    /// If it never does: with the value or the exception of the last run.
    pub async fn wait_for(
        &self,
        what: &str,
        script: &str,
        given: Vec<Value>,
        expected: impl Into<Value>,
    ) -> Outcome {
        let expected = expected.into();
        until(what, PATIENCE, async || {
            let value = self.run(script, given.clone()).await?;
            match value == expected {
                true => Ok(Some(())),
                false => Err(format!("{value}, not {expected}").into()),
            }
        })
        .await
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
    pub async fn console(&self) -> Outcome<Vec<ConsoleLine>> {
        match self.kind {
            BrowserKind::Chromium => chromium::console(&self.driver).await,
            BrowserKind::Firefox => firefox::console(&self.driver, self.process.printed()).await,
        }
    }

    /// Removes every copy of a file that the browser has kept.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn clear_cache(&self) -> Outcome {
        match self.kind {
            BrowserKind::Chromium => self
                .ask("Network.clearBrowserCache", json!({}))
                .await
                .map(drop),
            BrowserKind::Firefox => firefox::clear_cache(&self.driver).await,
        }
    }

    /// The addresses in the present window's history.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn history(&self) -> Outcome<Vec<String>> {
        match self.kind {
            BrowserKind::Chromium => chromium::history(&self.driver).await,
            BrowserKind::Firefox => firefox::history(&self.driver).await,
        }
    }

    /// Every cookie of every origin, those that scripts cannot see among them.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn cookies(&self) -> Outcome<String> {
        match self.kind {
            BrowserKind::Chromium => chromium::cookies(&self.driver).await,
            BrowserKind::Firefox => firefox::cookies(&self.driver).await,
        }
    }

    /// From now on `script` too runs in every document of the present window before the document's
    /// own. Chromium only.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn run_first(&self, script: &str) -> Outcome {
        chromium::hook(&self.driver, script).await
    }

    /// Asks the present window's page through the DevTools protocol. Chromium only.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn ask(&self, what: &str, given: Value) -> Outcome<Value> {
        chromium::ask(&self.driver, what, given).await
    }

    /// Where Chromium's own tools listen, as `host:port`.
    ///
    /// # Errors
    ///
    /// In any other browser.
    pub fn debugger(&self) -> Outcome<&str> {
        let options = self.driver.capabilities().get("goog:chromeOptions");
        let address = options.and_then(|options| options["debuggerAddress"].as_str());
        Ok(address.ok_or("the browser does not say where its tools are")?)
    }

    /// Shows the present window's page as on a screen of this width, in dark or light colours.
    /// Chromium only: a window of Firefox is never narrower than 500 pixels.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn show_as(&self, width: u32, dark: bool) -> Outcome {
        chromium::show_as(&self.driver, width, dark).await
    }

    /// Ends the browser and its driver; what is left is the profile's folder.
    pub async fn end(self) -> TempDir {
        let Self {
            driver,
            process,
            profile,
            ..
        } = self;
        // A browser that does not answer is ended with the driver.
        let _ = timeout(QUIT, driver.quit()).await;
        process.end().await;
        profile
    }
}
