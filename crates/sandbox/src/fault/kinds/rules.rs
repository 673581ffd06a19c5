//! Rules that the authorization server stops keeping, one by one.

use crate::fault::lax::Lax;
use crate::fault::place::Place;
use crate::fault::row::{Effect, Fault, Kind, Parameter, Settings};
use crate::state::Sandbox;

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

/// Whether a rule is ignored now. To be asked where it would have been applied: that is where the fault
/// strikes.
pub fn ignores(sandbox: &Sandbox, rule: Lax) -> bool {
    let (name, what, place) = rule.fault();
    let wanted =
        |fault: &Fault, settings: &Settings| fault.name == name && settings.text("what") == what;
    !sandbox.faults().take(&[place], "", wanted).is_empty()
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
