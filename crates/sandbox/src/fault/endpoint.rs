//! Where a fault can strike.

/// The three servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxServer {
    /// The authorization server.
    Auth,
    /// The API.
    Api,
    /// The static host.
    Site,
}

/// The kinds of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultEndpoint {
    /// `GET /oauth/authorize`.
    Authorize,
    /// The login and consent pages.
    Pages,
    /// The consent form.
    Consent,
    /// The redirect that leads back to the client, from consent or from a refused request.
    Callback,
    /// A code at the token endpoint.
    Exchange,
    /// A refresh token at the token endpoint.
    Refresh,
    /// The revocation endpoint.
    Revocation,
    /// `GET /v1/introspect`.
    Introspection,
    /// Every other path of the API.
    Api,
    /// `/config.json` on the static host.
    Config,
}

/// The token endpoint and the API: what the vault asks of Pleo.
pub const CALLS: &[FaultEndpoint] = &[
    FaultEndpoint::Refresh,
    FaultEndpoint::Exchange,
    FaultEndpoint::Introspection,
    FaultEndpoint::Api,
];

/// The same, and what can be slow or gone besides.
pub const REQUESTS: &[FaultEndpoint] = &[
    FaultEndpoint::Refresh,
    FaultEndpoint::Exchange,
    FaultEndpoint::Introspection,
    FaultEndpoint::Api,
    FaultEndpoint::Authorize,
    FaultEndpoint::Config,
];

/// The token endpoint.
pub const TOKEN: &[FaultEndpoint] = &[FaultEndpoint::Refresh, FaultEndpoint::Exchange];

/// The API.
pub const API: &[FaultEndpoint] = &[FaultEndpoint::Introspection, FaultEndpoint::Api];

const NAMES: [(FaultEndpoint, &str); 10] = [
    (FaultEndpoint::Authorize, "authorize"),
    (FaultEndpoint::Pages, "pages"),
    (FaultEndpoint::Consent, "consent"),
    (FaultEndpoint::Callback, "callback"),
    (FaultEndpoint::Exchange, "exchange"),
    (FaultEndpoint::Refresh, "refresh"),
    (FaultEndpoint::Revocation, "revocation"),
    (FaultEndpoint::Introspection, "introspection"),
    (FaultEndpoint::Api, "api"),
    (FaultEndpoint::Config, "config"),
];

impl FaultEndpoint {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        let mut names = NAMES.iter();
        names
            .find(|(place, _)| *place == self)
            .map_or("", |(_, name)| name)
    }

    /// The place of this name.
    pub fn named(text: &str) -> Option<FaultEndpoint> {
        let mut names = NAMES.iter();
        names
            .find(|(_, name)| *name == text)
            .map(|(place, _)| *place)
    }

    /// Whether CORS applies there.
    pub fn is_cross_origin(self) -> bool {
        CALLS.contains(&self)
    }
}
