//! The API: [`bearer`] checks the token and its scope, [`paging`] and [`cursor`] walk lists,
//! [`directory`], [`entries`] and [`installation`] answer, [`filter`] narrows, [`problem`] says what is wrong.

pub mod bearer;
pub mod cursor;
pub mod directory;
pub mod entries;
pub mod filter;
pub mod installation;
pub mod paging;
pub mod problem;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use outlay_pleo::operation;
use outlay_wire::Wire;

use crate::fault::{Server, hook};
use crate::guard;
use crate::state::Shared;
use problem::ApiError;

/// The largest body that is read.
const LARGEST_BODY: usize = 256 * 1024;

/// The server's routes.
pub fn router(sandbox: Shared, port: u16) -> Router {
    Router::new()
        .route(operation::INTROSPECT.path, get(directory::introspect))
        .route(operation::COMPANIES.path, get(directory::companies))
        .route(operation::COMPANY.path, get(directory::company))
        .route(operation::EMPLOYEES.path, get(directory::employees))
        .route(operation::EMPLOYEE.path, get(directory::employee))
        .route(operation::SEARCH_ENTRIES.path, post(entries::search))
        .route(operation::ENTRY.path, get(entries::entry))
        .route(
            operation::DELETE_INSTALLATION.path,
            delete(installation::remove),
        )
        .fallback(|| async { ApiError::not_found("There is no such path.") })
        .method_not_allowed_fallback(|| async { ApiError::method() })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(sandbox.clone(), guard::cors))
        .layer(from_fn_with_state((sandbox.clone(), Server::Api), hook))
        .layer(from_fn_with_state(port, guard::host))
        .with_state(sandbox)
}

/// An answer in Pleo's media type.
pub(crate) fn json<T: Wire>(value: &T) -> Result<Response, ApiError> {
    let body = outlay_wire::to_text(value);
    let kind = [(header::CONTENT_TYPE, problem::MEDIA_TYPE)];
    Ok((StatusCode::OK, kind, body).into_response())
}
