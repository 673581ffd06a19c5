//! The authorization request: what is checked, in which order, and how each fault is answered.

use outlay_pleo::{Subject, scope};

use crate::address::CLIENT_ID;
use crate::params::{Params, Repeated, query};

/// A request that passed every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// The registered redirect URI.
    pub redirect_uri: String,
    /// The scopes asked for, without repetition.
    pub scopes: Vec<String>,
    /// Given back unchanged.
    pub state: String,
    /// The PKCE challenge, S256.
    pub code_challenge: String,
    /// The subject that the request names; its company is preselected.
    pub subject: Option<Subject>,
}

/// Why a request goes no further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The client or its redirect URI is in doubt: nobody is sent anywhere (RFC 6749 4.1.2.1).
    Page(&'static str),
    /// The client is told: the address to send the browser to.
    Redirect(String),
}

/// Reads the query of `/oauth/authorize`.
///
/// # Errors
///
/// The first fault met. The client and its redirect URI are looked at before all else.
pub fn check(params: &Params, registered_uri: &str) -> Result<AuthorizationRequest, Refusal> {
    match params.one("client_id") {
        Ok(Some(CLIENT_ID)) => {}
        Ok(_) => {
            return Err(Refusal::Page(
                "No client is registered under this client_id.",
            ));
        }
        Err(_) => return Err(Refusal::Page("client_id stands more than once.")),
    }
    match params.one("redirect_uri") {
        Ok(Some(uri)) if uri == registered_uri => {}
        Ok(_) => {
            return Err(Refusal::Page(
                "The redirect_uri is not, character for character, the one that is registered.",
            ));
        }
        Err(_) => return Err(Refusal::Page("redirect_uri stands more than once.")),
    }
    let state = params.one("state").ok().flatten();
    rest(params, registered_uri).map_err(|fault| {
        Refusal::Redirect(error_redirect(
            registered_uri,
            fault.error,
            fault.description,
            state,
        ))
    })
}

/// The address that carries an error back to the client.
pub fn error_redirect(uri: &str, error: &str, description: &str, state: Option<&str>) -> String {
    let mut pairs = vec![("error", error), ("error_description", description)];
    pairs.extend(state.map(|state| ("state", state)));
    format!("{uri}?{}", query(&pairs))
}

/// The address that carries a code back to the client.
pub fn code_redirect(uri: &str, code: &str, state: &str) -> String {
    format!("{uri}?{}", query(&[("code", code), ("state", state)]))
}

struct Fault {
    error: &'static str,
    description: &'static str,
}

const fn invalid_request(description: &'static str) -> Fault {
    Fault {
        error: "invalid_request",
        description,
    }
}

impl From<Repeated> for Fault {
    fn from(_: Repeated) -> Fault {
        invalid_request("A parameter stands more than once.")
    }
}

fn rest(params: &Params, registered_uri: &str) -> Result<AuthorizationRequest, Fault> {
    let state = params
        .one("state")?
        .ok_or(invalid_request("state is missing."))?;
    match params.one("response_type")? {
        Some("code") => {}
        None => return Err(invalid_request("response_type is missing.")),
        Some(_) => {
            return Err(Fault {
                error: "unsupported_response_type",
                description: "Only response_type=code is supported.",
            });
        }
    }
    match params.one("code_challenge_method")? {
        Some("S256") => {}
        None => return Err(invalid_request("code_challenge_method=S256 is required.")),
        Some(_) => return Err(invalid_request("Only S256 is accepted.")),
    }
    let challenge = params.one("code_challenge")?.filter(|text| is_s256(text));
    let challenge = challenge.ok_or(invalid_request(
        "code_challenge must be 43 characters of base64url.",
    ))?;
    let subject = match params.one("urn_pleo_params_oauth_subject")? {
        None => None,
        Some(urn) => Some(
            Subject::parse(urn).ok_or(invalid_request("The subject is no URN of Pleo's form."))?,
        ),
    };
    Ok(AuthorizationRequest {
        redirect_uri: registered_uri.to_owned(),
        scopes: scopes(params.one("scope")?.unwrap_or_default())?,
        state: state.to_owned(),
        code_challenge: challenge.to_owned(),
        subject,
    })
}

/// 256 bits in base64url without padding.
fn is_s256(challenge: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    challenge.len() == 43 && challenge.bytes().all(letter)
}

fn scopes(text: &str) -> Result<Vec<String>, Fault> {
    let invalid = |description| Fault {
        error: "invalid_scope",
        description,
    };
    let mut scopes: Vec<String> = Vec::new();
    for name in text.split(' ').filter(|name| !name.is_empty()) {
        if scope::known(name).is_none() {
            return Err(invalid(
                "A scope is not known, or not approved for this client.",
            ));
        }
        if !scopes.iter().any(|kept| kept == name) {
            scopes.push(name.to_owned());
        }
    }
    if scopes.is_empty() {
        return Err(invalid("No scope is asked for."));
    }
    Ok(scopes)
}
