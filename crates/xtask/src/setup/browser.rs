//! Chromium, or a browser of its family, and its driver.

use std::env;
use std::path::{Path, PathBuf};

use super::apt;
use crate::progress::step;
use crate::{Outcome, place};

/// A browser and the program that drives it.
#[derive(Debug)]
pub struct Browser {
    pub chrome: PathBuf,
    pub driver: PathBuf,
}

const NAMES: [&str; 4] = [
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Found by `CHROME` and `CHROMEDRIVER`, or on the PATH, or installed.
pub fn ensure() -> Outcome<Browser> {
    if let Some(browser) = find()? {
        return Ok(browser);
    }
    step("Chromium and its driver, from Debian's packages (1 minute)", || {
        apt::install(&["chromium", "chromium-driver"])
    })
    .map_err(|error| {
        format!("Chromium and chromedriver are needed (on the PATH, or named by CHROME and CHROMEDRIVER): {error}")
    })?;
    find()?.ok_or_else(|| "Chromium was installed and yet is not on the PATH".to_owned())
}

fn find() -> Outcome<Option<Browser>> {
    let chrome = match named("CHROME")? {
        Some(chrome) => Some(chrome),
        None => NAMES
            .iter()
            .find_map(|name| place::on_path(name))
            .or_else(|| Some(PathBuf::from(MAC)).filter(|mac| mac.is_file())),
    };
    let driver = match named("CHROMEDRIVER")? {
        Some(driver) => Some(driver),
        None => place::on_path("chromedriver"),
    };
    Ok(chrome
        .zip(driver)
        .map(|(chrome, driver)| Browser { chrome, driver }))
}

/// The file that a variable names.
fn named(variable: &str) -> Outcome<Option<PathBuf>> {
    match env::var_os(variable).filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(value) if Path::new(&value).is_file() => Ok(Some(PathBuf::from(value))),
        Some(value) => Err(format!(
            "{variable} names {value:?}, and there is no such file"
        )),
    }
}
