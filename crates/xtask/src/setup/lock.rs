//! What `Cargo.lock` pins.

use std::fs;

use crate::{Outcome, place};

/// The version of a package in `Cargo.lock`.
pub fn version(package: &str) -> Outcome<String> {
    let file = place::root().join("Cargo.lock");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    find(&text, package).map(str::to_owned).ok_or_else(|| {
        format!("Cargo.lock does not name {package}: run `cargo update --workspace`")
    })
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
    fn the_version_is_that_of_the_very_package() {
        assert_eq!(find(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(find(LOCK, "wasm-bindgen-macro"), None);
        assert_eq!(find("", "wasm-bindgen"), None);
    }
}
