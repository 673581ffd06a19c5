//! The record: what happened, in stable words. Pleo asks its clients to log each refresh, what came
//! of it, and why it was asked for; this is where that comes from.
//!
//! An [`RecordEvent`] holds words of this program and numbers, and by its types nothing else: no body, no
//! value, no name, nothing that a server wrote.

pub use outlay_codes::{RecordKind, RecordNote, RecordOutcome};

use super::io::ConnectionId;

/// One line of the record: codes and numbers only, no names, queries or bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEvent {
    /// The connection that the line belongs to; `None` for the vault as a whole.
    pub connection: Option<ConnectionId>,
    /// The kind of event; determines the meaning of `outcome`.
    pub kind: RecordKind,
    /// Milliseconds it took.
    pub duration: Option<u64>,
    /// The outcome or the reason: one of the words named at its [`RecordKind`], or a stable
    /// code.
    pub outcome: Option<RecordOutcome>,
}
