//! Rules that the authorization server stops keeping, one by one.

use crate::fault::place::Place;
use crate::fault::row::{Effect, Fault, Kind, Parameter, Settings};
use crate::state::Sandbox;

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

pub const FAULTS: &[Fault] = &[
    rule(
        "accept-plain",
        "PKCE with the method plain is accepted.",
        &[Place::Authorize],
    ),
    rule(
        "accept-no-challenge",
        "An authorization request without PKCE is accepted, and its code needs no verifier.",
        &[Place::Authorize],
    ),
    rule(
        "accept-any-verifier",
        "The code_verifier is not compared with the challenge.",
        &[Place::Exchange],
    ),
    rule(
        "accept-other-redirect",
        "Every redirect URI of the site's own origin is accepted.",
        &[Place::Authorize],
    ),
    rule(
        "accept-code-again",
        "A code can be redeemed more than once.",
        &[Place::Exchange],
    ),
    rule(
        "accept-replaced-token",
        "A refresh token that was replaced still works. Its use is counted.",
        &[Place::Refresh],
    ),
    Fault {
        name: "grant-too-much",
        does: "Scopes are granted that should not be.",
        at: &[Place::Authorize],
        parameters: &[Parameter {
            name: "what",
            does: "one asked for that nobody knows, or all that are registered",
            kind: Kind::Choice(&["unknown", "unasked"]),
        }],
        effect: Effect::Rule,
    },
    rule(
        "revoke-nothing",
        "The revocation endpoint says yes and ends nothing.",
        &[Place::Revocation],
    ),
];

const fn rule(name: &'static str, does: &'static str, at: &'static [Place]) -> Fault {
    Fault {
        name,
        does,
        at,
        parameters: &[],
        effect: Effect::Rule,
    }
}

impl Lax {
    /// The fault that lifts the rule, the setting that it needs, and where the rule is asked about.
    fn fault(self) -> (&'static str, &'static str, Place) {
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

    /// Whether the rule is not kept now. To be asked where it would have been broken: that is where
    /// the fault strikes.
    pub fn strikes(self, sandbox: &Sandbox) -> bool {
        let (name, what, place) = self.fault();
        let wanted = |fault: &Fault, settings: &Settings| {
            fault.name == name && settings.text("what") == what
        };
        !sandbox.faults().take(&[place], "", wanted).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_fault() {
        for lax in [
            Lax::Plain,
            Lax::NoChallenge,
            Lax::AnyVerifier,
            Lax::OtherRedirect,
            Lax::CodeAgain,
            Lax::ReplacedToken,
            Lax::AnyScope,
            Lax::MoreScopes,
            Lax::RevokeNothing,
        ] {
            let (name, what, place) = lax.fault();
            let fault = FAULTS.iter().find(|fault| fault.name == name);
            let fault = fault.unwrap_or_else(|| panic!("{name}"));
            assert!(fault.at.contains(&place), "{name}");
            let choices = fault.parameters.first().map(|one| one.kind);
            match choices {
                Some(Kind::Choice(of)) => assert!(of.contains(&what), "{name}"),
                _ => assert_eq!(what, "", "{name}"),
            }
        }
    }
}
