//! What Chromium is asked in its own way: through the DevTools protocol.

use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use super::ConsoleLine;
use crate::{Outcome, locations};

/// What lets it run headless, as any user, and quietly: it asks no server of its own.
pub(crate) const ARGUMENTS: [&str; 10] = [
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

/// The browser to ask the driver for.
pub fn wanted(profile: &Path) -> Outcome<Capabilities> {
    let mut wanted = DesiredCapabilities::chrome();
    for argument in ARGUMENTS {
        wanted.add_arg(argument)?;
    }
    wanted.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    if let Some(chrome) = locations::chrome() {
        wanted.set_binary(&chrome.display().to_string())?;
    }
    // Hosts over TLS certify themselves here.
    wanted.accept_insecure_certs(true)?;
    wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(wanted.into())
}

/// Runs `script` first in every document that the present window will load.
pub async fn hook(driver: &WebDriver, script: &str) -> Outcome {
    let hooks = json!({ "source": script });
    ask(driver, "Page.addScriptToEvaluateOnNewDocument", hooks)
        .await
        .map(drop)
}

/// The console since the last call.
pub async fn console(driver: &WebDriver) -> Outcome<Vec<ConsoleLine>> {
    let lines = driver.browser_log().await?;
    Ok(lines
        .into_iter()
        .map(|line| ConsoleLine {
            error: line.level == "SEVERE",
            text: line.message,
        })
        .collect())
}

/// The addresses in the present window's history.
pub async fn history(driver: &WebDriver) -> Outcome<Vec<String>> {
    let history = ask(driver, "Page.getNavigationHistory", json!({})).await?;
    let entries = history["entries"].as_array().ok_or("no history")?;
    Ok(entries
        .iter()
        .map(|entry| format!("{} {}", entry["url"], entry["userTypedURL"]))
        .collect())
}

/// Every cookie of every origin.
pub async fn cookies(driver: &WebDriver) -> Outcome<String> {
    Ok(ask(driver, "Storage.getCookies", json!({}))
        .await?
        .to_string())
}

/// The width in CSS pixels, and the colours that the system asks for.
pub async fn show_as(driver: &WebDriver, width: u32, dark: bool) -> Outcome {
    let screen = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    ask(driver, "Emulation.setDeviceMetricsOverride", screen).await?;
    let scheme = if dark { "dark" } else { "light" };
    let features = json!({ "features": [
        { "name": "prefers-color-scheme", "value": scheme },
        // Else a colour may be met half-way to the other.
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ] });
    ask(driver, "Emulation.setEmulatedMedia", features)
        .await
        .map(drop)
}

/// Asks through the DevTools protocol.
pub async fn ask(driver: &WebDriver, what: &str, given: Value) -> Outcome<Value> {
    Ok(driver.cdp().send_raw(what, given).await?)
}
