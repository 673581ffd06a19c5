//! Where the things under test are.

use std::env;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// The repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The built site.
///
/// # Errors
///
/// If it has not been built.
pub fn site() -> Outcome<PathBuf> {
    let site = named("OUTLAY_SITE").unwrap_or_else(|| root().join("dist"));
    if site.join("index.html").is_file() {
        return Ok(site.canonicalize()?);
    }
    Err(format!(
        "no site in {}: build it with `cargo xtask build`",
        site.display()
    )
    .into())
}

/// The sandbox's binary.
#[must_use]
pub fn sandbox() -> PathBuf {
    named("OUTLAY_SANDBOX").unwrap_or_else(|| root().join("target/debug/outlay-sandbox"))
}

/// The browser, if it is named.
#[must_use]
pub fn chrome() -> Option<PathBuf> {
    named("CHROME")
}

/// The browser's driver.
#[must_use]
pub fn chromedriver() -> PathBuf {
    named("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into())
}

/// The browser that the tests are run in, if it is said.
#[must_use]
pub fn browser() -> Option<String> {
    Some(named("OUTLAY_BROWSER")?.display().to_string())
}

/// Firefox, if it is named.
#[must_use]
pub fn firefox() -> Option<PathBuf> {
    named("FIREFOX")
}

/// Firefox' driver.
#[must_use]
pub fn geckodriver() -> PathBuf {
    named("GECKODRIVER").unwrap_or_else(|| "geckodriver".into())
}

/// The script of axe-core.
///
/// # Errors
///
/// If it is not named.
pub fn axe() -> Outcome<PathBuf> {
    named("OUTLAY_AXE").ok_or_else(|| {
        "OUTLAY_AXE names no axe.min.js: run this by `cargo xtask test e2e`, which fetches it"
            .into()
    })
}

/// The host that the site is served by, if it is said.
#[must_use]
pub fn host() -> Option<String> {
    Some(named("OUTLAY_HOST")?.display().to_string())
}

/// Milliseconds that each WebAssembly file of the site is late, if it is said.
#[must_use]
pub fn site_delay() -> Option<String> {
    Some(named("OUTLAY_SITE_DELAY")?.display().to_string())
}

/// nginx.
#[must_use]
pub fn nginx() -> PathBuf {
    named("NGINX").unwrap_or_else(|| "nginx".into())
}

/// Caddy.
#[must_use]
pub fn caddy() -> PathBuf {
    named("CADDY").unwrap_or_else(|| "caddy".into())
}

/// The program that makes a site ready for its host.
#[must_use]
pub fn xtask() -> PathBuf {
    named("OUTLAY_XTASK").unwrap_or_else(|| root().join("target/debug/xtask"))
}

/// The file that each failed test appends its name and reason to, if there is to be one.
#[must_use]
pub fn failures() -> Option<PathBuf> {
    named("OUTLAY_FAILURES")
}

/// The folder for the pictures of the documentation, if they are to be made.
#[must_use]
pub fn documentation_pictures() -> Option<PathBuf> {
    named("OUTLAY_PICTURES")
}

/// Where the pictures of failed tests go.
#[must_use]
pub fn pictures() -> PathBuf {
    root().join("target/e2e")
}

/// The path that a variable holds; none where it is empty.
pub(crate) fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
