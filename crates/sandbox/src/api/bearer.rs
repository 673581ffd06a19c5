//! The bearer token of a call (RFC 6750 section 2.1: the header, and nowhere else).

use axum::http::{HeaderMap, header};

use crate::api::problem::ApiError;
use crate::auth_state::token_store::{BadBearer, Bearer};
use crate::state::Sandbox;

/// Returns the grant of the token if it has one of these scopes, which are spellings of the same
/// scope. Without scopes any token is accepted, since the needed scope is not documented.
///
/// # Errors
///
/// 401 for the token, 403 for the scope.
pub fn check(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    scopes: &[String],
) -> Result<Bearer, ApiError> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let first = given.next().and_then(|value| value.to_str().ok());
    if given.next().is_some() {
        return Err(ApiError::bad_bearer("Several Authorization headers."));
    }
    let (scheme, token) = first
        .and_then(|value| value.split_once(' '))
        .ok_or_else(ApiError::no_bearer)?;
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(ApiError::no_bearer());
    }
    let found = sandbox.token_store().bearer(token, sandbox.clock.now());
    let bearer = found.map_err(|bad| match bad {
        BadBearer::Expired => ApiError::bad_bearer("The access token has expired."),
        BadBearer::Invalid => ApiError::bad_bearer("The access token is not valid."),
    })?;
    need(&bearer, scopes)?;
    Ok(bearer)
}

/// Refuses a token that holds none of these scopes.
///
/// # Errors
///
/// 403.
pub fn need<S: AsRef<str>>(bearer: &Bearer, scopes: &[S]) -> Result<(), ApiError> {
    let holds = |scope: &S| bearer.scopes.iter().any(|held| held == scope.as_ref());
    match scopes.first() {
        Some(scope) if !scopes.iter().any(holds) => Err(ApiError::lacks_scope(scope.as_ref())),
        _ => Ok(()),
    }
}
