//! Every check, in order; the first that fails ends it.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use clap::Subcommand;
use clap::error::ErrorKind;

use crate::journeys::{HostName, ServerName, end_to_end, interop, on_hosts};
use crate::outcome::Outcome;
use crate::setup::{self, Purpose, SetUpBrowser, TARGET, Toolset, WasmArg};
use crate::steps::Steps;
use crate::{process, program_paths, trunk};

/// Options of `cargo xtask test`.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    #[command(subcommand)]
    part: Option<TestPart>,
    /// Repeat every end-to-end test in Firefox, not only some of them
    #[arg(long, global = true)]
    firefox: bool,
    #[command(flatten)]
    wasm: WasmArg,
}

/// A part of the tests that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
enum TestPart {
    /// Formatting and clippy
    Lint,
    /// Tests without a browser
    Native,
    /// Components and workers in a headless browser, through wasm-pack
    Wasm,
    /// The built site in Chromium, and some of it in Firefox
    E2e,
    /// Every end-to-end test on other hosts; long, so only on request
    Hosts {
        /// One of them
        host: Option<HostName>,
    },
    /// Sign-in, refresh and revocation with authorization servers from npm and PyPI; only on request
    Interop {
        /// One of them
        server: Option<ServerName>,
    },
    /// The development build with Trunk; compiles Trunk the first time, so only on request
    Trunk,
}

impl TestPart {
    /// The parts of a run without a choice, in order.
    const ALL: [Self; 4] = [Self::Lint, Self::Native, Self::Wasm, Self::E2e];
}

impl TestArgs {
    /// Checks that the arguments go together.
    ///
    /// # Errors
    ///
    /// `ArgumentConflict` if `--firefox` is given with a part that has no end-to-end tests.
    pub fn check(&self) -> Result<(), clap::Error> {
        if self.firefox && !matches!(self.part, None | Some(TestPart::E2e)) {
            return Err(clap::Error::raw(
                ErrorKind::ArgumentConflict,
                "--firefox is for the end-to-end tests: `test e2e --firefox`\n",
            ));
        }
        Ok(())
    }
}

/// `cargo xtask test`.
pub fn command(args: &TestArgs) -> Outcome {
    let forced = args.wasm.method()?;
    let parts = args.part.map_or(TestPart::ALL.to_vec(), |part| vec![part]);
    let mut steps = Steps::default();
    if parts == [TestPart::Native] {
        return native(&mut steps);
    }
    let toolset = setup::ensure(purpose(args.part), forced)?;
    let in_browsers = parts.contains(&TestPart::E2e);
    let firefox = in_browsers.then(setup::firefox).transpose()?;
    for part in parts {
        match part {
            TestPart::Lint => lint(&toolset, &mut steps)?,
            TestPart::Native => native(&mut steps)?,
            TestPart::Wasm => wasm(&toolset, &mut steps)?,
            TestPart::E2e => {
                let firefox = firefox.as_ref().ok_or("set-up looked for no Firefox")?;
                end_to_end(&toolset, firefox, args.firefox, &mut steps)?;
            }
            TestPart::Hosts { host } => on_hosts(&toolset, host, &mut steps)?,
            TestPart::Interop { server } => interop(&toolset, server, &mut steps)?,
            TestPart::Trunk => {
                steps.run("development build with Trunk", || trunk::test(&toolset))?
            }
        }
    }
    Ok(())
}

fn purpose(only: Option<TestPart>) -> Purpose {
    match only {
        Some(TestPart::Lint) => Purpose::Lint,
        Some(TestPart::Wasm) => Purpose::WasmTests,
        Some(TestPart::E2e | TestPart::Hosts { .. } | TestPart::Interop { .. }) => {
            Purpose::EndToEnd
        }
        Some(TestPart::Trunk) => Purpose::Trunk,
        Some(TestPart::Native) | None => Purpose::All,
    }
}

fn lint(toolset: &Toolset, steps: &mut Steps) -> Outcome {
    steps.run("formatting", || {
        process::run(process::command("cargo").args(["fmt", "--all", "--check"]))?;
        // A workspace of its own.
        let fuzz = ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"];
        process::run(process::command("cargo").args(fuzz))
    })?;
    let clippy = |mut cargo: Command, which: &[&str]| {
        cargo
            .args(["clippy", "--quiet", "--all-targets"])
            .args(which);
        process::run(cargo.args(["--", "-D", "warnings"]))
    };
    let page = ["--target", TARGET, "-p", "outlay"];
    let chunks = ["--target", TARGET, "-p", "outlay", "--features", "split"];
    let worker = |package| ["--target", TARGET, "-p", package, "--features", "worker"];
    steps.run("clippy, native", || {
        clippy(process::command("cargo"), &["--workspace"])
    })?;
    steps.run("clippy, page", || clippy(toolset.wasm("cargo"), &page))?;
    steps.run("clippy, chunks", || clippy(toolset.wasm("cargo"), &chunks))?;
    steps.run("clippy, worker", || {
        clippy(
            toolset.wasm("cargo"),
            &["--target", TARGET, "-p", "outlay-worker"],
        )
    })?;
    steps.run("clippy, vault", || {
        clippy(toolset.wasm("cargo"), &worker("outlay-vault"))
    })?;
    steps.run("clippy, probe", || {
        clippy(toolset.wasm("cargo"), &worker("outlay-probe"))
    })?;
    steps.run("clippy, workbook", || {
        clippy(toolset.wasm("cargo"), &worker("outlay-workbook"))
    })?;
    steps.run("documentation", || {
        let mut cargo = process::command("cargo");
        cargo.args(["doc", "--quiet", "--workspace", "--no-deps"]);
        process::run(cargo.env("RUSTDOCFLAGS", "-D warnings"))
    })
}

/// The seed of every property test of this command, so that two runs of one commit test the same
/// values. `cargo test` alone draws a new seed each time; `PROPTEST_RNG_SEED` sets another one.
const PROPERTY_SEED: &str = "1";

fn native(steps: &mut Steps) -> Outcome {
    steps.run("native tests", || {
        let mut cargo = process::command("cargo");
        cargo.args(["test", "--quiet", "--workspace", "--exclude", "outlay-e2e"]);
        if env::var_os("PROPTEST_RNG_SEED").is_none() {
            cargo.env("PROPTEST_RNG_SEED", PROPERTY_SEED);
        }
        process::run(&mut cargo)
    })
}

fn wasm(toolset: &Toolset, steps: &mut Steps) -> Outcome {
    let browser = toolset.browser()?;
    let capabilities = capabilities(browser)?;
    let pack = |folder: &str, features: &[&str]| {
        let mut command = toolset.wasm("wasm-pack");
        command
            .args([
                "test",
                "--headless",
                "--chrome",
                "--mode",
                "no-install",
                "--chromedriver",
            ])
            .arg(&browser.driver)
            .arg(folder)
            .args(features)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
        process::run(&mut command)
    };
    steps.run("browser tests, page", || pack(".", &[]))?;
    steps.run("browser tests, worker", || pack("crates/worker", &[]))?;
    steps.run("browser tests, workbook", || {
        pack("crates/workbook", &["--features", "worker"])
    })?;
    steps.run("browser tests, vault", || {
        pack("crates/vault", &["--features", "worker"])
    })
}

/// `webdriver.json` with the browser that was found.
fn capabilities(browser: &SetUpBrowser) -> Outcome<PathBuf> {
    let from = program_paths::root().join("webdriver.json");
    let to = program_paths::target()?.join("webdriver.json");
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", from.display());
    let text = fs::read_to_string(&from).map_err(|error| fail(&error))?;
    let mut json: serde_json::Value = serde_json::from_str(&text).map_err(|error| fail(&error))?;
    json["goog:chromeOptions"]["binary"] = browser.program.display().to_string().into();
    fs::write(&to, json.to_string()).map_err(|error| fail(&error))?;
    Ok(to)
}
