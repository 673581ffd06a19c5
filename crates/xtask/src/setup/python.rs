//! schemathesis, from PyPI, in an environment of Python of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::apt;
use crate::progress::step;
use crate::{Outcome, place, process};

const VERSION: &str = "4.32.5";

/// The program, from the cache, or installed.
pub fn schemathesis() -> Outcome<PathBuf> {
    let home = place::cache()?
        .join("tools")
        .join(format!("schemathesis-{VERSION}"));
    let program = home.join("bin").join("schemathesis");
    if program.is_file() {
        return Ok(program);
    }
    ensure_python()?;
    let installed = step(
        &format!("schemathesis {VERSION}, from PyPI (a minute)"),
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
    step("Python with venv, from Debian's packages (20 s)", || {
        apt::install(&["python3", "python3-venv"])
    })
    .map_err(|error| format!("python3 with venv is needed on the PATH: {error}"))
}

fn install(home: &Path) -> Outcome {
    let log = place::cache()?.join("log/schemathesis.log");
    let mut venv = process::command("python3");
    venv.args(["-m", "venv", "--clear"]).arg(home);
    process::run_logged(&mut venv, &log, Duration::from_secs(120))?;
    let mut pip = process::command(home.join("bin").join("pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    pip.arg(format!("schemathesis=={VERSION}"));
    process::run_logged(&mut pip, &log, Duration::from_secs(600))
}
