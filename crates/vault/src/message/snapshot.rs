//! What a page is shown of connections and sign-ins.

use outlay_codes::EndReason;
use outlay_wire::{record, union};

/// All connections and sign-ins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Live and ended connections, the oldest first.
    pub connections: Vec<Connection>,
    /// Sign-ins under way, the oldest first.
    pub sign_ins: Vec<SignIn>,
    /// Milliseconds until everybody is signed out for want of activity; none while nobody is
    /// signed in. Told anew after each activity in any tab.
    pub idle_left: Option<u64>,
    /// When `config.json` was first seen to differ from the configuration of the live connections,
    /// in wall-clock milliseconds since the Unix epoch; none while it does not. The new one takes
    /// effect once all of them have ended.
    pub config_waits: Option<u64>,
}

record!(Snapshot {
    connections = "connections", sign_ins = "sign_ins", idle_left = "idle_left",
    config_waits = "config_waits",
});

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
    /// The subject URN, once introspection has told it and until the connection ends.
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
    /// Milliseconds until the longest session is over.
    pub session_left: u64,
}

record!(Connection {
    id = "id", profile = "profile", phase = "phase", generation = "generation",
    subject = "subject", application = "application", scopes_asked = "scopes_asked",
    scopes_granted = "scopes_granted", expires_in = "expires_in", lifetime = "lifetime",
    token_age = "token_age", refreshable = "refreshable", session_left = "session_left",
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
    /// Over, for this reason.
    Ended(EndReason),
}

union!(Phase {
    units { Active = "active", Refreshing = "refreshing", Unsure = "unsure" }
    ones { Ended = "ended" }
    records {}
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
