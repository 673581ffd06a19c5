//! The record: what happened, in stable words. Pleo asks its clients to log each refresh, what came
//! of it, and why it was asked for; this is where that comes from.
//!
//! An [`RecordEvent`] holds words of this program and numbers, and by its types nothing else: no body, no
//! value, no name, nothing that a server wrote.

pub use outlay_codes::{RecordKind, RecordNote, RecordOutcome};

use super::io::ConnectionId;

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEvent {
    /// The connection concerned.
    pub connection: Option<ConnectionId>,
    /// What happened.
    pub kind: RecordKind,
    /// Milliseconds it took.
    pub duration: Option<u64>,
    /// What came of it, or why it was done: one of the words named at its [`RecordKind`], or a stable
    /// code.
    pub outcome: Option<RecordOutcome>,
}
