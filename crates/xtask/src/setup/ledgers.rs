//! Readers of ledger files: the crate `sie4` in a separate program, and hledger from Debian.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::apt;
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{process, program_paths};

const SIE4: &str = "0.1.1";

/// A program that prints the vouchers of a SIE file, as the crate `sie4` reads them; compiled into the
/// cache, so that the workspace does not depend on the crate.
pub fn sie4_reader() -> Outcome<PathBuf> {
    let source = program_paths::root().join("crates/xtask/src/ledgers/readers/sie4.rs");
    let home = super::lock::cached("sie4-reader", std::slice::from_ref(&source))?;
    let program = home
        .join("bin")
        .join(format!("sie4-reader{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() {
        return Ok(program);
    }
    step(
        &format!("the crate sie4 {SIE4}, from source"),
        "a minute",
        || {
            let work = program_paths::cache()?.join("build/sie4-reader");
            write_package(&work, &source)
                .map_err(|error| format!("{}: {error}", work.display()))?;
            let log = program_paths::cache()?.join("log/sie4-reader.log");
            let mut cargo = process::command("cargo");
            cargo
                .args(["install", "--debug", "--root"])
                .arg(&home)
                .arg("--path")
                .arg(&work);
            process::run_logged(&mut cargo, &log, Duration::from_secs(1_800))?;
            // A folder that stays costs disk space alone.
            let _ = fs::remove_dir_all(&work);
            Ok(())
        },
    )?;
    Ok(program)
}

fn write_package(work: &Path, source: &Path) -> std::io::Result<()> {
    let manifest = format!(
        "[package]\nname = \"sie4-reader\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         rust_decimal = \"1\"\nsie4 = \"={SIE4}\"\n\n[workspace]\n"
    );
    fs::create_dir_all(work.join("src"))?;
    fs::copy(source, work.join("src/main.rs"))?;
    fs::write(work.join("Cargo.toml"), manifest)
}

/// Returns the path of hledger: the PATH, or Debian's packages.
pub fn hledger() -> Outcome<PathBuf> {
    if let Some(program) = program_paths::on_path("hledger") {
        return Ok(program);
    }
    step("hledger, from Debian's packages", "20 s", || {
        apt::install(&["hledger"])
    })
    .map_err(|error| format!("hledger is needed on the PATH: {error}"))?;
    program_paths::on_path("hledger")
        .ok_or_else(|| "hledger is installed and not on the PATH".to_owned())
}
