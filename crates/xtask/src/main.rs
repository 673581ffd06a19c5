//! `cargo xtask`: set-up, demo, build and test of the workspace.
//!
//! Reading order:
//!
//! 1. `command`: the command line.
//! 2. `setup`: what the other commands need, found or installed; `setup::Toolset` is the result.
//! 3. `build`, `release`, `bundle`, `document`, `script`, `style` and `sizes`: the static site, how it is compiled,
//!    its programs split into chunks, its document and style sheet, its budgets.
//! 4. `run`: the demo and the sandbox.
//! 5. `test`: every check, in order; `journeys`: those in a browser, on hosts of every kind, set up by
//!    `environment`; `trunk`: the development build; `steps`: names and durations of the checks;
//!    `leftover_processes`: browsers that a test run must not leave running.
//! 6. `soak`: minutes of everything at once; the tests run two of them.
//! 7. `bench`: page loads and loads of all entries, measured and compared with those of a React app, and
//!    Lighthouse; not part of the tests.
//! 8. `contract`: the sandbox against the document of Pleo's API, by schemathesis.
//! 9. `ledgers`: files for ledgers, read by programs of other authors; not part of the tests.
//! 10. `readback`: exported files, read by LibreOffice; not part of the tests.
//! 11. `pictures`: those of the documentation, made by end-to-end tests.
//! 12. `fuzz`: libFuzzer against the parsers and writers.
//! 13. `program_paths`, `process`, `progress`: folders, child processes, the lines on the terminal.
//!
//! The commands `host`, `verify` and `config check` are those of `outlay-deploy`.

mod bench;
mod build;
mod bundle;
mod command;
mod contract;
mod document;
mod environment;
mod fuzz;
mod journeys;
mod ledgers;
mod leftover_processes;
mod outcome;
mod pictures;
mod process;
mod program_paths;
mod progress;
mod readback;
mod release;
mod run;
mod script;
mod setup;
mod sizes;
mod soak;
mod steps;
mod style;
mod test;
mod trunk;

use std::process::ExitCode;

fn main() -> ExitCode {
    match command::XtaskArguments::read().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
