//! The outcome of a call as text.

use outlay_codes::ErrorCode;
use outlay_pleo::Method;
use outlay_pleo::catalogue::Endpoint;

use crate::request::is_write;

/// How a call of the explorer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallOutcome {
    /// A response arrived; its HTTP status.
    Status(u16),
    /// No response arrived; the vault's stable code is the reason.
    Failed(ErrorCode),
    /// The user cancelled it.
    Cancelled,
    /// The connection ended during the call.
    Left,
}

/// Codes of calls that were not sent to Pleo.
const NOT_SENT: &[ErrorCode] = &[
    ErrorCode::SessionEnded,
    ErrorCode::RefreshUnavailable,
    ErrorCode::Offline,
    ErrorCode::PathRefused,
    ErrorCode::MethodRefused,
    ErrorCode::TooManyRequests,
    ErrorCode::ConnectionUnknown,
    ErrorCode::UnauthorisedOperation,
    ErrorCode::VaultUnavailable,
    ErrorCode::VaultMismatch,
];

impl CallOutcome {
    /// Returns the HTTP status or the stable code, for a list.
    pub fn word(&self) -> String {
        match self {
            CallOutcome::Status(status) => status.to_string(),
            CallOutcome::Failed(code) => code.word().to_owned(),
            CallOutcome::Cancelled => "cancelled".to_owned(),
            CallOutcome::Left => "left".to_owned(),
        }
    }

    /// Returns whether a write may or may not have been carried out.
    pub fn is_unknown(&self, operation: &Endpoint) -> bool {
        is_write(operation)
            && match self {
                CallOutcome::Status(status) => *status >= 500,
                CallOutcome::Failed(code) => !NOT_SENT.contains(code),
                CallOutcome::Cancelled | CallOutcome::Left => true,
            }
    }
}

/// The status' name.
pub fn name(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No content",
        400 => "Bad request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not found",
        405 => "Method not allowed",
        409 => "Conflict",
        410 => "Gone",
        413 => "Content too large",
        415 => "Unsupported media type",
        422 => "Unprocessable content",
        429 => "Too many requests",
        500 => "Internal server error",
        502 => "Bad gateway",
        503 => "Service unavailable",
        504 => "Gateway Timeout",
        _ => match status / 100 {
            2 => "Success",
            3 => "Redirect",
            4 => "Refused",
            _ => "Server error",
        },
    }
}

/// Returns the action of a write as a phrase, for example `remove a tag`.
pub fn change(operation: &Endpoint) -> String {
    let mut letters = operation.summary.chars();
    let first = letters.next().map(|one| one.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// Further operations that cannot be undone: the result of an export and of its items, the change
/// of an entry.
const FINAL: &[&str] = &[
    "createExportJobEventV3",
    "updateExportJobItemsV3",
    "enrichAccountingEntryV2",
];

/// Returns whether the effect of a write cannot be undone.
pub fn is_final(operation: &Endpoint) -> bool {
    operation.method == Method::Delete || FINAL.contains(&&*operation.id)
}

/// A number of bytes: `812 bytes`, `12.3 kB`, `10.0 MB`.
pub fn size(bytes: usize) -> String {
    let tenths = |unit: usize| {
        let tenths = (bytes + unit / 20) / (unit / 10);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        1 => "1 byte".to_owned(),
        0..1_000 => format!("{bytes} bytes"),
        1_000..999_950 => [&tenths(1_000), " kB"].concat(),
        _ => [&tenths(1_000_000), " MB"].concat(),
    }
}

/// A time: `12 ms`, `1.3 s`.
pub fn time(millis: u64) -> String {
    match millis {
        0..1_000 => format!("{millis} ms"),
        _ => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
    }
}
