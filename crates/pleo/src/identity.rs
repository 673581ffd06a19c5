//! Who a token speaks for: the answer of `GET /v1/introspect`.

use outlay_wire::record;

use crate::status::AuthMethod;

/// What a bearer token is good for. Needs no client secret, so a public client can ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntrospectionResponse {
    /// Authentication method of the request: OAuth token or API key.
    pub auth_method: AuthMethod,
    /// Id of the OAuth client that the token was issued to.
    pub client_id: String,
    /// Granted scopes, separated by spaces (RFC 6749 §3.3).
    pub scope: String,
    /// Name of the application as registered at Pleo; `None` if Pleo sends none.
    pub application_name: Option<String>,
    /// The company or organisation, for example `urn:pleo:company:<uuid>`; see
    /// [`crate::Subject`].
    pub subject_urn: Option<String>,
}

record!(IntrospectionResponse {
    auth_method = "authMethod", client_id = "clientId", scope = "scope",
    application_name = "applicationName", subject_urn = "subjectURN",
});

impl IntrospectionResponse {
    /// Returns the granted scopes one by one, without empty ones.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_ascii_whitespace()
    }
}
