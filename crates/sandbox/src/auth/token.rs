//! The token endpoint (RFC 6749 sections 4.1.3, 5 and 6) for one client.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::auth_state::client::UnknownClient;
use crate::auth_state::disabled_rules::DisabledRules;
use crate::auth_state::token_store::{Denied, IssuedPair};
use crate::params::{Params, Repeated};
use crate::state::{Sandbox, SharedSandbox};

/// `POST /oauth/token`: exchanges a code or refreshes (RFC 6749 §4.1.3 and §6).
pub async fn token(
    State(sandbox): State<SharedSandbox>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Response {
    let form = Params::parse(&body);
    let result = match request_fault(query.as_deref(), &headers) {
        Some(fault) => Err(fault),
        None => answer(&sandbox, &headers, &form),
    };
    let mut response = result.unwrap_or_else(IntoResponse::into_response);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

/// An error answer (RFC 6749 section 5.2).
struct TokenEndpointError {
    error: &'static str,
    description: &'static str,
}

const fn invalid_request(description: &'static str) -> TokenEndpointError {
    TokenEndpointError {
        error: "invalid_request",
        description,
    }
}

const fn invalid_client(description: &'static str) -> TokenEndpointError {
    TokenEndpointError {
        error: "invalid_client",
        description,
    }
}

impl From<Repeated> for TokenEndpointError {
    fn from(_: Repeated) -> TokenEndpointError {
        invalid_request("A parameter stands more than once.")
    }
}

impl From<UnknownClient> for TokenEndpointError {
    fn from(unknown: UnknownClient) -> TokenEndpointError {
        match unknown {
            UnknownClient::Repeated(twice) => twice.into(),
            UnknownClient::Public => invalid_client("This client is public and has no secret."),
            UnknownClient::Secret => invalid_client("This client needs its secret, by HTTP Basic."),
            UnknownClient::Id => invalid_client("No client is registered under this client_id."),
            UnknownClient::Absent => invalid_request("client_id is missing."),
        }
    }
}

impl From<Denied> for TokenEndpointError {
    fn from(denied: Denied) -> TokenEndpointError {
        let (error, description) = match denied {
            Denied::Grant(reason) => ("invalid_grant", reason),
            Denied::Scope => ("invalid_scope", "More scopes than were granted."),
            Denied::Random => ("server_error", "No random bytes."),
        };
        TokenEndpointError { error, description }
    }
}

impl IntoResponse for TokenEndpointError {
    fn into_response(self) -> Response {
        let status = match self.error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            "server_error" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = json!({"error": self.error, "error_description": self.description});
        let mut response = (status, Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"sandbox\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

fn request_fault(query: Option<&str>, headers: &HeaderMap) -> Option<TokenEndpointError> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    if !kind.is_some_and(|kind| kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
        return Some(invalid_request("The body must be a form."));
    }
    if query.is_some_and(|query| !query.is_empty()) {
        return Some(invalid_request("Parameters belong in the body."));
    }
    None
}

fn answer(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    form: &Params,
) -> Result<Response, TokenEndpointError> {
    for (name, _) in form.pairs() {
        if form.all(name).nth(1).is_some() {
            return Err(invalid_request("A parameter stands more than once."));
        }
    }
    sandbox.registration.check(headers, form)?;
    let needed = |name| -> Result<&str, TokenEndpointError> {
        form.one(name)?
            .ok_or(invalid_request("A parameter of this grant is missing."))
    };
    let now = sandbox.clock.now();
    let pair = match form.one("grant_type")? {
        Some("authorization_code") => {
            let (code, uri) = (needed("code")?, needed("redirect_uri")?);
            let verifier = form.one("code_verifier")?;
            match verifier {
                Some(text) if !is_verifier(text) => {
                    return Err(invalid_request("code_verifier is not of RFC 7636's form."));
                }
                None if sandbox.token_store().needs_verifier(code) => {
                    needed("code_verifier")?;
                }
                _ => {}
            }
            let disabled_rules = |rule: DisabledRules| sandbox.ignores(rule);
            sandbox
                .token_store()
                .exchange(code, uri, verifier, &disabled_rules, now)?
        }
        Some("refresh_token") => {
            let (token, scope) = (needed("refresh_token")?, form.one("scope")?);
            let disabled_rules = |rule: DisabledRules| sandbox.ignores(rule);
            sandbox
                .token_store()
                .refresh(token, scope, &disabled_rules, now)?
        }
        Some(_) => {
            return Err(TokenEndpointError {
                error: "unsupported_grant_type",
                description: "Only authorization_code and refresh_token are supported.",
            });
        }
        None => return Err(invalid_request("grant_type is missing.")),
    };
    Ok(success(&pair))
}

/// `POST /oauth/revoke` (RFC 7009). An unknown token counts as revoked (section 2.2).
pub async fn revoke(
    State(sandbox): State<SharedSandbox>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Response {
    let form = Params::parse(&body);
    if let Err(unknown) = sandbox.registration.check(&headers, &form) {
        return TokenEndpointError::from(unknown).into_response();
    }
    let Ok(Some(token)) = form.one("token") else {
        return invalid_request("token is missing.").into_response();
    };
    if !sandbox.ignores(DisabledRules::RevokeNothing) {
        sandbox.token_store().return_token(token);
    }
    StatusCode::OK.into_response()
}

/// RFC 7636 section 4.1.
fn is_verifier(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(letter)
}

fn success(pair: &IssuedPair) -> Response {
    Json(json!({
        "access_token": pair.access_token,
        "token_type": "Bearer",
        "expires_in": pair.expires_in,
        "refresh_token": pair.refresh_token,
        "scope": pair.scopes.join(" "),
    }))
    .into_response()
}
