//! The words of the environment band, for the app and for the static Connect page.

use outlay_config::EnvironmentKind;

/// The value of `data-kind`.
pub fn name(kind: EnvironmentKind) -> &'static str {
    match kind {
        EnvironmentKind::Production => "production",
        EnvironmentKind::Staging => "staging",
        EnvironmentKind::Sandbox => "sandbox",
    }
}

/// What follows the environment's name.
pub fn description(kind: EnvironmentKind) -> &'static str {
    match kind {
        EnvironmentKind::Production => ": a company's real books",
        EnvironmentKind::Staging => ": Pleo's test environment",
        EnvironmentKind::Sandbox => ": made-up figures on this computer",
    }
}
