//! What goes into the machines and what comes out of them.

use core::fmt;

use std::rc::Rc;

use outlay_codes::{ErrorCode, RecordNote};

pub use outlay_codes::EndReason;

use crate::callback::CallbackRefusal;
use crate::client::ClientSettings;
use crate::secret::{AccessToken, AuthorizationUrl, CodeVerifier};
use crate::state::StateValue;
use crate::token::{FormPost, TokenHttpResponse};

use super::record::RecordEvent;

/// Names who asked for a sign-in or handed over a callback; chosen by the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(pub u64);

/// Names one call of the API; chosen by the host, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallId(pub u64);

/// Names one request that the machines asked for; the answer repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestKey(pub(crate) u64);

/// A connection's random public name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConnectionId(pub String);

/// Something that happened. It prints as its kind alone: a callback's query holds a code.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// Somebody wants to sign in.
    Start {
        /// Who is told.
        ticket: Ticket,
        /// With what.
        start: Rc<SignInStart>,
    },
    /// The callback page was loaded.
    Callback {
        /// Who is told.
        ticket: Ticket,
        /// The profile that the page's path names.
        profile: String,
        /// The query without its `?`.
        query: String,
        /// The pending sign-in as the page had kept it, if it had.
        kept: Option<PendingSignIn>,
    },
    /// The token endpoint answered an [`Effect::Exchange`] or [`Effect::Refresh`].
    TokenAnswered {
        /// Which request.
        key: RequestKey,
        /// What came.
        answer: TokenHttpResponse,
    },
    /// The API answered an [`Effect::Introspect`].
    Introspected {
        /// Which request.
        key: RequestKey,
        /// What came.
        answer: IntrospectionResult,
    },
    /// An [`Effect::CheckNetwork`] came to its end.
    NetworkChecked {
        /// Which request.
        key: RequestKey,
        /// Whether any answer came.
        reached: bool,
    },
    /// Somebody wants to call the API.
    Call {
        /// The call's name.
        call: CallId,
        /// With which connection.
        connection: ConnectionId,
    },
    /// The API answered an [`Effect::Send`].
    CallAnswered {
        /// Which call.
        call: CallId,
        /// The status; none when no answer came.
        status: Option<u16>,
    },
    /// Nobody waits for this call any more.
    CallDropped {
        /// Which call.
        call: CallId,
    },
    /// A person asks for a waiting refresh to be tried now.
    RetryNow {
        /// Which connection.
        connection: ConnectionId,
    },
    /// A person did something.
    Activity,
    /// Somebody wants to hear how a sign-in ends, besides whoever brings its callback.
    WatchSignIn {
        /// Who is told.
        ticket: Ticket,
        /// The sign-in's public name.
        sign_in: u32,
    },
    /// Nobody wants this sign-in any more. Its `state` is spent; a code that is on its way is
    /// awaited only to revoke what it brings.
    CancelSignIn {
        /// The sign-in's public name.
        sign_in: u32,
    },
    /// Sign out of one connection: it leaves the list, unlike one that ends by itself.
    Remove {
        /// Which connection.
        connection: ConnectionId,
    },
    /// Wipe everything.
    SignOut,
    /// Time passed.
    Tick,
}

impl fmt::Debug for Input {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Input::Start { .. } => "Start",
            Input::Callback { .. } => "Callback([redacted])",
            Input::TokenAnswered { .. } => "TokenAnswered([redacted])",
            Input::Introspected { .. } => "Introspected",
            Input::NetworkChecked { .. } => "NetworkChecked",
            Input::Call { .. } => "Call",
            Input::CallAnswered { .. } => "CallAnswered",
            Input::CallDropped { .. } => "CallDropped",
            Input::RetryNow { .. } => "RetryNow",
            Input::Activity => "Activity",
            Input::WatchSignIn { .. } => "WatchSignIn",
            Input::CancelSignIn { .. } => "CancelSignIn",
            Input::Remove { .. } => "Remove",
            Input::SignOut => "SignOut",
            Input::Tick => "Tick",
        })
    }
}

/// What a sign-in is begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInStart {
    /// The client to sign in with.
    pub client: Rc<ClientSettings>,
    /// The scopes to ask for.
    pub scopes: Vec<String>,
    /// Where the person goes afterwards; opaque here.
    pub return_to: String,
    /// The connection that is to be renewed.
    pub target: Option<ConnectionId>,
    /// Whether it was begun in a window of its own, which closes once the callback was there.
    pub popup: bool,
}

/// A pending sign-in that was kept outside, in case the vault would not live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignIn {
    /// Its `state`.
    pub state: StateValue,
    /// Its `code_verifier`.
    pub verifier: CodeVerifier,
    /// When it was begun, in wall-clock milliseconds.
    pub created_at: u64,
    /// What it was begun with.
    pub start: Rc<SignInStart>,
}

/// An answer of the API's introspection (Pleo: `GET /v1/introspect`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntrospectionResult {
    /// 200.
    Valid {
        /// The subject URN, if one was told.
        subject: Option<String>,
        /// The application's registered name.
        application: Option<String>,
        /// The scopes granted.
        scopes: Option<Vec<String>>,
    },
    /// 401: the token is dead.
    Unauthorized,
    /// Anything else.
    Unclear,
}

impl IntrospectionResult {
    /// How the record tells it.
    pub(super) fn outcome(&self) -> RecordNote {
        match self {
            IntrospectionResult::Valid { .. } => RecordNote::Valid,
            IntrospectionResult::Unauthorized => RecordNote::Unauthorised,
            IntrospectionResult::Unclear => RecordNote::Unclear,
        }
    }
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send the browser to the authorization server.
    Authorize {
        /// Who asked.
        ticket: Ticket,
        /// The authorization request.
        url: AuthorizationUrl,
        /// The sign-in's public name.
        sign_in: u32,
        /// What the page may keep meanwhile.
        kept: PendingSignIn,
    },
    /// A sign-in succeeded, or had succeeded before.
    SignedIn {
        /// Who asked.
        ticket: Ticket,
        /// The connection; none where the callback had been used up before.
        connection: Option<ConnectionId>,
        /// The connection that the sign-in was meant to renew. Where it is not `connection`, somebody
        /// else came, and what was kept for it is to be dropped.
        target: Option<ConnectionId>,
        /// Whether it was begun in a window of its own.
        popup: bool,
        /// Where to go.
        return_to: Option<String>,
    },
    /// A sign-in failed.
    SignInFailed {
        /// Who asked.
        ticket: Ticket,
        /// Why.
        refusal: CallbackRefusal,
        /// Whether it was begun in a window of its own.
        popup: bool,
        /// Where it was to lead.
        return_to: Option<String>,
    },
    /// Send the exchange of a code; answered by [`Input::TokenAnswered`].
    Exchange {
        /// Repeated by the answer.
        key: RequestKey,
        /// The request.
        request: FormPost,
    },
    /// Send a refresh; answered by [`Input::TokenAnswered`]. Never to be repeated by the host.
    Refresh {
        /// Repeated by the answer.
        key: RequestKey,
        /// The request.
        request: FormPost,
    },
    /// Send a revocation; nobody waits for its answer.
    Revoke(FormPost),
    /// Ask the API whose token this is; answered by [`Input::Introspected`].
    Introspect {
        /// Repeated by the answer.
        key: RequestKey,
        /// The API's base as the connection's client names it.
        api_base: String,
        /// The token to ask with.
        token: AccessToken,
    },
    /// Send one harmless request to the site itself; answered by [`Input::NetworkChecked`].
    CheckNetwork {
        /// Repeated by the answer.
        key: RequestKey,
    },
    /// Send a call with this token; answered by [`Input::CallAnswered`].
    Send {
        /// Which call.
        call: CallId,
        /// The API's base as the connection's client names it.
        api_base: String,
        /// The bearer.
        token: AccessToken,
        /// Its generation.
        generation: u32,
    },
    /// Give the call's answer, which the host holds, to whoever asked.
    Deliver {
        /// Which call.
        call: CallId,
        /// The generation of the token that was sent.
        generation: u32,
    },
    /// The call comes to nothing.
    Fail {
        /// Which call.
        call: CallId,
        /// The stable code.
        code: ErrorCode,
    },
    /// Something that pages show has changed.
    Changed,
    /// A line for the record.
    Record(RecordEvent),
}
