//! The texts of the session button.

use outlay_vault::message::{Connection, ConnectionPhase};

use super::messages::session as messages;
use crate::messages::errors::explain;
use crate::session::view::SessionView;

/// Returns the state in one or two words.
pub fn state(view: &SessionView) -> &'static str {
    match view {
        SessionView::Waiting => messages::STARTING,
        SessionView::Broken(_) | SessionView::Misconfigured => messages::STOPPED,
        SessionView::Live(connection) => match connection.phase {
            ConnectionPhase::Refreshing => messages::RENEWING,
            ConnectionPhase::Unsure => messages::NOT_RENEWED,
            ConnectionPhase::Active | ConnectionPhase::Ended(_) => messages::CONNECTED,
        },
        SessionView::Authorizing | SessionView::Exchanging => messages::SIGNING_IN,
        SessionView::Ended(_) => messages::DISCONNECTED,
        SessionView::SignedOut => messages::SIGNED_OUT,
    }
}

/// Returns the meaning of the state as a sentence.
pub fn meaning(connection: &Connection) -> &'static str {
    match &connection.phase {
        ConnectionPhase::Active => messages::MEANING_CONNECTED,
        ConnectionPhase::Refreshing => messages::MEANING_RENEWING,
        ConnectionPhase::Unsure => messages::MEANING_NOT_RENEWED,
        ConnectionPhase::Ended(reason) => explain(reason.code()).happened,
    }
}

/// Returns what happens when the access token expires.
pub fn afterwards(connection: &Connection) -> &'static str {
    match (&connection.phase, connection.refreshable) {
        (ConnectionPhase::Unsure, _) => messages::AFTERWARDS_RECONNECT,
        (ConnectionPhase::Ended(reason), _) => explain(reason.code()).next,
        (_, true) => messages::AFTERWARDS_RENEWED,
        (_, false) => messages::AFTERWARDS_NO_RENEWAL,
    }
}

/// Formats a duration, for example `12 min`, `45 s`, `2 h 5 min`.
pub fn span(millis: u64) -> String {
    let seconds = millis / 1000;
    match seconds {
        0..60 => messages::seconds(seconds),
        60..3600 => messages::minutes(seconds / 60),
        _ => messages::hours(seconds / 3600, seconds / 60 % 60),
    }
}

/// Returns the rest of a duration in whole per cent.
pub fn share_left(left: u64, whole: u64) -> u64 {
    (left.min(whole) * 100).checked_div(whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_is_formatted_in_its_two_largest_units() {
        assert_eq!(span(0), "0 s");
        assert_eq!(span(59_999), "59 s");
        assert_eq!(span(60_000), "1 min");
        assert_eq!(span(900_000), "15 min");
        assert_eq!(span(7_500_000), "2 h 5 min");
    }

    #[test]
    fn zero_lifetime_has_no_remaining_share() {
        assert_eq!(share_left(5, 0), 0);
        assert_eq!(share_left(450, 900), 50);
        assert_eq!(share_left(1000, 900), 100);
    }
}
