//! axe-core, the rules that the accessibility tests ask: one script, from the npm registry.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::apt;
use super::browser::named;
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{process, program_paths};

const VERSION: &str = "4.14.1";
/// Of the registry's archive of this version.
const SHA256: &str = "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745";
const PUBLIC_REGISTRY: &str = "https://registry.npmjs.org";
const SCRIPT: &str = "axe.min.js";

/// Returns the path of axe-core: `OUTLAY_AXE`, the cache, or a download.
pub fn ensure() -> Outcome<PathBuf> {
    if let Some(script) = named("OUTLAY_AXE")? {
        return Ok(script);
    }
    let home = program_paths::cache()?
        .join("tools")
        .join(format!("axe-core-{VERSION}"));
    let script = home.join(SCRIPT);
    if !script.is_file() {
        ensure_curl()?;
        step(&format!("axe-core {VERSION}, for the accessibility tests"), "a few seconds", || {
            fetch(&home)
        })
        .map_err(|error| {
            format!("{SCRIPT} of axe-core {VERSION} is needed (or a file that OUTLAY_AXE names): {error}")
        })?;
    }
    Ok(script)
}

fn ensure_curl() -> Outcome {
    if program_paths::on_path("curl").is_some() {
        return Ok(());
    }
    step("curl, from Debian's packages", "10 s", || {
        apt::install(&["curl", "ca-certificates"])
    })
    .map_err(|error| format!("curl is needed on the PATH: {error}"))
}

fn fetch(home: &Path) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", home.display());
    // A folder of its own, so that what is in its place later is whole.
    let work = home.with_extension(format!("part-{}", std::process::id()));
    fs::create_dir_all(&work).map_err(fail)?;
    let fetched = fetch_to(&work);
    let placed = fetched.and_then(|()| {
        fs::create_dir_all(home).map_err(fail)?;
        fs::rename(work.join("package").join(SCRIPT), home.join(SCRIPT)).map_err(fail)
    });
    // What is left of it is only disk space.
    let _ = fs::remove_dir_all(&work);
    placed
}

fn fetch_to(work: &Path) -> Outcome {
    let log = program_paths::cache()?.join("log/axe-core.log");
    let archive = work.join("axe-core.tgz");
    let url = format!("{}/axe-core/-/axe-core-{VERSION}.tgz", registry());
    let mut curl = process::command("curl");
    curl.args(["--fail", "--silent", "--show-error", "--location"])
        .args(["--retry", "3", "--output"])
        .arg(&archive)
        .arg(&url);
    process::run_logged(&mut curl, &log, Duration::from_secs(180))?;
    let bytes = fs::read(&archive).map_err(|error| format!("{}: {error}", archive.display()))?;
    let sum: String = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if sum != SHA256 {
        return Err(format!("{url} has the checksum {sum}, not {SHA256}"));
    }
    let mut tar = process::command("tar");
    tar.arg("-xzf")
        .arg(&archive)
        .arg("-C")
        .arg(work)
        .arg(format!("package/{SCRIPT}"));
    process::run_logged(&mut tar, &log, Duration::from_secs(60))
}

/// The registry that npm would ask, without a slash at the end.
fn registry() -> String {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let chosen = set("npm_config_registry").or_else(|| set("NPM_CONFIG_REGISTRY"));
    let chosen = chosen.or_else(|| {
        let file = match set("npm_config_userconfig").or_else(|| set("NPM_CONFIG_USERCONFIG")) {
            Some(file) => PathBuf::from(file),
            None => env::home_dir()?.join(".npmrc"),
        };
        in_npmrc(&fs::read_to_string(file).ok()?)
    });
    let registry = chosen.unwrap_or_else(|| PUBLIC_REGISTRY.to_owned());
    registry.trim_end_matches('/').to_owned()
}

/// What the user's `.npmrc` says; a scope's own registry is not meant.
fn in_npmrc(text: &str) -> Option<String> {
    let mut values = text.lines().filter_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "registry").then(|| value.trim().trim_matches('"').to_owned())
    });
    values.next_back()
}

#[cfg(test)]
mod tests {
    use super::in_npmrc;

    #[test]
    fn registry_comes_from_the_user_configuration() {
        let text =
            "fund=false\n@own:registry=https://a.example/\n registry = https://npm.example/x/\n";
        assert_eq!(in_npmrc(text).as_deref(), Some("https://npm.example/x/"));
        assert_eq!(in_npmrc("; registry=https://no.example"), None);
        assert_eq!(in_npmrc(""), None);
    }
}
