//! The names of the rules, and of what a step was.

use outlay_oauth::session::io::CallId;

/// Which rule does not hold.
pub type InvariantViolation = &'static str;

pub const PRESENTED_AGAIN: InvariantViolation =
    "a refresh token was presented again after it may have been redeemed";
pub const TWO_REFRESHES: InvariantViolation = "two refreshes of one connection at once";
pub const CODE_AGAIN: InvariantViolation = "a code was sent twice";
pub const SETTLED_TWICE: InvariantViolation =
    "a call was settled twice, or sent while it was on its way";
pub const NEVER_SETTLES: InvariantViolation = "a call waits for ever";
pub const AFTER_SIGN_OUT: InvariantViolation =
    "something became a connection after it was signed out of";
pub const AFTER_THE_END: InvariantViolation = "something was sent for a connection that had ended";
pub const DEAD_TOKEN: InvariantViolation =
    "something was sent with a token that is over or was replaced";
pub const MIXED_UP: InvariantViolation = "an answer or a token reached another connection";
pub const UNTOLD: InvariantViolation = "pages got no event for a change";

/// The input of a step, as far as the rules need to know it.
#[derive(Clone, Copy, Debug)]
pub enum NamedStep {
    Called(CallId),
    CallAnswered {
        call: CallId,
        generation: Option<u32>,
    },
    Exchanged {
        wanted: bool,
        brought: Option<(u32, bool)>,
    },
    Arrived {
        pair: u32,
        wanted: bool,
    },
    Refreshed {
        sent: u32,
        busy: bool,
        brought: Option<(u32, bool)>,
    },
    Introspected(u32),
    SignedOut,
    Other,
}

/// The client id of the client whose server states a grace window.
pub const GRACED: &str = "graced";
