//! The compiler of the wasm side, and how its target gets there.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::install_method::{InstallMethod, InstallPlan, decide, remembered};
use super::target::{TARGET, has_rustup};
use super::{apt, debian};
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{process, program_paths};

/// The compiler for wasm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toolchain {
    method: InstallMethod,
    rustup: bool,
}

impl Toolchain {
    fn of(method: InstallMethod) -> Self {
        Self {
            method,
            rustup: has_rustup(),
        }
    }

    /// Sets the environment variables that make cargo use this compiler.
    pub fn choose_for(self, command: &mut Command) {
        match (self.method, self.rustup) {
            (InstallMethod::Rustup, _) => {}
            (InstallMethod::Debian, true) => {
                command.env("RUSTUP_TOOLCHAIN", debian::TOOLCHAIN);
            }
            (InstallMethod::Debian, false) => {
                command.env("RUSTC", debian::RUSTC);
            }
        }
    }

    /// Makes a command that runs the compiler itself.
    pub fn rustc(self) -> Command {
        let program = if self.method == InstallMethod::Debian && !self.rustup {
            debian::RUSTC
        } else {
            "rustc"
        };
        let mut command = process::command(program);
        self.choose_for(&mut command);
        command
    }

    /// Returns the sysroot; `None` if the compiler does not print it.
    pub fn sysroot(self) -> Option<PathBuf> {
        process::output(self.rustc().args(["--print", "sysroot"])).map(PathBuf::from)
    }

    /// Whether the source of the standard library is there: a release builds it anew.
    fn has_source(self) -> bool {
        let manifest = "lib/rustlib/src/rust/library/Cargo.lock";
        self.sysroot()
            .is_some_and(|sysroot| sysroot.join(manifest).is_file())
    }

    /// Fails unless clippy has the same version as the compiler.
    pub fn ensure_clippy(self) -> Outcome {
        let mut probe = process::command("cargo");
        self.choose_for(&mut probe);
        if process::output(probe.args(["clippy", "--version"])).is_some() {
            return Ok(());
        }
        match self.method {
            InstallMethod::Debian => step(
                "clippy for Debian's compiler, from its packages",
                "10 s",
                || apt::install(&["rust-web-clippy"]),
            ),
            InstallMethod::Rustup if self.rustup => step("clippy, from rustup", "5 s", || {
                let log = program_paths::cache()?.join("log/clippy.log");
                let mut add = process::command("rustup");
                process::run_logged(add.args(["component", "add", "clippy"]), &log, PATIENCE)
            }),
            InstallMethod::Rustup => Err(
                "clippy is missing: install the package that has it, on Debian \
                                with `apt-get install rust-web-clippy`"
                    .to_owned(),
            ),
        }
    }

    /// Compiles and links one small program with the installed standard library, as tests do: that
    /// shows a missing target, a library of another compiler, one without bitcode, and a missing
    /// linker. The source is only looked for.
    fn works(self) -> bool {
        let Ok(folder) = program_paths::cache().map(|cache| cache.join("probe")) else {
            return false;
        };
        let source = folder.join("probe.rs");
        let written = fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&source, "fn main() { println!(\"{}\", String::new()); }\n"));
        let binary = folder.join(format!("probe-{}.wasm", std::process::id()));
        let mut rustc = self.rustc();
        rustc.args([
            "--edition=2024",
            "--target",
            TARGET,
            "-Clto=fat",
            "-Copt-level=z",
            "-o",
        ]);
        let works = written.is_ok() && process::output(rustc.arg(&binary).arg(&source)).is_some();
        // A probe left behind does no harm.
        let _ = fs::remove_file(&binary);
        works && self.has_source()
    }
}

/// How long a download by rustup may take: in a closed network it must fail.
const PATIENCE: Duration = Duration::from_secs(120);

/// Returns a compiler that can build for wasm; installs one if needed.
pub fn ensure(forced: Option<InstallMethod>) -> Outcome<Toolchain> {
    let ready = |method| match method {
        InstallMethod::Rustup => Toolchain::of(method).works(),
        InstallMethod::Debian => debian::present() && Toolchain::of(method).works(),
    };
    let possible = |method| match method {
        InstallMethod::Rustup => has_rustup(),
        InstallMethod::Debian => apt::present(),
    };
    let ways = match decide(forced, remembered(), ready, possible) {
        InstallPlan::Use(method) => return Ok(Toolchain::of(method)),
        InstallPlan::Install(ways) => ways,
    };
    let mut failures = Vec::new();
    for method in ways {
        let done = match method {
            InstallMethod::Rustup => step(
                "the wasm target and the standard library's source, from rustup",
                "20 s",
                add_target,
            ),
            InstallMethod::Debian => debian::install(),
        };
        match done {
            Ok(()) if Toolchain::of(method).works() => return Ok(Toolchain::of(method)),
            Ok(()) => failures.push(format!(
                "{}: it is there, yet cannot link or lacks the source",
                method.word()
            )),
            Err(error) => failures.push(format!("{}: {error}", method.word())),
        }
    }
    Err(format!(
        "no compiler for {TARGET}: `rustup target add {TARGET}` and `rustup component add \
         rust-src` install it, or on Debian, as root, `cargo xtask setup --wasm debian`\n{}",
        failures.join("\n")
    ))
}

fn add_target() -> Outcome {
    let log = program_paths::cache()?.join("log/rustup-target.log");
    for what in [["target", "add", TARGET], ["component", "add", "rust-src"]] {
        let mut rustup = process::command("rustup");
        process::run_logged(rustup.args(what), &log, PATIENCE)?;
    }
    Ok(())
}
