//! The chart of accounts.

use std::collections::HashSet;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::list;
use crate::api::problem::ApiError;
use crate::api::search_filter::{contains, holds, holds_id};
use crate::sample_data::account_list::ACCOUNTS;
use crate::store::Store;

/// The handlers of `/v1/chart-of-accounts`, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("createAccountV1", create),
    ("createAccountsBatchV1", create_batch),
    ("getAccountV1", read),
    ("updateAccountV1", update),
    ("deleteAccountV1", delete),
    ("searchAccountsV1", search),
];

type ApiResult = Result<ApiResponse, ApiError>;

/// The longest text of an account.
const LONGEST: usize = 255;

/// 201 creates it, 200 finds an equal one, 409 finds a different one with that external id.
fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_body()?;
    if let Some(known) = of_external_id(call, store, call.text("externalId")) {
        let same = FIELDS.iter().all(|name| known[*name] == call.body[*name]);
        return if same {
            Ok(ApiResponse::data(known))
        } else {
            Err(ApiError::conflict("Another account has this externalId."))
        };
    }
    let new = account(call, store, &call.body);
    Ok(ApiResponse::created(store.accounts.add(call.company, new)))
}

/// Creates the valid items and returns the others with their reasons.
fn create_batch(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_body()?;
    let items = call.body["items"].as_array();
    let (mut created, mut failed) = (Vec::new(), Vec::new());
    let known = store.accounts.of(call.company);
    let mut taken: HashSet<String> = known
        .filter_map(|one| one["externalId"].as_str().map(str::to_owned))
        .collect();
    for item in items.into_iter().flatten() {
        let mut reasons = reasons(item);
        let external_id = item["externalId"].as_str().unwrap_or_default();
        if reasons.is_empty() && !taken.insert(external_id.to_owned()) {
            reasons.push("EXTERNAL_ID_ALREADY_EXISTS");
        }
        if reasons.is_empty() {
            let new = account(call, store, item);
            created.push(store.accounts.add(call.company, new).clone());
        } else {
            failed.push(json!({ "request": item, "reasons": reasons }));
        }
    }
    let done = ApiResponse::data(&json!({ "created": created, "failed": failed }));
    Ok(done.with(StatusCode::CREATED))
}

fn reasons(item: &Value) -> Vec<&'static str> {
    let length = |name: &str| item[name].as_str().map_or(0, |text| text.chars().count());
    let rules = [
        (length("externalId") == 0, "EXTERNAL_ID_EMPTY"),
        (length("externalId") > LONGEST, "EXTERNAL_ID_TOO_LONG"),
        (length("name") == 0, "NAME_EMPTY"),
        (length("name") > LONGEST, "NAME_TOO_LONG"),
        (length("code") > LONGEST, "CODE_TOO_LONG"),
    ];
    let broken = rules.into_iter().filter(|(broken, _)| *broken);
    broken.map(|(_, reason)| reason).collect()
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let row = store.accounts.find(&call.id("accountId"));
    let own = row.filter(|row| row.company == call.company);
    own.map(|row| ApiResponse::data(&row.json))
        .ok_or_else(|| ApiError::missing("account"))
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let row = store.accounts.find_mut(&call.id("accountId"));
    let own = row.filter(|row| row.company == call.company);
    let row = own.ok_or_else(|| ApiError::missing("account"))?;
    // A replacement removes every field that it does not contain, except the external id, which it
    // cannot contain.
    for name in FIELDS {
        row.json[*name] = call.body[*name].clone();
    }
    Ok(ApiResponse::data(&row.json))
}

/// An account that an entry is booked on can only be archived, and so can the contra account.
fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    read(call, store)?;
    let id = call.id("accountId");
    if store.contra.contains(&id) || is_linked(call, &id) {
        let message = "The account is linked to entries. Archive it instead.";
        return Err(ApiError::conflict(message));
    }
    store.accounts.remove(|one| one["id"] == id.as_str());
    Ok(ApiResponse::nothing())
}

fn search(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_body()?;
    let wanted = &call.body;
    let contra = &store.contra;
    let yes = |name: &str| wanted[name] == true;
    let is_contra = |one: &Value| contra.iter().any(|id| one["id"] == id.as_str());
    // A category is an account that users can choose: one that entries have.
    let in_category = |one: &Value| ACCOUNTS.iter().any(|known| one["code"] == known.code);
    let keys = ["id", "name", "code", "externalId"];
    list::of_collection(call, &store.accounts, &keys, |one| {
        (wanted["archived"].is_null() || one["archived"] == wanted["archived"])
            && (wanted["externalId"].is_null() || one["externalId"] == wanted["externalId"])
            && (wanted["code"].is_null() || one["code"] == wanted["code"])
            && holds(&wanted["codes"], &one["code"])
            && holds_id(&wanted["ids"], &one["id"])
            && contains(&one["name"], wanted["name"].as_str())
            && !(yes("excludeIfAssignedToCategory") && in_category(one))
            && !(yes("excludeIfAssignedToContraAccount") && is_contra(one))
    })
}

const FIELDS: &[&str] = &["name", "archived", "code", "taxCodeExternalId", "metadata"];

fn account(call: &SandboxCall<'_>, store: &mut Store, item: &Value) -> Value {
    let mut new = json!({
        "id": store.id(), "companyId": call.company_id(), "externalId": item["externalId"],
    });
    for name in FIELDS {
        new[*name] = item[*name].clone();
    }
    new
}

fn of_external_id<'d>(call: &SandboxCall<'_>, store: &'d Store, id: &str) -> Option<&'d Value> {
    store
        .accounts
        .of(call.company)
        .find(|one| one["externalId"] == id)
}

fn is_linked(call: &SandboxCall<'_>, id: &str) -> bool {
    let company_entries = call.sample_data().all_companies().get(call.company);
    let mut entries = company_entries
        .into_iter()
        .flat_map(|company_entries| company_entries.entries());
    entries.any(|entry| {
        let parts = entry.split_items.iter().map(|part| &part.account_id);
        let mut all = parts.chain([&entry.account_id]);
        all.any(|own| own.as_ref().is_some_and(|own| *own == id))
    })
}
