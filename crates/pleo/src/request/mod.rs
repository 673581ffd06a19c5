//! Builds the path, query and body of each call that Outlay makes by itself; the explorer makes every
//! other one with the [catalogue](crate::catalogue).
//!
//! In reading order:
//!
//! - [`ApiRequest`] is a call, to be sent with a token;
//! - [`Slice`] is the wanted part of a list, [`EntryOwner`] the owner of its rows;
//! - [`bounds`] holds how much one call may carry: a builder that is given more answers with
//!   [`OutOfBounds`];
//! - one module per group holds the builders. Each says what answers it; where the document gives no
//!   body, any 2xx does.

pub mod accounts;
pub mod bounds;
pub mod companies;
pub mod employees;
pub mod entries;
pub mod export_items;
pub mod export_jobs;
pub mod installation;
pub mod introspect;
pub mod receipts;
mod slice;
pub mod tag_groups;
pub mod tags;
pub mod tax_codes;
pub mod vendors;

pub use bounds::OutOfBounds;
pub use slice::{EntryOwner, Slice};

use outlay_wire::Wire;

use crate::operation::Operation;

/// A call to be sent with a token: it has no origin and no header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiRequest {
    /// The operation that the request calls.
    pub operation: &'static Operation,
    /// Path below the API base, with percent-encoded ids in place of `{…}`.
    pub path: String,
    /// Query parameters in order; names and values are not yet percent-encoded.
    pub query: Vec<(String, String)>,
    /// JSON text of the body; `None` for a request without one.
    pub body: Option<String>,
}

impl ApiRequest {
    fn new(operation: &'static Operation) -> ApiRequest {
        ApiRequest {
            operation,
            path: operation.path.to_owned(),
            query: Vec::new(),
            body: None,
        }
    }

    /// With these ids in the path, in its order.
    fn of(operation: &'static Operation, ids: &[&str]) -> ApiRequest {
        ApiRequest {
            path: fill(operation.path, ids),
            ..ApiRequest::new(operation)
        }
    }

    fn with(mut self, name: &str, value: &str) -> ApiRequest {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    fn with_some(self, name: &str, value: Option<&str>) -> ApiRequest {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    fn with_flag(self, name: &str, value: bool) -> ApiRequest {
        // Absent options are left out: they are the default everywhere.
        self.with_some(name, value.then_some("true"))
    }

    fn with_all<'a>(self, name: &str, values: impl Iterator<Item = &'a str>) -> ApiRequest {
        values.fold(self, |request, value| request.with(name, value))
    }

    fn slice(self, slice: &Slice) -> ApiRequest {
        slice.add_to(self)
    }

    fn body(mut self, body: &impl Wire) -> ApiRequest {
        self.body = Some(outlay_wire::to_text(body));
        self
    }
}

/// Puts ids in the places of the template's `{…}`. Everything but letters, digits, `-` and `_` is
/// percent-encoded, so that an id cannot change the path.
fn fill(template: &str, ids: &[&str]) -> String {
    let mut parts = template.split(['{', '}']);
    let mut path = parts.next().unwrap_or_default().to_owned();
    for id in ids {
        for byte in id.bytes() {
            if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
                path.push(char::from(byte));
            } else {
                path.push_str(&format!("%{byte:02X}"));
            }
        }
        // The parameter's name, and what stands behind it.
        path.push_str(parts.nth(1).unwrap_or_default());
    }
    path
}
