//! The values of a tag in the dimensions of its group.

use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::problem::ApiError;
use crate::api::tags::{all_dimensions, group, own_dimensions, standard_dimensions, tag, value_of};
use crate::store::Store;

/// The handlers of a tag's values, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("getTagDimensionValues", list),
    ("getDimensionValue", read),
    ("createDimensionValue", create),
    ("updateDimensionValue", update),
    ("deleteDimensionValue", delete),
];

type ApiResult = Result<ApiResponse, ApiError>;

/// The standard dimensions are left out.
fn list(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let tag = tag(call, store, &call.id("tagId"))?;
    let group = group(call, store, tag["groupId"].as_str().unwrap_or_default())?;
    let own = own_dimensions(call, store, group);
    let values = own.iter().filter_map(|one| value_of(store, tag, one));
    Ok(ApiResponse::data(&values.collect()))
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let tag = tag(call, store, &call.id("tagId"))?;
    let group = group(call, store, tag["groupId"].as_str().unwrap_or_default())?;
    let id = call.id("dimensionId");
    let all = all_dimensions(call, store, group);
    let dimension = all.iter().find(|one| one["id"] == id.as_str());
    let dimension = dimension.ok_or_else(|| ApiError::missing("dimension"))?;
    let value = value_of(store, tag, dimension);
    value
        .map(|value| ApiResponse::data(&value))
        .ok_or_else(missing)
}

fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let key = changeable(call, store)?;
    if store.values.contains_key(&key) {
        let message = "The tag has a value in this dimension.";
        return Err(ApiError::conflict(message));
    }
    let new = json!({
        "tagId": key.0, "dimensionId": key.1, "value": call.body["value"],
        "createdAt": call.stamp(), "updatedAt": call.stamp(),
    });
    let answer = ApiResponse::created(&new);
    store.values.insert(key, new);
    Ok(answer)
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let key = changeable(call, store)?;
    let value = store.values.get_mut(&key).ok_or_else(missing)?;
    value["value"] = call.body["value"].clone();
    value["updatedAt"] = call.stamp();
    Ok(ApiResponse::data(value))
}

/// Deletes the value and responds with it.
fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let key = changeable(call, store)?;
    let gone = store.values.remove(&key).ok_or_else(missing)?;
    Ok(ApiResponse::data(&gone))
}

fn missing() -> ApiError {
    ApiError::missing("value")
}

/// The tag and the dimension, which is one of the tag's group and no standard one.
fn changeable(call: &SandboxCall<'_>, store: &Store) -> Result<(String, String), ApiError> {
    let tag_id = call.id("tagId");
    let tag = tag(call, store, &tag_id)?;
    let group = group(call, store, tag["groupId"].as_str().unwrap_or_default())?;
    let id = call.id("dimensionId");
    let is = |one: &Value| one["id"] == id.as_str();
    if standard_dimensions(group).iter().any(is) {
        let message = "Name and code are changed with the tag itself.";
        return Err(ApiError::invalid(message));
    }
    if !own_dimensions(call, store, group).into_iter().any(is) {
        return Err(ApiError::missing("dimension"));
    }
    Ok((tag_id, id))
}
