//! The token's company and its employees.

use outlay_pleo::{Company, Employee, Envelope};
use serde_json::Value;

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::list;
use crate::api::paging::USUAL;
use crate::api::problem::ApiError;
use crate::store::Store;

/// The handlers of companies and employees, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("searchCompanies", companies),
    ("getCompany", company),
    ("searchEmployees", employees),
    ("getEmployee", employee),
];

type ApiResult = Result<ApiResponse, ApiError>;

/// The token's own company and no other.
fn companies(call: &SandboxCall<'_>, _: &mut Store) -> ApiResult {
    call.own_query()?;
    let seen = |company: &&Company| company.id == call.company_id();
    let all = call.sample_data().companies().iter();
    let rows: Vec<Value> = all.filter(seen).filter_map(json_of).collect();
    list::of_records(call, &rows, &["id", "name"], USUAL)
}

fn company(call: &SandboxCall<'_>, _: &mut Store) -> ApiResult {
    let id = call.id("companyId");
    let mut all = call.sample_data().companies().iter();
    let found = all.find(|company| company.id == id);
    let data = found.cloned().ok_or_else(|| ApiError::missing("company"))?;
    if data.id != call.company_id() {
        return Err(call.foreign("company"));
    }
    Ok(ApiResponse::object(&Envelope { data }))
}

fn employees(call: &SandboxCall<'_>, _: &mut Store) -> ApiResult {
    call.own(call.one("companyId"), None)?;
    let (email, code) = (call.one("email"), call.one("code"));
    let seen = |one: &&Employee| {
        one.company_id == call.company_id()
            && email.is_none_or(|email| one.email.eq_ignore_ascii_case(email))
            && code.is_none_or(|code| one.code.as_deref() == Some(code))
    };
    let all = call.sample_data().employees().iter();
    let rows: Vec<Value> = all.filter(seen).filter_map(json_of).collect();
    let keys = ["id", "firstName", "lastName", "email"];
    list::of_records(call, &rows, &keys, USUAL)
}

fn employee(call: &SandboxCall<'_>, _: &mut Store) -> ApiResult {
    let id = call.id("employeeId");
    let mut all = call.sample_data().employees().iter();
    let found = all.find(|employee| employee.id == id);
    let data = found
        .cloned()
        .ok_or_else(|| ApiError::missing("employee"))?;
    if data.company_id != call.company_id() {
        return Err(call.foreign("employee"));
    }
    Ok(ApiResponse::object(&Envelope { data }))
}

fn json_of(record: &impl outlay_wire::Wire) -> Option<Value> {
    serde_json::from_str(&outlay_wire::to_text(record)).ok()
}
