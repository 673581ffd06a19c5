//! Faults that switch off rules of the authorization server, one by one.

use crate::auth_state::disabled_rules::DisabledRules;
use crate::fault::endpoint::FaultEndpoint;
use crate::fault::row::{FaultEffect, FaultParameter, FaultRow, ParameterKind};

/// Faults that switch a rule of the authorization server off.
pub const FAULTS: &[FaultRow] = &[
    rule(
        "accept-plain",
        "PKCE with the method plain is accepted.",
        &[FaultEndpoint::Authorize],
    ),
    rule(
        "accept-no-challenge",
        "An authorization request without PKCE is accepted, and its code needs no verifier.",
        &[FaultEndpoint::Authorize],
    ),
    rule(
        "accept-any-verifier",
        "The code_verifier is not compared with the challenge.",
        &[FaultEndpoint::Exchange],
    ),
    rule(
        "accept-other-redirect",
        "Every redirect URI of the site's own origin is accepted.",
        &[FaultEndpoint::Authorize],
    ),
    rule(
        "accept-code-again",
        "A code can be redeemed more than once.",
        &[FaultEndpoint::Exchange],
    ),
    rule(
        "accept-replaced-token",
        "A refresh token that was replaced still works. Its use is counted.",
        &[FaultEndpoint::Refresh],
    ),
    FaultRow {
        name: "grant-too-much",
        does: "Scopes are granted that should not be.",
        at: &[FaultEndpoint::Authorize],
        parameters: &[FaultParameter {
            name: "what",
            does: "an unknown one that was asked for, or all that are registered",
            kind: ParameterKind::Choice(&["unknown", "unasked"]),
        }],
        effect: FaultEffect::Rule,
    },
    rule(
        "revoke-nothing",
        "The revocation endpoint says yes and ends nothing.",
        &[FaultEndpoint::Revocation],
    ),
];

const fn rule(name: &'static str, does: &'static str, at: &'static [FaultEndpoint]) -> FaultRow {
    FaultRow {
        name,
        does,
        at,
        parameters: &[],
        effect: FaultEffect::Rule,
    }
}

/// Returns the fault that switches the rule off, the value of its setting `what` (empty for a fault
/// without settings), and the endpoint where the rule applies.
pub fn fault_of(rule: DisabledRules) -> (&'static str, &'static str, FaultEndpoint) {
    match rule {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_fault() {
        for disabled_rules in [
            DisabledRules::Plain,
            DisabledRules::NoChallenge,
            DisabledRules::AnyVerifier,
            DisabledRules::OtherRedirect,
            DisabledRules::CodeAgain,
            DisabledRules::ReplacedToken,
            DisabledRules::AnyScope,
            DisabledRules::MoreScopes,
            DisabledRules::RevokeNothing,
        ] {
            let (name, what, place) = fault_of(disabled_rules);
            let fault = FAULTS.iter().find(|fault| fault.name == name);
            let fault = fault.unwrap_or_else(|| panic!("{name}"));
            assert!(fault.at.contains(&place), "{name}");
            let choices = fault.parameters.first().map(|one| one.kind);
            match choices {
                Some(ParameterKind::Choice(of)) => assert!(of.contains(&what), "{name}"),
                _ => assert_eq!(what, "", "{name}"),
            }
        }
    }
}
