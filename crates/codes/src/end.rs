//! Why a connection ended.

use outlay_wire::union;

use crate::ErrorCode;

/// Why a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndReason {
    /// The authorization server refused a refresh; holds its error code and description, cleaned.
    Refused(String),
    /// The access token's life is over and there is no refresh token.
    Expired,
    /// The outcome of a refresh is unknown and the old access token's life is over.
    Unsure,
    /// The API rejected an access token that had just been issued.
    Revoked,
    /// The idle limit passed.
    Idle,
    /// The longest session is over.
    Absolute,
}

union!(EndReason {
    units {
        Expired = "expired", Unsure = "unsure", Revoked = "revoked", Idle = "idle",
        Absolute = "absolute",
    }
    ones { Refused = "refused" }
    records {}
    else Unsure
});

impl EndReason {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            EndReason::Refused(_) => ErrorCode::Refused,
            EndReason::Expired => ErrorCode::Expired,
            EndReason::Unsure => ErrorCode::Unsure,
            EndReason::Revoked => ErrorCode::Revoked,
            EndReason::Idle => ErrorCode::Idle,
            EndReason::Absolute => ErrorCode::Absolute,
        }
    }

    /// The authorization server's error code and description, with [`EndReason::Refused`].
    #[must_use]
    pub fn server_code(&self) -> Option<&str> {
        match self {
            EndReason::Refused(code) => Some(code),
            _ => None,
        }
    }
}
