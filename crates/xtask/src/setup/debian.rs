//! Debian's compiler, made ready for wasm: its packages carry the source of the standard library
//! but not the library for this target, so that is built once.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::apt;
use super::target::{TARGET, has_rustup};
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{process, program_paths};

/// Name of the toolchain in rustup.
pub const TOOLCHAIN: &str = "debian";
/// Path of Debian's compiler.
pub const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";

/// Returns whether Debian's compiler and its packages are installed.
pub fn present() -> bool {
    Path::new(RUSTC).is_file() && (!has_rustup() || linked())
}

fn linked() -> bool {
    let list = process::output(process::command("rustup").args(["toolchain", "list"]));
    list.is_some_and(|list| {
        list.lines()
            .any(|line| line.split(' ').next() == Some(TOOLCHAIN))
    })
}

/// Installs the packages, builds the standard library and registers the toolchain.
pub fn install() -> Outcome {
    if !packages_present() {
        step("Debian's Rust compiler, from its packages", "15 s", || {
            apt::install(&["rustc-web", "cargo-web", "rust-web-src"])
        })?;
    }
    let lld = lld()?;
    if !lld.is_file() {
        let version = llvm_version()?;
        step("the linker of the same version", "5 s", || {
            apt::install(&[&format!("lld-{version}")])
        })?;
    }
    step(
        "the standard library for wasm, built from its source",
        "40 s",
        || {
            let sysroot = sysroot()?;
            build_standard_library(&sysroot)?;
            link(
                &lld,
                &sysroot
                    .join("lib/rustlib")
                    .join(host()?)
                    .join("bin/rust-lld"),
            )
        },
    )?;
    if has_rustup() && !linked() {
        let mut command = process::command("rustup");
        command.args(["toolchain", "link", TOOLCHAIN, "/usr"]);
        process::run_logged(&mut command, &log()?, Duration::from_secs(60))?;
    }
    Ok(())
}

fn packages_present() -> bool {
    let source = sysroot().map(|sysroot| sysroot.join("lib/rustlib/src/rust/library"));
    Path::new(RUSTC).is_file() && Path::new(CARGO).is_file() && source.is_ok_and(|dir| dir.is_dir())
}

fn log() -> Outcome<PathBuf> {
    Ok(program_paths::cache()?.join("log/debian.log"))
}

fn ask(arguments: &[&str]) -> Outcome<String> {
    process::output(process::command(RUSTC).args(arguments))
        .ok_or_else(|| format!("{RUSTC} does not run"))
}

fn sysroot() -> Outcome<PathBuf> {
    ask(&["--print", "sysroot"]).map(PathBuf::from)
}

fn field(verbose_version: &str, name: &str) -> Option<String> {
    let line = verbose_version
        .lines()
        .find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().to_owned())
}

fn host() -> Outcome<String> {
    field(&ask(&["-vV"])?, "host:").ok_or_else(|| format!("{RUSTC} names no host"))
}

fn llvm_version() -> Outcome<String> {
    let version = field(&ask(&["-vV"])?, "LLVM version:");
    let major = version
        .as_deref()
        .and_then(|version| version.split('.').next());
    major
        .map(str::to_owned)
        .ok_or_else(|| format!("{RUSTC} names no LLVM version"))
}

fn lld() -> Outcome<PathBuf> {
    Ok(PathBuf::from(format!(
        "/usr/lib/llvm-{}/bin/lld",
        llvm_version()?
    )))
}

fn build_standard_library(sysroot: &Path) -> Outcome {
    let library = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&library).map_err(|error| {
        format!(
            "{}: {error}; run `cargo xtask setup --wasm debian` once as root",
            library.display()
        )
    })?;
    let seed = program_paths::cache()?.join("seed");
    write_seed(&seed).map_err(|error| format!("{}: {error}", seed.display()))?;

    let mut cargo = process::command(CARGO);
    cargo
        .current_dir(&seed)
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,panic_unwind,test")
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode in the library, no program can be built with link-time optimisation.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", seed.join("target"))
        .env_remove("RUSTUP_TOOLCHAIN");
    process::run_logged(&mut cargo, &log()?, Duration::from_secs(1800))?;

    let built = seed.join("target").join(TARGET).join("release/deps");
    replace_libraries(&built, &library)
        .map_err(|error| format!("{}: {error}", library.display()))?;
    // What is left of the build is only disk space.
    let _ = fs::remove_dir_all(&seed);
    Ok(())
}

/// An empty package; building it builds the standard library.
fn write_seed(seed: &Path) -> std::io::Result<()> {
    fs::create_dir_all(seed.join("src"))?;
    fs::write(seed.join("src/lib.rs"), "")?;
    let manifest =
        "[package]\nname = \"stdseed\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n";
    fs::write(seed.join("Cargo.toml"), manifest)
}

fn replace_libraries(built: &Path, library: &Path) -> std::io::Result<()> {
    let libraries = |folder: &Path| -> std::io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "rlib")
            {
                found.push(path);
            }
        }
        Ok(found)
    };
    for old in libraries(library)? {
        fs::remove_file(old)?;
    }
    for new in libraries(built)? {
        if let Some(name) = new
            .file_name()
            .filter(|name| !name.to_string_lossy().contains("stdseed"))
        {
            fs::copy(&new, library.join(name))?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(to: &Path, from: &Path) -> Outcome {
    let make = || {
        if let Some(folder) = from.parent() {
            fs::create_dir_all(folder)?;
        }
        if from.is_symlink() {
            fs::remove_file(from)?;
        }
        if from.exists() {
            Ok(())
        } else {
            std::os::unix::fs::symlink(to, from)
        }
    };
    make().map_err(|error: std::io::Error| format!("{}: {error}", from.display()))
}

#[cfg(not(unix))]
fn link(_to: &Path, _from: &Path) -> Outcome {
    Err("Debian's compiler is for Debian".to_owned())
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn verbose_version_fields_are_parsed() {
        let text =
            "rustc 1.96.0\nbinary: rustc\nhost: x86_64-unknown-linux-gnu\nLLVM version: 22.1.8";
        assert_eq!(
            field(text, "host:").as_deref(),
            Some("x86_64-unknown-linux-gnu")
        );
        assert_eq!(field(text, "LLVM version:").as_deref(), Some("22.1.8"));
        assert_eq!(field(text, "release:"), None);
    }
}
