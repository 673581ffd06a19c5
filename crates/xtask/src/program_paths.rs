//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

use crate::outcome::Outcome;

/// Returns the absolute path of the repository's root.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors()
        .nth(2)
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Cargo's target folder, wherever the user has put it: this program runs two levels inside it.
pub fn target() -> Outcome<PathBuf> {
    let this = running()?;
    let target = this.ancestors().nth(2);
    target
        .map(Path::to_owned)
        .ok_or_else(|| format!("{} is in no target folder", this.display()))
}

/// Returns the path of this program, also after cargo replaced the file.
pub fn this_program() -> Outcome<PathBuf> {
    next_to_this_program("xtask")
}

/// Returns the path of another binary in this program's folder.
pub fn next_to_this_program(name: &str) -> Outcome<PathBuf> {
    Ok(sibling(&running()?, name))
}

fn sibling(running: &Path, name: &str) -> PathBuf {
    running.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The running file. Its name may be gone: once cargo has built this program anew, with
/// other features for the whole workspace, say, Linux calls the file `xtask (deleted)`.
fn running() -> Outcome<PathBuf> {
    env::current_exe().map_err(|error| format!("this program cannot find itself: {error}"))
}

/// Returns the cache folder, which `cargo clean` keeps and all clones share.
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

/// Returns the first file of this name on the PATH; `None` if there is none.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_program_is_found_after_cargo_replaced_it() {
        let running = Path::new("/target/debug/xtask (deleted)");
        assert_eq!(
            sibling(running, "xtask").with_extension(""),
            Path::new("/target/debug/xtask")
        );
    }
}
