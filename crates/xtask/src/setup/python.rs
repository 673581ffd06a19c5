//! Tools from PyPI, each in a separate Python environment.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::apt;
use super::lock::cached;
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{process, program_paths};

const VERSION: &str = "4.32.5";

/// Returns the path of Schemathesis: the cache, or an installation.
pub fn schemathesis() -> Outcome<PathBuf> {
    let home = program_paths::cache()?
        .join("tools")
        .join(format!("schemathesis-{VERSION}"));
    let program = home.join("bin").join("schemathesis");
    if program.is_file() {
        return Ok(program);
    }
    ensure_python()?;
    let installed = step(
        &format!("schemathesis {VERSION}, from PyPI"),
        "a minute",
        || install(&home),
    );
    if installed.is_err() {
        // An environment cannot be moved, so it is made in its place; half a one must not stay.
        let _ = fs::remove_dir_all(&home);
    }
    installed.map_err(|error| format!("schemathesis {VERSION} is needed: {error}"))?;
    Ok(program)
}

fn ensure_python() -> Outcome {
    let works = || {
        let mut python = process::command("python3");
        process::output(python.args(["-c", "import ensurepip, venv"])).is_some()
    };
    if works() {
        return Ok(());
    }
    step("Python with venv, from Debian's packages", "20 s", || {
        apt::install(&["python3", "python3-venv"])
    })
    .map_err(|error| format!("python3 with venv is needed on the PATH: {error}"))
}

fn install(home: &Path) -> Outcome {
    let package = format!("schemathesis=={VERSION}");
    environment(home, "schemathesis", &[package.as_ref()])
}

/// A Python that has django-oauth-toolkit and what it needs, each in the version and with the
/// checksum of the lock file, from the cache, or installed.
pub fn django_oauth_toolkit() -> Outcome<PathBuf> {
    const NAME: &str = "django-oauth-toolkit";
    let lock = program_paths::root()
        .join("tests/interop")
        .join(NAME)
        .join("requirements.txt");
    let home = cached(NAME, std::slice::from_ref(&lock))?;
    let python = home.join("bin/python");
    // The last file of an installation: half an environment lacks it.
    let whole = home.join("whole");
    if whole.is_file() {
        return Ok(python);
    }
    ensure_python()?;
    step(&format!("{NAME}, from PyPI"), "20 s", || {
        let how = ["--require-hashes", "--no-deps", "--requirement"].map(OsStr::new);
        environment(&home, NAME, &[&how[..], &[lock.as_os_str()]].concat())?;
        fs::write(&whole, "").map_err(|error| format!("{}: {error}", whole.display()))
    })
    .map_err(|error| format!("{NAME} is needed: {error}"))?;
    Ok(python)
}

/// A Python that has the readers of ledger files, from the cache, or installed: those of DATEV batches and
/// of SIE files, and what they need. The addon for Odoo comes without Odoo, which is not on PyPI.
pub fn ledger_readers() -> Outcome<PathBuf> {
    const PACKAGES: [&str; 4] = [
        "mloda-community-german-ledger==0.11.0",
        "pysie-accounting==0.0.2",
        "pandas",
        "chardet",
    ];
    const WITHOUT_DEPENDENCIES: &str = "odoo-addon-datev-import-csv-dtvf==19.0.2.0.0";
    let home = program_paths::cache()?
        .join("tools")
        .join("ledger-readers-1");
    let python = home.join("bin/python");
    // The last file of an installation: half an environment lacks it.
    let whole = home.join("whole");
    if whole.is_file() {
        return Ok(python);
    }
    ensure_python()?;
    step("readers of ledger files, from PyPI", "a minute", || {
        environment(&home, "ledger-readers", &PACKAGES.map(OsStr::new))?;
        let addon = ["--no-deps", WITHOUT_DEPENDENCIES].map(OsStr::new);
        pip(&home, "ledger-readers", &addon)?;
        fs::write(&whole, "").map_err(|error| format!("{}: {error}", whole.display()))
    })
    .map_err(|error| format!("the readers of ledger files are needed: {error}"))?;
    Ok(python)
}

/// Makes an environment and lets pip install something into it.
fn environment(home: &Path, name: &str, what: &[&OsStr]) -> Outcome {
    let log = program_paths::cache()?
        .join("log")
        .join(format!("{name}.log"));
    let mut venv = process::command("python3");
    venv.args(["-m", "venv", "--clear"]).arg(home);
    process::run_logged(&mut venv, &log, Duration::from_secs(120))?;
    pip(home, name, what)
}

/// Lets pip install something into an environment.
fn pip(home: &Path, name: &str, what: &[&OsStr]) -> Outcome {
    let log = program_paths::cache()?
        .join("log")
        .join(format!("{name}.log"));
    let mut pip = process::command(home.join("bin").join("pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    process::run_logged(pip.args(what), &log, Duration::from_secs(600))
}
