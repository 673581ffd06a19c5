//! Measured page loads and table tasks in Chromium, and Lighthouse. `cargo xtask bench` starts them.
//!
//! Reading order: `start` (what is compared and in which order), `load` (one cold load), `report`
//! (medians and the table); `static_site` (the server of both apps, which counts what it sends),
//! `peer` (the React app), `chromium` (the browser, without a driver); `signed_in` (a connected page of
//! each), `all_entries` (all entries of a company, loaded once in each app), `grid` (what a user does with
//! them there); `lighthouse`;
//! `table` (the table engine compared with libraries).

mod all_entries;
mod chromium;
mod grid;
mod lighthouse;
mod load;
mod peer;
mod report;
mod signed_in;
mod start;
mod static_site;
mod table;

use std::time::Duration;

use tokio::time::timeout;

use crate::Outcome;
pub use all_entries::LoadSettings;
pub use start::BenchSettings;

/// No run of page loads takes longer.
const DEADLINE: Duration = Duration::from_secs(600);
/// No run of loads of all entries takes longer.
const LOAD_DEADLINE: Duration = Duration::from_secs(1200);
/// No run of acts in the table takes longer.
const GRID_DEADLINE: Duration = Duration::from_secs(2400);
/// No run of table tasks takes longer.
const TABLE_DEADLINE: Duration = Duration::from_secs(3600);

/// Compares cold loads of the Connect page of Outlay and of the React app, and prints the figures.
///
/// # Errors
///
/// If a server or the browser does not start, or if a page never becomes usable.
pub fn compare_start(settings: BenchSettings) -> Outcome {
    run(DEADLINE, start::compare(settings))
}

/// Compares loads of all entries in Outlay and in the React app, and prints the figures.
///
/// # Errors
///
/// If a server or the browser does not start, or if an app never has all entries.
pub fn compare_loads(settings: LoadSettings) -> Outcome {
    run(LOAD_DEADLINE, all_entries::compare(settings))
}

/// Compares what a user does with a table of all entries in Outlay and in the React app, with a sandbox of
/// so many entries, and prints the figures.
///
/// # Errors
///
/// If a server or the browser does not start, if an act has no end, or if the apps find different rows.
pub fn compare_grids(entries: usize) -> Outcome {
    run(GRID_DEADLINE, grid::compare(entries))
}

/// Runs Lighthouse on the Connect page and prints its scores.
///
/// # Errors
///
/// If Lighthouse does not run, or if a score is below its minimum.
pub fn run_lighthouse() -> Outcome {
    run(DEADLINE, lighthouse::audit())
}

/// Compares the table engine with arrays and libraries at each of these numbers of entries, and prints the
/// figures.
///
/// # Errors
///
/// If the page cannot be made, or if the engine's own measurement fails.
pub fn compare_tables(sizes: &[u32]) -> Outcome {
    run(TABLE_DEADLINE, table::compare(sizes))
}

fn run(deadline: Duration, work: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let outcome = timeout(deadline, work).await;
        outcome.unwrap_or_else(|_| Err(format!("took longer than {deadline:?}").into()))
    })
}
