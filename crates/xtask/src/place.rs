//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// The repository's root.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors()
        .nth(2)
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Cargo's target folder, wherever the user has put it: this program runs from inside it.
pub fn target() -> Outcome<PathBuf> {
    Ok(beside_this_program("")?
        .ancestors()
        .nth(2)
        .map_or_else(|| root().join("target"), Path::to_owned))
}

/// A binary that cargo put next to this program.
pub fn beside_this_program(name: &str) -> Outcome<PathBuf> {
    let this = env::current_exe().map_err(|error| format!("where am I? {error}"))?;
    Ok(this.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// The folder that outlives `cargo clean` and is shared by all clones.
pub fn cache() -> Outcome<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(cache) = set("OUTLAY_CACHE") {
        return Ok(cache);
    }
    if let Some(cache) = set("XDG_CACHE_HOME") {
        return Ok(cache.join("outlay"));
    }
    let home =
        env::home_dir().ok_or("no home folder: set OUTLAY_CACHE to a folder to keep tools in")?;
    Ok(home.join(".cache").join("outlay"))
}

/// The first file of that name on the PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}
