//! Serves the built site as a production host does: the policy on every response, `index.html` for
//! a route, and no file outside the folder.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use outlay_config::{Document, POSTED_CALLBACK, is_callback, is_worker_script};
use serde_json::Value;

use crate::fault::SandboxServer;
use crate::fault_layer::hook;
use crate::guard;
use crate::site_files::{FoundFile, SiteFiles};
use crate::state::SharedSandbox;

const MOST_REPORTS: usize = 1000;
const LARGEST_REPORT: usize = 64 * 1024;

/// Makes the static host: files, `index.html` for routes, policy reports.
pub fn router(sandbox: SharedSandbox, port: u16) -> Router {
    Router::new()
        .route("/__csp-report", post(report))
        .fallback(serve)
        .layer(DefaultBodyLimit::max(LARGEST_REPORT))
        .layer(from_fn_with_state(
            (sandbox.clone(), SandboxServer::Site),
            hook,
        ))
        .layer(from_fn_with_state(port, guard::host))
        .with_state(sandbox)
}

async fn serve(State(sandbox): State<SharedSandbox>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let head = request.method() == Method::HEAD;
    let reads = head || request.method() == Method::GET;
    let mut response = if request.headers().contains_key("service-worker") {
        // No file of the site is a service worker.
        (StatusCode::FORBIDDEN, "Forbidden.\n").into_response()
    } else if !reads && is_callback(&path) {
        posted_callback()
    } else if !reads {
        let allow = [(header::ALLOW, "GET, HEAD")];
        (StatusCode::METHOD_NOT_ALLOWED, allow).into_response()
    } else {
        let (shared, wanted) = (Arc::clone(&sandbox), path.clone());
        let found = tokio::task::spawn_blocking(move || {
            shared.site.as_ref().and_then(|site| site.find(&wanted))
        });
        let found = found.await;
        if let Some(site) = &sandbox.site {
            tokio::time::sleep(site.delay(&path)).await;
        }
        match found {
            Ok(Some(found)) => file(found),
            _ => not_found(),
        }
    };
    if let Some(site) = &sandbox.site {
        // A missing file may exist after the next build, so a 404 must not be cached.
        let kept = if response.status().is_success() || is_callback(&path) {
            &path
        } else {
            "/"
        };
        add_headers(&mut response, site, kept);
    }
    if head {
        *response.body_mut() = Body::empty();
    }
    response
}

fn file(found: FoundFile) -> Response {
    let kind = [(header::CONTENT_TYPE, found.kind)];
    (kind, found.bytes).into_response()
}

fn not_found() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::NOT_FOUND, kind, "Not found.\n").into_response()
}

/// Returns a page with the remedy for a callback that was sent as a form.
fn posted_callback() -> Response {
    let head = [
        (header::ALLOW, "GET, HEAD"),
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
    ];
    (StatusCode::METHOD_NOT_ALLOWED, head, POSTED_CALLBACK).into_response()
}

fn add_headers(response: &mut Response, site: &SiteFiles, path: &str) {
    let document: &Document = site.document();
    let mut set = |name: &str, value: &str| {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            response.headers_mut().insert(name, value);
        }
    };
    for (name, value) in outlay_config::headers(document, false, path) {
        set(name, &value);
    }
    if site.wants_reports() {
        let policy = if is_worker_script(path) {
            outlay_config::policy(document)
        } else {
            outlay_config::page_policy()
        };
        let policy = format!("{policy}; report-uri /__csp-report");
        set("Content-Security-Policy-Report-Only", &policy);
    }
}

/// `POST /__csp-report`: keeps a policy report of the page or of a worker.
async fn report(State(sandbox): State<SharedSandbox>, body: Bytes) -> StatusCode {
    if !sandbox.site.as_ref().is_some_and(SiteFiles::wants_reports) {
        return StatusCode::NOT_FOUND;
    }
    let Ok(report) = serde_json::from_slice::<Value>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    let mut reports = sandbox.csp_reports();
    if reports.len() < MOST_REPORTS {
        reports.push(report);
    }
    StatusCode::NO_CONTENT
}
