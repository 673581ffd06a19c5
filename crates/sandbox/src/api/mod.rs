//! The API: every operation of Pleo's document, by Pleo's rules.
//!
//! [`catalogue`] is Pleo's document as data, [`table`] finds the operation, [`call`] checks the token
//! ([`bearer`]), the parameters and the body ([`body_validation`]; [`words`] describes what is wrong) and
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
pub mod search_filter;
pub mod subscriptions;
pub mod table;
pub mod tags;
pub mod tax_codes;
pub mod vendors;
pub mod words;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};

use crate::address::FILES;
use crate::fault::{Server, hook};
use crate::guard;
use crate::state::{Sandbox, Shared};
use call::{Answer, Call, Handler};
use problem::ApiError;
use table::Found;

/// The largest body that is read: receipts come as text of base64.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// The server.
pub fn router(sandbox: Shared, port: u16) -> Router {
    Router::new()
        .fallback(answer)
        .layer(from_fn_with_state(sandbox.clone(), guard::cors))
        .layer(from_fn_with_state((sandbox.clone(), Server::Api), hook))
        .layer(from_fn_with_state(port, guard::host))
        .with_state(sandbox)
}

async fn answer(State(sandbox): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.as_str(), parts.uri.path());
    let query = parts.uri.query().unwrap_or_default();
    if path.starts_with(FILES) {
        return files::answer(&sandbox, method, path, query);
    }
    let (route, parameters) = match table::find(method, path) {
        Found::Route(route, parameters) => (route, parameters),
        Found::OtherMethods(methods) => return ApiError::method(&methods).into_response(),
        Found::Nothing => return ApiError::no_path().into_response(),
    };
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        let message = "The body is larger than 8 MiB.";
        return ApiError::of(413, "PAYLOAD_TOO_LARGE", message).into_response();
    };
    let call = Call::read(
        &sandbox,
        route.endpoint,
        parameters,
        query,
        &parts.headers,
        &body,
    );
    let done = call.and_then(|call| carry_out(&sandbox, &call, route.handler));
    done.map_or_else(IntoResponse::into_response, IntoResponse::into_response)
}

/// Everything at once, so that no two calls meet in between.
fn carry_out(sandbox: &Sandbox, call: &Call<'_>, handler: Handler) -> Result<Answer, ApiError> {
    handler(call, &mut sandbox.store())
}
