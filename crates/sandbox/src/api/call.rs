//! One call of the API. Token, scope, parameters and body are checked here, in the same way for
//! every operation; a handler has only the operation's own rules.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use outlay_pleo::catalogue::{Endpoint, FaultCode, ParameterLocation, ValueFault};
use outlay_pleo::time::Instant;
use outlay_wire::Wire;
use serde_json::{Value, json};

use crate::api::bearer;
use crate::api::body_validation;
use crate::api::catalogue::CATALOGUE;
use crate::api::problem::{ApiError, MEDIA_TYPE};
use crate::api::validation_message::sentence;
use crate::auth_state::token_store::Bearer;
use crate::params::Params;
use crate::sample_data::SampleData;
use crate::state::Sandbox;
use crate::store::Store;

/// The function that answers an operation. It may change the store.
pub type Handler = fn(&SandboxCall<'_>, &mut Store) -> Result<ApiResponse, ApiError>;

/// A validated call: bearer, scope, parameters and body conform to the OpenAPI document.
#[derive(Debug)]
pub struct SandboxCall<'a> {
    /// State of the servers; the store is passed to handlers separately.
    pub sandbox: &'a Sandbox,
    /// The operation in the OpenAPI document.
    pub endpoint: &'static Endpoint,
    /// The access token's company and scopes.
    pub bearer: Bearer,
    /// Index of the caller's company in the sample data.
    pub company: usize,
    /// Query parameters, decoded.
    pub query: Params,
    /// JSON body; `null` without one.
    pub body: Value,
    /// Current instant of the sample data, not of the computer.
    pub now: Instant,
    path: Vec<(String, String)>,
}

/// The response of a handler: status and JSON body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiResponse {
    status: StatusCode,
    body: Option<String>,
}

impl ApiResponse {
    /// 200 with this JSON.
    pub fn text(json: String) -> ApiResponse {
        ApiResponse {
            status: StatusCode::OK,
            body: Some(json),
        }
    }

    /// 200 with `{"data": …}`.
    pub fn data(data: &Value) -> ApiResponse {
        ApiResponse::text(json!({ "data": data }).to_string())
    }

    /// 200 with this object.
    pub fn object(object: &impl Wire) -> ApiResponse {
        ApiResponse::text(outlay_wire::to_text(object))
    }

    /// 201 with `{"data": …}`.
    pub fn created(data: &Value) -> ApiResponse {
        ApiResponse {
            status: StatusCode::CREATED,
            ..ApiResponse::data(data)
        }
    }

    /// 204.
    pub fn nothing() -> ApiResponse {
        ApiResponse {
            status: StatusCode::NO_CONTENT,
            body: None,
        }
    }

    /// Returns the response with another status.
    pub fn with(self, status: StatusCode) -> ApiResponse {
        ApiResponse { status, ..self }
    }
}

impl IntoResponse for ApiResponse {
    fn into_response(self) -> Response {
        match self.body {
            None => self.status.into_response(),
            Some(body) => {
                let kind = [(header::CONTENT_TYPE, MEDIA_TYPE)];
                (self.status, kind, body).into_response()
            }
        }
    }
}

impl<'a> SandboxCall<'a> {
    /// Checks a call: the token, its scope, the parameters, the body, in this order.
    ///
    /// # Errors
    ///
    /// 401, 403, 400, 413 or 415.
    pub fn read(
        sandbox: &'a Sandbox,
        endpoint: &'static Endpoint,
        path: Vec<(String, String)>,
        query: &str,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<SandboxCall<'a>, ApiError> {
        let bearer = bearer::check(sandbox, headers, &endpoint.scopes)?;
        let company = sandbox.sample_data.place(&bearer.company);
        let query = Params::parse(query.as_bytes());
        check(endpoint, ParameterLocation::Path, &path)?;
        check(endpoint, ParameterLocation::Query, query.pairs())?;
        Ok(SandboxCall {
            company: company.ok_or_else(ApiError::server)?,
            body: read_body(endpoint, headers, body)?,
            now: sandbox.now(),
            sandbox,
            endpoint,
            bearer,
            query,
            path,
        })
    }

    /// Returns the sample companies, employees and entries.
    pub fn sample_data(&self) -> &'a SampleData {
        &self.sandbox.sample_data
    }

    /// Returns the UUID of the caller's company.
    pub fn company_id(&self) -> &str {
        &self.bearer.company
    }

    /// Returns a path parameter in lower case, since all of them are UUIDs.
    pub fn id(&self, name: &str) -> String {
        let found = self.path.iter().find(|(known, _)| known == name);
        found.map_or_else(String::new, |(_, value)| value.to_ascii_lowercase())
    }

    /// Returns the first value of a query parameter.
    pub fn one(&self, name: &'static str) -> Option<&str> {
        self.query.one(name).ok().flatten()
    }

    /// Returns whether a boolean query parameter is `true`; `false` if absent.
    pub fn flag(&self, name: &'static str) -> bool {
        self.one(name) == Some("true")
    }

    /// Returns a text of the body; empty without one.
    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }

    /// Returns the present instant as a JSON string in RFC 3339.
    pub fn stamp(&self) -> Value {
        json!(self.now.format(3))
    }

    /// Returns whether the OpenAPI document lists this status for the operation.
    pub fn documents(&self, status: u16) -> bool {
        let mut all = self.endpoint.answers.iter();
        all.any(|answer| answer.status == Some(status))
    }

    /// Returns the error for a record of another company: 403 if the operation documents it, else
    /// the same as for a record that does not exist.
    pub fn foreign(&self, what: &str) -> ApiError {
        if self.documents(403) {
            ApiError::foreign()
        } else {
            ApiError::missing(what)
        }
    }

    /// Identifies the list: the operation, its path parameters, the job of the listed items, and
    /// the caller's company.
    pub fn list_name(&self) -> String {
        let ids = self.path.iter().map(|(_, id)| id.as_str());
        let ids: Vec<&str> = ids.chain(self.one("job_id")).collect();
        let name = [&*self.endpoint.id, self.company_id(), &ids.join(" ")];
        name.join(" ").to_ascii_lowercase()
    }

    /// Refuses a company and an organisation that are not the caller's.
    ///
    /// # Errors
    ///
    /// 403.
    pub fn own(&self, company: Option<&str>, organisation: Option<&str>) -> Result<(), ApiError> {
        let home = self.sample_data().companies().get(self.company);
        let organisation_is_own = |id: &str| {
            let own = home.and_then(|home| home.organization_id.as_ref());
            own.is_some_and(|own| own.as_str().eq_ignore_ascii_case(id))
        };
        let company_is_own = |id: &str| id.eq_ignore_ascii_case(self.company_id());
        if company.is_none_or(company_is_own) && organisation.is_none_or(organisation_is_own) {
            Ok(())
        } else {
            Err(ApiError::foreign())
        }
    }

    /// The same for `company_id` and `organization_id` of the query.
    ///
    /// # Errors
    ///
    /// 403.
    pub fn own_query(&self) -> Result<(), ApiError> {
        self.own(self.one("company_id"), self.one("organization_id"))
    }

    /// The same for the `companyId` of the body.
    ///
    /// # Errors
    ///
    /// 403.
    pub fn own_body(&self) -> Result<(), ApiError> {
        self.own(Some(self.text("companyId")), None)
    }
}

fn check(
    endpoint: &Endpoint,
    place: ParameterLocation,
    given: &[(String, String)],
) -> Result<(), ApiError> {
    let faults = CATALOGUE.check_parameters(endpoint, place, given);
    refuse(endpoint, &faults)
}

fn refuse(endpoint: &Endpoint, faults: &[ValueFault]) -> Result<(), ApiError> {
    let Some(fault) = faults.first() else {
        return Ok(());
    };
    let many = fault.code == FaultCode::TooMany && fault.at.is_empty();
    if many && endpoint.answers.iter().any(|one| one.status == Some(413)) {
        let message = "No more than 100 items can be updated in one call.";
        return Err(ApiError::of(413, "EXPORT_JOB_ITEMS_UPDATE_LIMIT", message));
    }
    Err(ApiError::invalid(sentence(fault)))
}

fn read_body(
    endpoint: &'static Endpoint,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Value, ApiError> {
    if body.is_empty() {
        refuse(endpoint, &CATALOGUE.check_body(endpoint, None))?;
        return Ok(Value::Null);
    }
    if endpoint.body.is_some() {
        let kind = headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(ApiError::media_type());
        }
    }
    let no_json = || ApiError::invalid("The body is not JSON.");
    let text = std::str::from_utf8(body).map_err(|_| no_json())?;
    let tree = outlay_wire::parse(text).map_err(|_| no_json())?;
    if let Some(name) = body_validation::repeated(&tree) {
        let message = format!("The body is no sound JSON: {name} stands twice in an object.");
        return Err(ApiError::invalid(message));
    }
    refuse(endpoint, &CATALOGUE.check_body(endpoint, Some(&tree)))?;
    if let Some(name) = body_validation::empty(endpoint, &tree) {
        return Err(ApiError::invalid(format!("{name} is empty.")));
    }
    serde_json::from_str(text).map_err(|_| no_json())
}
