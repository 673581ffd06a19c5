//! A minimal API of Pleo's shape, for one company. It knows no tokens: it asks the authorization
//! server about every bearer (RFC 7662), as a resource server does.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::{AbortHandle, spawn};

use super::peer::RESOURCE;
use super::relay::LARGEST;
use crate::Outcome;

/// The path that reports of a broken policy go to.
pub const REPORTS: &str = "/reports";

const COMPANY: &str = "0e1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const EMPLOYEE: &str = "1e1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/// The API. It ends when this is dropped.
#[derive(Debug)]
pub struct InteropApi {
    /// Where it listens.
    pub origin: String,
    serving: ServingApi,
    task: AbortHandle,
}

#[derive(Debug, Default)]
struct ApiInner {
    /// Access tokens that count as expired, whatever the server says.
    expired: BTreeSet<String>,
    unknown_paths: Vec<String>,
    reports: Vec<String>,
}

#[derive(Debug, Clone)]
struct ServingApi {
    inside: Arc<Mutex<ApiInner>>,
    client: reqwest::Client,
    introspection: String,
    /// What the authorization server is called by browsers, which it may insist on.
    host: String,
    site: String,
}

/// What the authorization server says of a token.
#[derive(Debug, Deserialize)]
struct IntrospectedToken {
    active: bool,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    client_id: String,
}

impl InteropApi {
    /// Listens. `introspection` is the endpoint to ask, `server` the origin that browsers know its
    /// server by, `site` the origin that may read the answers.
    ///
    /// # Errors
    ///
    /// If it cannot.
    pub async fn start(introspection: &str, server: &str, site: &str) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://localhost:{}", listener.local_addr()?.port());
        let serving = ServingApi {
            inside: Arc::default(),
            client: reqwest::Client::builder()
                .pool_max_idle_per_host(0)
                .build()?,
            introspection: introspection.to_owned(),
            host: server.trim_start_matches("http://").to_owned(),
            site: site.to_owned(),
        };
        let app = Router::new().fallback(answer).with_state(serving.clone());
        let task = spawn(async move {
            // It ends with the test.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self {
            origin,
            serving,
            task: task.abort_handle(),
        })
    }

    /// These tokens count as expired from now on.
    pub fn expire(&self, tokens: impl IntoIterator<Item = String>) {
        lock(&self.serving.inside).expired.extend(tokens);
    }

    /// The paths that were asked for and do not exist here.
    #[must_use]
    pub fn unknown_paths(&self) -> Vec<String> {
        lock(&self.serving.inside).unknown_paths.clone()
    }

    /// The reports of a broken policy.
    #[must_use]
    pub fn reports(&self) -> Vec<String> {
        lock(&self.serving.inside).reports.clone()
    }

    /// Whether the authorization server holds this token for good.
    ///
    /// # Errors
    ///
    /// If it does not answer.
    pub async fn is_active(&self, token: &str) -> Outcome<bool> {
        Ok(self.serving.introspect(token).await?.active)
    }
}

impl Drop for InteropApi {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(inside: &Mutex<ApiInner>) -> MutexGuard<'_, ApiInner> {
    inside.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(serving): State<ServingApi>, request: Request) -> Response {
    let (request, body) = request.into_parts();
    if request.uri.path() == REPORTS {
        let report = to_bytes(body, LARGEST).await;
        let report = String::from_utf8_lossy(&report.unwrap_or_default()).into_owned();
        lock(&serving.inside).reports.push(report);
        return StatusCode::NO_CONTENT.into_response();
    }
    let mut response = serving.answer(&request).await;
    let headers = response.headers_mut();
    if let Ok(site) = HeaderValue::from_str(&serving.site) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, site);
    }
    let asked = request.headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    if let Some(asked) = asked {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
    }
    response
}

impl ServingApi {
    async fn answer(&self, request: &Parts) -> Response {
        let path = request.uri.path();
        if request.method == Method::OPTIONS {
            return StatusCode::NO_CONTENT.into_response();
        }
        let Some(token) = bearer(&request.headers) else {
            return problem(StatusCode::UNAUTHORIZED, "no bearer");
        };
        let expired = lock(&self.inside).expired.contains(token);
        let log_text = match self.introspect(token).await {
            Ok(log_text) => log_text,
            Err(error) => return problem(StatusCode::BAD_GATEWAY, &error.to_string()),
        };
        if expired || !log_text.active {
            return problem(StatusCode::UNAUTHORIZED, "the token is not active");
        }
        let granted = |scope: &str| log_text.scope.split(' ').any(|one| one == scope);
        let (scope, body) = match (request.method.as_str(), path) {
            ("GET", "/v1/introspect") => ("", introspection(&log_text)),
            ("GET", "/v1/companies") => ("companies:read", page(vec![company()])),
            ("GET", "/v2/employees") => ("users:read", page(vec![employee()])),
            ("POST", "/v1/accounting-entries:search") => (
                "accounting-entries:read",
                page((1..=40).map(entry).collect()),
            ),
            ("GET", path) if path == format!("/v1/companies/{COMPANY}") => {
                ("companies:read", json!({ "data": company() }))
            }
            _ => {
                lock(&self.inside).unknown_paths.push(path.to_owned());
                return problem(StatusCode::NOT_FOUND, "no such path");
            }
        };
        if !scope.is_empty() && !granted(scope) {
            return problem(StatusCode::FORBIDDEN, scope);
        }
        axum::Json(body).into_response()
    }

    async fn introspect(&self, token: &str) -> Outcome<IntrospectedToken> {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("token", token)
            .finish();
        let answer = self
            .client
            .post(&self.introspection)
            .basic_auth(RESOURCE.0, Some(RESOURCE.1))
            .header(header::HOST, &self.host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
            // With its reason, which is the error's source.
            .map_err(|error| format!("{error:?}"))?;
        Ok(answer.error_for_status()?.json().await?)
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ")
}

/// An error of Pleo's shape.
fn problem(status: StatusCode, detail: &str) -> Response {
    let body = json!({ "type": "INTEROP", "message": detail });
    (status, axum::Json(body)).into_response()
}

fn introspection(log_text: &IntrospectedToken) -> Value {
    json!({
        "authMethod": "OAUTH2",
        "clientId": log_text.client_id,
        "scope": log_text.scope,
        "applicationName": "Outlay",
        "subjectURN": format!("urn:pleo:company:{COMPANY}"),
    })
}

fn page(rows: Vec<Value>) -> Value {
    json!({
        "data": rows,
        "pagination": {
            "hasNextPage": false,
            "hasPreviousPage": false,
            "startCursor": null,
            "endCursor": null,
            "total": rows.len(),
            "currentRequestPagination": {},
        },
    })
}

fn company() -> Value {
    json!({ "id": COMPANY, "name": "Interop ApS", "address": { "country": "DK" } })
}

fn employee() -> Value {
    json!({
        "id": EMPLOYEE,
        "companyId": COMPANY,
        "email": "kim@interop.example",
        "firstName": "Kim",
        "lastName": "Holm",
    })
}

fn entry(number: i64) -> Value {
    let at = format!("2026-10-{:02}T09:00:00Z", 1 + number % 28);
    let money = json!({ "minors": number * -100 - 50, "currency": "DKK" });
    json!({
        "id": format!("2e1b2c3d-4e5f-4a6b-8c7d-{number:012}"),
        "companyId": COMPANY,
        "status": "COMPLETED",
        "family": "CARD_PURCHASE",
        "exportStatus": "NOT_EXPORTED",
        "reviewStatus": "NOT_SET",
        "transactionValue": money,
        "totalBillValue": money,
        "performedAt": at,
        "createdAt": at,
        "updatedAt": at,
        "employeeId": EMPLOYEE,
        "note": format!("Entry {number}"),
    })
}
