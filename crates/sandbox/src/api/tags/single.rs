//! One tag.

use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::list;
use crate::api::problem::ApiError;
use crate::api::tags::{MOST_TAGS, group, own_dimensions, tag};
use crate::store::Store;

/// The handlers of single tags, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("getTags", of_group),
    ("createTag", create),
    ("getTag", read),
    ("updateTag", update),
    ("deleteTag", delete),
];

type ApiResult = Result<ApiResponse, ApiError>;

/// The fields by which tags can be sorted.
pub(super) const KEYS: [&str; 5] = ["id", "name", "code", "createdAt", "updatedAt"];

fn of_group(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let group = group(call, store, &call.id("groupId"))?;
    let archived = call.flag("include_archived");
    list::of_collection(call, &store.tags, &KEYS, |one| {
        one["groupId"] == group["id"] && (archived || one["archived"] == false)
    })
}

fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let group = group(call, store, &call.id("groupId"))?.clone();
    let tags = store.tags.of(call.company);
    if tags.filter(|one| one["groupId"] == group["id"]).count() >= MOST_TAGS {
        let message = format!("The group is full: it has {MOST_TAGS} tags.");
        return Err(ApiError::of(400, "TAG_GROUP_FULL", message));
    }
    check_code(call, store, &group, "")?;
    let dimensions = dimensions(call, store, &group)?;
    let mut new = json!({
        "id": store.id(), "groupId": group["id"], "code": call.body["code"],
        "archived": call.body["archived"], "createdAt": call.stamp(),
        "updatedAt": call.stamp(),
    });
    if let Some(name) = call.body.get("name") {
        new["name"] = name.clone();
    }
    set_values(call, store, &new, &dimensions);
    Ok(ApiResponse::created(store.tags.add(call.company, new)))
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    tag(call, store, &call.id("tagId")).map(ApiResponse::data)
}

fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let id = call.id("tagId");
    let mut new = tag(call, store, &id)?.clone();
    let group = group(call, store, new["groupId"].as_str().unwrap_or_default())?.clone();
    check_code(call, store, &group, &id)?;
    let dimensions = dimensions(call, store, &group)?;
    new["code"] = call.body["code"].clone();
    new["archived"] = call.body["archived"].clone();
    new["updatedAt"] = call.stamp();
    if let Some(fields) = new.as_object_mut() {
        // A replacement removes every field that it does not contain.
        fields.remove("name");
        let name = call.body.get("name").cloned();
        fields.extend(name.map(|name| ("name".to_owned(), name)));
    }
    if call.body["otherDimensionValues"].is_array() {
        store.values.retain(|(tag, _), _| *tag != id);
        set_values(call, store, &new, &dimensions);
    }
    let row = store.tags.find_mut(&id);
    let row = row.ok_or_else(|| ApiError::missing("tag"))?;
    row.json = new;
    Ok(ApiResponse::data(&row.json))
}

fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let id = call.id("tagId");
    tag(call, store, &id)?;
    store.values.retain(|(tag, _), _| *tag != id);
    store.tags.remove(|one| one["id"] == id.as_str());
    Ok(ApiResponse::nothing())
}

/// No two tags of a group have the same code.
fn check_code(
    call: &SandboxCall<'_>,
    store: &Store,
    group: &Value,
    own: &str,
) -> Result<(), ApiError> {
    let mut all = store.tags.of(call.company);
    let taken = |one: &Value| {
        let same = one["groupId"] == group["id"] && one["code"] == call.body["code"];
        same && one["id"] != own
    };
    if all.any(taken) {
        return Err(ApiError::conflict(
            "Another tag of the group has this code.",
        ));
    }
    Ok(())
}

/// Returns the ids of the group's own dimensions, if there are enough for the values in the body.
fn dimensions(
    call: &SandboxCall<'_>,
    store: &Store,
    group: &Value,
) -> Result<Vec<String>, ApiError> {
    let own = own_dimensions(call, store, group);
    let ids = own.iter().filter_map(|one| one["id"].as_str());
    let ids: Vec<String> = ids.map(str::to_owned).collect();
    let values = call.body["otherDimensionValues"].as_array();
    if values.is_some_and(|values| values.len() > ids.len()) {
        let message = "otherDimensionValues has more values than the group has dimensions.";
        return Err(ApiError::invalid(message));
    }
    Ok(ids)
}

fn set_values(call: &SandboxCall<'_>, store: &mut Store, tag: &Value, dimensions: &[String]) {
    let id = tag["id"].as_str().unwrap_or_default();
    let values = call.body["otherDimensionValues"].as_array();
    for (dimension, value) in dimensions.iter().zip(values.into_iter().flatten()) {
        let value = json!({
            "tagId": id, "dimensionId": dimension, "value": value,
            "createdAt": call.stamp(), "updatedAt": call.stamp(),
        });
        let key = (id.to_owned(), dimension.clone());
        store.values.insert(key, value);
    }
}
