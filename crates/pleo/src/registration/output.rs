//! The package in the words of others: RFC 7591, and this app's own `config.json`.

use outlay_wire::Value;

use super::address::WebAddress;
use super::choice::{ClientKind, Environment};
use super::json::{list, object, pretty, text};
use super::package::RegistrationPackage;

impl RegistrationPackage {
    /// Client metadata of RFC 7591, section 2, as JSON. Pleo has no endpoint for it; it says the same
    /// in the words that every authorization server knows. Fields that are not filled in are left
    /// out, and so are those that the standard has no name for: the pages that Pleo links to, and the
    /// subject type.
    #[must_use]
    pub fn metadata(&self) -> String {
        let method = match self.client_kind {
            ClientKind::Public => "none",
            ClientKind::Confidential => "client_secret_basic",
        };
        let strings = |items: &[String]| list(items.iter().map(String::as_str));
        let mut fields = object([
            ("client_name", text(&self.client_name)),
            ("client_uri", text(&self.client_uri)),
            ("logo_uri", text(&self.logo_uri)),
            ("contacts", strings(&self.contacts)),
            ("tos_uri", text(&self.terms_uri)),
            ("policy_uri", text(&self.policy_uri)),
            ("redirect_uris", strings(&self.redirect_uris)),
            ("token_endpoint_auth_method", text(method)),
            ("grant_types", list(["authorization_code", "refresh_token"])),
            ("response_types", list(["code"])),
            ("scope", text(&self.scopes.join(" "))),
        ]);
        if let Value::Object(fields) = &mut fields {
            fields.retain(|(_, value)| {
                value.as_str() != Some("") && value.as_list().is_none_or(|it| !it.is_empty())
            });
        }
        pretty(&fields)
    }

    /// A `config.json` for this app with one profile that matches the package. `client_id` is what
    /// Pleo gave back, empty if there is none yet: then the app asks for it. Whether the file holds is
    /// for the parser of `config.json` to say; it is as right as the package is.
    ///
    /// A confidential client needs a proxy that adds its secret: the token endpoint then is a path of
    /// the app's own origin.
    #[must_use]
    pub fn config(&self, client_id: &str) -> String {
        let (kind, auth, api) = match self.environment {
            Environment::Production => (
                "production",
                "https://auth.pleo.io",
                "https://external.pleo.io",
            ),
            Environment::Development | Environment::Staging => (
                "staging",
                "https://auth.staging.pleo.io",
                "https://external.staging.pleo.io",
            ),
        };
        let callback = self.callback();
        let id = callback.map_or(self.environment.word(), |(id, _)| id);
        let proxy = match self.client_kind {
            ClientKind::Public => "",
            ClientKind::Confidential => "/pleo-auth/oauth/token",
        };
        let mut profile = object([
            ("id", text(id)),
            ("name", text(&self.client_name)),
            ("kind", text(kind)),
            ("authorizationServer", text(auth)),
            ("tokenEndpoint", text(proxy)),
            ("apiBase", text(api)),
            ("clientId", text(client_id)),
            ("redirectUri", text(callback.map_or("", |(_, uri)| uri))),
            ("scopes", list(self.scopes.iter().map(String::as_str))),
        ]);
        if let Value::Object(fields) = &mut profile {
            fields.retain(|(_, value)| value.as_str() != Some(""));
        }
        pretty(&object([("profiles", Value::List(vec![profile]))]))
    }

    /// The first redirect URI that leads to this app's callback page, after the profile's id that it
    /// ends in. None: the package belongs to another app, or its redirect URI has yet to be given the
    /// form `…/callback/<profile id>`.
    #[must_use]
    pub fn callback(&self) -> Option<(&str, &str)> {
        self.redirect_uris.iter().find_map(|uri| {
            let address = WebAddress::parse(uri)?;
            let (before, id) = address.path.rsplit_once('/')?;
            let fits = before.ends_with("/callback")
                && (1..=32).contains(&id.len())
                && id
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && address.query.is_none()
                && address.fragment.is_none();
            fits.then_some((id, &**uri))
        })
    }
}
