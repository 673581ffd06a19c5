//! The API: every operation of Pleo's OpenAPI document, by Pleo's rules.
//!
//! [`catalogue`] is Pleo's document as data, [`routes`] finds the operation, [`call`] checks the token
//! ([`bearer`]), the parameters and the body ([`body_validation`]; [`validation_message`] writes the message) and
//! calls the operation's handler. Handlers are in [`identity`], [`directory`], [`subscriptions`],
//! [`exports`], [`entries`], [`receipts`], [`enrich`], [`tags`], [`tax_codes`], [`accounts`] and
//! [`vendors`]. [`paging`] and [`cursor`] page through lists, [`list`] makes a page of records,
//! [`search_filter`] matches records with a search, [`filter`] narrows the entries, [`files`] serves the
//! receipts themselves, [`problem`] is an error answer.

pub mod accounts;
pub mod bearer;
pub mod body_validation;
pub mod call;
pub mod catalogue;
pub mod cursor;
pub mod directory;
pub mod enrich;
pub mod entries;
pub mod exports;
pub mod files;
pub mod filter;
mod handlers;
pub mod identity;
pub mod list;
pub mod paging;
pub mod problem;
pub mod receipts;
pub mod routes;
pub mod search_filter;
pub mod subscriptions;
pub mod tags;
pub mod tax_codes;
pub mod validation_message;
pub mod vendors;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};

use crate::address::FILES;
use crate::fault::SandboxServer;
use crate::fault_layer::hook;
use crate::guard;
use crate::state::{Sandbox, SharedSandbox};
use call::{ApiResponse, Handler, SandboxCall};
use problem::ApiError;
use routes::FoundRoute;

/// The largest body that is read: receipts come as text of base64.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// Makes the API server: operations, receipt files, CORS, faults, `Host` check.
pub fn router(sandbox: SharedSandbox, port: u16) -> Router {
    Router::new()
        .fallback(answer)
        .layer(from_fn_with_state(sandbox.clone(), guard::cors))
        .layer(from_fn_with_state(
            (sandbox.clone(), SandboxServer::Api),
            hook,
        ))
        .layer(from_fn_with_state(port, guard::host))
        .with_state(sandbox)
}

async fn answer(State(sandbox): State<SharedSandbox>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.as_str(), parts.uri.path());
    let query = parts.uri.query().unwrap_or_default();
    if path.starts_with(FILES) {
        return files::answer(&sandbox, method, path, query);
    }
    let (route, parameters) = match routes::find(method, path) {
        FoundRoute::Route(route, parameters) => (route, parameters),
        FoundRoute::OtherMethods(methods) => return ApiError::method(&methods).into_response(),
        FoundRoute::Nothing => return ApiError::no_path().into_response(),
    };
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        let message = "The body is larger than 8 MiB.";
        return ApiError::of(413, "PAYLOAD_TOO_LARGE", message).into_response();
    };
    let call = SandboxCall::read(
        &sandbox,
        route.endpoint,
        parameters,
        query,
        &parts.headers,
        &body,
    );
    let done = call.and_then(|call| dispatch(&sandbox, &call, route.handler));
    done.map_or_else(IntoResponse::into_response, IntoResponse::into_response)
}

/// One call at a time, so that two calls never change the store at once.
fn dispatch(
    sandbox: &Sandbox,
    call: &SandboxCall<'_>,
    handler: Handler,
) -> Result<ApiResponse, ApiError> {
    handler(call, &mut sandbox.store())
}
