//! The endpoints and pages of the authorization server: [`interaction`] serves [`pages`] to a user,
//! [`token`] exchanges codes, refreshes and revokes. [`crate::auth_state`] has the rules and the
//! data. The router includes the fault console, which is for tests only.

pub mod interaction;
pub mod pages;
pub mod token;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::console;
use crate::fault::SandboxServer;
use crate::fault_layer::hook;
use crate::guard;
use crate::html;
use crate::state::SharedSandbox;

/// The largest form or JSON that is read.
const LARGEST_BODY: usize = 16 * 1024;

/// Makes the authorization server. Only the endpoints that a page fetches have CORS headers.
pub fn router(sandbox: SharedSandbox, port: u16) -> Router {
    let open = from_fn_with_state(sandbox.clone(), guard::cors);
    let token = post(token::token).layer(open.clone());
    let revoke = post(token::revoke).layer(open);
    Router::new()
        .route("/oauth/authorize", get(interaction::authorize))
        .route("/oauth/sign-in/{id}", get(interaction::show))
        .route("/oauth/sign-in/{id}/login", post(interaction::log_in))
        .route("/oauth/sign-in/{id}/consent", post(interaction::decide))
        .route("/oauth/token", token)
        .route("/oauth/revoke", revoke)
        .route("/oauth/style.css", get(html::style))
        .merge(console::router())
        .fallback(|| async {
            html::message(StatusCode::NOT_FOUND, "Not found", "There is no such page.")
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(
            (sandbox.clone(), SandboxServer::Auth),
            hook,
        ))
        .layer(from_fn_with_state(port, guard::host))
        .with_state(sandbox)
}
