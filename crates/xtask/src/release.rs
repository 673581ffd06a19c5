//! How the site is compiled: its standard library too, from source, for size and for silence.
//!
//! A panic then traps at once. The artefact carries no message, which could quote what a user
//! entered, and no path of the machine that built it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::outcome::Outcome;
use crate::program_paths;
use crate::setup::Toolset;

/// Cargo's unstable settings; a stable cargo takes them from the environment alone, and with the
/// first one. Everything else is in `.cargo/config.toml` and in the release profile.
const SETTINGS: [(&str, &str); 7] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort"),
    ("CARGO_UNSTABLE_TRIM_PATHS", "true"),
    ("CARGO_PROFILE_RELEASE_TRIM_PATHS", "all"),
];

/// The folder of the release's artefacts: in the common one, each kind of build would undo the
/// other's.
pub fn folder() -> Outcome<PathBuf> {
    Ok(program_paths::target()?.join("site"))
}

/// Makes the command that compiles a program for release.
pub fn command(toolset: &Toolset, program: &str) -> Outcome<Command> {
    let mut command = toolset.wasm(program);
    command
        .envs(SETTINGS)
        .env("CARGO_TARGET_DIR", folder()?)
        // These would replace the flags of `.cargo/config.toml`.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS");
    Ok(command)
}

/// Fails if a file of the site contains the path of a folder on this machine.
pub fn refuse_paths(site: &Path, toolset: &Toolset) -> Outcome {
    let private: Vec<String> = folders(toolset)
        .into_iter()
        .map(|folder| format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR))
        .collect();
    for file in files(site).map_err(|error| format!("{}: {error}", site.display()))? {
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        if let Some(path) = named(&bytes, &private) {
            return Err(format!(
                "{} names a folder of this machine: {path}",
                file.display()
            ));
        }
    }
    Ok(())
}

/// Where a compiler finds sources here.
fn folders(toolset: &Toolset) -> Vec<PathBuf> {
    let home = env::home_dir().filter(|home| home.parent().is_some());
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let root = program_paths::root();
    // The root itself could be short enough to look like a route of the page.
    let ours = ["crates", "src", "target"].map(|folder| root.join(folder));
    let installed = toolset.sysroot().map(|sysroot| sysroot.join("lib/rustlib"));
    // Debian keeps the source elsewhere and links to it.
    let source = installed
        .as_ref()
        .and_then(|folder| folder.join("src/rust").canonicalize().ok());
    [home, cargo_home, installed, source]
        .into_iter()
        .flatten()
        .chain(ours)
        .collect()
}

fn named<'a>(bytes: &[u8], private: &'a [String]) -> Option<&'a str> {
    let text = String::from_utf8_lossy(bytes);
    private
        .iter()
        .map(String::as_str)
        .find(|path| text.contains(path))
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn path_is_found_between_binary_bytes() {
        let private = ["/home/ada/".to_owned()];
        assert_eq!(
            named(b"\xff\x00/home/ada/.cargo/registry\x80", &private),
            Some("/home/ada/")
        );
        assert_eq!(named(b"\xff/home/adam/\x80", &private), None);
    }
}
