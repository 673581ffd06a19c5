//! Tag groups.

use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::problem::ApiError;
use crate::api::tags::group;
use crate::store::Store;

/// The handlers of tag groups, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("getTagGroups", list),
    ("createTagGroup", create),
    ("getTagGroup", read),
    ("updateTagGroup", update),
    ("deleteTagGroup", delete),
];

type ApiResult = Result<ApiResponse, ApiError>;

/// If company and organisation are given, the company counts. Only this operation documents that.
fn list(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let company = call.one("company_id");
    let organisation = call.one("organization_id");
    call.own(company, organisation.filter(|_| company.is_none()))?;
    let archived = call.flag("include_archived");
    let counted = call.flag("include_tags_count");
    let seen = store.groups.of(call.company);
    let seen = seen.filter(|one| archived || one["archived"] == false);
    let shown = seen.map(|one| {
        let mut shown = one.clone();
        if counted {
            let tags = store.tags.of(call.company);
            let own = tags.filter(|tag| tag["groupId"] == one["id"]);
            shown["totalTagsCount"] = json!(own.count());
        }
        shown
    });
    Ok(ApiResponse::data(&shown.collect()))
}

fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    check_code(call, store, "")?;
    let mut new = json!({
        "id": store.id(), "companyId": call.company_id(), "metadata": {},
        "createdAt": call.stamp(),
    });
    fill(call, &mut new);
    Ok(ApiResponse::created(store.groups.add(call.company, new)))
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    group(call, store, &call.id("groupId")).map(ApiResponse::data)
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    read(call, store)?;
    let id = call.id("groupId");
    check_code(call, store, &id)?;
    let row = store.groups.find_mut(&id);
    let row = row.ok_or_else(|| ApiError::missing("tag group"))?;
    fill(call, &mut row.json);
    Ok(ApiResponse::data(&row.json))
}

/// Removes its dimensions and tags too.
fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    read(call, store)?;
    let id = call.id("groupId");
    let tags = store.tags.of(call.company);
    let tags = tags.filter(|tag| tag["groupId"] == id.as_str());
    let tags: Vec<Value> = tags.map(|tag| tag["id"].clone()).collect();
    store
        .values
        .retain(|(tag, _), _| !tags.iter().any(|gone| gone == tag));
    store.tags.remove(|tag| tag["groupId"] == id.as_str());
    store.dimensions.remove(|one| one["groupId"] == id.as_str());
    store.groups.remove(|one| one["id"] == id.as_str());
    Ok(ApiResponse::nothing())
}

/// No two groups of a company have the same code.
fn check_code(call: &SandboxCall<'_>, store: &Store, own: &str) -> Result<(), ApiError> {
    let mut all = store.groups.of(call.company);
    if all.any(|one| one["code"] == call.body["code"] && one["id"] != own) {
        return Err(ApiError::conflict("Another tag group has this code."));
    }
    Ok(())
}

fn fill(call: &SandboxCall<'_>, one: &mut Value) {
    for name in ["archived", "code", "name", "metadata"] {
        if let Some(value) = call.body.get(name) {
            one[name] = value.clone();
        }
    }
    one["updatedAt"] = call.stamp();
}
