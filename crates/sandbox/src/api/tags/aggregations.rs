//! Groups and tags together with all their dimensions.

use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::list;
use crate::api::problem::ApiError;
use crate::api::tags::many::is_wanted;
use crate::api::tags::single::KEYS;
use crate::api::tags::{all_dimensions, value_of};
use crate::store::Store;

/// The handlers of `/v0/aggregations`, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("getAggregatedTagGroups", groups),
    ("searchAggregatedTags", tags),
];

type ApiResult = Result<ApiResponse, ApiError>;

fn groups(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let ids: Vec<&str> = call.query.all("tag_group_ids").collect();
    let wanted = |one: &&Value| {
        let id = one["id"].as_str().unwrap_or_default();
        ids.is_empty() || ids.iter().any(|wanted| wanted.eq_ignore_ascii_case(id))
    };
    let groups = store.groups.of(call.company).filter(wanted);
    let shown = groups.map(|group| {
        let all = all_dimensions(call, store, group);
        let all: Vec<Value> = all.iter().map(dimension).collect();
        let mut shown = pick(
            group,
            &[
                "id",
                "companyId",
                "code",
                "name",
                "archived",
                "createdAt",
                "updatedAt",
            ],
        );
        shown["dimensions"] = json!(all);
        shown
    });
    Ok(ApiResponse::data(&shown.collect()))
}

fn tags(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let wanted = |one: &Value| is_wanted(call, one);
    let show = |one: &Value| aggregated(call, store, one).to_string();
    list::of_collection_as(call, &store.tags, &KEYS, wanted, show)
}

fn aggregated(call: &SandboxCall<'_>, store: &Store, tag: &Value) -> Value {
    let mut shown = tag.clone();
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("groupId");
    }
    shown["companyId"] = json!(call.company_id());
    let id = tag["groupId"].as_str().unwrap_or_default();
    let Some(group) = store.groups.find(id).map(|row| &row.json) else {
        return shown;
    };
    shown["group"] = pick(group, &["id", "code", "name"]);
    let all = all_dimensions(call, store, group);
    let valued = all.iter().filter_map(|one| {
        let mut shown = dimension(one);
        shown["value"] = value_of(store, tag, one)?["value"].clone();
        Some(shown)
    });
    shown["dimensions"] = json!(valued.collect::<Vec<_>>());
    shown
}

fn dimension(one: &Value) -> Value {
    pick(one, &["id", "code", "name", "displayOrder", "visible"])
}

fn pick(from: &Value, names: &[&str]) -> Value {
    let fields = names.iter().filter_map(|name| {
        let value = from.get(name)?;
        Some(((*name).to_owned(), value.clone()))
    });
    Value::Object(fields.collect())
}
