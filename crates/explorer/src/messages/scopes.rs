//! Whether a connection has the scope that an operation needs.

use outlay_pleo::catalogue::{Endpoint, RetryCertainty};
use outlay_pleo::scope::spellings;

/// Whether the connection has the scope that an operation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeStatus {
    /// No scope is known for the operation.
    Unknown,
    /// The connection has the scope.
    Held,
    /// The connection lacks the scope; Pleo will answer 403.
    Missing,
    /// There is no connection; the scope is shown for information.
    Unchecked,
}

/// Compares an operation's scope with the granted scopes; `None` without a connection.
pub fn scope_status(operation: &Endpoint, granted: Option<&[String]>) -> ScopeStatus {
    let Some(granted) = granted else {
        return match operation.scopes.is_empty() {
            true => ScopeStatus::Unknown,
            false => ScopeStatus::Unchecked,
        };
    };
    let has = |name: &str| granted.iter().any(|one| one == name);
    let mut wanted = operation.scopes.iter().flat_map(|name| spellings(name));
    match (operation.scopes.is_empty(), wanted.any(has)) {
        (true, _) => ScopeStatus::Unknown,
        (false, true) => ScopeStatus::Held,
        (false, false) => ScopeStatus::Missing,
    }
}

/// The spelling of a missing scope that this deployment may ask for; `None` if it is not among those
/// approved at registration.
pub fn approved<'a>(operation: &'a Endpoint, registered: &[String]) -> Option<&'a str> {
    let mut wanted = operation.scopes.iter().flat_map(|name| spellings(name));
    wanted.find(|name| registered.iter().any(|one| one == name))
}

/// Returns a phrase about how reliably the scope is known.
pub fn certainty(operation: &Endpoint) -> &'static str {
    match operation.certainty {
        RetryCertainty::Documented => "",
        RetryCertainty::Inferred => "Inferred from other scope names: Pleo does not document it.",
        RetryCertainty::Unknown => {
            "Pleo does not document the scope that this needs. A status 403 means that it is missing."
        }
    }
}
