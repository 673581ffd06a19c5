//! The texts of the environment banner, for the app and for the static Connect page.

use outlay_config::EnvironmentKind;

use super::messages;

/// Returns the value of `data-kind`.
pub fn name(kind: EnvironmentKind) -> &'static str {
    match kind {
        EnvironmentKind::Production => "production",
        EnvironmentKind::Staging => "staging",
        EnvironmentKind::Sandbox => "sandbox",
    }
}

/// Returns the text after the environment's name.
pub fn description(kind: EnvironmentKind) -> &'static str {
    match kind {
        EnvironmentKind::Production => messages::environment::PRODUCTION,
        EnvironmentKind::Staging => messages::environment::STAGING,
        EnvironmentKind::Sandbox => messages::environment::SANDBOX,
    }
}
