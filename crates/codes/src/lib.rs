//! The stable codes of Outlay: of errors, of the ends of connections, of events in the record.
//!
//! Each is an enum, so that the compiler finds every `match` that a new code needs. The string form
//! (`word`) is for the edge alone: the messages of the workers, the page's `data-code`, the record, the
//! support file. A code never changes its meaning or its string, which tests, documentation and
//! copied reports rely on. No text for users is here: that is in the page's `src/messages`.
//!
//! 1. [`ErrorCode`]: why something failed.
//! 2. [`EndReason`]: why a connection ended.
//! 3. [`RecordKind`] and [`RecordOutcome`]: what happened, and with what result; [`TokenOddity`].

#![deny(missing_docs)]

mod end;
mod error;
mod record;

pub use end::EndReason;
pub use error::ErrorCode;
pub use record::{RecordKind, RecordNote, RecordOutcome, TokenOddity};
