//! What may be shown of the machines: no token, no verifier, no `state`. These types are also the
//! JSON that the vault sends to its pages.

use outlay_wire::{record, union};

use crate::time::Now;

use super::Sessions;
use super::connection::ConnectionMachine;
use super::io::{ConnectionId, EndReason};

/// A connection without its tokens: what crosses the port to the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The text of the [`ConnectionId`]; the value of `?c=` in the page's URL.
    pub id: String,
    /// Id of the profile in `config.json`.
    pub profile: String,
    /// State of the connection's state machine.
    pub phase: ConnectionPhase,
    /// Number of the current token pair; rises with every new pair, shared by all connections.
    pub generation: u32,
    /// The subject URN; `None` before introspection. The vault sends none of an ended connection.
    pub subject: Option<String>,
    /// Name of the application as registered at Pleo; `None` before introspection.
    pub application: Option<String>,
    /// Scopes of the authorization request.
    pub scopes_asked: Vec<String>,
    /// Scopes that the token endpoint granted.
    pub scopes_granted: Vec<String>,
    /// Milliseconds until the access token expires; `None` if its lifetime is unknown.
    pub expires_in: Option<u64>,
    /// The access token's whole lifetime in milliseconds; `None` if it is unknown.
    pub lifetime: Option<u64>,
    /// Milliseconds since the token pair was received.
    pub token_age: u64,
    /// Whether there is a refresh token, so that the connection can outlive its access token.
    pub refreshable: bool,
    /// Milliseconds until the longest session is over.
    pub session_left: u64,
}

record!(Connection {
    id = "id", profile = "profile", phase = "phase", generation = "generation",
    subject = "subject", application = "application", scopes_asked = "scopes_asked",
    scopes_granted = "scopes_granted", expires_in = "expires_in", lifetime = "lifetime",
    token_age = "token_age", refreshable = "refreshable", session_left = "session_left",
});

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

union!(ConnectionPhase {
    units { Active = "active", Refreshing = "refreshing", Unsure = "unsure" }
    ones { Ended = "ended" }
    records {}
    else Unsure
});

/// A pending sign-in without its secrets: what crosses the port to the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Public number of the sign-in; not the `state`.
    pub id: u32,
    /// Id of the profile in `config.json`.
    pub profile: String,
    /// `true` while the code is exchanged, `false` while the user is at the authorization server.
    pub exchanging: bool,
}

record!(SignIn { id = "id", profile = "profile", exchanging = "exchanging" });

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
    pub fn connections(&self, now: Now) -> Vec<Connection> {
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
    pub fn sign_ins(&self) -> Vec<SignIn> {
        self.sign_ins.views()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of this JSON needs a new message version of the vault.
    #[test]
    fn connection_and_sign_in_have_the_json_of_message_version_6() {
        let connection = |phase| Connection {
            id: "c1".to_owned(),
            profile: "sandbox".to_owned(),
            phase,
            generation: 2,
            subject: Some("urn:pleo:company:1".to_owned()),
            application: None,
            scopes_asked: vec!["users:read".to_owned()],
            scopes_granted: Vec::new(),
            expires_in: Some(9),
            lifetime: None,
            token_age: 1,
            refreshable: true,
            session_left: 7,
        };
        for (phase, text) in [
            (ConnectionPhase::Active, r#""active""#),
            (ConnectionPhase::Refreshing, r#""refreshing""#),
            (ConnectionPhase::Unsure, r#""unsure""#),
            (
                ConnectionPhase::Ended(EndReason::Expired),
                r#"{"ended":"expired"}"#,
            ),
        ] {
            let json = [
                r#"{"id":"c1","profile":"sandbox","phase":"#,
                text,
                r#","generation":2,"subject":"urn:pleo:company:1","scopes_asked":["users:read"],"scopes_granted":[],"expires_in":9,"token_age":1,"refreshable":true,"session_left":7}"#,
            ];
            let connection = connection(phase);
            assert_eq!(outlay_wire::to_text(&connection), json.concat());
            assert_eq!(outlay_wire::from_text(&json.concat()), Some(connection));
        }
        let sign_in = SignIn {
            id: 3,
            profile: "sandbox".to_owned(),
            exchanging: false,
        };
        let json = r#"{"id":3,"profile":"sandbox","exchanging":false}"#;
        assert_eq!(outlay_wire::to_text(&sign_in), json);
        assert_eq!(outlay_wire::from_text(json), Some(sign_in));
    }
}
