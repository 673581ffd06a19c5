//! The state that the whole page shows, derived from the vault's snapshot.

use outlay_codes::ErrorCode;
use outlay_vault::message::{Connection, ConnectionPhase, Snapshot};

/// The state of the page's link to the vault.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum VaultStatus {
    /// The vault has not answered yet.
    #[default]
    Waiting,
    /// The vault has answered with a valid configuration.
    Ready,
    /// The vault has answered with errors in the configuration.
    Misconfigured,
    /// The vault cannot be used, for the reason in the code.
    Broken(ErrorCode),
}

/// The sign-in that this tab started or returned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OwnSignIn {
    /// None.
    #[default]
    None,
    /// The browser is being redirected; the number is the sign-in's id in the snapshot.
    Leaving(u32),
    /// The user signs in in a popup that this page opened; the number is the sign-in's id in the
    /// snapshot.
    Popup(u32),
    /// The callback page waits for the exchange.
    Returning,
}

/// The state that the whole page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionView {
    /// The vault has not answered yet.
    Waiting,
    /// The app cannot work, for the reason in the code.
    Broken(ErrorCode),
    /// The configuration has errors.
    Misconfigured,
    /// A live connection is in view.
    Live(Connection),
    /// The user is being redirected to the authorization server, or signs in there in a popup.
    Authorizing,
    /// The code is being exchanged.
    Exchanging,
    /// An ended connection is in view.
    Ended(Connection),
    /// There is no connection.
    SignedOut,
}

impl SessionView {
    /// Derives the view. `chosen` is the id of the connection in the address.
    pub fn of(
        vault: &VaultStatus,
        snapshot: &Snapshot,
        chosen: Option<&str>,
        own: OwnSignIn,
    ) -> SessionView {
        match vault {
            VaultStatus::Waiting => return SessionView::Waiting,
            VaultStatus::Broken(code) => return SessionView::Broken(*code),
            VaultStatus::Misconfigured => return SessionView::Misconfigured,
            VaultStatus::Ready => {}
        }
        let newest = |live: bool| {
            let mut all = snapshot.connections.iter().rev();
            all.find(|connection| is_live(connection) == live)
        };
        let named = named(snapshot, chosen);
        let last = named_live(snapshot, snapshot.last_in_view.as_deref());
        let in_view = named.or(last).or_else(|| newest(true));
        if let Some(live) = in_view.filter(|connection| is_live(connection)) {
            return SessionView::Live(live.clone());
        }
        let in_progress = |id: u32| snapshot.sign_ins.iter().find(|other| other.id == id);
        match own {
            OwnSignIn::Returning => return SessionView::Exchanging,
            OwnSignIn::Leaving(id) | OwnSignIn::Popup(id) => match in_progress(id) {
                Some(sign_in) if sign_in.exchanging => return SessionView::Exchanging,
                Some(_) => return SessionView::Authorizing,
                None => {}
            },
            OwnSignIn::None => {}
        }
        in_view
            .or_else(|| newest(false))
            .map_or(SessionView::SignedOut, |ended| {
                SessionView::Ended(ended.clone())
            })
    }

    /// The value of `data-session`; `None` until the vault has answered.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            SessionView::Waiting => None,
            SessionView::Broken(ErrorCode::VaultLost) | SessionView::Ended(_) => Some("ended"),
            SessionView::Broken(_) => None,
            SessionView::Live(connection) => Some(match connection.phase {
                ConnectionPhase::Refreshing => "refreshing",
                ConnectionPhase::Unsure => "unsure",
                ConnectionPhase::Active | ConnectionPhase::Ended(_) => "active",
            }),
            SessionView::Authorizing => Some("authorizing"),
            SessionView::Exchanging => Some("exchanging"),
            SessionView::Misconfigured | SessionView::SignedOut => Some("signed-out"),
        }
    }

    /// Returns the view without the values that a refresh or the passing of time changes. A page is
    /// not rendered anew while the result stays equal.
    pub fn stage(&self) -> SessionView {
        let mut stage = self.clone();
        if let SessionView::Live(connection) = &mut stage {
            connection.phase = ConnectionPhase::Active;
        }
        if let SessionView::Live(connection) | SessionView::Ended(connection) = &mut stage {
            connection.generation = 0;
            connection.expires_in = None;
            connection.lifetime = None;
            connection.token_age = 0;
            connection.refreshable = false;
            connection.session_left = 0;
            connection.subject = None;
            connection.application = None;
            connection.scopes_granted.clear();
        }
        stage
    }

    /// The connection in view, if it is live.
    pub fn live(&self) -> Option<&Connection> {
        match self {
            SessionView::Live(connection) => Some(connection),
            _ => None,
        }
    }

    /// The connection in view, live or ended.
    pub fn connection(&self) -> Option<&Connection> {
        match self {
            SessionView::Live(connection) | SessionView::Ended(connection) => Some(connection),
            _ => None,
        }
    }
}

/// Returns the connection with this id; `None` if the vault does not know it.
pub fn named<'a>(snapshot: &'a Snapshot, id: Option<&str>) -> Option<&'a Connection> {
    let id = id?;
    snapshot.connections.iter().find(|other| other.id == id)
}

fn named_live<'a>(snapshot: &'a Snapshot, id: Option<&str>) -> Option<&'a Connection> {
    named(snapshot, id).filter(|connection| is_live(connection))
}

fn is_live(connection: &Connection) -> bool {
    !matches!(connection.phase, ConnectionPhase::Ended(_))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use outlay_codes::EndReason;
    use outlay_vault::message::SignIn;

    pub(in crate::session) fn connection(id: &str, phase: ConnectionPhase) -> Connection {
        Connection {
            id: id.to_owned(),
            profile: "sandbox".to_owned(),
            phase,
            generation: 1,
            subject: None,
            application: None,
            scopes_asked: Vec::new(),
            scopes_granted: Vec::new(),
            expires_in: None,
            lifetime: None,
            token_age: 0,
            refreshable: true,
            session_left: 0,
        }
    }

    fn ended() -> ConnectionPhase {
        ConnectionPhase::Ended(EndReason::Refused("invalid_grant".to_owned()))
    }

    fn see(
        connections: &[(&str, ConnectionPhase)],
        chosen: Option<&str>,
        own: OwnSignIn,
    ) -> SessionView {
        let connections = connections
            .iter()
            .map(|(id, phase)| connection(id, phase.clone()));
        let sign_in = |id, exchanging| SignIn {
            id,
            profile: "sandbox".to_owned(),
            exchanging,
        };
        let sign_ins = vec![sign_in(6, true), sign_in(7, false)];
        let snapshot = Snapshot {
            connections: connections.collect(),
            sign_ins,
            idle_left: None,
            config_waits: None,
            last_in_view: None,
        };
        SessionView::of(&VaultStatus::Ready, &snapshot, chosen, own)
    }

    fn id(view: &SessionView) -> Option<&str> {
        view.connection().map(|connection| connection.id.as_str())
    }

    #[test]
    fn view_is_empty_before_the_vault_has_answered() {
        let view = SessionView::of(
            &VaultStatus::Waiting,
            &Snapshot::default(),
            Some("a"),
            OwnSignIn::Returning,
        );
        assert_eq!(view.name(), None);
    }

    #[test]
    fn connection_in_view_is_from_the_url_else_the_newest_live_one() {
        let two = [
            ("a", ConnectionPhase::Active),
            ("b", ConnectionPhase::Refreshing),
            ("x", ended()),
        ];
        assert_eq!(id(&see(&two, Some("a"), OwnSignIn::None)), Some("a"));
        assert_eq!(id(&see(&two, None, OwnSignIn::None)), Some("b"));
        assert_eq!(id(&see(&two, Some("gone"), OwnSignIn::None)), Some("b"));
        assert_eq!(see(&two, None, OwnSignIn::None).name(), Some("refreshing"));
        assert_eq!(see(&two, Some("x"), OwnSignIn::None).name(), Some("ended"));
    }

    #[test]
    fn connection_without_a_url_is_the_last_in_view_while_it_is_live() {
        for (last, chosen, shown) in [
            (Some("a"), None, "a"),
            (Some("x"), None, "b"),
            (Some("gone"), None, "b"),
            (Some("a"), Some("b"), "b"),
            (None, None, "b"),
        ] {
            let phases = [
                ("a", ConnectionPhase::Active),
                ("b", ConnectionPhase::Active),
                ("x", ended()),
            ];
            let snapshot = Snapshot {
                connections: phases.map(|(id, phase)| connection(id, phase)).to_vec(),
                last_in_view: last.map(str::to_owned),
                ..Snapshot::default()
            };
            let view = SessionView::of(&VaultStatus::Ready, &snapshot, chosen, OwnSignIn::None);
            assert_eq!(id(&view), Some(shown), "{last:?}");
        }
    }

    #[test]
    fn sign_in_is_shown_only_without_a_live_connection() {
        let live = [("a", ConnectionPhase::Unsure)];
        assert_eq!(
            see(&live, None, OwnSignIn::Returning).name(),
            Some("unsure")
        );
        let over = [("a", ended())];
        assert_eq!(
            see(&over, None, OwnSignIn::Returning).name(),
            Some("exchanging")
        );
        assert_eq!(
            see(&over, None, OwnSignIn::Leaving(7)).name(),
            Some("authorizing")
        );
        assert_eq!(
            see(&over, None, OwnSignIn::Leaving(8)).name(),
            Some("ended")
        );
        assert_eq!(see(&[], None, OwnSignIn::None).name(), Some("signed-out"));
        for (id, name) in [(7, "authorizing"), (6, "exchanging"), (8, "ended")] {
            assert_eq!(see(&over, None, OwnSignIn::Popup(id)).name(), Some(name));
        }
    }

    #[test]
    fn elapsed_time_does_not_change_the_end_notice() {
        let before = see(&[("a", ended())], None, OwnSignIn::None);
        let mut later = connection("a", ended());
        later.token_age = 60_000;
        assert_eq!(before.stage(), SessionView::Ended(later).stage());
    }

    #[test]
    fn reconnect_does_not_change_the_stage() {
        let before = see(&[("a", ConnectionPhase::Active)], None, OwnSignIn::None);
        let mut renewed = connection("a", ConnectionPhase::Refreshing);
        renewed.generation = 2;
        renewed.subject = Some("urn:pleo:company:x".to_owned());
        assert_eq!(before.stage(), SessionView::Live(renewed).stage());
        let other = see(&[("b", ConnectionPhase::Active)], None, OwnSignIn::None);
        assert_ne!(before.stage(), other.stage());
    }

    #[test]
    fn lost_vault_counts_as_end() {
        let see = |code| {
            SessionView::of(
                &VaultStatus::Broken(code),
                &Snapshot::default(),
                None,
                OwnSignIn::None,
            )
        };
        assert_eq!(see(ErrorCode::VaultLost).name(), Some("ended"));
        assert_eq!(see(ErrorCode::VaultMismatch).name(), None);
    }
}
