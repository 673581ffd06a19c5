//! The kinds of proxy path on the site.

/// The kinds of upstream server; each has its own route and rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// The token endpoint.
    Token,
    /// Pleo's API.
    Api,
}

impl HostKind {
    /// Returns the key of `config.json` with the path.
    pub fn key(self) -> &'static str {
        match self {
            Self::Token => "tokenEndpoint",
            Self::Api => "apiBase",
        }
    }

    /// Returns the command-line option that names the server.
    pub fn option(self) -> &'static str {
        match self {
            Self::Token => "--token-upstream",
            Self::Api => "--api-upstream",
        }
    }
}
