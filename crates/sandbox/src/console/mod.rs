//! The console, on the authorization server's port: `control` is for programs, `page` for people. A
//! page of another origin can neither read it nor send orders.

mod control;
mod page;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};

use crate::state::SharedSandbox;

/// Makes the routes of the console, all below `/__sandbox/`.
pub fn router() -> Router<SharedSandbox> {
    Router::new()
        .route(
            "/__sandbox",
            get(async || Redirect::permanent("/__sandbox/")),
        )
        .route("/__sandbox/", get(page::show))
        .route("/__sandbox/console.css", get(page::style))
        .route("/__sandbox/console.js", get(page::script))
        .route("/__sandbox/counters", get(control::counters))
        .route("/__sandbox/csp-reports", get(control::csp_reports))
        .route("/__sandbox/expire", post(control::expire))
        .route("/__sandbox/revoke", post(control::revoke))
        .route(
            "/__sandbox/faults",
            get(control::faults).post(control::order),
        )
        .route("/__sandbox/faults/reset", post(control::reset))
}
