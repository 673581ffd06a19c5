//! Trunk, wasm-bindgen, wasm-pack, geckodriver and cargo-fuzz, each in exactly one version, compiled
//! from source if `cargo binstall` is not there.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::purpose::Purpose;
use super::{apt, lock};
use crate::outcome::Outcome;
use crate::progress::step;
use crate::{process, program_paths};

/// A program that cargo can install.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// The features, in place of the default ones if there are any.
    features: Option<&'static str>,
    /// The compiler's `opt-level`: 0 where the program only starts others and waits for them.
    optimised: u8,
    /// How long it takes from source, on two cores.
    minutes: u32,
}

/// Returns the folders with the purpose's tools, to be put first on the PATH.
pub fn ensure(purpose: Purpose) -> Outcome<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for tool in needed(purpose)? {
        if !tool.is_on_path() {
            folders.push(tool.folder()?);
        }
    }
    Ok(folders)
}

/// Returns the path of geckodriver, the WebDriver program of Firefox.
pub fn geckodriver() -> Outcome<PathBuf> {
    let tool = Tool {
        package: "geckodriver",
        program: "geckodriver",
        version: "0.37.1".to_owned(),
        features: None,
        optimised: 0,
        minutes: 1,
    };
    tool.program()
}

/// Returns the path of cargo-fuzz.
pub fn cargo_fuzz() -> Outcome<PathBuf> {
    let tool = Tool {
        package: "cargo-fuzz",
        program: "cargo-fuzz",
        version: "0.13.2".to_owned(),
        features: None,
        optimised: 0,
        minutes: 1,
    };
    tool.program()
}

/// Checks that the C++ compiler for libFuzzer is installed, or installs it.
pub fn cpp_compiler() -> Outcome {
    if std::env::var_os("CXX").is_some() || program_paths::on_path("c++").is_some() {
        return Ok(());
    }
    step("a C++ compiler, from Debian's packages", "20 s", || {
        apt::install(&["g++"])
    })
    .map_err(|error| {
        format!("a C++ compiler is needed (c++ on the PATH, or named by CXX): {error}")
    })
}

fn needed(purpose: Purpose) -> Outcome<Vec<Tool>> {
    let trunk = Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".to_owned(),
        // It fetches nothing here (`offline` in Trunk.toml), and needs no TLS for that.
        features: Some(""),
        optimised: 1,
        minutes: 10,
    };
    let bindgen = Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: lock::version("wasm-bindgen")?,
        features: None,
        optimised: 1,
        minutes: 4,
    };
    let pack = Tool {
        package: "wasm-pack",
        program: "wasm-pack",
        version: "0.15.1".to_owned(),
        features: None,
        optimised: 0,
        minutes: 1,
    };
    Ok(match purpose {
        Purpose::Lint | Purpose::Build | Purpose::EndToEnd => vec![],
        Purpose::WasmTests | Purpose::All => vec![bindgen, pack],
        Purpose::Trunk => vec![trunk, bindgen],
    })
}

fn minutes(number: u32) -> String {
    match number {
        1 => "1 minute on two cores".to_owned(),
        more => format!("{more} minutes on two cores"),
    }
}

impl Tool {
    /// The program, on the PATH or in the cache, installed first if need be.
    fn program(&self) -> Outcome<PathBuf> {
        match program_paths::on_path(self.program).filter(|program| self.is_version_of(program)) {
            Some(program) => Ok(program),
            None => Ok(self.folder()?.join(self.file_name())),
        }
    }

    fn is_on_path(&self) -> bool {
        program_paths::on_path(self.program).is_some_and(|program| self.is_version_of(&program))
    }

    fn is_version_of(&self, program: &Path) -> bool {
        let printed = process::output(process::command(program).arg("--version"));
        printed.is_some_and(|text| text.split_whitespace().any(|word| word == self.version))
    }

    /// The folder that holds the program, filled first if need be.
    fn folder(&self) -> Outcome<PathBuf> {
        let home = program_paths::cache()?
            .join("tools")
            .join(format!("{}-{}", self.package, self.version));
        let folder = home.join("bin");
        if !folder.join(self.file_name()).is_file() {
            self.install(&home)?;
        }
        Ok(folder)
    }

    fn file_name(&self) -> String {
        format!("{}{}", self.program, std::env::consts::EXE_SUFFIX)
    }

    fn install(&self, home: &Path) -> Outcome {
        let wanted = format!("{}@{}", self.package, self.version);
        let log = program_paths::cache()?
            .join("log")
            .join(format!("{}.log", self.package));
        if program_paths::on_path("cargo-binstall").is_some() {
            let fetched = step(&format!("{wanted}, prebuilt"), "10 s", || {
                let mut cargo = process::command("cargo");
                cargo.args([
                    "binstall",
                    "--no-confirm",
                    "--disable-strategies",
                    "compile",
                    "--root",
                ]);
                process::run_logged(cargo.arg(home).arg(&wanted), &log, Duration::from_secs(180))
            });
            if fetched.is_ok() {
                return Ok(());
            }
        }
        let built = step(
            &format!("{wanted}, from source"),
            &minutes(self.minutes),
            || {
                // Without --locked where a registry mirror lacks one of the pinned packages.
                self.compile(&["--locked"], home, &wanted, &log)
                    .or_else(|_| self.compile(&[], home, &wanted, &log))
            },
        );
        built.map_err(|error| {
            format!("`cargo install --locked {wanted}` is needed and did not succeed: {error}")
        })
    }

    fn compile(&self, how: &[&str], home: &Path, wanted: &str, log: &Path) -> Outcome {
        let work = program_paths::cache()?.join("build");
        let mut cargo = process::command("cargo");
        cargo
            .arg("install")
            .args(how)
            .arg("--root")
            .arg(home)
            .arg(wanted);
        if let Some(features) = self.features {
            cargo.args(["--no-default-features", "--features", features]);
        }
        cargo.env("CARGO_TARGET_DIR", &work);
        // The settings that authors choose for releases take minutes longer to compile.
        cargo
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
            .env(
                "CARGO_PROFILE_RELEASE_OPT_LEVEL",
                self.optimised.to_string(),
            );
        let done = process::run_logged(&mut cargo, log, Duration::from_secs(3600));
        if done.is_ok() {
            // A folder that stays costs disk space alone.
            let _ = fs::remove_dir_all(&work);
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages(purpose: Purpose) -> Vec<&'static str> {
        let tools = needed(purpose).unwrap();
        tools.iter().map(|tool| tool.package).collect()
    }

    #[test]
    fn only_the_development_build_needs_trunk() {
        for purpose in [Purpose::Build, Purpose::EndToEnd, Purpose::Lint] {
            assert_eq!(packages(purpose), [""; 0], "{purpose:?}");
        }
        for purpose in [Purpose::WasmTests, Purpose::All] {
            assert_eq!(packages(purpose), ["wasm-bindgen-cli", "wasm-pack"]);
        }
        assert_eq!(packages(Purpose::Trunk), ["trunk", "wasm-bindgen-cli"]);
    }
}
