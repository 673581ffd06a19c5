//! The configuration as the rest of the product uses it: whole, with every address absolute.

use outlay_wire::{record, string_enum};

/// A deployment's configuration at the place where it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// At least one, ids unique, in the order of the file.
    pub profiles: Vec<Profile>,
    /// Minutes without any act of the user after which everything is signed out.
    pub idle_sign_out_minutes: u32,
    /// Hours after which a connection ends whatever happens.
    pub absolute_sign_out_hours: u32,
}

record!(Config {
    profiles = "profiles", idle_sign_out_minutes = "idle_sign_out_minutes",
    absolute_sign_out_hours = "absolute_sign_out_hours",
});

impl Config {
    /// The profile of this id.
    #[must_use]
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }
}

/// One authorization server with its API, and how this site is registered there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// 1 to 32 of `a-z`, `0-9`, `-`.
    pub id: String,
    /// What the user reads.
    pub name: String,
    /// How careful the page has to be.
    pub kind: EnvironmentKind,
    /// Where the user is sent; never the page's own origin.
    pub authorization_endpoint: String,
    /// Where codes and refresh tokens are redeemed.
    pub token_endpoint: String,
    /// Where tokens are given back (RFC 7009), if the server has such a place.
    pub revocation_endpoint: Option<String>,
    /// What an API path is appended to; no slash at its end.
    pub api_base: String,
    /// What the callback's `iss` must be, byte for byte (RFC 9207), if it is judged at all.
    pub issuer: Option<String>,
    /// Where the authorization server sends the user back to, as registered.
    pub redirect_uri: String,
    /// The public client's id; the user is asked for it when absent.
    pub client_id: Option<String>,
    /// The scopes approved at registration.
    pub scopes: Vec<String>,
    /// Seconds in which a refresh of unknown outcome may be sent once more; 0 for never.
    pub refresh_grace_seconds: u32,
    /// Sent with the authorization request as `urn_pleo_params_oauth_subject`.
    pub subject: Option<String>,
}

record!(Profile {
    id = "id", name = "name", kind = "kind", authorization_endpoint = "authorization_endpoint",
    token_endpoint = "token_endpoint", revocation_endpoint = "revocation_endpoint",
    api_base = "api_base", issuer = "issuer", redirect_uri = "redirect_uri",
    client_id = "client_id", scopes = "scopes", refresh_grace_seconds = "refresh_grace_seconds",
    subject = "subject",
});

/// What kind of books a profile opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EnvironmentKind {
    /// A company's real books.
    #[default]
    Production,
    /// The partner's test environment at Pleo.
    Staging,
    /// The stand-in on this machine.
    Sandbox,
}

string_enum!(EnvironmentKind { Production = "production", Staging = "staging", Sandbox = "sandbox" });
