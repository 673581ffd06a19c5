//! Our JSON reader against libraries: bytes in a WebAssembly module, and time for a page of entries.

use std::fs;
use std::process::Command;

use outlay_deploy::host::brotli;

use crate::outcome::Outcome;
use crate::setup::{TARGET, Toolset};
use crate::{process, program_paths, release};

/// The readers; each is a feature of the package `tests/bench/json`.
const READERS: [&str; 4] = ["wire", "serde_json", "miniserde", "nanoserde"];

/// Prints a row for each reader. Bytes are those beyond a module that reads nothing, compiled as the
/// programs of the site are. The time is that of the native program at `opt-level = 3`.
pub fn compare(toolset: &Toolset) -> Outcome {
    let base = module(toolset, None)?;
    println!("reader        brotli, bytes   a page of entries, µs   ratio to wire");
    let mut first = None;
    for reader in READERS {
        let bytes = module(toolset, Some(reader))?.saturating_sub(base);
        let nanoseconds = time(reader)?;
        let wire = *first.get_or_insert(nanoseconds);
        println!(
            "{reader:<12} {bytes:>14} {:>23} {:>12}.{:02}",
            nanoseconds / 1_000,
            nanoseconds / wire,
            nanoseconds * 100 / wire % 100
        );
    }
    Ok(())
}

fn cargo(mut cargo: Command, arguments: &[&str], reader: Option<&str>) -> Command {
    cargo
        .args(arguments)
        .args(["--quiet", "--release", "--locked"])
        .current_dir(program_paths::root().join("tests/bench/json"));
    if let Some(reader) = reader {
        cargo.args(["--features", reader]);
    }
    cargo
}

/// The bytes of the module after brotli.
fn module(toolset: &Toolset, reader: Option<&str>) -> Outcome<usize> {
    let command = release::command(toolset, "cargo")?;
    let mut command = cargo(
        command,
        &["rustc", "--lib", "--crate-type", "cdylib"],
        reader,
    );
    process::run(command.args(["--target", TARGET, "--config", "profile.release.strip=true"]))?;
    let file = release::folder()?
        .join(TARGET)
        .join("release/outlay_bench_json.wasm");
    let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let packed = brotli(&bytes).map_err(|error| format!("brotli: {error}"))?;
    Ok(packed.len())
}

/// The median time for a page of entries, in nanoseconds.
fn time(reader: &str) -> Outcome<u64> {
    let mut command = cargo(process::command("cargo"), &["run"], Some(reader));
    command
        .env("CARGO_TARGET_DIR", program_paths::target()?)
        .args(["--config", "profile.release.opt-level=3"]);
    let out = process::output(&mut command).ok_or(format!("{reader} reads nothing"))?;
    let time = out.split_whitespace().nth(1);
    time.and_then(|time| time.parse().ok())
        .ok_or(format!("{reader} prints no time: {out}"))
}
