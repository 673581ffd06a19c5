//! Makes the request of a form.

use outlay_pleo::Method;
use outlay_pleo::catalogue::{Catalogue, Endpoint, ParameterLocation, RetrySafety};
use outlay_pleo::text::trim_invisible;
use outlay_wire::to_text;

use crate::form::OperationForm;

/// A request below the API base, ready for the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// HTTP method of the operation, sent unchanged.
    pub method: Method,
    /// Path with percent-encoded parameters.
    pub path: String,
    /// Query parameters, not yet percent-encoded.
    pub query: Vec<(String, String)>,
    /// JSON text of the body; `None` without one.
    pub body: Option<String>,
}

/// Returns the request without validating the form: text that is not JSON is sent as it is.
pub fn prepared(catalogue: &Catalogue, operation: &Endpoint, form: &OperationForm) -> Prepared {
    let (value, faults) = form.value(catalogue, operation);
    let body = match (value, &form.raw) {
        (Some(value), raw) => Some(as_typed(to_text(&value), raw.as_deref())),
        (None, Some(raw)) if !faults.is_empty() => Some(trim_invisible(raw).to_owned()),
        (None, _) => None,
    };
    let pairs = form.pairs(catalogue, operation, ParameterLocation::Path);
    Prepared {
        method: operation.method,
        path: path(&operation.path, &pairs),
        query: form.pairs(catalogue, operation, ParameterLocation::Query),
        body,
    }
}

/// Returns the body, or the typed text itself if parsing replaced something in it: an unpaired
/// surrogate.
fn as_typed(body: String, raw: Option<&str>) -> String {
    match raw {
        Some(raw) if body.contains('\u{fffd}') && !raw.contains('\u{fffd}') => {
            trim_invisible(raw).to_owned()
        }
        _ => body,
    }
}

/// Whether the operation changes data at Pleo, so that it needs a confirmation and is never
/// repeated.
pub fn is_write(operation: &Endpoint) -> bool {
    operation.retry == RetrySafety::Write
}

/// Replaces each `{name}` by its value; a value cannot change the path around it.
fn path(template: &str, pairs: &[(String, String)]) -> String {
    let mut path = template.to_owned();
    for (name, value) in pairs {
        path = path.replace(&["{", name, "}"].concat(), &encoded(value));
    }
    path
}

/// Percent-encodes everything except letters, digits, `-` and `_`.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Returns a percent-encoded query without `?`.
pub fn query(pairs: &[(String, String)]) -> String {
    let pairs = pairs
        .iter()
        .map(|(name, value)| [&encoded(name), "=", &encoded(value)].concat());
    pairs.collect::<Vec<_>>().join("&")
}
