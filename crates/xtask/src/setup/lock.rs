//! What `Cargo.lock` and other lock files pin.

use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::outcome::Outcome;
use crate::program_paths;

/// Returns the version of a package in `Cargo.lock`; fails if it is not there.
pub fn version(package: &str) -> Outcome<String> {
    let file = program_paths::root().join("Cargo.lock");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    find(&text, package).map(str::to_owned).ok_or_else(|| {
        format!("Cargo.lock does not name {package}: run `cargo update --workspace`")
    })
}

/// The folder in the cache for a tool that these files of the repository define; other contents have
/// another folder.
pub fn cached(name: &str, files: &[PathBuf]) -> Outcome<PathBuf> {
    let mut hash = Sha256::new();
    for file in files {
        let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    let short: String = hash
        .finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tools = program_paths::cache()?.join("tools");
    Ok(tools.join(format!("{name}-{short}")))
}

fn find<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| line.trim() != name);
    lines.next()?;
    lines
        .next()?
        .trim()
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::find;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-backend"
version = "9.9.9"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry"
dependencies = [
 "wasm-bindgen-macro",
]
"#;

    #[test]
    fn version_is_read_from_the_matching_package() {
        assert_eq!(find(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(find(LOCK, "wasm-bindgen-macro"), None);
        assert_eq!(find("", "wasm-bindgen"), None);
    }
}
