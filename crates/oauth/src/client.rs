//! A public client at one authorization server.

use outlay_codes::ErrorCode;

/// What one profile of a deployment says about its client (RFC 6749 §2). There is no secret in it
/// and no field that could take one: PKCE is what a public client has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSettings {
    /// The profile's id; also the last segment of the callback page's path, which is the defence
    /// against mix-up where the server sends no `iss` (RFC 9700 §4.4.2.2).
    pub profile: String,
    /// `client_id` as the authorization server issued it (RFC 6749 §2.2).
    pub client_id: String,
    /// The authorization endpoint, absolute.
    pub authorization_endpoint: String,
    /// The token endpoint, an absolute URL (RFC 6749 §3.2).
    pub token_endpoint: String,
    /// The revocation endpoint (RFC 7009), absolute, where the server has one.
    pub revocation_endpoint: Option<String>,
    /// The API's base, absolute, without a slash at its end: the one place that tokens of this
    /// client's connections are sent to as bearers (RFC 6750 §2.1). A connection keeps the client
    /// that it was made with, so that a changed configuration cannot redirect its bearer.
    pub api_base: String,
    /// `redirect_uri`, byte for byte as registered: servers compare it as a string (RFC 9700 §2.1).
    pub redirect_uri: String,
    /// The issuer that a callback must name (RFC 9207), where the server is known to name it.
    pub issuer: Option<String>,
    /// Value of Pleo's `urn_pleo_params_oauth_subject`, where the deployment sets one.
    pub subject: Option<String>,
    /// For how many milliseconds after a refresh the server accepts the replaced refresh token
    /// once more; 0 where nothing is known.
    pub refresh_grace: u64,
}

/// Returns the client id of a sign-in: the `configured` one, else the one that the user `typed`.
///
/// # Errors
///
/// [`ErrorCode::ClientIdNeeded`] if there is neither; [`ErrorCode::ClientIdRefused`] if the typed one
/// differs from the configured one, is empty, is longer than 256 bytes or is not visible ASCII
/// (RFC 6749 appendix A.1).
pub fn client_id(configured: Option<&str>, typed: Option<&str>) -> Result<String, ErrorCode> {
    match (configured, typed) {
        (Some(configured), None) => Ok(configured.to_owned()),
        (Some(configured), Some(typed)) if configured == typed => Ok(typed.to_owned()),
        (None, Some(typed)) if is_well_formed(typed) => Ok(typed.to_owned()),
        (_, Some(_)) => Err(ErrorCode::ClientIdRefused),
        (None, None) => Err(ErrorCode::ClientIdNeeded),
    }
}

fn is_well_formed(client_id: &str) -> bool {
    (1..=256).contains(&client_id.len()) && client_id.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_id_is_the_configured_one_or_a_well_formed_typed_one() {
        let long = "x".repeat(257);
        for (configured, typed, expected) in [
            (Some("a"), None, Ok("a")),
            (Some("a"), Some("a"), Ok("a")),
            (Some("a"), Some("b"), Err(ErrorCode::ClientIdRefused)),
            (None, Some("b"), Ok("b")),
            (None, Some(""), Err(ErrorCode::ClientIdRefused)),
            (None, Some("a b"), Err(ErrorCode::ClientIdRefused)),
            (None, Some("\u{e9}"), Err(ErrorCode::ClientIdRefused)),
            (None, Some(&long[1..]), Ok(&long[1..])),
            (None, Some(&*long), Err(ErrorCode::ClientIdRefused)),
            (None, None, Err(ErrorCode::ClientIdNeeded)),
        ] {
            assert_eq!(
                client_id(configured, typed),
                expected.map(str::to_owned),
                "{configured:?} {typed:?}"
            );
        }
    }
}
