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

/// Identifies the page that started a sign-in or delivered a callback; chosen by the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(pub u64);

/// Identifies one API call; chosen by the host, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallId(pub u64);

/// Identifies one request of the state machines; the answering [`Input`] repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestKey(pub(crate) u64);

/// Public id of a connection: random text, no secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConnectionId(pub String);

/// Something that happened. It prints as its kind alone: a callback's query holds a code.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// A page asks to sign in; answered by [`Effect::Authorize`] or [`Effect::SignInFailed`].
    Start {
        /// The page that gets the result.
        ticket: Ticket,
        /// Its parameters.
        start: Rc<SignInStart>,
    },
    /// The callback page delivered its query; answered by [`Effect::SignedIn`] or
    /// [`Effect::SignInFailed`].
    Callback {
        /// The page that gets the result.
        ticket: Ticket,
        /// The profile that the page's path names.
        profile: String,
        /// The query without its `?`.
        query: String,
        /// The pending sign-in as the page had kept it, if it had.
        kept: Option<PendingSignIn>,
    },
    /// Result of an [`Effect::Exchange`] or [`Effect::Refresh`].
    TokenAnswered {
        /// Which request.
        key: RequestKey,
        /// The response.
        answer: TokenHttpResponse,
    },
    /// Result of an [`Effect::Introspect`].
    Introspected {
        /// Which request.
        key: RequestKey,
        /// The response.
        answer: IntrospectionResult,
    },
    /// Result of an [`Effect::CheckNetwork`].
    NetworkChecked {
        /// Which request.
        key: RequestKey,
        /// Whether any answer came.
        reached: bool,
    },
    /// A page calls the API; answered by [`Effect::Deliver`] or [`Effect::Fail`].
    Call {
        /// The call's id.
        call: CallId,
        /// With which connection.
        connection: ConnectionId,
    },
    /// Result of an [`Effect::Send`].
    CallAnswered {
        /// Which call.
        call: CallId,
        /// The status; none when no answer came.
        status: Option<u16>,
    },
    /// The page no longer waits for this call; its result is dropped.
    CallDropped {
        /// Which call.
        call: CallId,
    },
    /// The user asks to run a delayed refresh now instead of after its backoff.
    RetryNow {
        /// Which connection.
        connection: ConnectionId,
    },
    /// The user acted: the idle time starts again.
    Activity,
    /// A page asks for the result of a sign-in, in addition to the page of its callback.
    WatchSignIn {
        /// The page that gets the result.
        ticket: Ticket,
        /// The sign-in's public id.
        sign_in: u32,
    },
    /// The sign-in is cancelled. Its `state` is spent; a code that is on its way is
    /// awaited only to revoke what it brings.
    CancelSignIn {
        /// The sign-in's public id.
        sign_in: u32,
    },
    /// Sign out of one connection: it is removed from the list, unlike one that ends on its own.
    Remove {
        /// Which connection.
        connection: ConnectionId,
    },
    /// Ends every connection and sign-in and drops their secrets.
    SignOut,
    /// Time passed; the machines act on everything that is due.
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

/// The parameters of a sign-in, validated by the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInStart {
    /// The client (profile) to sign in with.
    pub client: Rc<ClientSettings>,
    /// Scopes of the authorization request (RFC 6749 §3.3).
    pub scopes: Vec<String>,
    /// Route to open after the sign-in; not interpreted here.
    pub return_to: String,
    /// The connection that the sign-in replaces; `None` for an additional one.
    pub target: Option<ConnectionId>,
    /// Whether it runs in a popup, which closes after the callback.
    pub popup: bool,
}

/// A pending sign-in that the tab stored, for a vault that stopped while the user was at Pleo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignIn {
    /// `state` of the authorization request.
    pub state: StateValue,
    /// PKCE `code_verifier` of the authorization request (RFC 7636 §4.1).
    pub verifier: CodeVerifier,
    /// When it was begun, in wall-clock milliseconds.
    pub created_at: u64,
    /// The parameters with which the sign-in was started.
    pub start: Rc<SignInStart>,
}

/// Result of Pleo's introspection `GET /v1/introspect`, sent with the access token itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntrospectionResult {
    /// 200.
    Valid {
        /// The subject URN, if the API states one.
        subject: Option<String>,
        /// The application's registered name.
        application: Option<String>,
        /// The scopes granted.
        scopes: Option<Vec<String>>,
    },
    /// 401: the token is invalid or expired.
    Unauthorized,
    /// No response, another status, or an unreadable body: nothing is known about the token.
    Unclear,
}

impl IntrospectionResult {
    /// The outcome as the record states it.
    pub(super) fn outcome(&self) -> RecordNote {
        match self {
            IntrospectionResult::Valid { .. } => RecordNote::Valid,
            IntrospectionResult::Unauthorized => RecordNote::Unauthorised,
            IntrospectionResult::Unclear => RecordNote::Unclear,
        }
    }
}

/// An action that the host has to carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Sends the browser to the authorization server (RFC 6749 §4.1.1).
    Authorize {
        /// The page that asked.
        ticket: Ticket,
        /// The authorization request.
        url: AuthorizationUrl,
        /// The sign-in's public id.
        sign_in: u32,
        /// The copy that the page may store until its callback.
        kept: PendingSignIn,
    },
    /// Reports a successful sign-in; also for a callback that is delivered a second time.
    SignedIn {
        /// The page that asked.
        ticket: Ticket,
        /// The connection; `None` if the callback was used before.
        connection: Option<ConnectionId>,
        /// The connection that the sign-in was to renew. If it is not `connection`, the user signed
        /// in to another company, and data retained for it must be dropped.
        target: Option<ConnectionId>,
        /// Whether it ran in a popup.
        popup: bool,
        /// Where to go.
        return_to: Option<String>,
    },
    /// Reports a failed sign-in with its stable code.
    SignInFailed {
        /// The page that asked.
        ticket: Ticket,
        /// Why.
        refusal: CallbackRefusal,
        /// Whether it ran in a popup.
        popup: bool,
        /// Where it was to lead.
        return_to: Option<String>,
    },
    /// Sends the code exchange (RFC 6749 §4.1.3); answered by [`Input::TokenAnswered`].
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
    /// Sends a revocation (RFC 7009 §2.1); its response is not awaited.
    Revoke(FormPost),
    /// Asks the API for the subject of this token; answered by [`Input::Introspected`].
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
    /// Sends an API call with this access token; answered by [`Input::CallAnswered`].
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
    /// Passes the response of the call, which the host keeps, to the page that made the call.
    Deliver {
        /// Which call.
        call: CallId,
        /// The generation of the token that was sent.
        generation: u32,
    },
    /// Reports to the page that the call failed, with a stable code.
    Fail {
        /// Which call.
        call: CallId,
        /// The stable code.
        code: ErrorCode,
    },
    /// Connections or sign-ins changed: pages need a new snapshot.
    Changed,
    /// Adds one line to the record; the host stores it.
    Record(RecordEvent),
}
