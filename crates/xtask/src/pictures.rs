//! The pictures of the documentation, made by the end-to-end tests of the pages that they show.

use crate::environment::E2eEnvironment;
use crate::leftover_processes::MarkedRun;
use crate::outcome::Outcome;
use crate::setup::{self, Purpose, WasmArg};
use crate::steps::Steps;
use crate::{process, program_paths};

/// The tests that make pictures.
const TESTS: [&str; 2] = [
    "exports::clean_run_reports_every_entry_as_exported",
    "overview::worklist_link_opens_exactly_its_rows",
];

/// Options of `cargo xtask pictures`.
#[derive(Debug, clap::Args)]
pub struct PicturesArgs {
    #[command(flatten)]
    wasm: WasmArg,
}

/// Runs `cargo xtask pictures`.
pub fn command(args: &PicturesArgs) -> Outcome {
    let toolset = setup::ensure(Purpose::EndToEnd, args.wasm.method()?)?;
    let environment = E2eEnvironment::new(&toolset, &mut Steps::default())?;
    let folder = program_paths::root().join("docs/pictures");
    let mut tests = environment.tests(&["--test", "journeys", "--", "--exact"]);
    tests
        .args(TESTS)
        .env("OUTLAY_BROWSER", "chromium")
        .env("OUTLAY_PICTURES", &folder);
    let run = MarkedRun::new();
    run.through(|| process::run(run.mark(&mut tests)))
}
