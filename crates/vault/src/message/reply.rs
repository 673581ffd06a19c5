//! What comes of a request, and the record's lines.

use outlay_codes::{ErrorCode, RecordKind, RecordOutcome};
use outlay_wire::{record, string_enum, union};

use super::StoredSignIn;

/// What a request brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultReply {
    /// Where to send the browser, and what to keep meanwhile.
    Authorize(Authorization),
    /// The exchange succeeded, or had succeeded before.
    SignedIn(SignedIn),
    /// The API answered. The body is the message's `ArrayBuffer`.
    Api {
        /// The HTTP status.
        status: u16,
        /// The generation of the token that was accepted.
        generation: u32,
        /// How often the call was sent again because the API was busy.
        repeats: u32,
        /// The headers that the browser lets be read, as JSON: a list of pairs of name and value.
        /// What the server does not expose (CORS) is not among them.
        headers: String,
    },
    /// What went over the wire lately.
    Steps {
        /// Each a [`FlowStep`] as JSON: they wait like that, and few pages ever ask.
        steps: Vec<String>,
    },
    /// Done, nothing to tell.
    Done,
}

union!(VaultReply {
    units { Done = "done" }
    ones { Authorize = "authorize", SignedIn = "signed_in" }
    records { Api = "api" { status, generation, repeats, headers }, Steps = "steps" { steps } }
    else Done
});

/// A sign-in that may begin: where to send the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The authorization request.
    pub url: String,
    /// The sign-in's entry in [`Snapshot::sign_ins`](super::Snapshot::sign_ins).
    pub sign_in: u32,
    /// The copy for `sessionStorage`, in case the vault does not live until the callback; `None` for a
    /// sign-in in a window of its own, for which nothing is stored.
    pub stored: Option<StoredSignIn>,
}

record!(Authorization { url = "url", sign_in = "sign_in", stored = "stored" });

/// The reply to an accepted callback: the page shows `return_to`, or closes itself if `popup`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The new or renewed connection; `None` if this callback had been used before and another
    /// connection is there.
    pub connection: Option<String>,
    /// Whether the sign-in was meant to renew a connection and brought another one: what was kept for
    /// the old one is to be dropped.
    pub other: bool,
    /// Whether this was a window of its own that now closes itself.
    pub popup: bool,
    /// The route to go to.
    pub return_to: String,
}

record!(SignedIn {
    connection = "connection", other = "other", popup = "popup", return_to = "return_to",
});

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub code: ErrorCode,
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
    pub fn of(code: ErrorCode) -> Failure {
        Failure {
            code,
            detail: None,
            return_to: None,
            popup: false,
        }
    }
}

/// So many steps of the flow are kept by the vault, and as many calls.
pub const STEPS: usize = 80;

/// What went over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowStepKind {
    /// The authorization request.
    Authorize,
    /// The authorization response.
    Callback,
    /// The exchange of the code for tokens.
    Exchange,
    /// A refresh.
    Refresh,
    /// A revocation.
    Revoke,
    /// The API's introspection.
    Introspect,
    /// Any other call of the API.
    Call,
}

string_enum!(FlowStepKind {
    Authorize = "authorize", Callback = "callback", Exchange = "exchange", Refresh = "refresh",
    Revoke = "revoke", Introspect = "introspect", Call = "call",
});

/// One thing that went over the wire, without its secrets. It may name a company or hold a
/// server's words: it is for the screen alone, and in no record and no bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowStep {
    /// Wall-clock milliseconds since the Unix epoch, when it was sent or came.
    pub at: u64,
    /// What it was.
    pub kind: FlowStepKind,
    /// The connection, with `call`.
    pub connection: Option<String>,
    /// How long the answer took, in milliseconds.
    pub duration: Option<u64>,
    /// The HTTP status; none where no answer came, or none is awaited.
    pub status: Option<u16>,
    /// What was sent: an outline as `outlay_oauth::outline` makes it; with `call` the method and
    /// the path, without the query.
    pub sent: String,
    /// What came, as an outline.
    pub came: String,
}

record!(FlowStep {
    at = "at", kind = "kind", connection = "connection", duration = "duration", status = "status",
    sent = "sent", came = "came",
});

impl FlowStep {
    /// A step of which nothing but its kind is known yet.
    #[must_use]
    pub fn of(kind: FlowStepKind) -> FlowStep {
        FlowStep {
            at: 0,
            kind,
            connection: None,
            duration: None,
            status: None,
            sent: String::new(),
            came: String::new(),
        }
    }
}

/// So many lines of the record are kept, by the vault and by each page.
pub const RECORD_LINES: usize = 200;

/// One line of the record. It holds no body, no query value and no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// Wall-clock milliseconds since the Unix epoch.
    pub at: u64,
    /// The connection it belongs to.
    pub connection: Option<String>,
    /// What happened.
    pub event: RecordKind,
    /// The connection's generation once it had happened.
    pub generation: Option<u32>,
    /// How long it took, in milliseconds.
    pub duration: Option<u64>,
    /// The result or the reason, where there is one.
    pub outcome: Option<RecordOutcome>,
}

record!(RecordLine {
    at = "at", connection = "connection", event = "event", generation = "generation",
    duration = "duration", outcome = "outcome",
});
