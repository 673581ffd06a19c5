//! `/exports`, the export jobs of the company, and `/exports/…`, the run of one job. The rules of a run
//! are in `outlay_ledger::run`.

pub mod failure;
pub mod messages;

#[cfg(target_arch = "wasm32")]
mod check;
#[cfg(target_arch = "wasm32")]
mod confirm;
#[cfg(target_arch = "wasm32")]
mod file;
#[cfg(target_arch = "wasm32")]
mod list;
#[cfg(target_arch = "wasm32")]
mod mapping;
#[cfg(target_arch = "wasm32")]
mod mapping_fields;
#[cfg(target_arch = "wasm32")]
mod mapping_rules;
#[cfg(target_arch = "wasm32")]
mod permission;
#[cfg(target_arch = "wasm32")]
mod preview;
#[cfg(target_arch = "wasm32")]
mod report;
#[cfg(target_arch = "wasm32")]
mod run;
#[cfg(target_arch = "wasm32")]
mod run_view;
#[cfg(target_arch = "wasm32")]
mod status;
#[cfg(target_arch = "wasm32")]
pub mod view;
