//! The browsers and their drivers: Chromium, or one of its family, and Firefox.

use std::env;
use std::path::{Path, PathBuf};

use super::{apt, tools};
use crate::outcome::Outcome;
use crate::program_paths;
use crate::progress::step;

/// A browser with its WebDriver program.
#[derive(Debug)]
pub struct SetUpBrowser {
    /// Path of the browser.
    pub program: PathBuf,
    /// Path of the WebDriver program.
    pub driver: PathBuf,
}

const CHROMES: [&str; 4] = [
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
];
const MAC_CHROME: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const FIREFOXES: [&str; 2] = ["firefox-esr", "firefox"];
const MAC_FIREFOX: &str = "/Applications/Firefox.app/Contents/MacOS/firefox";

/// Locates Chromium: `CHROME` and `CHROMEDRIVER`, the PATH, or an installation.
pub fn chromium() -> Outcome<SetUpBrowser> {
    if let Some(browser) = find_chromium()? {
        return Ok(browser);
    }
    step("Chromium and its driver, from Debian's packages", "1 minute", || {
        apt::install(&["chromium", "chromium-driver"])
    })
    .map_err(|error| {
        format!("Chromium and chromedriver are needed (on the PATH, or named by CHROME and CHROMEDRIVER): {error}")
    })?;
    find_chromium()?.ok_or_else(|| "Chromium was installed and yet is not on the PATH".to_owned())
}

/// Firefox, found by `FIREFOX` and `GECKODRIVER`, or on the PATH, or installed; its driver comes
/// from crates.io.
pub fn firefox() -> Outcome<SetUpBrowser> {
    let program = match program("FIREFOX", &FIREFOXES, MAC_FIREFOX)? {
        Some(program) => program,
        None => {
            step("Firefox, from Debian's packages", "1 minute", || {
                apt::install(&["firefox-esr"])
            })
            .map_err(|error| {
                format!("Firefox is needed (on the PATH, or named by FIREFOX): {error}")
            })?;
            program("FIREFOX", &FIREFOXES, MAC_FIREFOX)?
                .ok_or("Firefox was installed and yet is not on the PATH")?
        }
    };
    let driver = match named("GECKODRIVER")? {
        Some(driver) => driver,
        None => tools::geckodriver()?,
    };
    Ok(SetUpBrowser { program, driver })
}

fn find_chromium() -> Outcome<Option<SetUpBrowser>> {
    let driver = match named("CHROMEDRIVER")? {
        Some(driver) => Some(driver),
        None => program_paths::on_path("chromedriver"),
    };
    Ok(program("CHROME", &CHROMES, MAC_CHROME)?
        .zip(driver)
        .map(|(program, driver)| SetUpBrowser { program, driver }))
}

/// The program that a variable names, or the first of these names on the PATH.
fn program(variable: &str, names: &[&str], mac: &str) -> Outcome<Option<PathBuf>> {
    if let Some(program) = named(variable)? {
        return Ok(Some(program));
    }
    let on_path = names.iter().find_map(|name| program_paths::on_path(name));
    Ok(on_path.or_else(|| Some(PathBuf::from(mac)).filter(|mac| mac.is_file())))
}

/// Returns the file that an environment variable names; `None` if it is not set.
pub fn named(variable: &str) -> Outcome<Option<PathBuf>> {
    match env::var_os(variable).filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(value) if Path::new(&value).is_file() => Ok(Some(PathBuf::from(value))),
        Some(value) => Err(format!(
            "{variable} names {value:?}, and there is no such file"
        )),
    }
}
