//! What the other commands need, found or installed.
//!
//! A first run prints each step, how long it usually takes, and how long it took; a second run finds
//! everything and prints nothing. Reading order: `purpose`, `install_method` (where the compiler comes from), `wasm` (the compiler), `debian`
//! (how Debian's is made ready), `standard_library` (old artefacts that it would not fit), `tools`,
//! `lock`, `browser`, `axe`, `hosts`, `python`, `ledgers`, `office`, `node`, `apt`.

mod apt;
mod axe;
mod browser;
mod debian;
mod hosts;
mod install_method;
mod ledgers;
mod lock;
mod node;
mod office;
mod purpose;
mod python;
mod standard_library;
mod target;
mod tools;
mod wasm;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::outcome::Outcome;
use crate::process;
pub use browser::{SetUpBrowser, firefox};
pub use hosts::{Hosts, ensure as hosts};
use install_method::InstallMethod;
pub use ledgers::{hledger, sie4_reader};
pub use node::{bench_peer, bench_table, lighthouse, node_oidc_provider};
pub use office::libreoffice;
pub use purpose::Purpose;
pub use python::{django_oauth_toolkit, ledger_readers, schemathesis};
pub use target::TARGET;
pub use tools::{cargo_fuzz, cpp_compiler};
use wasm::Toolchain;

/// The tools that were located or installed for a purpose.
pub struct Toolset {
    toolchain: Toolchain,
    path: OsString,
    browser: Option<SetUpBrowser>,
    axe: Option<PathBuf>,
}

impl Toolset {
    /// Makes a command for wasm: with the right compiler and the tools on the PATH.
    pub fn wasm(&self, program: &str) -> Command {
        let mut command = process::command(program);
        self.toolchain.choose_for(&mut command);
        command.env("PATH", &self.path);
        command
    }

    /// Returns the sysroot of the wasm compiler; `None` if rustc does not print it.
    pub fn sysroot(&self) -> Option<PathBuf> {
        self.toolchain.sysroot()
    }

    /// Returns the browser; fails if the purpose does not include one.
    pub fn browser(&self) -> Outcome<&SetUpBrowser> {
        self.browser
            .as_ref()
            .ok_or_else(|| "set-up looked for no browser".to_owned())
    }

    /// Returns the path of axe-core; fails if the purpose does not include it.
    pub fn axe(&self) -> Outcome<&Path> {
        self.axe
            .as_deref()
            .ok_or_else(|| "set-up looked for no axe-core".to_owned())
    }
}

/// Options of `cargo xtask setup`.
#[derive(Debug, clap::Args)]
pub struct SetupArgs {
    #[command(flatten)]
    wasm: WasmArg,
}

/// The option `--wasm`, shared by several commands.
#[derive(Debug, clap::Args)]
pub struct WasmArg {
    /// Take the wasm compiler from there, now and later; OUTLAY_WASM does so for one run
    /// [default: whichever is found]
    #[arg(long, value_name = "SOURCE", global = true)]
    wasm: Option<InstallMethod>,
}

impl WasmArg {
    /// The source that the option or else `OUTLAY_WASM` names. The option's is remembered.
    pub fn method(&self) -> Outcome<Option<InstallMethod>> {
        if let Some(method) = self.wasm {
            install_method::remember(method)?;
            return Ok(Some(method));
        }
        match env::var("OUTLAY_WASM") {
            Ok(word) if !word.is_empty() => InstallMethod::parse(&word).map(Some),
            _ => Ok(None),
        }
    }

    /// Returns whether `--wasm` is given.
    #[cfg(test)]
    pub fn is_given(&self) -> bool {
        self.wasm.is_some()
    }
}

/// Runs `cargo xtask setup`.
pub fn command(args: &SetupArgs) -> Outcome {
    ensure(Purpose::All, args.wasm.method()?)?;
    hosts()?;
    firefox().map(drop)
}

/// Locates or installs the tools for a purpose. `forced` overrides the stored method.
pub fn ensure(purpose: Purpose, forced: Option<InstallMethod>) -> Outcome<Toolset> {
    let lint = matches!(purpose, Purpose::Lint | Purpose::All);
    let toolchain = wasm::ensure(forced)?;
    if lint {
        toolchain.ensure_clippy()?;
    }
    standard_library::drop_artefacts_of_another(&toolchain)?;

    let mut folders: Vec<PathBuf> = tools::ensure(purpose)?;
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(folders).map_err(|error| format!("PATH: {error}"))?;

    let browser = match purpose {
        Purpose::WasmTests | Purpose::EndToEnd | Purpose::All => Some(browser::chromium()?),
        Purpose::Build | Purpose::Lint | Purpose::Trunk => None,
    };
    let axe = match purpose {
        Purpose::EndToEnd | Purpose::All => Some(axe::ensure()?),
        Purpose::Build | Purpose::Lint | Purpose::WasmTests | Purpose::Trunk => None,
    };
    Ok(Toolset {
        toolchain,
        path,
        browser,
        axe,
    })
}
