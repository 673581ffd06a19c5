//! What may be shown of the machines: no token, no verifier, no `state`.

use crate::time::Now;

use super::Sessions;
use super::connection::ConnectionMachine;
use super::io::{ConnectionId, EndReason};

/// A connection without its tokens, for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionView {
    /// Public id: random text, no secret.
    pub id: ConnectionId,
    /// Id of the profile in `config.json`.
    pub profile: String,
    /// State of the connection's state machine.
    pub phase: ConnectionPhase,
    /// Number of the current token pair; rises with every new pair, shared by all connections.
    pub generation: u32,
    /// The subject URN, once known.
    pub subject: Option<String>,
    /// Name of the application as registered at Pleo; `None` before introspection.
    pub application: Option<String>,
    /// Scopes of the authorization request.
    pub asked: Vec<String>,
    /// Scopes that the token endpoint granted.
    pub granted: Vec<String>,
    /// The access token's whole life in milliseconds, where it is known.
    pub lifetime: Option<u64>,
    /// Milliseconds of it that are left.
    pub expires_in: Option<u64>,
    /// Milliseconds since the pair came.
    pub token_age: u64,
    /// Whether there is a refresh token, so that the connection can outlive its access token.
    pub refreshable: bool,
    /// Milliseconds until the longest session is over.
    pub session_left: u64,
}

/// State of a connection, as pages show it; a connection changes its state only by inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionPhase {
    /// The access token is valid, as far as the vault knows.
    Active,
    /// A refresh request is in flight or waits for its backoff.
    Refreshing,
    /// The outcome of a refresh is unknown; the refresh token is not sent again.
    Unsure,
    /// The connection has no tokens any more.
    Ended(EndReason),
}

/// A pending sign-in without its secrets, for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInView {
    /// Public number of the sign-in; not the `state`.
    pub id: u32,
    /// Id of the profile in `config.json`.
    pub profile: String,
    /// `true` while the code is exchanged, `false` while the user is at the authorization server.
    pub exchanging: bool,
}

/// What a page would notice of a change.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub(super) id: ConnectionId,
    pub(super) phase: ConnectionPhase,
    pub(super) generation: u32,
    pub(super) identity: (Option<String>, Option<String>),
    pub(super) granted: Vec<String>,
}

impl Sessions {
    /// Returns all connections, live and ended, the oldest first.
    #[must_use]
    pub fn connections(&self, now: Now) -> Vec<ConnectionView> {
        self.connections
            .iter()
            .map(|connection: &ConnectionMachine| connection.view(now, self.limits.absolute))
            .collect()
    }

    /// Milliseconds until the idle time ends every connection; `None` while no connection is
    /// signed in.
    #[must_use]
    pub fn idle_left(&self, now: Now) -> Option<u64> {
        let since = self
            .last_activity
            .filter(|_| self.connections.iter().any(|c| !c.ended()))?;
        Some(self.limits.idle.saturating_sub(now.elapsed_since(since)))
    }

    /// Returns all pending sign-ins, the oldest first.
    #[must_use]
    pub fn sign_ins(&self) -> Vec<SignInView> {
        self.sign_ins.views()
    }
}
