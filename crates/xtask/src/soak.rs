//! The soak: runs `outlay-soak` of `tests/e2e` with the site, the sandbox and Chromium.

use std::process::Command;

use crate::build::{self, BuiltSite};
use crate::environment::Programs;
use crate::outcome::Outcome;
use crate::setup::{self, Purpose, WasmArg};
use crate::{process, run};

/// Options for a short, reproducible run.
pub const SHORT: [&str; 6] = ["--minutes", "2", "--tabs", "10", "--seed", "1"];

/// Options of `cargo xtask soak`.
#[derive(Debug, clap::Args)]
pub struct SoakArgs {
    /// How long [default: 10]
    #[arg(long, value_name = "N")]
    minutes: Option<u64>,
    /// How many tabs [default: 10]
    #[arg(long, value_name = "N")]
    tabs: Option<u64>,
    /// Repeat the steps of an earlier run [default: another number each time, which is printed]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[command(flatten)]
    wasm: WasmArg,
}

/// Runs `cargo xtask soak`.
pub fn command(args: &SoakArgs) -> Outcome {
    let given = [
        ("--minutes", args.minutes),
        ("--tabs", args.tabs),
        ("--seed", args.seed),
    ];
    let given: Vec<_> = given
        .into_iter()
        .filter_map(|(name, value)| Some([name.to_owned(), value?.to_string()]))
        .flatten()
        .collect();
    let toolset = setup::ensure(Purpose::EndToEnd, args.wasm.method()?)?;
    let site = BuiltSite::of_sandbox();
    build::build(&toolset, &site)?;
    let programs = Programs {
        site: site.out,
        sandbox: run::build_sandbox()?,
        chromium: toolset.browser()?,
    };
    run(&programs, &given)
}

fn soak(programs: &Programs<'_>, cargo_command: &str) -> Command {
    let mut cargo = programs.cargo();
    cargo.args([cargo_command, "--quiet", "--package", "outlay-e2e"]);
    cargo.args(["--bin", "outlay-soak"]);
    cargo
}

/// Compiles the soak test.
pub fn build(programs: &Programs<'_>) -> Outcome {
    process::run(&mut soak(programs, "build"))
}

/// Runs the soak test with these options.
pub fn run(programs: &Programs<'_>, options: &[String]) -> Outcome {
    process::run(soak(programs, "run").arg("--").args(options))
}
