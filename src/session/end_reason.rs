//! How a connection ended, as an error that the page can show. The text is that of the code, in
//! [`crate::messages::errors`].

use outlay_codes::{EndReason, ErrorCode};
use outlay_vault::message::{Connection, ConnectionPhase, Snapshot};

use super::app_error::AppError;
use super::messages;
use super::view::SessionView;

/// Returns why a connection ended; `None` while it is live.
pub fn of(connection: &Connection) -> Option<&EndReason> {
    match &connection.phase {
        ConnectionPhase::Ended(reason) => Some(reason),
        ConnectionPhase::Active | ConnectionPhase::Refreshing | ConnectionPhase::Unsure => None,
    }
}

/// Converts an end reason to an error.
pub fn app_error(reason: &EndReason) -> AppError {
    let answer = |code: &str| messages::answer(code);
    AppError {
        detail: reason.server_code().map(answer),
        ..AppError::of(reason.code())
    }
}

/// Returns the code of the reason why nothing is connected in `view`; `None` if something is
/// connected, or if there was no connection before.
pub fn code(view: &SessionView) -> Option<ErrorCode> {
    match view {
        SessionView::Broken(code) => Some(*code),
        SessionView::Misconfigured => Some(ErrorCode::ConfigInvalid),
        SessionView::Ended(connection) => of(connection).map(EndReason::code),
        SessionView::Waiting
        | SessionView::Live(_)
        | SessionView::Authorizing
        | SessionView::Exchanging
        | SessionView::SignedOut => None,
    }
}

/// Returns the notice for the moment when the last connection is removed; `None` if a connection
/// remains, or if there was none before.
pub fn signed_out_notice(before: &Snapshot, now: &Snapshot) -> Option<ErrorCode> {
    let left = !before.connections.is_empty() && now.connections.is_empty();
    left.then_some(ErrorCode::SignedOut)
}

/// Returns the notice for an address with a connection that the vault does not know. `outlives`:
/// the vault survives a reload of the only page.
pub fn missed(chosen: Option<&str>, now: &Snapshot, outlives: bool) -> Option<ErrorCode> {
    let missed = chosen.is_some() && now.connections.is_empty();
    missed.then_some(if outlives {
        ErrorCode::ConnectionUnknown
    } else {
        ErrorCode::ReloadEnded
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::errors::explain;

    /// Every reason for which a connection ends, or is found to have ended.
    const REASONS: [ErrorCode; 10] = [
        ErrorCode::Refused,
        ErrorCode::Expired,
        ErrorCode::Unsure,
        ErrorCode::Revoked,
        ErrorCode::Idle,
        ErrorCode::Absolute,
        ErrorCode::VaultLost,
        ErrorCode::SignedOut,
        ErrorCode::Disconnected,
        ErrorCode::ReloadEnded,
    ];

    #[test]
    fn every_end_reason_has_its_own_message() {
        for reason in REASONS {
            let explanation = explain(reason);
            let twins = ErrorCode::ALL.iter().filter(|code| {
                let row = explain(**code);
                **code != reason
                    // Both limits have the same consequence.
                    && ![ErrorCode::Idle, ErrorCode::Absolute].contains(code)
                    && (row.happened == explanation.happened || row.means == explanation.means)
            });
            assert_eq!(
                twins.collect::<Vec<_>>(),
                Vec::<&ErrorCode>::new(),
                "{reason:?}"
            );
        }
    }

    #[test]
    fn revoked_message_names_no_actor() {
        for reason in [ErrorCode::Refused, ErrorCode::Revoked] {
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
        let app_error = app_error(&EndReason::Refused("invalid_grant".to_owned()));
        assert_eq!(app_error.code, ErrorCode::Refused);
        assert_eq!(
            app_error.detail.as_deref(),
            Some("Error code from Pleo: invalid_grant")
        );
    }

    #[test]
    fn unknown_connection_message_names_the_browser_limit() {
        let signed_out = Snapshot::default();
        assert_eq!(missed(None, &signed_out, false), None);
        assert_eq!(
            missed(Some("x"), &signed_out, false),
            Some(ErrorCode::ReloadEnded)
        );
        assert_eq!(
            missed(Some("x"), &signed_out, true),
            Some(ErrorCode::ConnectionUnknown)
        );
    }
}
