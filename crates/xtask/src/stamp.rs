//! The build that the page and its parts belong to.
//!
//! Parts keep their names from build to build, so a page that is still open may be given a part of a
//! later one. The page and the loader of each part bear the same hash of the whole build; the loader
//! also bears the hash of its program, which a proxy may keep longer than the loader.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::outcome::Outcome;

/// The parts, by the names of their loaders without `.js`.
const PARTS: [&str; 2] = ["workbench", "explorer"];

/// The attribute after which the page's one is added.
const BEFORE: &str = " data-wasm=\"";

/// Marks a built site. It is done once, before the configuration is put in, which may change later.
pub fn site(folder: &Path) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(fail)?;
    let build = of(folder).map_err(fail)?;
    let html = marked(&html, &build).ok_or("index.html does not name the page's program")?;
    for part in PARTS {
        let program = fs::read(folder.join(format!("{part}_bg.wasm"))).map_err(fail)?;
        let program = STANDARD.encode(Sha384::digest(program));
        let loader = folder.join(format!("{part}.js"));
        let mut script = fs::read_to_string(&loader).map_err(fail)?;
        script.push_str(&format!(
            "\nexport const build = \"{build}\", program = \"sha384-{program}\";\n"
        ));
        fs::write(&loader, script).map_err(fail)?;
    }
    fs::write(page, html).map_err(fail)
}

/// 16 hexadecimal digits of a hash over the names and contents of all scripts, programs and styles.
fn of(folder: &Path) -> std::io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if [".js", ".wasm", ".css"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            names.push(name);
        }
    }
    names.sort();
    let mut hash = Sha256::new();
    for name in names {
        hash.update(Sha256::digest(&name));
        hash.update(Sha256::digest(fs::read(folder.join(&name))?));
    }
    let hash = hash.finalize();
    Ok(hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn marked(html: &str, build: &str) -> Option<String> {
    let (before, after) = html.split_once(BEFORE)?;
    Some(format!("{before} data-build=\"{build}\"{BEFORE}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_and_parts_bear_one_build_which_changes_with_any_file() {
        let folder = std::env::temp_dir().join(format!("outlay-stamp-{}", std::process::id()));
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let made = |program: &str| {
            fs::create_dir_all(&folder).unwrap();
            write(
                "index.html",
                "<meta name=\"outlay-page\" data-wasm=\"/x.wasm\">",
            );
            for part in PARTS {
                write(&format!("{part}.js"), "export {};");
                write(&format!("{part}_bg.wasm"), "abc");
            }
            write("vault_worker_bg.wasm", program);
            site(&folder).unwrap();
            let page = read("index.html");
            let (_, build) = page.split_once("data-build=\"").unwrap();
            build.split('"').next().unwrap().to_owned()
        };
        let build = made("1");
        assert_eq!(build.len(), 16);
        assert!(read("explorer.js").contains(&format!("export const build = \"{build}\"")));
        // FIPS 180-2, appendix D.1.
        let abc = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert!(read("workbench.js").contains(&format!("program = \"{abc}\"")));
        assert_eq!(made("1"), build);
        assert_ne!(made("2"), build);
        fs::remove_dir_all(&folder).unwrap();
    }
}
