//! What comes of a request, and the record's lines.

use outlay_wire::{record, union};

use super::StoredSignIn;

/// What a request brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Where to send the browser, and what to keep meanwhile.
    Authorize {
        /// The authorization request.
        url: String,
        /// The sign-in's entry in [`Snapshot::sign_ins`].
        sign_in: u32,
        /// The copy for `sessionStorage`.
        stored: StoredSignIn,
    },
    /// The exchange succeeded, or had succeeded before.
    SignedIn {
        /// The connection; none where this callback had been used up already and another
        /// connection is there.
        connection: Option<String>,
        /// Whether the sign-in was meant to renew a connection and another one came of it: what was
        /// kept for the old one is to be dropped.
        other: bool,
        /// Whether this was a window of its own that now closes itself.
        popup: bool,
        /// The route to go to.
        return_to: String,
    },
    /// The API answered. The body is the message's `ArrayBuffer`.
    Api {
        /// The HTTP status.
        status: u16,
        /// The generation of the token that was accepted.
        generation: u32,
    },
    /// Done, nothing to tell.
    Done,
}

union!(Reply {
    units { Done = "done" }
    ones {  }
    records { Authorize = "authorize" { url, sign_in, stored }, SignedIn = "signed_in" { connection, other, popup, return_to }, Api = "api" { status, generation } }
    else Done
});

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// One of the stable codes of [`crate::code`].
    pub code: String,
    /// The other side's own words, shortened, never a token.
    pub detail: Option<String>,
    /// Where a failed sign-in was to lead.
    pub return_to: Option<String>,
    /// Whether the failed sign-in had a window of its own.
    pub popup: bool,
}

record!(Failure { code = "code", detail = "detail", return_to = "return_to", popup = "popup" });

impl Failure {
    /// A failure that is told by its code alone.
    #[must_use]
    pub fn of(code: &str) -> Failure {
        Failure {
            code: code.to_owned(),
            detail: None,
            return_to: None,
            popup: false,
        }
    }
}

/// So many lines of the record are kept, by the vault and by each page.
pub const RECORD_LINES: usize = 200;

/// One line of the record. It holds no body, no query value and no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Wall-clock milliseconds since the Unix epoch.
    pub at: u64,
    /// The connection it belongs to.
    pub connection: Option<String>,
    /// What happened, for example `refresh_sent`.
    pub event: String,
    /// How long it took, in milliseconds.
    pub duration: Option<u64>,
    /// The stable code or the HTTP status, where there is one.
    pub outcome: Option<String>,
}

record!(Record {
    at = "at", connection = "connection", event = "event", duration = "duration",
    outcome = "outcome",
});
