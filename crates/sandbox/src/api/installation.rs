//! What a company has of the client since its first sign-in.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use outlay_pleo::operation;

use crate::api::bearer;
use crate::api::problem::ApiError;
use crate::state::Shared;

/// `DELETE /v1/installations/me`: whatever the client holds of the company ends with it.
pub async fn remove(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let bearer = bearer::check(&sandbox, &headers, &operation::DELETE_INSTALLATION)?;
    sandbox.ledger().end_company(&bearer.company);
    Ok(StatusCode::NO_CONTENT.into_response())
}
