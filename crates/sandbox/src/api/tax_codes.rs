//! Tax codes.

use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::list;
use crate::api::problem::ApiError;
use crate::api::search_filter::holds_id;
use crate::store::Store;

/// The handlers of tax codes, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("createTaxCode", create),
    ("getTaxCode", read),
    ("updateTaxCode", update),
    ("deleteTaxCode", delete),
    ("getTaxCodes", search),
];

type ApiResult = Result<ApiResponse, ApiError>;

const WHAT: &str = "tax code";

fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_body()?;
    check(call)?;
    let mut new = json!({
        "id": store.id(), "createdAt": call.stamp(), "accountingIntegrationSystem": Value::Null,
    });
    fill(call, &mut new);
    Ok(ApiResponse::created(store.tax_codes.add(call.company, new)))
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let row = store.tax_codes.find(&call.id("taxCodeId"));
    let own = row.filter(|row| row.company == call.company);
    own.map(|row| ApiResponse::data(&row.json))
        .ok_or_else(|| ApiError::missing(WHAT))
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let row = store.tax_codes.find_mut(&call.id("taxCodeId"));
    let own = row.filter(|row| row.company == call.company);
    let row = own.ok_or_else(|| ApiError::missing(WHAT))?;
    call.own_body()?;
    check(call)?;
    fill(call, &mut row.json);
    Ok(ApiResponse::data(&row.json))
}

fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    read(call, store)?;
    let id = call.id("taxCodeId");
    store.tax_codes.remove(|one| one["id"] == id.as_str());
    Ok(ApiResponse::nothing())
}

fn search(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let wanted = &call.body;
    let keys = ["id", "name", "code", "rate", "createdAt", "updatedAt"];
    list::of_collection(call, &store.tax_codes, &keys, |one| {
        (wanted["archived"].is_null() || one["archived"] == wanted["archived"])
            && (wanted["type"].is_null() || one["type"] == wanted["type"])
            && holds_id(&wanted["taxCodeIds"], &one["id"])
    })
}

/// A rate is a fraction of one.
fn check(call: &SandboxCall<'_>) -> Result<(), ApiError> {
    let rate = call.body["rate"].as_f64().unwrap_or_default();
    if !(0.0..=1.0).contains(&rate) {
        return Err(ApiError::invalid("rate must be from 0 to 1."));
    }
    Ok(())
}

fn fill(call: &SandboxCall<'_>, one: &mut Value) {
    one["companyId"] = json!(call.company_id());
    for name in ["name", "rate", "type", "archived"] {
        one[name] = call.body[name].clone();
    }
    // A replacement removes every field that it does not contain.
    for name in ["code", "ingoingTaxAccount", "outgoingTaxAccount"] {
        one[name] = call.body[name].clone();
    }
    one["updatedAt"] = call.stamp();
}
