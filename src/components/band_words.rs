//! The words of the environment band, for the app and for the static Connect page.

use outlay_config::Kind;

/// The value of `data-kind`.
pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Production => "production",
        Kind::Staging => "staging",
        Kind::Sandbox => "sandbox",
    }
}

/// What follows the environment's name.
pub fn description(kind: Kind) -> &'static str {
    match kind {
        Kind::Production => ": a company's real books",
        Kind::Staging => ": Pleo's test environment",
        Kind::Sandbox => ": made-up figures on this computer",
    }
}
