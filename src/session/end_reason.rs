//! How a connection ended, as an error that the page can show. The text is that of the code, in
//! [`crate::messages::errors`].

use outlay_codes::{EndReason, ErrorCode};
use outlay_vault::message::{Connection, ConnectionPhase, Snapshot};

use super::app_error::AppError;
use super::messages;
use super::view::SessionView;

/// Returns the reason of a connection's end; `None` while it lives.
pub fn of(connection: &Connection) -> Option<&EndReason> {
    match &connection.phase {
        ConnectionPhase::Ended(reason) => Some(reason),
        ConnectionPhase::Active | ConnectionPhase::Refreshing | ConnectionPhase::Unsure => None,
    }
}

/// Returns an end in the form of an error.
pub fn app_error(reason: &EndReason) -> AppError {
    let answer = |code: &str| messages::answer(code);
    AppError {
        detail: reason.server_code().map(answer),
        ..AppError::of(reason.code())
    }
}

/// Returns the code of the reason why nothing is connected in `view`; `None` if something is, or if
/// nothing ever was.
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

/// Returns the notice for when the last connection has left; `None` if one is there, or none ever was.
pub fn signed_out_notice(before: &Snapshot, now: &Snapshot) -> Option<ErrorCode> {
    let left = !before.connections.is_empty() && now.connections.is_empty();
    left.then_some(ErrorCode::SignedOut)
}

/// Returns the notice for an address with a connection that the vault does not know.
/// `outlives`: the vault outlives a reload of the only page.
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

    /// Every way in which a connection ends, or is found to have ended.
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
                    // Both limits protect the same data in the same way.
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
            Some("Pleo's answer: invalid_grant")
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
