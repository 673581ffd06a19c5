//! A proxy in front of an authorization server: it passes everything on, counts what goes to the token
//! and revocation endpoints, and can lose the answer of a refresh. Pages lose their one link to
//! another machine.

use std::collections::BTreeSet;
use std::future::ready;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::stream;
use reqwest::redirect::Policy;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::{AbortHandle, spawn};

use super::peer::Endpoints;
use crate::Outcome;

/// More bytes than any page, form or report has.
pub const LARGEST: usize = 1 << 20;

/// What belongs to one connection and not to what is passed on.
const OF_THE_CONNECTION: [header::HeaderName; 4] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// A font that node-oidc-provider's pages ask the network for, and what they get instead.
const FONT: (&str, &str) = (
    "https://fonts.googleapis.com/css?family=Roboto:400,100",
    "data:text/css,",
);

/// What was counted.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Codes that were exchanged.
    pub exchanges: u32,
    /// Refreshes that reached the server.
    pub refreshes: u32,
    /// Requests of a refresh whose token had been presented before.
    pub presented_again: u32,
    /// Refreshes whose answer was lost.
    pub lost: u32,
    /// Tokens that the revocation endpoint accepted.
    pub revoked: BTreeSet<String>,
    /// Every access and refresh token that the server issued.
    pub tokens: BTreeSet<String>,
    /// The statuses of the token and revocation endpoints, in order.
    pub statuses: Vec<u16>,
    presented: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct RelayInner {
    counts: Counts,
    server: String,
    lose_next_refresh: bool,
}

/// The proxy. It ends when this is dropped.
#[derive(Debug)]
pub struct Relay {
    /// Where browsers reach the server.
    pub origin: String,
    inside: Arc<Mutex<RelayInner>>,
    task: AbortHandle,
}

#[derive(Clone)]
struct Passing {
    inside: Arc<Mutex<RelayInner>>,
    client: reqwest::Client,
    endpoints: Endpoints,
}

impl Relay {
    /// Listens; [`Relay::lead_to`] says later where the server is.
    ///
    /// # Errors
    ///
    /// If it cannot.
    pub async fn start(endpoints: Endpoints) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://localhost:{}", listener.local_addr()?.port());
        let inside = Arc::new(Mutex::new(RelayInner::default()));
        let passing = Passing {
            inside: inside.clone(),
            client: reqwest::Client::builder()
                .redirect(Policy::none())
                // A server that closes an idle connection would lose a request of the test's.
                .pool_max_idle_per_host(0)
                .build()?,
            endpoints,
        };
        let app = Router::new().fallback(pass).with_state(passing);
        let task = spawn(async move {
            // It ends with the test.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self {
            origin,
            inside,
            task: task.abort_handle(),
        })
    }

    /// From now on requests go to the server of this origin.
    pub fn lead_to(&self, server: &str) {
        server.clone_into(&mut lock(&self.inside).server);
    }

    /// The server answers the next refresh, and the answer never arrives.
    pub fn lose_next_refresh(&self) {
        lock(&self.inside).lose_next_refresh = true;
    }

    /// What was counted so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        lock(&self.inside).counts.clone()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(inside: &Mutex<RelayInner>) -> MutexGuard<'_, RelayInner> {
    inside.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn pass(State(passing): State<Passing>, request: Request) -> Response {
    match passing.pass(request).await {
        Ok(response) => response,
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

impl Passing {
    async fn pass(&self, request: Request) -> Outcome<Response> {
        let (parts, body) = request.into_parts();
        let sent = to_bytes(body, LARGEST).await?;
        let path = parts.uri.path().to_owned();
        let posted = parts.method == Method::POST;
        let (to_token, to_revocation) = (
            posted && path == self.endpoints.token,
            posted && path == self.endpoints.revocation,
        );
        let grant = field(&sent, "grant_type").filter(|_| to_token);
        let is_refresh = grant.as_deref() == Some("refresh_token");
        if is_refresh && let Some(token) = field(&sent, "refresh_token") {
            let counts = &mut lock(&self.inside).counts;
            counts.refreshes += 1;
            counts.presented_again += u32::from(!counts.presented.insert(token));
        }
        let server = lock(&self.inside).server.clone();
        let rest = parts.uri.path_and_query().map_or("/", |rest| rest.as_str());
        let answer = self
            .client
            .request(parts.method, format!("{server}{rest}"))
            .headers(passed_on(&parts.headers))
            .body(sent.clone())
            .send()
            .await?;
        let (status, mut headers) = (answer.status(), passed_on(answer.headers()));
        let got = answer.bytes().await?;
        // Chromium sends a request again by itself, even a POST, when a connection that has served
        // before is closed without a word.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        let inside = &mut *lock(&self.inside);
        if to_token || to_revocation {
            inside.counts.statuses.push(status.as_u16());
        }
        if to_token && status.is_success() {
            inside.counts.exchanges += u32::from(!is_refresh);
            inside.counts.tokens.extend(tokens(&got));
        }
        if to_revocation && status.is_success() {
            inside.counts.revoked.extend(field(&sent, "token"));
        }
        if is_refresh && std::mem::take(&mut inside.lose_next_refresh) {
            inside.counts.lost += 1;
            return Ok(nothing());
        }
        let is_page = headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let body = match str::from_utf8(&got) {
            Ok(page) if is_page => Body::from(page.replace(FONT.0, FONT.1)),
            _ => Body::from(got),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// No answer: a body that fails at once makes the server hang up before the head is written.
fn nothing() -> Response {
    let broken = io::Error::from(io::ErrorKind::ConnectionAborted);
    Response::new(Body::from_stream(stream::once(ready(Err::<Bytes, _>(
        broken,
    )))))
}

fn passed_on(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    for name in OF_THE_CONNECTION {
        headers.remove(name);
    }
    headers
}

/// A field of a form.
fn field(form: &[u8], name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(form);
    let found = pairs.find(|(known, _)| known == name)?;
    Some(found.1.into_owned())
}

/// The tokens of an answer.
fn tokens(answer: &[u8]) -> Vec<String> {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    ["access_token", "refresh_token"]
        .into_iter()
        .filter_map(|name| answer[name].as_str().map(str::to_owned))
        .collect()
}
