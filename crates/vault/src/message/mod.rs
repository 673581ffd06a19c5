//! The messages between a page and the vault.
//!
//! A message is a JavaScript array: `[json]`, or `[json, ArrayBuffer]` where an answer has a body.
//! The JSON is a [`ToVault`] or a [`FromVault`]. No field of either can hold a token, and no field
//! of [`ToVault`] names an address to call: a page names a profile, a connection, a path.

mod reply;
mod request;
mod snapshot;

use outlay_config::{Config, Problem};
use outlay_wire::{record, union};

pub use reply::{
    Authorization, Failure, FlowStep, FlowStepKind, RECORD_LINES, RecordLine, STEPS, SignedIn,
    VaultReply,
};
pub use request::{
    ApiCall, CallbackData, Method, RetryClass, StartSignIn, StoredSignIn, VaultRequest,
};
pub use snapshot::{Connection, ConnectionPhase, SignIn, Snapshot};

/// Raised with every change of these types. It stands in the worker's name and in the first
/// message, so that a page of another build is told to reload instead of being misread.
pub const MESSAGE_VERSION: u32 = 8;

/// Names one exchange of request and reply on one port; chosen by the page, never reused.
pub type RequestId = u32;

/// What a page says to the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToVault {
    /// The first message on a port, and again after a page comes back from the back-forward cache.
    Hello(VaultHello),
    /// A request that is answered by exactly one [`FromVault::Reply`] with the same id.
    Request {
        /// The id that the reply repeats.
        id: RequestId,
        /// What is asked for.
        request: VaultRequest,
    },
    /// The page no longer wants the answer of this request; no reply follows.
    Cancel {
        /// The request that is given up.
        id: RequestId,
    },
    /// The user did something: the idle limit starts anew.
    Activity,
    /// The user sees the connection with this id. A new tab opens that of the last such message.
    InView(String),
    /// The page is being hidden for good or put into the back-forward cache.
    Dormant,
}

union!(ToVault {
    units { Activity = "activity", Dormant = "dormant" }
    ones { Hello = "hello", InView = "in_view" }
    records { Request = "request" { id, request }, Cancel = "cancel" { id } }
    else Dormant
});

/// A page introduces itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultHello {
    /// The page's [`MESSAGE_VERSION`].
    pub version: u32,
    /// The randomly named Web Lock that the page holds while it lives.
    pub lock: String,
}

record!(VaultHello { version = "version", lock = "lock" });

/// What the vault says to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromVault {
    /// The answer to [`VaultHello`].
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
        result: Result<VaultReply, Failure>,
    },
    /// One line of the record: what happened.
    Event(RecordLine),
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
    /// The last lines of the record, the oldest first.
    pub record: Vec<RecordLine>,
}

record!(Welcome { config = "config", snapshot = "snapshot", record = "record" });
