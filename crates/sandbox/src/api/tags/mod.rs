//! Tags: [`groups`] and their [`dimensions`], [`single`] tags, [`many`] at once, the [`values`] of a
//! tag in its dimensions, and [`aggregations`] of all that.
//!
//! Every tag has a code and mostly a name. These two are the standard dimensions of its group: they
//! show in aggregations, can be read by their ids, and cannot be changed as dimensions.

pub mod aggregations;
pub mod dimensions;
pub mod groups;
pub mod many;
pub mod single;
pub mod values;

use serde_json::{Value, json};

use crate::api::call::SandboxCall;
use crate::api::problem::ApiError;
use crate::sample_data::receipt::hash;
use crate::store::Store;

/// Most tags of a group; Pleo documents a limit without a number.
pub const MOST_TAGS: usize = 200;

/// The standard dimensions: code and name, in the order in which they are shown.
const STANDARD: [(&str, &str); 2] = [("code", "Code"), ("name", "Name")];

/// The group of this id, if it is the caller's.
fn group<'d>(call: &SandboxCall<'_>, store: &'d Store, id: &str) -> Result<&'d Value, ApiError> {
    let row = store.groups.find(id);
    let own = row.filter(|row| row.company == call.company);
    own.map(|row| &row.json)
        .ok_or_else(|| ApiError::missing("tag group"))
}

/// The tag of this id, if it is the caller's.
fn tag<'d>(call: &SandboxCall<'_>, store: &'d Store, id: &str) -> Result<&'d Value, ApiError> {
    let row = store.tags.find(id);
    let own = row.filter(|row| row.company == call.company);
    own.map(|row| &row.json)
        .ok_or_else(|| ApiError::missing("tag"))
}

/// The dimensions that a group has beyond the standard ones, in the order in which they are shown.
fn own_dimensions<'d>(call: &SandboxCall<'_>, store: &'d Store, group: &Value) -> Vec<&'d Value> {
    let all = store.dimensions.of(call.company);
    let mut own: Vec<&Value> = all.filter(|one| one["groupId"] == group["id"]).collect();
    own.sort_by_key(|one| one["displayOrder"].as_i64());
    own
}

/// The standard dimensions of a group.
fn standard_dimensions(group: &Value) -> Vec<Value> {
    let numbered = STANDARD.iter().enumerate();
    numbered
        .map(|(at, (code, name))| {
            json!({
                "id": standard_id(group, code), "groupId": group["id"], "code": code,
                "name": name, "displayOrder": at + 1, "visible": true,
                "createdAt": group["createdAt"], "updatedAt": group["createdAt"],
            })
        })
        .collect()
}

/// Every dimension of a group.
fn all_dimensions(call: &SandboxCall<'_>, store: &Store, group: &Value) -> Vec<Value> {
    let mut all = standard_dimensions(group);
    all.extend(own_dimensions(call, store, group).into_iter().cloned());
    all
}

/// The id of a standard dimension, derived from that of its group.
fn standard_id(group: &Value, code: &str) -> String {
    let group = group["id"].as_str().unwrap_or_default();
    let (high, low) = (
        hash(&format!("{group}{code}")),
        hash(&format!("{code}{group}")),
    );
    let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
    let (fourth, fifth) = (low >> 48 & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
    format!("{first:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{fifth:012x}")
}

/// The value of a tag in a dimension of its group.
fn value_of(store: &Store, tag: &Value, dimension: &Value) -> Option<Value> {
    let text = |one: &Value| one["id"].as_str().unwrap_or_default().to_owned();
    let stored = store.values.get(&(text(tag), text(dimension)));
    let standard = STANDARD.iter().find(|(code, _)| dimension["code"] == *code);
    let own = standard.and_then(|(code, _)| tag.get(code)).map(|value| {
        json!({
            "tagId": tag["id"], "dimensionId": dimension["id"], "value": value,
            "createdAt": tag["createdAt"], "updatedAt": tag["updatedAt"],
        })
    });
    stored.cloned().or(own)
}
