//! `cargo xtask`: set-up, demo, build and test of the workspace.
//!
//! Reading order:
//!
//! 1. `command`: the command line.
//! 2. `setup`: what the other commands need, found or installed; `setup::Kit` is the result.
//! 3. `build`, `release`, `shorten`, `stamp` and `sizes`: the static site, how it is compiled, what is
//!    taken out of it, and its budgets.
//! 4. `run`: the demo and the sandbox.
//! 5. `test`: every check, in order; `journeys`: those in a browser, on hosts of every kind, set up by
//!    `environment`; `trunk`: the development build; `steps`: names and durations of the checks;
//!    `leftovers`: browsers that a test run must not leave running.
//! 6. `soak`: minutes of everything at once; the tests run two of them.
//! 7. `contract`: the sandbox against the document of Pleo's API, by schemathesis.
//! 8. `fuzz`: libFuzzer against the parsers and writers.
//! 9. `place`, `process`, `progress`: folders, child processes, the lines on the terminal.
//!
//! The commands `host`, `verify` and `config check` are those of `outlay-deploy`.

mod build;
mod command;
mod contract;
mod environment;
mod fuzz;
mod journeys;
mod leftovers;
mod outcome;
mod place;
mod process;
mod progress;
mod release;
mod run;
mod setup;
mod shorten;
mod sizes;
mod soak;
mod stamp;
mod steps;
mod test;
mod trunk;

use std::process::ExitCode;

fn main() -> ExitCode {
    match command::Arguments::read().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
