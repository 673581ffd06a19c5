//! The authorization request: `response_type=code` with PKCE S256, and no other kind.

use crate::client::ClientSettings;
use crate::form;
use crate::pkce;
use crate::secret::{AuthorizationUrl, CodeVerifier};
use crate::state::StateValue;

/// The URL to send the browser to (RFC 6749 §4.1.1, RFC 7636 §4.3).
///
/// `scopes` are joined by spaces. The verifier itself never becomes part of it.
#[must_use]
pub fn url(
    client: &ClientSettings,
    scopes: &[String],
    state: &StateValue,
    verifier: &CodeVerifier,
) -> AuthorizationUrl {
    let mut query = String::new();
    form::push(&mut query, "response_type", "code");
    form::push(&mut query, "client_id", &client.client_id);
    form::push(&mut query, "redirect_uri", &client.redirect_uri);
    if !scopes.is_empty() {
        form::push(&mut query, "scope", &scopes.join(" "));
    }
    form::push(&mut query, "state", state.as_str());
    form::push(&mut query, "code_challenge", &pkce::challenge(verifier));
    form::push(&mut query, "code_challenge_method", pkce::METHOD);
    if let Some(subject) = &client.subject {
        form::push(&mut query, "urn_pleo_params_oauth_subject", subject);
    }
    // RFC 6749 §3.1: a query that the endpoint already has is kept.
    let separator = if client.authorization_endpoint.contains('?') {
        "&"
    } else {
        "?"
    };
    let endpoint = &client.authorization_endpoint;
    AuthorizationUrl::new([endpoint, separator, &query].concat())
}
