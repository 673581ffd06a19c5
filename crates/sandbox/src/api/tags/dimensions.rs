//! The dimensions of a tag group, beyond the standard ones.

use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::problem::ApiError;
use crate::api::tags::{STANDARD, all_dimensions, group, own_dimensions, standard_dimensions};
use crate::store::Store;

/// The handlers of the dimensions of tag groups, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("getTagGroupDimensions", list),
    ("createTagGroupDimension", create),
    ("getTagGroupDimension", read),
    ("updateTagGroupDimension", update),
    ("deleteTagGroupDimension", delete),
];

type ApiResult = Result<ApiResponse, ApiError>;

/// The standard dimensions are left out.
fn list(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let group = group(call, store, &call.id("groupId"))?;
    let own = own_dimensions(call, store, group).into_iter().cloned();
    Ok(ApiResponse::data(&own.collect()))
}

/// Adds it at the end; a position in the request is ignored.
fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let group = group(call, store, &call.id("groupId"))?.clone();
    check_code(call, store, &group, "")?;
    let last = own_dimensions(call, store, &group).last().copied();
    let last = last.and_then(|one| one["displayOrder"].as_u64());
    let new = json!({
        "id": store.id(), "groupId": group["id"], "code": call.body["code"],
        "name": call.body["name"], "visible": call.body["visible"],
        "displayOrder": last.unwrap_or(STANDARD.len() as u64) + 1,
        "createdAt": call.stamp(), "updatedAt": call.stamp(),
    });
    Ok(ApiResponse::created(
        store.dimensions.add(call.company, new),
    ))
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let group = group(call, store, &call.id("groupId"))?;
    let id = call.id("dimensionId");
    let all = all_dimensions(call, store, group);
    let found = all.iter().find(|one| one["id"] == id.as_str());
    found.map(ApiResponse::data).ok_or_else(missing)
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let id = changeable(call, store)?;
    let group = group(call, store, &call.id("groupId"))?.clone();
    check_code(call, store, &group, &id)?;
    let row = store.dimensions.find_mut(&id).ok_or_else(missing)?;
    for name in ["code", "name", "visible"] {
        row.json[name] = call.body[name].clone();
    }
    row.json["updatedAt"] = call.stamp();
    Ok(ApiResponse::data(&row.json))
}

/// Removes its values too.
fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let id = changeable(call, store)?;
    store.values.retain(|(_, dimension), _| *dimension != id);
    store.dimensions.remove(|one| one["id"] == id.as_str());
    Ok(ApiResponse::nothing())
}

fn missing() -> ApiError {
    ApiError::missing("dimension")
}

/// The id of a dimension of the group that is no standard one.
fn changeable(call: &SandboxCall<'_>, store: &Store) -> Result<String, ApiError> {
    let group = group(call, store, &call.id("groupId"))?;
    let id = call.id("dimensionId");
    let is = |one: &Value| one["id"] == id.as_str();
    if standard_dimensions(group).iter().any(is) {
        let message = "The standard dimensions name and code cannot be changed.";
        return Err(ApiError::invalid(message));
    }
    let own = own_dimensions(call, store, group);
    own.into_iter().find(|one| is(one)).ok_or_else(missing)?;
    Ok(id)
}

fn check_code(
    call: &SandboxCall<'_>,
    store: &Store,
    group: &Value,
    own: &str,
) -> Result<(), ApiError> {
    let all = all_dimensions(call, store, group);
    let taken = |one: &Value| one["code"] == call.body["code"] && one["id"] != own;
    if all.iter().any(taken) {
        let message = "Another dimension of the group has this code.";
        return Err(ApiError::conflict(message));
    }
    Ok(())
}
