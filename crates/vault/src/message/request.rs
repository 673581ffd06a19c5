//! What a page asks for.

pub use outlay_wire::Method;
use outlay_wire::{record, string_enum, union};

/// A request of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultRequest {
    /// Begin a sign-in; answered by [`VaultReply::Authorize`](super::VaultReply::Authorize).
    StartSignIn(StartSignIn),
    /// Hand over the query of the callback page; answered by [`VaultReply::SignedIn`](super::VaultReply::SignedIn).
    Callback(CallbackData),
    /// Call Pleo's API; answered by [`VaultReply::Api`](super::VaultReply::Api).
    Call(ApiCall),
    /// Ask for a refresh now instead of at the next backoff; answered by [`VaultReply::Done`](super::VaultReply::Done).
    RetryNow {
        /// The connection to refresh.
        connection: String,
    },
    /// Wait for the end of a sign-in whose callback another page brings, as the opener of a popup
    /// does; answered by [`VaultReply::SignedIn`](super::VaultReply::SignedIn).
    WatchSignIn {
        /// The sign-in's entry in [`Snapshot::sign_ins`](super::Snapshot::sign_ins).
        sign_in: u32,
    },
    /// Tell what went over the wire lately; answered by [`VaultReply::Steps`](super::VaultReply::Steps).
    Inspect,
    /// Give up a sign-in; answered by [`VaultReply::Done`](super::VaultReply::Done).
    CancelSignIn {
        /// The sign-in's entry in [`Snapshot::sign_ins`](super::Snapshot::sign_ins).
        sign_in: u32,
    },
    /// Sign out of one connection alone; answered by [`VaultReply::Done`](super::VaultReply::Done).
    Remove {
        /// The connection to wipe.
        connection: String,
    },
    /// Wipe every connection and every sign-in; answered by [`VaultReply::Done`](super::VaultReply::Done).
    SignOut,
}

union!(VaultRequest {
    units { SignOut = "sign_out", Inspect = "inspect" }
    ones { StartSignIn = "start_sign_in", Callback = "callback", Call = "call" }
    records {
        RetryNow = "retry_now" { connection },
        WatchSignIn = "watch_sign_in" { sign_in },
        CancelSignIn = "cancel_sign_in" { sign_in },
        Remove = "remove" { connection },
    }
    else SignOut
});

/// What a sign-in is begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartSignIn {
    /// The profile's id in `config.json`.
    pub profile: String,
    /// The client id typed by the user; refused unless the profile has none.
    pub client_id: Option<String>,
    /// The scopes to ask for; each must be one of the profile's.
    pub scopes: Vec<String>,
    /// The route to come back to, relative to the site's base, beginning with `/`.
    pub return_to: String,
    /// The connection that this sign-in is meant to renew.
    pub target: Option<String>,
    /// The subject that a link was opened for, in place of the profile's; refused unless it is a URN
    /// of visible ASCII characters.
    pub subject: Option<String>,
    /// Whether the user signs in in a window of its own, whose callback page closes itself.
    pub popup: bool,
}

record!(StartSignIn {
    profile = "profile", client_id = "client_id", scopes = "scopes", return_to = "return_to",
    target = "target", subject = "subject", popup = "popup",
});

/// The callback page's query, with the copy that the tab kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackData {
    /// The profile named by the path of the callback page.
    pub profile: String,
    /// The query as received, without the leading `?`.
    pub query: String,
    /// The copy of the pending sign-in from `sessionStorage`; the vault's own copy wins.
    pub stored: Option<StoredSignIn>,
}

record!(CallbackData { profile = "profile", query = "query", stored = "stored" });

/// A pending redirect sign-in as the page may store it while the user is away. It holds no token
/// and no endpoint; alone it is worth nothing without the authorization code that answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSignIn {
    /// The `state` value of the authorization request.
    pub state: String,
    /// The PKCE `code_verifier`.
    pub code_verifier: String,
    /// The profile's id.
    pub profile: String,
    /// The client id that the request was made with.
    pub client_id: String,
    /// The scopes that were asked for.
    pub scopes: Vec<String>,
    /// The route to come back to.
    pub return_to: String,
    /// The connection that the sign-in is meant to renew.
    pub target: Option<String>,
    /// Wall-clock milliseconds since the Unix epoch.
    pub created_at: u64,
}

record!(StoredSignIn {
    state = "state", code_verifier = "code_verifier", profile = "profile",
    client_id = "client_id", scopes = "scopes", return_to = "return_to", target = "target",
    created_at = "created_at",
});

/// One call of Pleo's API. The vault adds the origin, the base path and the bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiCall {
    /// The connection to call with.
    pub connection: String,
    /// The operation's method.
    pub method: Method,
    /// The path below the API base, for example `/v1/companies`.
    pub path: String,
    /// The query, names and values in the clear; the vault encodes them.
    pub query: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<String>,
    /// Whether the call may be sent again after 429 or 503.
    pub retry: RetryClass,
}

record!(ApiCall {
    connection = "connection", method = "method", path = "path", query = "query", body = "body",
    retry = "retry",
});

/// Whether a call may be repeated after the API said 429 or 503. A call answered by 401 was not
/// carried out and is replayed in either class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryClass {
    /// Reads, `:search` among them.
    Safe,
    /// Anything that changes something at Pleo.
    Never,
}

string_enum!(RetryClass { Safe = "safe", Never = "never" });
