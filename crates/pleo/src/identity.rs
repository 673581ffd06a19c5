//! Who a token speaks for: the answer of `GET /v1/introspect`.

use serde::{Deserialize, Serialize};

use crate::status::AuthMethod;

/// What a bearer token is good for. Needs no client secret, so a public client can ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Introspection {
    /// How the caller proved who it is.
    pub auth_method: AuthMethod,
    /// The client that the token was given to.
    pub client_id: String,
    /// The granted scopes, separated by spaces.
    pub scope: String,
    /// The application's name as registered at Pleo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_name: Option<String>,
    /// The company or organisation, for example `urn:pleo:company:<uuid>`; see
    /// [`crate::Subject`].
    #[serde(
        rename = "subjectURN",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub subject_urn: Option<String>,
}

impl Introspection {
    /// The granted scopes one by one.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_ascii_whitespace()
    }
}
