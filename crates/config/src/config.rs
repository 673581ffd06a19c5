//! The configuration as the rest of the product uses it: whole, with every address absolute.

use outlay_wire::{record, string_enum};

/// The validated `config.json` of a deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The profiles in the order of the file; at least one, with unique ids.
    pub profiles: Vec<Profile>,
    /// Minutes without user activity after which every connection is signed out.
    pub idle_sign_out_minutes: u32,
    /// Hours after a sign-in at which the connection ends in any case.
    pub absolute_sign_out_hours: u32,
}

record!(Config {
    profiles = "profiles", idle_sign_out_minutes = "idle_sign_out_minutes",
    absolute_sign_out_hours = "absolute_sign_out_hours",
});

impl Config {
    /// Returns the profile with this id.
    #[must_use]
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }
}

/// One environment: authorization server, API and this site's registration there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// 1 to 32 of `a-z`, `0-9`, `-`.
    pub id: String,
    /// Name on screen, for example "Staging".
    pub name: String,
    /// Kind of environment; determines the banner and which checks are allowed.
    pub kind: EnvironmentKind,
    /// Absolute URL of the authorization endpoint; never on the page's own origin.
    pub authorization_endpoint: String,
    /// Absolute URL of the token endpoint (RFC 6749 §3.2).
    pub token_endpoint: String,
    /// Where tokens are given back (RFC 7009), if the server has such a place.
    pub revocation_endpoint: Option<String>,
    /// Base of the API's paths, absolute, without a trailing slash.
    pub api_base: String,
    /// What the callback's `iss` must be, byte for byte (RFC 9207), if it is judged at all.
    pub issuer: Option<String>,
    /// Absolute redirect URI, exactly as registered (RFC 6749 §3.1.2).
    pub redirect_uri: String,
    /// Client id of the public client; `None` if the user has to type it.
    pub client_id: Option<String>,
    /// Scopes that were approved at registration; a sign-in asks for no others.
    pub scopes: Vec<String>,
    /// Seconds in which a refresh of unknown outcome may be sent once more; 0 for never.
    pub refresh_grace_seconds: u32,
    /// Subject URN for the parameter `urn_pleo_params_oauth_subject`; `None` to send none.
    pub subject: Option<String>,
    /// Origins that receipts are shown from, without a trailing slash; empty to open them in a tab.
    pub receipt_origins: Vec<String>,
}

record!(Profile {
    id = "id", name = "name", kind = "kind", authorization_endpoint = "authorization_endpoint",
    token_endpoint = "token_endpoint", revocation_endpoint = "revocation_endpoint",
    api_base = "api_base", issuer = "issuer", redirect_uri = "redirect_uri",
    client_id = "client_id", scopes = "scopes", refresh_grace_seconds = "refresh_grace_seconds",
    subject = "subject", receipt_origins = "receipt_origins",
});

/// The kind of environment that a profile connects to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EnvironmentKind {
    /// Pleo's production: real companies and real money.
    #[default]
    Production,
    /// Pleo's staging: test companies for partners.
    Staging,
    /// The local sandbox of this project, on loopback.
    Sandbox,
}

string_enum!(EnvironmentKind { Production = "production", Staging = "staging", Sandbox = "sandbox" });
