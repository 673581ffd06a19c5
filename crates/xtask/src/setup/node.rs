//! Node.js, and node-oidc-provider from the npm registry for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::apt;
use super::lock::cached;
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{place, process};

const NAME: &str = "node-oidc-provider";

/// What an installation needs, all in one folder of the repository.
const FILES: [&str; 3] = ["package.json", "package-lock.json", "peer.mjs"];

/// The authorization server.
#[derive(Debug)]
pub struct NodeOidcProvider {
    /// Node.js.
    pub node: PathBuf,
    /// The folder with `peer.mjs` and the packages that it imports.
    pub folder: PathBuf,
}

/// The server from the cache, or installed in the versions and with the checksums of its lock file.
pub fn node_oidc_provider() -> Outcome<NodeOidcProvider> {
    let node = node()?;
    let own = place::root().join("tests/interop").join(NAME);
    let folder = cached(NAME, &FILES.map(|file| own.join(file)))?;
    if !folder.is_dir() {
        step(&format!("{NAME}, from the npm registry"), "10 s", || {
            install(&own, &folder)
        })
        .map_err(|error| format!("{NAME} is needed: {error}"))?;
    }
    Ok(NodeOidcProvider { node, folder })
}

/// Node.js 20 or later with npm, on the PATH, or installed.
fn node() -> Outcome<PathBuf> {
    let found = || {
        // What the server needs of it, rather than a number.
        let mut node = process::command("node");
        process::output(node.args(["--eval", "process.exit(URL.parse ? 0 : 1)"]))?;
        process::output(process::command("npm").arg("--version"))?;
        place::on_path("node")
    };
    if let Some(node) = found() {
        return Ok(node);
    }
    let installed = step(
        "Node.js and npm, from Debian's packages",
        "1 minute",
        || apt::install(&["nodejs", "npm"]),
    );
    let missing = "Node.js 20 or later and npm are needed on the PATH";
    installed.map_err(|error| format!("{missing}: {error}"))?;
    found().ok_or_else(|| format!("{missing}: this system's packages are older"))
}

fn install(own: &Path, folder: &Path) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    let log = place::cache()?.join(format!("log/{NAME}.log"));
    // A folder of its own, so that what is in its place later is whole.
    let work = folder.with_extension(format!("part-{}", std::process::id()));
    fs::create_dir_all(&work).map_err(fail)?;
    for file in FILES {
        fs::copy(own.join(file), work.join(file)).map_err(fail)?;
    }
    let mut npm = process::command("npm");
    npm.current_dir(&work)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    let done = process::run_logged(&mut npm, &log, Duration::from_secs(300))
        .and_then(|()| fs::rename(&work, folder).map_err(fail));
    // What is left of it is only disk space.
    let _ = fs::remove_dir_all(&work);
    done
}
