//! Searches over the tags of all groups, and changes of up to a hundred tags.

use serde_json::Value;

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::list;
use crate::api::problem::ApiError;
use crate::api::search_filter::{contains, holds_id};
use crate::api::tags::single::KEYS;
use crate::api::tags::tag;
use crate::store::Store;

/// The handlers that change or list several tags, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("searchTagsGet", search_by_query),
    ("searchTagsPost", search_by_body),
    ("bulkDeleteTags", delete),
    ("bulkArchiveTags", archive),
];

type ApiResult = Result<ApiResponse, ApiError>;

fn search_by_query(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let groups: Vec<&str> = call.query.all("tag_group_id").collect();
    let archived = call.flag("include_archived");
    let text = call.one("text_search");
    list::of_collection(call, &store.tags, &KEYS, |one| {
        let group = one["groupId"].as_str().unwrap_or_default();
        let grouped = groups.iter().any(|id| id.eq_ignore_ascii_case(group));
        (groups.is_empty() || grouped)
            && (archived || one["archived"] == false)
            && contains(&one["name"], text)
    })
}

fn search_by_body(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    list::of_collection(call, &store.tags, &KEYS, |one| is_wanted(call, one))
}

/// Whether a tag matches the body. `archived` takes precedence over `includeArchived`; without
/// both, only live tags match.
pub(super) fn is_wanted(call: &SandboxCall<'_>, one: &Value) -> bool {
    let wanted = &call.body;
    let is_live = match wanted["archived"].as_bool() {
        Some(archived) => one["archived"] == archived,
        None => wanted["includeArchived"] == true || one["archived"] == false,
    };
    is_live
        && holds_id(&wanted["tagGroupIds"], &one["groupId"])
        && holds_id(&wanted["tagIds"], &one["id"])
        && contains(&one["name"], wanted["textSearch"].as_str())
}

/// Changes all of them or none.
fn delete(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let ids = ids(call, store)?;
    store.values.retain(|(tag, _), _| !ids.contains(tag));
    let gone = |one: &Value| ids.iter().any(|id| one["id"] == id.as_str());
    store.tags.remove(gone);
    Ok(ApiResponse::nothing())
}

/// Changes all of them or none.
fn archive(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let ids = ids(call, store)?;
    let mut shown = Vec::new();
    for id in ids {
        if let Some(row) = store.tags.find_mut(&id) {
            row.json["archived"] = call.body["archived"].clone();
            row.json["updatedAt"] = call.stamp();
            shown.push(row.json.clone());
        }
    }
    Ok(ApiResponse::data(&Value::Array(shown)))
}

fn ids(call: &SandboxCall<'_>, store: &Store) -> Result<Vec<String>, ApiError> {
    call.own_body()?;
    let ids = call.body["tagIds"].as_array().into_iter().flatten();
    let ids = ids.filter_map(Value::as_str).map(str::to_ascii_lowercase);
    let ids: Vec<String> = ids.collect();
    for id in &ids {
        tag(call, store, id)?;
    }
    Ok(ids)
}
