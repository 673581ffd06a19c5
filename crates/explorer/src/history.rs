//! The calls of this session. It is only in memory, without secrets and responses.

use std::collections::VecDeque;

use outlay_pleo::catalogue::{Catalogue, Endpoint};

use crate::draft::FieldDraft;
use crate::form::OperationForm;
use crate::marks::SecretMarks;
use crate::pretty::pretty;
use crate::shareable::shareable;

/// Most calls in the history; older ones are dropped.
pub const MOST: usize = 50;

/// A call in the history; only in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Number of the call, from 1.
    pub number: u32,
    /// `operationId` of the call.
    pub operation: String,
    /// The input without secrets, so that it can be opened again.
    pub form: OperationForm,
    /// Sentence about parameters that were left out as secrets; `None` if all are there.
    pub left_out: Option<String>,
    /// HTTP status, or a stable code if there was no response.
    pub outcome: String,
    /// Wall-clock milliseconds since the Unix epoch, when it was sent.
    pub at: u64,
    /// How long the answer took, in milliseconds.
    pub took: u64,
}

/// Adds a call as the newest and drops the oldest beyond [`MOST`].
pub fn add(all: &mut VecDeque<HistoryEntry>, mut past: HistoryEntry) {
    past.number = all.front().map_or(0, |last| last.number + 1);
    all.push_front(past);
    all.truncate(MOST);
}

/// Returns the part of a form that may be kept: parameters that parse as their type and look like
/// no secret, and the body without its secrets. A body that is not JSON is not kept, since its
/// secrets are not known.
pub fn kept(catalogue: &Catalogue, operation: &Endpoint, form: &OperationForm) -> OperationForm {
    let schema = operation.body.as_ref().map(|body| &body.schema);
    let (body, _) = form.value(catalogue, operation);
    let body = body.map(|body| SecretMarks::of(catalogue, schema).scrubbed(&body));
    let mut kept = OperationForm {
        parameters: shareable(catalogue, operation, form).0.parameters,
        body: FieldDraft::Absent,
        raw: Some(body.as_ref().map(pretty).unwrap_or_default()),
    };
    // A body that the fields cannot show stays text.
    let _ = kept.as_fields(catalogue, operation);
    kept
}
