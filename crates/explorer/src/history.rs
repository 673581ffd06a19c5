//! What was sent in this session. It stands in memory alone, and holds no secret and no answer.

use std::collections::VecDeque;

use outlay_pleo::catalogue::{Catalogue, Endpoint};

use crate::draft::FieldDraft;
use crate::form::OperationForm;
use crate::marks::SecretMarks;
use crate::pretty::pretty;
use crate::shareable::shareable;

/// So many calls are kept.
pub const MOST: usize = 50;

/// A call that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Rises by one with each.
    pub number: u32,
    /// The operation's id.
    pub operation: String,
    /// What was typed, without secrets.
    pub form: OperationForm,
    /// Which parameters are not in it, and why.
    pub left_out: Option<String>,
    /// The HTTP status, or the code of why there was none.
    pub outcome: String,
    /// Wall-clock milliseconds since the Unix epoch, when it was sent.
    pub at: u64,
    /// How long the answer took, in milliseconds.
    pub took: u64,
}

/// Adds a call, the newest first.
pub fn add(all: &mut VecDeque<HistoryEntry>, mut past: HistoryEntry) {
    past.number = all.front().map_or(0, |last| last.number + 1);
    all.push_front(past);
    all.truncate(MOST);
}

/// What may be kept of a form: parameters that parse as their type and look like no secret, the body
/// without its secrets. A body that is no JSON is not kept, since what is secret in it is not known.
pub fn kept(catalogue: &Catalogue, operation: &Endpoint, form: &OperationForm) -> OperationForm {
    let schema = operation.body.as_ref().map(|body| &body.schema);
    let (body, _) = form.value(catalogue, operation);
    let body = body.map(|body| SecretMarks::of(catalogue, schema).scrubbed(&body));
    let mut kept = OperationForm {
        parameters: shareable(catalogue, operation, form).0.parameters,
        body: FieldDraft::Absent,
        raw: Some(body.as_ref().map(pretty).unwrap_or_default()),
    };
    // What the fields cannot show stays text.
    let _ = kept.as_fields(catalogue, operation);
    kept
}
