//! The messages between a page and the vault.
//!
//! A message is a JavaScript array: `[json]`, or `[json, ArrayBuffer]` where an answer has a body.
//! The JSON is a [`ToVault`] or a [`FromVault`]. No field of either can hold a token, and no field
//! of [`ToVault`] names an address to call: a page names a profile, a connection, a path.

use outlay_config::{Config, Problem};
use outlay_wire::{record, union, words};

/// Raised with every change of these types. It stands in the worker's name and in the first
/// message, so that a page of another build is told to reload instead of being misread.
pub const MESSAGE_VERSION: u32 = 1;

/// Names one exchange of request and reply on one port; chosen by the page, never reused.
pub type RequestId = u32;

/// What a page says to the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToVault {
    /// The first message on a port, and again after a page comes back from the back-forward cache.
    Hello(Hello),
    /// A request that is answered by exactly one [`FromVault::Reply`] with the same id.
    Request {
        /// The id that the reply repeats.
        id: RequestId,
        /// What is asked for.
        request: Request,
    },
    /// The page no longer wants the answer of this request; no reply follows.
    Cancel {
        /// The request that is given up.
        id: RequestId,
    },
    /// The user did something: the idle limit starts anew.
    Activity,
    /// The page is being hidden for good or put into the back-forward cache.
    Dormant,
}

union!(ToVault {
    units { Activity = "activity", Dormant = "dormant" }
    ones { Hello = "hello" }
    records { Request = "request" { id, request }, Cancel = "cancel" { id } }
    else Dormant
});

/// A page introduces itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// The page's [`MESSAGE_VERSION`].
    pub version: u32,
    /// The randomly named Web Lock that the page holds while it lives.
    pub lock: String,
}

record!(Hello { version = "version", lock = "lock" });

/// A request of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Begin a sign-in; answered by [`Reply::Authorize`].
    StartSignIn(StartSignIn),
    /// Hand over the query of the callback page; answered by [`Reply::SignedIn`].
    Callback(Callback),
    /// Call Pleo's API; answered by [`Reply::Api`].
    Call(Call),
    /// Ask for a refresh now instead of at the next backoff; answered by [`Reply::Done`].
    RetryNow {
        /// The connection to refresh.
        connection: String,
    },
    /// Wipe every connection and every sign-in; answered by [`Reply::Done`].
    SignOut,
}

union!(Request {
    units { SignOut = "sign_out" }
    ones { StartSignIn = "start_sign_in", Callback = "callback", Call = "call" }
    records { RetryNow = "retry_now" { connection } }
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
}

record!(StartSignIn {
    profile = "profile", client_id = "client_id", scopes = "scopes", return_to = "return_to",
    target = "target",
});

/// The callback page's query, with the copy that the tab kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The profile named by the path of the callback page.
    pub profile: String,
    /// The query as received, without the leading `?`.
    pub query: String,
    /// The copy of the pending sign-in from `sessionStorage`; the vault's own copy wins.
    pub stored: Option<StoredSignIn>,
}

record!(Callback { profile = "profile", query = "query", stored = "stored" });

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
pub struct Call {
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
    pub retry: Retry,
}

record!(Call {
    connection = "connection", method = "method", path = "path", query = "query", body = "body",
    retry = "retry",
});

/// The methods of Pleo's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create, or a custom verb such as `:search`.
    Post,
    /// Replace.
    Put,
    /// Remove.
    Delete,
}

words!(Method { Get = "GET", Post = "POST", Put = "PUT", Delete = "DELETE" });

/// Whether a call may be repeated after the API said 429 or 503. A call answered by 401 was not
/// carried out and is replayed in either class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Reads, `:search` among them.
    Safe,
    /// Anything that changes something at Pleo.
    Never,
}

words!(Retry { Safe = "safe", Never = "never" });

/// What the vault says to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromVault {
    /// The answer to [`Hello`].
    Welcome(Welcome),
    /// The page is of another build: it should be loaded again.
    Mismatch {
        /// The vault's [`MESSAGE_VERSION`].
        version: u32,
    },
    /// The vault's program could not be loaded; sent by `vault.js` in its place.
    Broken,
    /// Every connection and sign-in as they are now; sent to all pages after each change.
    State(Snapshot),
    /// The answer to a [`ToVault::Request`].
    Reply {
        /// The id of the request.
        id: RequestId,
        /// What came of it.
        result: Result<Reply, Failure>,
    },
    /// One line of the record: what happened, for the session chip and for tests.
    Event(Record),
}

union!(FromVault {
    units { Broken = "broken" }
    ones { Welcome = "welcome", State = "state", Event = "event" }
    records { Mismatch = "mismatch" { version }, Reply = "reply" { id, result } }
    else Broken
});

/// The vault's first answer on a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// The deployment's configuration, or what is wrong with it.
    pub config: Result<Config, Vec<Problem>>,
    /// The state of all connections.
    pub snapshot: Snapshot,
}

record!(Welcome { config = "config", snapshot = "snapshot" });

/// All connections and sign-ins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Live and ended connections, the oldest first.
    pub connections: Vec<Connection>,
    /// Sign-ins under way, the oldest first.
    pub sign_ins: Vec<SignIn>,
}

record!(Snapshot { connections = "connections", sign_ins = "sign_ins" });

/// A connection as a page sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Random; the value of `?c=` in the page's URL.
    pub id: String,
    /// The profile's id.
    pub profile: String,
    /// Where its machine stands.
    pub phase: Phase,
    /// Rises with every refresh; unique within the vault.
    pub generation: u32,
    /// The subject URN, once introspection has told it.
    pub subject: Option<String>,
    /// The application's name as registered at Pleo.
    pub application: Option<String>,
    /// The scopes asked for.
    pub scopes_asked: Vec<String>,
    /// The scopes granted.
    pub scopes_granted: Vec<String>,
    /// Milliseconds that the access token has left, where its life is known.
    pub expires_in: Option<u64>,
    /// The access token's whole life in milliseconds, where it is known.
    pub lifetime: Option<u64>,
    /// Milliseconds since the last refresh, or since the exchange.
    pub token_age: u64,
    /// Whether there is a refresh token.
    pub refreshable: bool,
}

record!(Connection {
    id = "id", profile = "profile", phase = "phase", generation = "generation",
    subject = "subject", application = "application", scopes_asked = "scopes_asked",
    scopes_granted = "scopes_granted", expires_in = "expires_in", lifetime = "lifetime",
    token_age = "token_age", refreshable = "refreshable",
});

/// Where a connection's machine stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// A pair of tokens is there.
    Active,
    /// A refresh is in flight or waits for its next try.
    Refreshing,
    /// A refresh was sent and its outcome is unknown.
    Unsure,
    /// Over; the reason is one of the stable codes `refused`, `expired`, `unsure`, `revoked`,
    /// `idle`, `absolute`.
    Ended {
        /// The stable code.
        reason: String,
        /// The authorization server's own error code, with `refused`.
        server_code: Option<String>,
    },
}

union!(Phase {
    units { Active = "active", Refreshing = "refreshing", Unsure = "unsure" }
    ones {  }
    records { Ended = "ended" { reason, server_code } }
    else Unsure
});

/// A sign-in under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// A short public name; not the `state` value.
    pub id: u32,
    /// The profile's id.
    pub profile: String,
    /// Whether the code is being exchanged; false while the user is at Pleo.
    pub exchanging: bool,
}

record!(SignIn { id = "id", profile = "profile", exchanging = "exchanging" });

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
    records { Authorize = "authorize" { url, sign_in, stored }, SignedIn = "signed_in" { connection, return_to }, Api = "api" { status, generation } }
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
}

record!(Failure { code = "code", detail = "detail", return_to = "return_to" });

impl Failure {
    /// A failure that is told by its code alone.
    #[must_use]
    pub fn of(code: &str) -> Failure {
        Failure {
            code: code.to_owned(),
            detail: None,
            return_to: None,
        }
    }
}

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
