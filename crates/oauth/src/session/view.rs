//! What may be shown of the machines: no token, no verifier, no `state`.

use crate::time::Now;

use super::Sessions;
use super::connection::ConnectionMachine;
use super::io::{ConnectionId, EndReason};

/// A connection, as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionView {
    /// Its random public name.
    pub id: ConnectionId,
    /// The profile's id.
    pub profile: String,
    /// Where its machine stands.
    pub phase: ConnectionPhase,
    /// The generation of its pair.
    pub generation: u32,
    /// The subject URN, once known.
    pub subject: Option<String>,
    /// The application's registered name, once known.
    pub application: Option<String>,
    /// The scopes asked for.
    pub asked: Vec<String>,
    /// The scopes granted.
    pub granted: Vec<String>,
    /// The access token's whole life in milliseconds, where it is known.
    pub lifetime: Option<u64>,
    /// Milliseconds of it that are left.
    pub expires_in: Option<u64>,
    /// Milliseconds since the pair came.
    pub token_age: u64,
    /// Whether there is a refresh token.
    pub refreshable: bool,
    /// Milliseconds until the longest session is over.
    pub session_left: u64,
}

/// Where a connection stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionPhase {
    /// The pair is good, as far as anybody knows.
    Active,
    /// A refresh is under way.
    Refreshing,
    /// A refresh went unanswered.
    Unsure,
    /// Over.
    Ended(EndReason),
}

/// A sign-in, as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInView {
    /// Its public name.
    pub id: u32,
    /// The profile's id.
    pub profile: String,
    /// Whether the user is back and the code is being exchanged.
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
    /// All connections, the oldest first.
    #[must_use]
    pub fn connections(&self, now: Now) -> Vec<ConnectionView> {
        self.connections
            .iter()
            .map(|connection: &ConnectionMachine| connection.view(now, self.limits.absolute))
            .collect()
    }

    /// Milliseconds until everybody is signed out for want of activity; none while nobody is
    /// signed in.
    #[must_use]
    pub fn idle_left(&self, now: Now) -> Option<u64> {
        let since = self
            .last_activity
            .filter(|_| self.connections.iter().any(|c| !c.ended()))?;
        Some(self.limits.idle.saturating_sub(now.elapsed_since(since)))
    }

    /// All sign-ins under way, the oldest first.
    #[must_use]
    pub fn sign_ins(&self) -> Vec<SignInView> {
        self.sign_ins.views()
    }
}
