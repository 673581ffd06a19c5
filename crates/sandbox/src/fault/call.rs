//! The properties of a request that faults and counters need.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header, request};

use crate::address::FILES;
use crate::fault::endpoint::{FaultEndpoint, SandboxServer, TOKEN};
use crate::params::Params;

/// A request as faults see it.
#[derive(Debug)]
pub struct FaultCall {
    /// The endpoints of the request; a preflight of the token endpoint may be for either grant.
    pub places: Vec<FaultEndpoint>,
    /// Whether it is a CORS preflight, to which most faults do not apply.
    pub preflight: bool,
    /// Path of the request, without the query.
    pub path: String,
    /// The `Origin` header; `None` for a request that is not cross-origin.
    pub origin: Option<HeaderValue>,
    /// The form body, only of endpoints whose faults need it; otherwise empty.
    pub form: Params,
}

impl FaultCall {
    /// Classifies a request and returns it with its body.
    ///
    /// # Errors
    ///
    /// The form is larger than `most` bytes, or could not be read.
    pub async fn read(
        server: SandboxServer,
        request: Request,
        most: usize,
    ) -> Result<(FaultCall, Request), axum::Error> {
        let preflight = is_preflight(&request);
        let (parts, mut body) = request.into_parts();
        let mut form = Params::default();
        if has_form(server, &parts) {
            let bytes = to_bytes(body, most).await?;
            form = Params::parse(&bytes);
            body = Body::from(bytes);
        }
        let call = FaultCall {
            places: places(server, &parts, preflight, &form),
            preflight,
            path: parts.uri.path().to_owned(),
            origin: parts.headers.get(header::ORIGIN).cloned(),
            form,
        };
        Ok((call, Request::from_parts(parts, body)))
    }

    /// Returns the endpoint of a request that is no preflight.
    pub fn place(&self) -> Option<FaultEndpoint> {
        self.places.first().copied().filter(|_| !self.preflight)
    }
}

/// Returns whether a request is a CORS preflight: `OPTIONS` with `Access-Control-Request-Method`.
pub fn is_preflight(request: &Request) -> bool {
    let asked = header::ACCESS_CONTROL_REQUEST_METHOD;
    request.method() == Method::OPTIONS && request.headers().contains_key(asked)
}

fn is_consent(path: &str) -> bool {
    path.starts_with("/oauth/sign-in/") && path.ends_with("/consent")
}

fn has_form(server: SandboxServer, parts: &request::Parts) -> bool {
    let path = parts.uri.path();
    let form = path == "/oauth/token" || is_consent(path);
    server == SandboxServer::Auth && parts.method == Method::POST && form
}

fn places(
    server: SandboxServer,
    parts: &request::Parts,
    preflight: bool,
    form: &Params,
) -> Vec<FaultEndpoint> {
    let path = parts.uri.path();
    let post = parts.method == Method::POST;
    let get = parts.method == Method::GET;
    match (server, path) {
        (SandboxServer::Api, "/v1/introspect") => vec![FaultEndpoint::Introspection],
        // The receipt files are no calls of the API.
        (SandboxServer::Api, path) if path.starts_with(FILES) => Vec::new(),
        (SandboxServer::Api, _) => vec![FaultEndpoint::Api],
        (SandboxServer::Site, "/config.json") => vec![FaultEndpoint::Config],
        (SandboxServer::Auth, "/oauth/token") if preflight => TOKEN.to_vec(),
        (SandboxServer::Auth, "/oauth/token") if post => grant(form),
        (SandboxServer::Auth, "/oauth/revoke") if preflight || post => {
            vec![FaultEndpoint::Revocation]
        }
        (SandboxServer::Auth, "/oauth/authorize") if get => vec![FaultEndpoint::Authorize],
        (SandboxServer::Auth, path) if post && is_consent(path) => vec![FaultEndpoint::Consent],
        (SandboxServer::Auth, path) if get && path.starts_with("/oauth/sign-in/") => {
            vec![FaultEndpoint::Pages]
        }
        _ => Vec::new(),
    }
}

/// Classifies by the grant type of the request, valid or not.
fn grant(form: &Params) -> Vec<FaultEndpoint> {
    match form.all("grant_type").next() {
        Some("authorization_code") => vec![FaultEndpoint::Exchange],
        Some("refresh_token") => vec![FaultEndpoint::Refresh],
        _ => Vec::new(),
    }
}
