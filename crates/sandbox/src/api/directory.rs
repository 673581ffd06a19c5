//! Who the token is, its company, and the people in it.

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use outlay_pleo::status::AuthMethod;
use outlay_pleo::subject::is_uuid;
use outlay_pleo::{Company, Employee, Envelope, Introspection, Subject, operation};

use crate::address::CLIENT_ID;
use crate::api::paging::{PageQuery, single};
use crate::api::problem::ApiError;
use crate::api::{bearer, json};
use crate::params::Params;
use crate::state::Shared;
use crate::world::ledger::{View, is_descending};

/// `GET /v1/introspect`.
pub async fn introspect(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let bearer = bearer::check(&sandbox, &headers, &operation::INTROSPECT)?;
    json(&Envelope {
        data: Introspection {
            auth_method: AuthMethod::Oauth2,
            client_id: CLIENT_ID.to_owned(),
            scope: bearer.scopes.join(" "),
            application_name: Some("Outlay (sandbox client)".to_owned()),
            subject_urn: Some(Subject::Company(bearer.company).urn()),
        },
    })
}

/// `GET /v1/companies`: the token's own company, and no other.
pub async fn companies(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let bearer = bearer::check(&sandbox, &headers, &operation::COMPANIES)?;
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let page = PageQuery::read(&params, &["id", "name"], true)?;
    let organisation = id_parameter(&params, "organization_id")?;
    let all = sandbox.world.companies();
    let seen = |company: &Company| {
        let within = organisation.is_none() || company.organization_id.as_deref() == organisation;
        company.id == bearer.company && within
    };
    let view = sorted(all, seen, &page, |company, key| match key {
        "name" => company.name.clone(),
        _ => company.id.clone(),
    });
    json(&page.page(&view, |row| all.get(row).cloned())?)
}

/// `GET /v1/companies/{companyId}`.
pub async fn company(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let bearer = bearer::check(&sandbox, &headers, &operation::COMPANY)?;
    let id = checked_id(&id)?;
    let mut all = sandbox.world.companies().iter();
    let found = all.find(|company| company.id == id);
    let data = found
        .cloned()
        .ok_or_else(|| ApiError::not_found("There is no such company."))?;
    if data.id != bearer.company {
        return Err(ApiError::foreign());
    }
    json(&Envelope { data })
}

/// `GET /v2/employees`.
pub async fn employees(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let bearer = bearer::check(&sandbox, &headers, &operation::EMPLOYEES)?;
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let keys = ["id", "firstName", "lastName", "email"];
    let page = PageQuery::read(&params, &keys, true)?;
    if let Some(company) = id_parameter(&params, "companyId")?
        && company != bearer.company
    {
        return Err(ApiError::foreign());
    }
    let (email, code) = (single(&params, "email")?, single(&params, "code")?);
    let all = sandbox.world.employees();
    let seen = |one: &Employee| {
        one.company_id == bearer.company
            && email.is_none_or(|email| one.email.eq_ignore_ascii_case(email))
            && code.is_none_or(|code| one.code.as_deref() == Some(code))
    };
    let view = sorted(all, seen, &page, |one, key| match key {
        "firstName" => one.first_name.clone(),
        "lastName" => one.last_name.clone(),
        "email" => one.email.clone(),
        _ => one.id.clone(),
    });
    json(&page.page(&view, |row| all.get(row).cloned())?)
}

/// `GET /v2/employees/{employeeId}`.
pub async fn employee(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let bearer = bearer::check(&sandbox, &headers, &operation::EMPLOYEE)?;
    let id = checked_id(&id)?;
    let mut all = sandbox.world.employees().iter();
    let found = all.find(|employee| employee.id == id);
    let data = found
        .cloned()
        .ok_or_else(|| ApiError::not_found("There is no such employee."))?;
    if data.company_id != bearer.company {
        return Err(ApiError::foreign());
    }
    json(&Envelope { data })
}

/// An id in a path.
///
/// # Errors
///
/// 400: it is no UUID.
pub fn checked_id(text: &str) -> Result<String, ApiError> {
    if is_uuid(text) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(ApiError::invalid("The id in the path is no UUID."))
    }
}

/// An id in the query.
///
/// # Errors
///
/// 400: it is no UUID, or stands twice.
pub fn id_parameter<'a>(
    params: &'a Params,
    name: &'static str,
) -> Result<Option<&'a str>, ApiError> {
    match single(params, name)? {
        Some(text) if !is_uuid(text) => Err(ApiError::invalid(format!("{name} is no UUID."))),
        found => Ok(found),
    }
}

/// By the keys asked for, then by id.
fn sorted<T>(
    all: &[T],
    seen: impl Fn(&T) -> bool,
    page: &PageQuery,
    key: impl Fn(&T, &str) -> String,
) -> View {
    let mut rows: Vec<(usize, &T)> = all
        .iter()
        .enumerate()
        .filter(|(_, one)| seen(one))
        .collect();
    rows.sort_by(|(_, left), (_, right)| {
        let by_keys = page.sorting.iter().map(|(name, order)| {
            let found = key(left, name).cmp(&key(right, name));
            if is_descending(order) {
                found.reverse()
            } else {
                found
            }
        });
        let mut differing = by_keys.filter(|found| found.is_ne());
        let by_id = || key(left, "id").cmp(&key(right, "id"));
        differing.next().unwrap_or_else(by_id)
    });
    View::new(rows.into_iter().map(|(row, _)| row).collect())
}
