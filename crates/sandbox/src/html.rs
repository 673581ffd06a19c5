//! The frame of every page, with its security headers.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

const STYLE: &str = include_str!("style.css");

/// `GET /oauth/style.css`: the style of all pages.
pub async fn style() -> Response {
    let kind = (header::CONTENT_TYPE, "text/css; charset=utf-8");
    let cache = (header::CACHE_CONTROL, "no-cache");
    ([kind, cache], STYLE).into_response()
}

/// A page. `head` is added to its `<head>`; `policy` are directives that are added to its content
/// security policy, which allows a style sheet and no script.
pub fn page(
    status: StatusCode,
    title: &str,
    head: &Markup,
    body: &Markup,
    policy: &str,
) -> Response {
    let html = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Sandbox" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/oauth/style.css";
                (head)
            }
            body {
                p class="band" { "Sandbox, not Pleo. Everything here is invented." }
                main { (body) }
            }
        }
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; {policy}; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    let mut response = (status, html.into_string()).into_response();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, "text/html; charset=utf-8");
    set(header::CONTENT_SECURITY_POLICY, &policy);
    set(header::CACHE_CONTROL, "no-store");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    response
}

/// Returns a page with a title and one sentence.
pub fn message(status: StatusCode, title: &str, text: &str) -> Response {
    let body = html! {
        h1 { (title) }
        p { (text) }
    };
    page(status, title, &html! {}, &body, "form-action 'none'")
}
