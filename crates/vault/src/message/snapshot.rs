//! What a page is shown of connections and sign-ins.

pub use outlay_oauth::session::{Connection, ConnectionPhase, SignIn};
use outlay_wire::record;

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
    /// The id of the connection that a user saw last, in any tab; it may have ended. `None` if none was
    /// seen yet. A change of it alone is not sent.
    pub last_in_view: Option<String>,
}

record!(Snapshot {
    connections = "connections", sign_ins = "sign_ins", idle_left = "idle_left",
    config_waits = "config_waits", last_in_view = "last_in_view",
});
