//! The registration of the one client, and its authentication (RFC 6749 section 2.3).

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::address::CLIENT_ID;
use crate::params::{Params, Repeated};
use crate::secret;

/// The registered client; its fields are also command-line options.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub struct ClientRegistration {
    /// The client is confidential and authenticates with this secret, by HTTP Basic
    #[arg(
        long = "client-secret",
        value_name = "TEXT",
        allow_hyphen_values = true,
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    pub secret: Option<String>,
    /// No page of another origin may read answers
    #[arg(long = "no-cors", action = clap::ArgAction::SetFalse)]
    pub cors: bool,
}

impl Default for ClientRegistration {
    fn default() -> ClientRegistration {
        ClientRegistration {
            secret: None,
            cors: true,
        }
    }
}

/// Why client authentication fails (`invalid_client`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownClient {
    /// A parameter occurs twice (RFC 6749 §3.1).
    Repeated(Repeated),
    /// A secret was sent, but the client is public.
    Public,
    /// The secret is absent or wrong.
    Secret,
    /// The `client_id` is not the registered one.
    Id,
    /// The request has no client authentication.
    Absent,
}

impl ClientRegistration {
    /// Checks that the request is the client's.
    ///
    /// # Errors
    ///
    /// Why client authentication fails.
    pub fn check(&self, headers: &HeaderMap, form: &Params) -> Result<(), UnknownClient> {
        let basic = headers.get(header::AUTHORIZATION);
        let in_form = form.all("client_secret").next().is_some();
        match &self.secret {
            None if basic.is_some() || in_form => return Err(UnknownClient::Public),
            None => {}
            Some(secret) => {
                let basic = basic.map_or(&b""[..], |value| value.as_bytes());
                let expected = expected(secret);
                let given = String::from_utf8_lossy(basic);
                if in_form || !secret::same(&given, &expected) {
                    return Err(UnknownClient::Secret);
                }
            }
        }
        match form.one("client_id").map_err(UnknownClient::Repeated)? {
            Some(CLIENT_ID) => Ok(()),
            Some(_) => Err(UnknownClient::Id),
            None if self.secret.is_some() => Ok(()),
            None => Err(UnknownClient::Absent),
        }
    }
}

/// Both parts are form-encoded first (RFC 6749 section 2.3.1).
fn expected(secret: &str) -> String {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(CLIENT_ID), encoded(secret));
    format!("Basic {}", STANDARD.encode(pair))
}
