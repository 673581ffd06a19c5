//! The development build: what `trunk build` and `trunk serve` make of the workspace without xtask.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Outcome;
use crate::setup::Toolset;
use crate::{process, program_paths};

/// Runs `trunk build` and checks that a browser can open the site.
pub fn test(toolset: &Toolset) -> Outcome {
    let out = program_paths::target()?.join("trunk-test");
    // Files of an earlier run must not count.
    if out.is_dir() {
        fs::remove_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    }
    let mut fetch = toolset.wasm("cargo");
    // Trunk.toml sets `offline`, for Trunk and for the cargo that it starts.
    process::run(fetch.args(["fetch", "--quiet"]))?;
    let mut trunk = toolset.wasm("trunk");
    trunk
        .args(["build", "--skip-version-check", "--dist"])
        .arg(&out)
        // Trunk reads this variable as one of its options and rejects the usual value.
        .env_remove("NO_COLOR");
    process::run(&mut trunk)?;
    let problems = problems(&out)?;
    if problems.is_empty() {
        Ok(())
    } else {
        Err(format!("{}: {}", out.display(), problems.join("; ")))
    }
}

/// What keeps the site in this folder from opening: `index.html` must name a script and a wasm module,
/// and these and the loader of the vault must exist and have content.
fn problems(site: &Path) -> Outcome<Vec<String>> {
    let page = site.join("index.html");
    let html = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    let mut problems = Vec::new();
    let mut files = vec![PathBuf::from("vault.js"), PathBuf::from("config.json")];
    for (attribute, extension) in [("data-module", "js"), ("data-wasm", "wasm")] {
        let value = value(&html, attribute).filter(|path| path.ends_with(extension));
        match value {
            Some(path) => files.push(PathBuf::from(path.trim_start_matches('/'))),
            None => problems.push(format!(
                "index.html has no {attribute} of a .{extension} file"
            )),
        }
    }
    for file in files {
        let path = site.join(&file);
        let bytes = fs::read(&path).unwrap_or_default();
        if bytes.is_empty() {
            problems.push(format!("{} is missing or empty", file.display()));
        } else if file.extension().is_some_and(|it| it == "wasm") && !bytes.starts_with(b"\0asm") {
            problems.push(format!("{} is no wasm module", file.display()));
        }
    }
    Ok(problems)
}

/// The value of an attribute in quotes.
fn value<'a>(html: &'a str, attribute: &str) -> Option<&'a str> {
    let (_, rest) = html.split_once(&format!(" {attribute}=\""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_requires_page_script_and_module() {
        let folder = std::env::temp_dir().join(format!("outlay-trunk-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        assert!(problems(&folder).is_err());
        write(
            "index.html",
            "<meta data-module=\"/a-1.js\" data-wasm=\"/a-1_bg.wasm\">",
        );
        write("vault.js", "v");
        write("config.json", "{}");
        write("a-1_bg.wasm", "text");
        let found = problems(&folder).unwrap();
        assert_eq!(
            found,
            [
                "a-1.js is missing or empty",
                "a-1_bg.wasm is no wasm module"
            ]
        );
        write("a-1.js", "j");
        write("a-1_bg.wasm", "\0asm");
        assert_eq!(problems(&folder).unwrap(), [""; 0]);
        write("index.html", "<meta data-module=\"/a-1.js\">");
        let found = problems(&folder).unwrap();
        assert_eq!(found, ["index.html has no data-wasm of a .wasm file"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
