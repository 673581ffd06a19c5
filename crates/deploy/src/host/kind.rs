//! What a path of the site may stand for.

/// The two kinds of server that a proxy passes requests on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// The token endpoint.
    Token,
    /// The API.
    Api,
}

impl HostKind {
    /// The key of `config.json` that names the path.
    pub fn key(self) -> &'static str {
        match self {
            Self::Token => "tokenEndpoint",
            Self::Api => "apiBase",
        }
    }

    /// The option that names the server.
    pub fn option(self) -> &'static str {
        match self {
            Self::Token => "--token-upstream",
            Self::Api => "--api-upstream",
        }
    }
}
