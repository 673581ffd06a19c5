//! Middleware before every handler: the check of `Host`, and CORS.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::fault::call::is_preflight;
use crate::server_state::ServerState;
use crate::state::SharedSandbox;

/// Accepts only this computer's own names in `Host`, so that a foreign name that resolves to
/// loopback (DNS rebinding) reaches nothing. Checks the port if the listener's is known.
pub async fn host(State(port): State<u16>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_own(host, port) {
        next.run(request).await
    } else {
        let text = "This server answers for localhost only.\n";
        (StatusCode::MISDIRECTED_REQUEST, text).into_response()
    }
}

fn is_own(host: &str, port: u16) -> bool {
    let Some((name, given)) = host.rsplit_once(':') else {
        return false;
    };
    let own = ["localhost", "127.0.0.1", "[::1]"];
    own.contains(&name) && given == port.to_string()
}

/// Allows only the site's origin to read responses, without cookies and exposed headers.
pub async fn cors(State(sandbox): State<SharedSandbox>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let preflight = is_preflight(&request);
    let mut response = if preflight {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    open(&sandbox, origin.as_ref(), response.headers_mut(), preflight);
    response
}

/// Adds the CORS headers to a response if the request comes from the site's origin and pages may
/// read the response.
pub fn open(
    sandbox: &ServerState,
    given: Option<&HeaderValue>,
    headers: &mut HeaderMap,
    preflight: bool,
) {
    let origin = sandbox.addresses.site.origin();
    if !sandbox.registration.cors {
        return;
    }
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if given.is_some_and(|given| given.as_bytes() == origin.as_bytes()) {
        allow(headers, origin, preflight);
    }
}

/// Removes every CORS header that [`open`] adds, and `Access-Control-Expose-Headers`.
pub fn close(headers: &mut HeaderMap) {
    for name in [
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::ACCESS_CONTROL_ALLOW_METHODS,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        header::ACCESS_CONTROL_MAX_AGE,
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
    ] {
        headers.remove(name);
    }
}

fn allow(headers: &mut HeaderMap, origin: &str, preflight: bool) {
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if preflight {
        set(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            "GET, POST, PUT, DELETE",
        );
        set(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type",
        );
        set(header::ACCESS_CONTROL_MAX_AGE, "600");
    }
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn host_header_must_be_loopback_with_the_own_port() {
        for own in ["localhost:8787", "127.0.0.1:8787", "[::1]:8787"] {
            assert!(is_own(own, 8787), "{own}");
        }
        for foreign in [
            "",
            "localhost",
            "localhost:8788",
            "localhost:08787",
            "evil.example:8787",
            "localhost.evil.example:8787",
            "127.0.0.2:8787",
            "::1:8787",
        ] {
            assert!(!is_own(foreign, 8787), "{foreign}");
        }
    }
}
