//! Measurements of the built site: `tests/e2e`'s program `outlay-bench` with what it needs.

mod peer;

use std::path::PathBuf;
use std::process::Command;

use crate::build::{self, Site};
use crate::host::{self, Placement};
use crate::leftovers::Run;
use crate::options::Options;
use crate::setup::{self, Kit, Purpose};
use crate::soak::Stage;
use crate::{Outcome, process, run};

/// Cold loads of each app at each CPU speed, where the user does not say.
const LOADS: u32 = 7;

/// `cargo xtask bench`.
pub fn command(mut options: Options) -> Outcome {
    let forced = setup::forced_way(&mut options)?;
    let which = options.word();
    let built = options.value("--site")?.map(PathBuf::from);
    let loads = options.value("--loads")?;
    options.finish()?;
    match (which.as_deref(), loads) {
        (Some("start"), loads) => {
            let loads = loads.map_or(Ok(LOADS), |given| whole(&given))?;
            let kit = setup::ensure(Purpose::EndToEnd, forced)?;
            start(&kit, built, loads)
        }
        (Some("lighthouse"), None) => {
            let kit = setup::ensure(Purpose::EndToEnd, forced)?;
            lighthouse(&kit, built)
        }
        _ => Err("`bench start [--loads N]` or `bench lighthouse`".to_owned()),
    }
}

fn whole(given: &str) -> Outcome<u32> {
    let number = given.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("--loads is a whole number from 1, not `{given}`"))
}

/// Loads both apps' Connect pages in turn.
fn start(kit: &Kit, built: Option<PathBuf>, loads: u32) -> Outcome {
    let installed = setup::bench_peer()?;
    let sources = peer::Sources::beside(&installed.folder)?;
    let mut program = program(&stage(kit, built)?);
    program
        .args(["start", &loads.to_string()])
        .env("OUTLAY_NODE", &installed.node)
        .env("OUTLAY_BENCH_PEER", &sources.folder);
    measure(&mut program)
}

/// Judges the Connect page by Lighthouse.
fn lighthouse(kit: &Kit, built: Option<PathBuf>) -> Outcome {
    let installed = setup::lighthouse()?;
    let mut program = program(&stage(kit, built)?);
    program
        .arg("lighthouse")
        .env("OUTLAY_NODE", &installed.node)
        .env("OUTLAY_LIGHTHOUSE", &installed.folder);
    measure(&mut program)
}

/// The site as hosts serve it, the sandbox and the browser.
fn stage(kit: &Kit, built: Option<PathBuf>) -> Outcome<Stage<'_>> {
    let site = match built {
        Some(folder) => folder
            .canonicalize()
            .map_err(|error| format!("{}: {error}", folder.display()))?,
        None => {
            let site = Site::of_sandbox();
            build::build(kit, &site)?;
            host::dress(&site.out, &Placement::default())?;
            site.out
        }
    };
    Ok(Stage {
        site,
        sandbox: run::build_sandbox()?,
        chromium: kit.browser()?,
    })
}

fn program(stage: &Stage<'_>) -> Command {
    let mut cargo = stage.cargo();
    cargo.args(["run", "--quiet", "--package", "outlay-e2e"]);
    cargo.args(["--bin", "outlay-bench", "--"]);
    cargo
}

/// Runs it, and fails if it leaves a browser behind.
fn measure(program: &mut Command) -> Outcome {
    let run = Run::new();
    run.through(|| process::run(run.mark(program)))
}
