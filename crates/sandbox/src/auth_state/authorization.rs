//! Validates an authorization request: the checks, their order, and the error of each.

use outlay_pleo::{Subject, scope};

use crate::address::{CLIENT_ID, SCOPES};
use crate::auth_state::disabled_rules::DisabledRules;
use crate::params::{Params, Repeated, query};
use crate::secret;

/// An authorization request that passed every check (RFC 6749 §4.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// The redirect URI, which is the registered one unless a fault allows others.
    pub redirect_uri: String,
    /// The requested scopes without duplicates.
    pub scopes: Vec<String>,
    /// `state`, returned unchanged.
    pub state: String,
    /// PKCE `code_challenge` (S256); `None` only if a fault allows it.
    pub code_challenge: Option<String>,
    /// The requested subject; its company is preselected on the consent page.
    pub subject: Option<Subject>,
}

/// Why an authorization request is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorizationRefusal {
    /// The client or its redirect URI is invalid, so there is no redirect (RFC 6749 4.1.2.1).
    Page(&'static str),
    /// The client is informed: the redirect with `error` (RFC 6749 §4.1.2.1).
    Redirect(String),
}

/// The settings that an authorization request is checked against.
pub struct AuthorizationRules<'a> {
    /// The one registered redirect URI, compared as a string.
    pub registered_uri: &'a str,
    /// Origin of the site, for a fault that accepts all its redirect URIs.
    pub site_origin: &'a str,
    /// Returns whether a fault switches a rule off; called only where the rule is broken.
    pub disabled_rules: &'a dyn Fn(DisabledRules) -> bool,
}

/// Parses the query of `/oauth/authorize`.
///
/// # Errors
///
/// The first error. The client and its redirect URI are checked before everything else.
pub fn check(
    params: &Params,
    rules: &AuthorizationRules<'_>,
) -> Result<AuthorizationRequest, AuthorizationRefusal> {
    match params.one("client_id") {
        Ok(Some(CLIENT_ID)) => {}
        Ok(_) => {
            return Err(AuthorizationRefusal::Page(
                "No client is registered under this client_id.",
            ));
        }
        Err(_) => {
            return Err(AuthorizationRefusal::Page(
                "client_id stands more than once.",
            ));
        }
    }
    let redirect_uri = match params.one("redirect_uri") {
        Ok(Some(uri)) if uri == rules.registered_uri => uri,
        Ok(Some(uri))
            if rules.is_own(uri) && (rules.disabled_rules)(DisabledRules::OtherRedirect) =>
        {
            uri
        }
        Ok(_) => {
            return Err(AuthorizationRefusal::Page(
                "The redirect_uri is not, character for character, the one that is registered.",
            ));
        }
        Err(_) => {
            return Err(AuthorizationRefusal::Page(
                "redirect_uri stands more than once.",
            ));
        }
    };
    let state = params.one("state").ok().flatten();
    rest(params, redirect_uri, rules).map_err(|fault| {
        AuthorizationRefusal::Redirect(error_redirect(
            redirect_uri,
            fault.error,
            fault.description,
            state,
        ))
    })
}

/// Returns the redirect with an error (RFC 6749 §4.1.2.1).
pub fn error_redirect(uri: &str, error: &str, description: &str, state: Option<&str>) -> String {
    let mut pairs = vec![("error", error), ("error_description", description)];
    pairs.extend(state.map(|state| ("state", state)));
    with_query(uri, &pairs)
}

/// Returns the redirect with a code (RFC 6749 §4.1.2).
pub fn code_redirect(uri: &str, code: &str, state: &str) -> String {
    with_query(uri, &[("code", code), ("state", state)])
}

fn with_query(uri: &str, pairs: &[(&str, &str)]) -> String {
    let separator = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{separator}{}", query(pairs))
}

impl AuthorizationRules<'_> {
    fn is_own(&self, uri: &str) -> bool {
        uri.strip_prefix(self.site_origin)
            .is_some_and(|rest| rest.starts_with('/'))
    }
}

struct AuthorizationError {
    error: &'static str,
    description: &'static str,
}

const fn invalid_request(description: &'static str) -> AuthorizationError {
    AuthorizationError {
        error: "invalid_request",
        description,
    }
}

impl From<Repeated> for AuthorizationError {
    fn from(_: Repeated) -> AuthorizationError {
        invalid_request("A parameter stands more than once.")
    }
}

fn rest(
    params: &Params,
    redirect_uri: &str,
    rules: &AuthorizationRules<'_>,
) -> Result<AuthorizationRequest, AuthorizationError> {
    let state = params
        .one("state")?
        .ok_or(invalid_request("state is missing."))?;
    match params.one("response_type")? {
        Some("code") => {}
        None => return Err(invalid_request("response_type is missing.")),
        Some(_) => {
            return Err(AuthorizationError {
                error: "unsupported_response_type",
                description: "Only response_type=code is supported.",
            });
        }
    }
    let code_challenge = challenge(params, rules)?;
    let subject = match params.one("urn_pleo_params_oauth_subject")? {
        None => None,
        Some(urn) => Some(
            Subject::parse(urn).ok_or(invalid_request("The subject is no URN of Pleo's form."))?,
        ),
    };
    Ok(AuthorizationRequest {
        redirect_uri: redirect_uri.to_owned(),
        scopes: scopes(params.one("scope")?.unwrap_or_default(), rules)?,
        state: state.to_owned(),
        code_challenge,
        subject,
    })
}

fn challenge(
    params: &Params,
    rules: &AuthorizationRules<'_>,
) -> Result<Option<String>, AuthorizationError> {
    let challenge = params.one("code_challenge")?;
    let form = invalid_request("code_challenge must be 43 characters of base64url.");
    match params.one("code_challenge_method")? {
        Some("S256") => {}
        // From here on as if S256 had been requested.
        Some("plain") if (rules.disabled_rules)(DisabledRules::Plain) => {
            return Ok(Some(secret::s256(challenge.ok_or(form)?)));
        }
        None if challenge.is_none() && (rules.disabled_rules)(DisabledRules::NoChallenge) => {
            return Ok(None);
        }
        None => return Err(invalid_request("code_challenge_method=S256 is required.")),
        Some(_) => return Err(invalid_request("Only S256 is accepted.")),
    }
    let sound = challenge.filter(|text| is_s256(text)).ok_or(form)?;
    Ok(Some(sound.to_owned()))
}

/// 256 bits in base64url without padding.
fn is_s256(challenge: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    challenge.len() == 43 && challenge.bytes().all(letter)
}

fn scopes(text: &str, rules: &AuthorizationRules<'_>) -> Result<Vec<String>, AuthorizationError> {
    let invalid = |description| AuthorizationError {
        error: "invalid_scope",
        description,
    };
    let mut scopes: Vec<String> = Vec::new();
    for name in text.split(' ').filter(|name| !name.is_empty()) {
        if scope::known(name).is_none() && !(rules.disabled_rules)(DisabledRules::AnyScope) {
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
    if SCOPES
        .iter()
        .any(|more| !scopes.iter().any(|kept| kept == more))
        && (rules.disabled_rules)(DisabledRules::MoreScopes)
    {
        scopes = SCOPES.map(str::to_owned).into();
    }
    Ok(scopes)
}
