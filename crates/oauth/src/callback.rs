//! The authorization response: the query of the callback page (RFC 6749 §4.1.2).
//!
//! Two steps, so that nothing is believed too early: [`read`] looks at the form of the query alone;
//! [`judge`] needs the sign-in that its `state` named.

use crate::client::Client;
use crate::form;
use crate::secret::AuthorizationCode;
use crate::state::State;

/// The longest query that is looked at, in bytes.
pub const LONGEST_QUERY: usize = 16 * 1024;

/// More parameters than this are nobody's answer.
const MOST_PARAMETERS: usize = 64;

/// The longest foreign text that is kept to be shown, in characters.
const LONGEST_DETAIL: usize = 200;

/// A query whose form is sound: no name twice, a `state` present. Nothing in it is trusted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The `state` as received.
    pub state: State,
    code: Option<AuthorizationCode>,
    error: Option<String>,
    description: Option<String>,
    issuer: Option<String>,
    /// Pleo's subject parameter, kept as a hint where it comes back.
    pub subject: Option<String>,
}

/// Why a sign-in came to nothing. The code is stable; the detail is the server's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: &'static str,
    /// The server's own words, shortened, without control characters.
    pub detail: Option<String>,
}

impl Refusal {
    /// A refusal that is told by its code alone.
    #[must_use]
    pub fn of(code: &'static str) -> Refusal {
        Refusal { code, detail: None }
    }
}

/// Reads a query, without its `?`.
///
/// # Errors
///
/// `callback_too_long`, `callback_malformed` (not UTF-8), `callback_duplicate` (RFC 6749 §3.1),
/// `state_unknown` (no `state` at all).
pub fn read(query: &str) -> Result<Response, Refusal> {
    if query.len() > LONGEST_QUERY {
        return Err(Refusal::of("callback_too_long"));
    }
    let pairs = form::parse(query).ok_or(Refusal::of("callback_malformed"))?;
    if pairs.len() > MOST_PARAMETERS {
        return Err(Refusal::of("callback_too_long"));
    }
    let seen_before = |(at, (name, _)): (usize, &(String, String))| {
        pairs.iter().take(at).any(|(earlier, _)| earlier == name)
    };
    if pairs.iter().enumerate().any(seen_before) {
        return Err(Refusal::of("callback_duplicate"));
    }
    let value = |name: &str| {
        pairs
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.clone())
    };
    let state = value("state").ok_or(Refusal::of("state_unknown"))?;
    Ok(Response {
        state: State::received(&state),
        code: value("code").map(AuthorizationCode::new),
        error: value("error"),
        description: value("error_description"),
        issuer: value("iss"),
        subject: value("urn_pleo_params_oauth_subject"),
    })
}

/// Judges a response against the client that asked, `profile` being the one that the callback
/// page's path names: first the issuer and the path, only then `error` or `code`.
///
/// # Errors
///
/// `profile_mismatch`, `issuer_missing`, `issuer_mismatch` (RFC 9207 §2.4), `callback_malformed`
/// (both or neither of `code` and `error`), the server's error code where it is one of RFC 6749
/// §4.1.2.1, `authorization_error` where it is another.
pub fn judge(
    response: Response,
    client: &Client,
    profile: &str,
) -> Result<AuthorizationCode, Refusal> {
    if profile != client.profile {
        return Err(Refusal::of("profile_mismatch"));
    }
    match (&client.issuer, &response.issuer) {
        (Some(_), None) => return Err(Refusal::of("issuer_missing")),
        (Some(expected), Some(issuer)) if expected != issuer => {
            return Err(Refusal::of("issuer_mismatch"));
        }
        _ => {}
    }
    match (response.code, response.error) {
        (Some(code), None) => Ok(code),
        (None, Some(error)) => Err(denied(&error, response.description)),
        _ => Err(Refusal::of("callback_malformed")),
    }
}

fn denied(error: &str, description: Option<String>) -> Refusal {
    const KNOWN: [&str; 7] = [
        "access_denied",
        "invalid_request",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unsupported_response_type",
    ];
    match KNOWN.iter().find(|known| **known == error) {
        Some(code) => Refusal {
            code,
            detail: description.as_deref().map(shorten),
        },
        None => Refusal {
            code: "authorization_error",
            detail: Some(shorten(&match description {
                Some(description) => [error, ": ", &description].concat(),
                None => error.to_owned(),
            })),
        },
    }
}

/// Foreign text, fit to be shown: short, and without control characters.
#[must_use]
pub fn shorten(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(LONGEST_DETAIL)
        .collect()
}
