//! Vendors: drafts that the ledger does not know yet, those it knows, and those no longer in use.

use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::list;
use crate::api::problem::ApiError;
use crate::api::search_filter::{contains, holds, holds_id};
use crate::store::Store;

/// The handlers of vendors, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("postVendor", create),
    ("getVendorById", read),
    ("updateVendor", update),
    ("activateVendor", activate),
    ("archiveVendorById", archive),
    ("searchVendors", search),
];

type ApiResult = Result<ApiResponse, ApiError>;

/// Without an id in the ledger it is a draft.
fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_body()?;
    check_codes(call)?;
    if is_taken(call, store, "") {
        return Err(ApiError::conflict(TAKEN));
    }
    let known = call.body["externalId"].is_string();
    let mut new = json!({
        "id": store.id(),
        "companyId": call.company_id(),
        "state": if known { "ACTIVE" } else { "DRAFT" },
        "createdAt": call.stamp(),
    });
    fill(call, &mut new);
    Ok(ApiResponse::created(store.vendors.add(call.company, new)))
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let row = store.vendors.find(&call.id("id"));
    let own = row.filter(|row| row.company == call.company);
    own.map(|row| ApiResponse::data(&row.json))
        .ok_or_else(|| ApiError::missing("vendor"))
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    read(call, store)?;
    let id = call.id("id");
    if !call
        .text("companyId")
        .eq_ignore_ascii_case(call.company_id())
    {
        return Err(ApiError::invalid("companyId is not that of the vendor."));
    }
    check_codes(call)?;
    if is_taken(call, store, &id) {
        return Err(ApiError::conflict(TAKEN));
    }
    let vendor = own(call, store)?;
    if call.body["state"] == "DRAFT" && vendor["state"] != "DRAFT" {
        let message = "A vendor that the ledger knows does not become a draft again.";
        return Err(ApiError::invalid(message));
    }
    let kept = |name: &str| vendor[name].clone();
    let mut new = json!({
        "id": kept("id"), "companyId": kept("companyId"), "createdAt": kept("createdAt"),
        "state": call.body["state"],
    });
    if let Some(system) = vendor.get("accountingSystem") {
        new["accountingSystem"] = system.clone();
    }
    fill(call, &mut new);
    *vendor = new;
    Ok(ApiResponse::data(vendor))
}

fn activate(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    read(call, store)?;
    if is_taken(call, store, &call.id("id")) {
        return Err(ApiError::invalid(TAKEN));
    }
    let stamp = call.stamp();
    let vendor = own(call, store)?;
    vendor["externalId"] = call.body["externalId"].clone();
    if let Some(code) = call.body.get("code") {
        vendor["code"] = code.clone();
    }
    vendor["state"] = json!("ACTIVE");
    vendor["updatedAt"] = stamp;
    Ok(ApiResponse::nothing())
}

fn archive(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let stamp = call.stamp();
    let vendor = own(call, store)?;
    vendor["state"] = json!("ARCHIVED");
    vendor["updatedAt"] = stamp;
    Ok(ApiResponse::nothing())
}

fn search(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let wanted = &call.body;
    let lists = [
        ("externalIds", "externalId"),
        ("codes", "code"),
        ("countries", "country"),
        ("accountingSystems", "accountingSystem"),
        ("taxRegistrationNumbers", "taxRegistrationNumber"),
        ("states", "state"),
    ];
    let keys = ["id", "name", "code", "state", "createdAt", "updatedAt"];
    list::of_collection(call, &store.vendors, &keys, |one| {
        let held = lists
            .iter()
            .all(|(list, name)| holds(&wanted[*list], &one[*name]));
        held && holds_id(&wanted["ids"], &one["id"])
            && contains(&one["name"], wanted["name"].as_str())
    })
}

const TAKEN: &str = "Another vendor has this externalId.";

/// Whether another vendor of the company has the external id of the body.
fn is_taken(call: &SandboxCall<'_>, store: &Store, own: &str) -> bool {
    let id = &call.body["externalId"];
    let mut all = store.vendors.of(call.company);
    id.is_string() && all.any(|one| one["externalId"] == *id && one["id"] != own)
}

fn own<'d>(call: &SandboxCall<'_>, store: &'d mut Store) -> Result<&'d mut Value, ApiError> {
    let row = store.vendors.find_mut(&call.id("id"));
    let row = row.filter(|row| row.company == call.company);
    row.map(|row| &mut row.json)
        .ok_or_else(|| ApiError::missing("vendor"))
}

/// The currency is written as in ISO 4217, the country as in ISO 3166-1 alpha-2.
fn check_codes(call: &SandboxCall<'_>) -> Result<(), ApiError> {
    let codes = [("defaultCurrency", 3, "three"), ("country", 2, "two")];
    for (name, length, word) in codes {
        let code = call.body.get(name).and_then(Value::as_str);
        let fits =
            |code: &str| code.len() == length && code.bytes().all(|byte| byte.is_ascii_uppercase());
        if !code.is_none_or(fits) {
            let message = format!("{name} must be {word} capital letters.");
            return Err(ApiError::invalid(message));
        }
    }
    Ok(())
}

fn fill(call: &SandboxCall<'_>, one: &mut Value) {
    let names = [
        "name",
        "defaultCurrency",
        "externalId",
        "code",
        "country",
        "registrationNumber",
        "taxRegistrationNumber",
    ];
    for name in names {
        if let Some(value) = call.body.get(name) {
            one[name] = value.clone();
        }
    }
    one["updatedAt"] = call.stamp();
}
