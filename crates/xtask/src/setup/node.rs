//! Node.js, and what is installed for it from the npm registry: node-oidc-provider, the packages of
//! the React app and the libraries that Outlay is compared with, Lighthouse.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::apt;
use super::lock::cached;
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{process, program_paths};

/// A folder of the repository with a package's files, among them its lock file.
struct NodePackage {
    name: &'static str,
    /// Below the repository's root.
    folder: &'static str,
    /// What an installation needs of the folder.
    files: &'static [&'static str],
    /// How long it takes to install.
    takes: &'static str,
}

/// Node.js with a folder of npm packages.
#[derive(Debug)]
pub struct Installed {
    /// Path of the `node` program.
    pub node: PathBuf,
    /// Folder with `package.json` and `node_modules`.
    pub folder: PathBuf,
}

/// Installs node-oidc-provider for the interoperability tests.
pub fn node_oidc_provider() -> Outcome<Installed> {
    install(&NodePackage {
        name: "node-oidc-provider",
        folder: "tests/interop/node-oidc-provider",
        files: &["package.json", "package-lock.json", "peer.mjs"],
        takes: "10 s",
    })
}

/// Installs the packages of the React app for the comparison.
pub fn bench_peer() -> Outcome<Installed> {
    install(&NodePackage {
        name: "bench-peer",
        folder: "tests/bench/peer",
        files: &["package.json", "package-lock.json"],
        takes: "20 s",
    })
}

/// Installs the libraries that the table engine is compared with.
pub fn bench_table() -> Outcome<Installed> {
    install(&NodePackage {
        name: "bench-table",
        folder: "tests/bench/table",
        files: &["package.json", "package-lock.json"],
        takes: "30 s",
    })
}

/// Installs Lighthouse for the benchmark.
pub fn lighthouse() -> Outcome<Installed> {
    install(&NodePackage {
        name: "lighthouse",
        folder: "tests/bench/lighthouse",
        files: &["package.json", "package-lock.json"],
        takes: "30 s",
    })
}

/// The package from the cache, or installed in the versions and with the checksums of its lock file.
fn install(package: &NodePackage) -> Outcome<Installed> {
    let node = node()?;
    let NodePackage { name, files, .. } = package;
    let own = program_paths::root().join(package.folder);
    let paths: Vec<PathBuf> = files.iter().map(|file| own.join(file)).collect();
    let folder = cached(name, &paths)?;
    if !folder.is_dir() {
        let what = format!("{name}, from the npm registry");
        step(&what, package.takes, || fill(package, &own, &folder))
            .map_err(|error| format!("{name} is needed: {error}"))?;
    }
    Ok(Installed { node, folder })
}

/// Node.js 22.1, a late 20, or later, with npm: on the PATH, or installed.
fn node() -> Outcome<PathBuf> {
    let found = || {
        // What the packages need of it, rather than a number.
        let mut node = process::command("node");
        process::output(node.args(["--eval", "process.exit(URL.parse ? 0 : 1)"]))?;
        process::output(process::command("npm").arg("--version"))?;
        program_paths::on_path("node")
    };
    if let Some(node) = found() {
        return Ok(node);
    }
    let installed = step(
        "Node.js and npm, from Debian's packages",
        "1 minute",
        || apt::install(&["nodejs", "npm"]),
    );
    let missing =
        "npm and a Node.js with URL.parse (22.1 or later, or a late 20) are needed on the PATH";
    installed.map_err(|error| format!("{missing}: {error}"))?;
    found().ok_or_else(|| format!("{missing}: this system's packages are older"))
}

fn fill(package: &NodePackage, own: &Path, folder: &Path) -> Outcome {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    let log = program_paths::cache()?.join(format!("log/{}.log", package.name));
    // A folder of its own, so that what is in its place later is whole.
    let work = folder.with_extension(format!("part-{}", std::process::id()));
    fs::create_dir_all(&work).map_err(fail)?;
    for file in package.files {
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
