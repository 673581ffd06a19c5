//! What the other commands need, found or installed.
//!
//! A first run says each step and how long it took; a second run finds everything and says
//! nothing. Reading order: `way` (where the compiler comes from), `wasm` (the compiler), `debian`
//! (how Debian's is made ready), `standard_library` (old artefacts that it would not fit), `tools`,
//! `lock`, `browser`, `axe`, `hosts`, `python`, `node`, `apt`.

mod apt;
mod axe;
mod browser;
mod debian;
mod hosts;
mod lock;
mod node;
mod python;
mod standard_library;
mod tools;
mod wasm;
mod way;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::options::Options;
use crate::{Outcome, process};
pub use browser::{Browser, firefox};
pub use hosts::{Hosts, ensure as hosts};
pub use node::{bench_peer, lighthouse, node_oidc_provider};
pub use python::{django_oauth_toolkit, schemathesis};
pub use tools::{cargo_fuzz, cpp_compiler};
pub use wasm::TARGET;
use wasm::Toolchain;
pub use way::Way;

/// What a command is going to do, as far as set-up is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Build the site.
    Build,
    /// Check formatting and run clippy.
    Lint,
    /// Run the wasm tests in a browser.
    WasmTests,
    /// Build the site and test it in a browser.
    EndToEnd,
    /// Everything.
    All,
}

/// Everything that was found or installed.
pub struct Kit {
    toolchain: Toolchain,
    path: OsString,
    browser: Option<Browser>,
    axe: Option<PathBuf>,
}

impl Kit {
    /// A command of the wasm side: the right compiler, the tools first on the PATH.
    pub fn wasm(&self, program: &str) -> Command {
        let mut command = process::command(program);
        self.toolchain.choose_for(&mut command);
        command.env("PATH", &self.path);
        command
    }

    /// The folder of the wasm side's compiler.
    pub fn sysroot(&self) -> Option<PathBuf> {
        self.toolchain.sysroot()
    }

    /// The browser, where the purpose needs one.
    pub fn browser(&self) -> Outcome<&Browser> {
        self.browser
            .as_ref()
            .ok_or_else(|| "set-up looked for no browser".to_owned())
    }

    /// The script of axe-core, where the purpose needs it.
    pub fn axe(&self) -> Outcome<&Path> {
        self.axe
            .as_deref()
            .ok_or_else(|| "set-up looked for no axe-core".to_owned())
    }
}

/// `cargo xtask setup`.
pub fn command(mut options: Options) -> Outcome {
    let forced = forced_way(&mut options)?;
    options.finish()?;
    ensure(Purpose::All, forced)?;
    hosts()?;
    firefox().map(drop)
}

/// What `--wasm` or `OUTLAY_WASM` asks for.
pub fn forced_way(options: &mut Options) -> Outcome<Option<Way>> {
    if let Some(word) = options.value("--wasm")? {
        let way = Way::parse(&word)?;
        way::remember(way)?;
        return Ok(Some(way));
    }
    match env::var("OUTLAY_WASM") {
        Ok(word) if !word.is_empty() => Way::parse(&word).map(Some),
        _ => Ok(None),
    }
}

/// Finds or installs what the purpose needs.
pub fn ensure(purpose: Purpose, forced: Option<Way>) -> Outcome<Kit> {
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
        Purpose::Build | Purpose::Lint => None,
    };
    let axe = match purpose {
        Purpose::EndToEnd | Purpose::All => Some(axe::ensure()?),
        Purpose::Build | Purpose::Lint | Purpose::WasmTests => None,
    };
    Ok(Kit {
        toolchain,
        path,
        browser,
        axe,
    })
}
