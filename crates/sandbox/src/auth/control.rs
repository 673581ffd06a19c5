//! The test control: counters to read, and two switches. A page of another origin can neither read
//! nor throw them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::auth::ledger::Counters;
use crate::state::{Sandbox, Shared};

/// `GET /__sandbox/counters`.
pub async fn counters(State(sandbox): State<Shared>) -> Json<Counters> {
    Json(sandbox.ledger().counters.clone())
}

/// `GET /__sandbox/csp-reports`: every policy report that the site received.
pub async fn csp_reports(State(sandbox): State<Shared>) -> Json<Vec<Value>> {
    Json(sandbox.csp_reports().clone())
}

/// `POST /__sandbox/expire`: every access token expires now.
pub async fn expire(State(sandbox): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    switch(&sandbox, &headers, &body, |sandbox| {
        let now = sandbox.clock.now();
        sandbox.ledger().expire_access(now);
    })
}

/// `POST /__sandbox/revoke`: every authorisation ends now.
pub async fn revoke(State(sandbox): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    switch(&sandbox, &headers, &body, |sandbox| {
        sandbox.ledger().revoke_all();
    })
}

fn switch(sandbox: &Sandbox, headers: &HeaderMap, body: &[u8], throw: fn(&Sandbox)) -> Response {
    if let Some(origin) = headers.get(header::ORIGIN)
        && origin.as_bytes() != sandbox.addresses.auth.as_bytes()
    {
        return refused(
            StatusCode::FORBIDDEN,
            "The request comes from another origin.",
        );
    }
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return refused(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body must be application/json.",
        );
    }
    if !serde_json::from_slice::<Value>(body).is_ok_and(|value| value == json!({})) {
        return refused(StatusCode::BAD_REQUEST, "The body must be {}.");
    }
    throw(sandbox);
    Json(json!({})).into_response()
}

fn refused(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}
