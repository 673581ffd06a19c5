//! Where a fault can strike.

/// The three servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// The authorization server.
    Auth,
    /// The API.
    Api,
    /// The static host.
    Site,
}

/// The kinds of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
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
pub const CALLS: &[Place] = &[
    Place::Refresh,
    Place::Exchange,
    Place::Introspection,
    Place::Api,
];

/// The same, and what can be slow or gone besides.
pub const REQUESTS: &[Place] = &[
    Place::Refresh,
    Place::Exchange,
    Place::Introspection,
    Place::Api,
    Place::Authorize,
    Place::Config,
];

/// The token endpoint.
pub const TOKEN: &[Place] = &[Place::Refresh, Place::Exchange];

/// The API.
pub const API: &[Place] = &[Place::Introspection, Place::Api];

const NAMES: [(Place, &str); 10] = [
    (Place::Authorize, "authorize"),
    (Place::Pages, "pages"),
    (Place::Consent, "consent"),
    (Place::Callback, "callback"),
    (Place::Exchange, "exchange"),
    (Place::Refresh, "refresh"),
    (Place::Revocation, "revocation"),
    (Place::Introspection, "introspection"),
    (Place::Api, "api"),
    (Place::Config, "config"),
];

impl Place {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        let mut names = NAMES.iter();
        names
            .find(|(place, _)| *place == self)
            .map_or("", |(_, name)| name)
    }

    /// The place of this name.
    pub fn named(text: &str) -> Option<Place> {
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
