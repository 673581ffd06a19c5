//! The endpoints at which a fault can apply.

/// The servers of the sandbox, each on its own port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxServer {
    /// The authorization server with the fault console.
    Auth,
    /// Pleo's API and the receipt files.
    Api,
    /// The static host of the built site.
    Site,
}

/// The kinds of request that a fault can apply to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultEndpoint {
    /// `GET /oauth/authorize`, the authorization request.
    Authorize,
    /// The login and consent pages, as `GET`.
    Pages,
    /// The `POST` of the consent form.
    Consent,
    /// The redirect that leads back to the client, from consent or from a refused request.
    Callback,
    /// A token request with `grant_type=authorization_code`.
    Exchange,
    /// A token request with `grant_type=refresh_token`.
    Refresh,
    /// A revocation request (RFC 7009).
    Revocation,
    /// `GET /v1/introspect` of the API.
    Introspection,
    /// Every other path of the API.
    Api,
    /// `GET /config.json` on the static host.
    Config,
}

/// The token endpoint and the API: the requests of the vault.
pub const CALLS: &[FaultEndpoint] = &[
    FaultEndpoint::Refresh,
    FaultEndpoint::Exchange,
    FaultEndpoint::Introspection,
    FaultEndpoint::Api,
];

/// The requests that may be slow or fail: those of [`CALLS`], the authorization request and
/// `config.json`.
pub const REQUESTS: &[FaultEndpoint] = &[
    FaultEndpoint::Refresh,
    FaultEndpoint::Exchange,
    FaultEndpoint::Introspection,
    FaultEndpoint::Api,
    FaultEndpoint::Authorize,
    FaultEndpoint::Config,
];

/// The token endpoint, with both grant types.
pub const TOKEN: &[FaultEndpoint] = &[FaultEndpoint::Refresh, FaultEndpoint::Exchange];

/// The API, with introspection.
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
    /// Returns the name in the console's JSON.
    pub fn name(self) -> &'static str {
        let mut names = NAMES.iter();
        names
            .find(|(place, _)| *place == self)
            .map_or("", |(_, name)| name)
    }

    /// Returns the endpoint with this name; `None` for an unknown one.
    pub fn named(text: &str) -> Option<FaultEndpoint> {
        let mut names = NAMES.iter();
        names
            .find(|(_, name)| *name == text)
            .map(|(place, _)| *place)
    }

    /// Returns whether pages call the endpoint across origins, so that CORS applies.
    pub fn is_cross_origin(self) -> bool {
        CALLS.contains(&self)
    }
}
