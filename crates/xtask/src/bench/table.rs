//! The table engine as a module for the page that times it.

use std::fs;
use std::path::PathBuf;

use crate::outcome::Outcome;
use crate::setup::{TARGET, Toolset};
use crate::{bundle, process, program_paths, release};

/// Compiles it as the programs of the site are compiled. Returns the folder with `engine.js` and
/// `engine_bg.wasm`.
pub fn engine(toolset: &Toolset) -> Outcome<PathBuf> {
    let mut cargo = release::command(toolset, "cargo")?;
    cargo
        .args([
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--target",
            TARGET,
        ])
        .current_dir(program_paths::root().join("tests/bench/table"));
    process::run(&mut cargo)?;
    let folder = release::folder()?;
    let module = folder.join(TARGET).join("release/outlay_bench_table.wasm");
    let out = folder.join("bench-table");
    fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    // The bindings name the module after the program.
    bundle::worker(&module, "engine", &out)?;
    Ok(out)
}
