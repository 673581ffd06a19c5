//! The console's requests: counters, switches and faults, as JSON.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::counters::Counters;
use crate::fault::list;
use crate::fault::order::{self, FaultOrder, OrderError};
use crate::state::{Sandbox, SharedSandbox};

/// `GET /__sandbox/counters`: the [`Counters`] as JSON.
pub async fn counters(State(sandbox): State<SharedSandbox>) -> Json<Counters> {
    Json(sandbox.token_store().counters.clone())
}

/// `GET /__sandbox/csp-reports`: the policy reports that the site received, as a JSON list.
pub async fn csp_reports(State(sandbox): State<SharedSandbox>) -> Json<Vec<Value>> {
    Json(sandbox.csp_reports().clone())
}

/// `GET /__sandbox/faults`: the table, the armed faults and how often each was applied.
pub async fn faults(State(sandbox): State<SharedSandbox>) -> Json<Value> {
    Json(list::json(&sandbox.faults()))
}

/// `POST /__sandbox/faults`: arms or disarms a fault; answers as [`faults`] does.
pub async fn order(
    State(sandbox): State<SharedSandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(refused) = refusal(&sandbox, &headers) {
        return refused;
    }
    match order::read(&body) {
        Err(OrderError { field, message }) => {
            let mistake = json!({ "field": field, "message": message });
            return (StatusCode::BAD_REQUEST, Json(mistake)).into_response();
        }
        Ok(FaultOrder::Arm(armed)) => sandbox.faults().arm(armed),
        Ok(FaultOrder::Disarm(fault)) => sandbox.faults().disarm(fault),
        Ok(FaultOrder::Now(happening)) => {
            (happening.act)(&sandbox, &happening.settings);
            sandbox.faults().note(happening.fault);
        }
    }
    Json(list::json(&sandbox.faults())).into_response()
}

/// `POST /__sandbox/faults/reset`: disarms all faults, resets their counters, and undoes the
/// changes of calls.
pub async fn reset(
    State(sandbox): State<SharedSandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    switch(&sandbox, &headers, &body, |sandbox| {
        sandbox.faults().reset();
        sandbox.put_back();
    })
}

/// `POST /__sandbox/expire`: expires every access token.
pub async fn expire(
    State(sandbox): State<SharedSandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    switch(&sandbox, &headers, &body, |sandbox| sandbox.expire())
}

/// `POST /__sandbox/revoke`: revokes every authorisation.
pub async fn revoke(
    State(sandbox): State<SharedSandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    switch(&sandbox, &headers, &body, |sandbox| sandbox.revoke())
}

fn switch(sandbox: &Sandbox, headers: &HeaderMap, body: &[u8], throw: fn(&Sandbox)) -> Response {
    if let Some(refused) = refusal(sandbox, headers) {
        return refused;
    }
    if !serde_json::from_slice::<Value>(body).is_ok_and(|value| value == json!({})) {
        return refuse(StatusCode::BAD_REQUEST, "The body must be {}.");
    }
    throw(sandbox);
    Json(json!({})).into_response()
}

/// Orders must be JSON, which no form of another origin can send, and must not come from another
/// origin.
fn refusal(sandbox: &Sandbox, headers: &HeaderMap) -> Option<Response> {
    if let Some(origin) = headers.get(header::ORIGIN)
        && origin.as_bytes() != sandbox.addresses.auth.as_bytes()
    {
        return Some(refuse(
            StatusCode::FORBIDDEN,
            "The request comes from another origin.",
        ));
    }
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") {
        return None;
    }
    let message = "The body must be application/json.";
    Some(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
}

fn refuse(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}
