//! The rules of the authorization server that a fault can switch off.

/// A rule of the authorization server that a fault can switch off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisabledRules {
    /// `code_challenge_method=plain` is rejected (RFC 7636 §4.2).
    Plain,
    /// A request without `code_challenge` is rejected (RFC 9700 §2.1.1).
    NoChallenge,
    /// The `code_verifier` must match the challenge (RFC 7636 §4.6).
    AnyVerifier,
    /// Only the registered redirect URI is accepted (RFC 9700 §2.1).
    OtherRedirect,
    /// A code can be redeemed once (RFC 6749 §4.1.2).
    CodeAgain,
    /// A rotated refresh token is rejected (RFC 9700 §4.14.2).
    ReplacedToken,
    /// An unknown scope is rejected.
    AnyScope,
    /// Only requested scopes are granted.
    MoreScopes,
    /// Revocation ends the authorisation (RFC 7009 §2.1).
    RevokeNothing,
}
