//! How a connection ended, in words. The words stand once, in the table of codes; the page in its
//! place, the session chip, what is copied and the support bundle all take them from here.

use outlay_vault::code::{Explanation, explain};
use outlay_vault::message::{Connection, Phase, Snapshot};

use super::app_error::AppError;
use super::view::SessionView;

/// An end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedConnection {
    /// The stable code of the end.
    pub reason: String,
    /// The authorization server's own code, with `refused`.
    pub server_code: Option<String>,
}

impl EndedConnection {
    /// Of a connection that is over.
    pub fn of(connection: &Connection) -> Option<EndedConnection> {
        match &connection.phase {
            Phase::Ended {
                reason,
                server_code,
            } => Some(EndedConnection {
                reason: reason.clone(),
                server_code: server_code.clone(),
            }),
            _ => None,
        }
    }

    /// What happened, what it means, what to do.
    pub fn explanation(&self) -> &'static Explanation {
        explain(&self.reason)
    }

    /// The same in the form of an error.
    pub fn app_error(&self) -> AppError {
        let answer = |code: &String| ["Pleo's answer: ", code].concat();
        AppError {
            detail: self.server_code.as_ref().map(answer),
            ..AppError::of(&self.reason)
        }
    }
}

/// The stable code of why nothing is connected in `view`, where there is one.
pub fn code(view: &SessionView) -> Option<String> {
    match view {
        SessionView::Broken(code) => Some((*code).to_owned()),
        SessionView::Misconfigured => Some("config_invalid".to_owned()),
        SessionView::Ended(connection) => EndedConnection::of(connection).map(|end| end.reason),
        _ => None,
    }
}

/// What is said once the last connection has left; none where one is there, or none ever was.
pub fn signed_out_notice(before: &Snapshot, now: &Snapshot) -> Option<&'static str> {
    (!before.connections.is_empty() && now.connections.is_empty()).then_some("signed_out")
}

/// What is said on arrival with the address of a connection that the vault does not know.
/// `outlives`: the vault outlives a reload of the only page.
pub fn missed(chosen: Option<&str>, now: &Snapshot, outlives: bool) -> Option<&'static str> {
    let missed = chosen.is_some() && now.connections.is_empty();
    missed.then_some(if outlives {
        "connection_unknown"
    } else {
        "reload_ended"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_vault::code::TABLE;

    /// Every way in which a connection ends, or is found to have ended.
    const REASONS: &[&str] = &[
        "refused",
        "expired",
        "unsure",
        "revoked",
        "idle",
        "absolute",
        "vault_lost",
        "signed_out",
        "disconnected",
        "reload_ended",
    ];

    #[test]
    fn every_end_reason_has_its_own_message() {
        for reason in REASONS {
            let explanation = explain(reason);
            assert_eq!(explanation.code, *reason);
            let equal = |row: &&Explanation| {
                row.code != *reason
                    && (row.happened == explanation.happened || row.means == explanation.means)
            };
            // Idle and absolute protect the same thing in the same way.
            let twins = TABLE.iter().filter(equal).map(|row| row.code);
            let twins: Vec<_> = twins.filter(|code| !REASONS[4..6].contains(code)).collect();
            assert_eq!(twins, Vec::<&str>::new(), "{reason}");
        }
    }

    #[test]
    fn revoked_message_names_no_actor() {
        for reason in ["refused", "revoked"] {
            let explanation = explain(reason);
            let all = [explanation.happened, explanation.means, explanation.next].join(" ");
            assert!(all.contains("does not say"), "{all}");
            for claim in ["was withdrawn", "you revoked", "most likely", "has revoked"] {
                assert!(!all.contains(claim), "{all}");
            }
        }
    }

    #[test]
    fn refused_message_contains_the_server_code() {
        let end = EndedConnection {
            reason: "refused".to_owned(),
            server_code: Some("invalid_grant".to_owned()),
        };
        let app_error = end.app_error();
        assert_eq!(app_error.code, "refused");
        assert_eq!(
            app_error.detail.as_deref(),
            Some("Pleo's answer: invalid_grant")
        );
    }

    #[test]
    fn unknown_connection_message_names_the_browser_limit() {
        let signed_out = Snapshot::default();
        assert_eq!(missed(None, &signed_out, false), None);
        assert_eq!(missed(Some("x"), &signed_out, false), Some("reload_ended"));
        assert_eq!(
            missed(Some("x"), &signed_out, true),
            Some("connection_unknown")
        );
    }
}
