//! The SHA-256 of every file of the site, in the format of `sha256sum`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::site_folder::{files, sibling_of};
use crate::Outcome;

/// The manifest of a site: its files, their compressed copies, `_headers` and `_redirects`.
pub fn of(site: &Path) -> Outcome<String> {
    let mut lines = BTreeMap::new();
    let mut add = |name: String| -> Outcome {
        let path = site.join(&name);
        if path.is_file() {
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            lines.insert(name, hash(&bytes));
        }
        Ok(())
    };
    for file in files(site)? {
        add(format!("{file}.br"))?;
        add(format!("{file}.gz"))?;
        add(file)?;
    }
    add("_headers".to_owned())?;
    add("_redirects".to_owned())?;
    Ok(lines.iter().fold(String::new(), |mut text, (name, hash)| {
        let _ = writeln!(text, "{hash}  {name}");
        text
    }))
}

/// Returns the SHA-256 hash in lower-case hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Reads the manifest from the host folder of a site.
pub fn read(site: &Path) -> Outcome<String> {
    let path = sibling_of(site)?.join("manifest.txt");
    fs::read_to_string(&path).map_err(|error| {
        format!(
            "{}: {error}; `cargo xtask build` or `cargo xtask host` writes it",
            path.display()
        )
    })
}

/// Returns name and hash of each line.
///
/// # Errors
///
/// A line is not a hash of 64 characters, two spaces and a name.
pub fn parse(text: &str) -> Outcome<Vec<(String, String)>> {
    text.lines()
        .map(|line| {
            let (hash, name) = line
                .split_once("  ")
                .filter(|(hash, _)| hash.len() == 64)
                .ok_or_else(|| format!("the manifest has a malformed line: {line}"))?;
            Ok((name.to_owned(), hash.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifest_round_trips() {
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash(b"abc"), abc);
        let read = parse(&format!("{abc}  a b.js\n")).unwrap();
        assert_eq!(read, [("a b.js".to_owned(), abc.to_owned())]);
        assert!(parse("abc  a.js").is_err());
    }
}
