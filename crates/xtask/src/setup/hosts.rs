//! nginx and Caddy, for the tests that serve the site as an operator would: Debian's packages, laid
//! out in the cache and never installed, so that no root is needed and no service begins.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::apt;
use super::browser::named;
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{process, program_paths};

/// The web servers of the host tests.
#[derive(Debug)]
pub struct Hosts {
    /// Path of nginx.
    pub nginx: PathBuf,
    /// Path of Caddy.
    pub caddy: PathBuf,
}

/// Locates both: `NGINX` and `CADDY`, the PATH, or a download.
pub fn ensure() -> Outcome<Hosts> {
    Ok(Hosts {
        nginx: program("nginx", "NGINX")?,
        caddy: program("caddy", "CADDY")?,
    })
}

fn program(name: &str, variable: &str) -> Outcome<PathBuf> {
    let usual = Path::new("/usr/sbin").join(name);
    let found = named(variable)?
        .or_else(|| program_paths::on_path(name))
        .or_else(|| usual.is_file().then_some(usual));
    if let Some(program) = found {
        return Ok(program);
    }
    let home = program_paths::cache()?
        .join("tools")
        .join(format!("debian-{name}"));
    if let Some(program) = inside(&home, name) {
        return Ok(program);
    }
    step(&format!("{name}, from Debian's packages"), "5 s", || {
        lay_out(name, &home)
    })
    .map_err(|error| format!("{name} is needed (on the PATH, or named by {variable}): {error}"))?;
    inside(&home, name).ok_or_else(|| format!("Debian's package {name} holds no {name}"))
}

fn inside(home: &Path, name: &str) -> Option<PathBuf> {
    ["usr/sbin", "usr/bin"]
        .map(|folder| home.join(folder).join(name))
        .into_iter()
        .find(|program| program.is_file())
}

fn lay_out(name: &str, home: &Path) -> Outcome {
    if !apt::present() {
        return Err("this system has no apt-get".to_owned());
    }
    let fail = |error: std::io::Error| format!("{}: {error}", home.display());
    let log = program_paths::cache()?.join(format!("log/{name}.log"));
    // A folder of its own, so that what is in its place later is whole.
    let work = home.with_extension(format!("part-{}", std::process::id()));
    fs::create_dir_all(&work).map_err(fail)?;
    let fetched = fetch(name, &work, &log).and_then(|package| {
        let mut unpack = process::command("dpkg-deb");
        unpack.arg("-x").arg(package).arg(work.join("root"));
        process::run_logged(&mut unpack, &log, Duration::from_secs(60))?;
        fs::rename(work.join("root"), home).map_err(fail)
    });
    // What is left of it is only disk space.
    let _ = fs::remove_dir_all(&work);
    fetched
}

fn fetch(name: &str, work: &Path, log: &Path) -> Outcome<PathBuf> {
    let mut download = process::command("apt-get");
    download.current_dir(work).args(["download", name]);
    let mut done = process::run_logged(&mut download, log, Duration::from_secs(180));
    if done.is_err() && apt::root() {
        let mut update = process::command("apt-get");
        process::run_logged(update.arg("update"), log, Duration::from_secs(180))?;
        done = process::run_logged(&mut download, log, Duration::from_secs(180));
    }
    done?;
    let mut packages = fs::read_dir(work)
        .map_err(|error| format!("{}: {error}", work.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "deb"));
    packages
        .next()
        .ok_or_else(|| format!("apt-get brought no package {name}"))
}
