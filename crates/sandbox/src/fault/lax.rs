//! The rules of the authorization server that a fault can switch off.

use crate::fault::place::Place;

/// A rule that is not kept while its fault is armed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lax {
    /// `code_challenge_method=plain` is accepted.
    Plain,
    /// A request without a challenge is accepted.
    NoChallenge,
    /// The verifier is not compared.
    AnyVerifier,
    /// Every redirect URI of the site's origin is accepted.
    OtherRedirect,
    /// A code may be redeemed again.
    CodeAgain,
    /// A replaced refresh token may be used.
    ReplacedToken,
    /// A scope that nobody knows is granted.
    AnyScope,
    /// All scopes are granted, whatever was asked for.
    MoreScopes,
    /// Revocation says yes and does nothing.
    RevokeNothing,
}

impl Lax {
    /// The fault that switches the rule off, its setting `what`, and the place where the rule applies.
    pub fn fault(self) -> (&'static str, &'static str, Place) {
        match self {
            Lax::Plain => ("accept-plain", "", Place::Authorize),
            Lax::NoChallenge => ("accept-no-challenge", "", Place::Authorize),
            Lax::AnyVerifier => ("accept-any-verifier", "", Place::Exchange),
            Lax::OtherRedirect => ("accept-other-redirect", "", Place::Authorize),
            Lax::CodeAgain => ("accept-code-again", "", Place::Exchange),
            Lax::ReplacedToken => ("accept-replaced-token", "", Place::Refresh),
            Lax::AnyScope => ("grant-too-much", "unknown", Place::Authorize),
            Lax::MoreScopes => ("grant-too-much", "unasked", Place::Authorize),
            Lax::RevokeNothing => ("revoke-nothing", "", Place::Revocation),
        }
    }
}
