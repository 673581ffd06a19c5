//! The rules of the authorization server that a fault can switch off.

use crate::fault::endpoint::FaultEndpoint;

/// A rule that is not kept while its fault is armed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisabledRules {
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

impl DisabledRules {
    /// The fault that switches the rule off, its setting `what`, and the place where the rule applies.
    pub fn fault(self) -> (&'static str, &'static str, FaultEndpoint) {
        match self {
            DisabledRules::Plain => ("accept-plain", "", FaultEndpoint::Authorize),
            DisabledRules::NoChallenge => ("accept-no-challenge", "", FaultEndpoint::Authorize),
            DisabledRules::AnyVerifier => ("accept-any-verifier", "", FaultEndpoint::Exchange),
            DisabledRules::OtherRedirect => ("accept-other-redirect", "", FaultEndpoint::Authorize),
            DisabledRules::CodeAgain => ("accept-code-again", "", FaultEndpoint::Exchange),
            DisabledRules::ReplacedToken => ("accept-replaced-token", "", FaultEndpoint::Refresh),
            DisabledRules::AnyScope => ("grant-too-much", "unknown", FaultEndpoint::Authorize),
            DisabledRules::MoreScopes => ("grant-too-much", "unasked", FaultEndpoint::Authorize),
            DisabledRules::RevokeNothing => ("revoke-nothing", "", FaultEndpoint::Revocation),
        }
    }
}
