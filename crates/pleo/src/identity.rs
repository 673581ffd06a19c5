//! Who a token speaks for: the answer of `GET /v1/introspect`.

use outlay_wire::record;

use crate::status::AuthMethod;

/// What a bearer token is good for. Needs no client secret, so a public client can ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntrospectionResponse {
    /// How the caller proved who it is.
    pub auth_method: AuthMethod,
    /// The client that the token was given to.
    pub client_id: String,
    /// The granted scopes, separated by spaces.
    pub scope: String,
    /// The application's name as registered at Pleo.
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
    /// The granted scopes one by one.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_ascii_whitespace()
    }
}
