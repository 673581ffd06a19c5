//! Journals from export items, and the files that ledgers import. No I/O, no clock: the same items, mapping
//! and job give the same bytes.
//!
//! In reading order:
//!
//! - [`mapping`] holds what a company decides once, as a small JSON file that it keeps; [`template`] is
//!   the form of its texts;
//! - [`check`] makes entries of export items, or reports an [`issue`] for each that cannot be written;
//! - [`entry`] is the journal: entries, lines, and the postings that they make; [`amount`] rounds;
//! - [`mod@format`] writes the files, one module for each format; [`text`] says what a format does to a text;
//! - [`rehearsal`] reads the files again with parsers of their own ([`read`]) and compares;
//! - [`manifest`] states what a file was made of;
//! - [`run`] leads an export job from its start to its final status.
//!
//! ```
//! use outlay_ledger::{check, mapping, rehearsal};
//! # fn run(items: &[outlay_pleo::export::item::ExportItem], job: &outlay_ledger::format::JobInfo) -> Option<()> {
//! let mapping = mapping::propose(mapping::Format::Sie, "Main ledger", items);
//! let journal = check::check(items, &mapping, &[]).journal().ok()?;
//! let prepared = outlay_ledger::format::prepare(&journal, &mapping, job).ok()?;
//! let rehearsal = rehearsal::rehearse(&prepared, &journal, &mapping).ok()?;
//! assert_eq!(rehearsal.totals.first()?.debit, rehearsal.totals.first()?.credit);
//! # Some(())
//! # }
//! ```
//!
//! Debit equals credit in every file, to the smallest unit. Where rounding leaves a difference, a rounding
//! line shows it; a difference that rounding does not explain is an issue that names the entry, and no file
//! is made.
#![deny(missing_docs, clippy::float_arithmetic)]

pub mod amount;
pub mod check;
pub mod entry;
mod findings;
pub mod format;
pub mod issue;
pub mod manifest;
pub mod mapping;
pub mod read;
pub mod rehearsal;
pub mod run;
pub mod template;
pub mod text;

pub use issue::{Issue, IssueCode, Refusal};
pub use mapping::{Format, Mapping};
