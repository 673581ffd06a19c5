//! Wasm artefacts that were made with another build of the standard library.
//!
//! Cargo notices another compiler, but not that the same compiler's standard library was built
//! anew; its old artefacts then end in "can't find crate".

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::target::TARGET;
use super::wasm::Toolchain;
use crate::outcome::Outcome;
use crate::{process, program_paths};

/// Removes the wasm part of the target folder if another compiler made it.
pub fn drop_artefacts_of_another(toolchain: &Toolchain) -> Outcome {
    let folder = program_paths::target()?.join(TARGET);
    let Some((compiler, library)) = identity(toolchain) else {
        return Ok(());
    };
    let stamp = folder.join(format!(".standard-library-{compiler}"));
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    match fs::read_to_string(&stamp) {
        Ok(known) if known == library => return Ok(()),
        Ok(_) => fs::remove_dir_all(&folder).map_err(fail)?,
        Err(_) => {}
    }
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&stamp, library))
        .map_err(fail)
}

/// The compiler's commit, and what differs between two builds of its library.
fn identity(toolchain: &Toolchain) -> Option<(String, String)> {
    let version = process::output(toolchain.rustc().arg("-vV"))?;
    let commit = version
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "))?;
    let folder =
        process::output(
            toolchain
                .rustc()
                .args(["--print", "target-libdir", "--target", TARGET]),
        )?;
    let core = core_library(Path::new(&folder))?;
    let modified = fs::metadata(&core)
        .ok()?
        .modified()
        .ok()?
        .duration_since(UNIX_EPOCH)
        .ok()?;
    Some((
        commit.chars().take(12).collect(),
        format!("{} {}", core.display(), modified.as_secs()),
    ))
}

fn core_library(folder: &Path) -> Option<PathBuf> {
    let files = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path());
    files.into_iter().find(|path| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("libcore-"))
    })
}
