//! Sources of JavaScript where Node.js finds their packages: below the folder that holds them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Outcome;
use crate::program_paths;

/// A temporary copy of sources; dropping it removes the folder.
pub struct Sources {
    /// Folder of the copy.
    pub folder: PathBuf,
}

impl Sources {
    /// Copies a folder of the repository, such as `tests/bench/peer`, into a new folder below `installed`.
    pub fn sibling(installed: &Path, own: &str) -> Outcome<Self> {
        let folder = installed.join(format!("sources-{}", std::process::id()));
        let sources = Self { folder };
        copy(&program_paths::root().join(own), &sources.folder)
            .map_err(|error| format!("{}: {error}", sources.folder.display()))?;
        Ok(sources)
    }
}

impl Drop for Sources {
    fn drop(&mut self) {
        // What is left of it is only disk space.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peer_copy_is_complete_and_removed_on_drop() {
        let installed = std::env::temp_dir().join(format!("outlay-peer-{}", std::process::id()));
        let sources = Sources::sibling(&installed, "tests/bench/peer").unwrap();
        let folder = sources.folder.clone();
        assert!(folder.join("build.mjs").is_file() && folder.join("src/main.jsx").is_file());
        drop(sources);
        assert!(!folder.exists());
        fs::remove_dir_all(installed).unwrap();
    }
}
