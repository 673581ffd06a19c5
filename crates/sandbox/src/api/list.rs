//! A page of the records of a company: filtered, sorted by the requested fields, then by id.

use std::cmp::Ordering;

use outlay_pleo::status::PageOrder;
use serde_json::Value;

use crate::api::call::{ApiResponse, SandboxCall};
use crate::api::paging::{Bounds, PageQuery, USUAL};
use crate::api::problem::ApiError;
use crate::sample_data::company_entries::{absent_first, is_descending};
use crate::store::collection::Collection;

/// A page of a collection. `keys` are the fields that the list can be sorted by, the id among them.
///
/// # Errors
///
/// 400: the paging.
pub fn of_collection(
    call: &SandboxCall<'_>,
    collection: &Collection,
    keys: &[&str],
    keep: impl Fn(&Value) -> bool,
) -> Result<ApiResponse, ApiError> {
    of_collection_as(call, collection, keys, keep, Value::to_string)
}

/// The same, each record shown as `show` has it.
///
/// # Errors
///
/// 400: the paging.
pub fn of_collection_as(
    call: &SandboxCall<'_>,
    collection: &Collection,
    keys: &[&str],
    keep: impl Fn(&Value) -> bool,
    show: impl Fn(&Value) -> String,
) -> Result<ApiResponse, ApiError> {
    let page = PageQuery::read(call, keys, USUAL)?;
    let all = collection.rows();
    let mine = all.iter().enumerate().filter(|(_, row)| {
        let own = row.company == call.company && !row.gone;
        own && keep(&row.json)
    });
    let rows = mine.map(|(at, _)| at).collect();
    sorted(page, rows, |at| all.get(at).map(|row| &row.json), show)
}

/// A page of records that are made for this call. A record's place in the list is its row.
///
/// # Errors
///
/// 400: the paging.
pub fn of_records(
    call: &SandboxCall<'_>,
    records: &[Value],
    keys: &[&str],
    bounds: Bounds,
) -> Result<ApiResponse, ApiError> {
    let page = PageQuery::read(call, keys, bounds)?;
    let all = (0..records.len()).collect();
    sorted(page, all, |at| records.get(at), Value::to_string)
}

fn sorted<'a>(
    page: PageQuery,
    mut rows: Vec<usize>,
    record: impl Fn(usize) -> Option<&'a Value>,
    show: impl Fn(&Value) -> String,
) -> Result<ApiResponse, ApiError> {
    let sorting = page.sorting.clone();
    let compare = |left: usize, right: usize| {
        let (one, other) = (record(left), record(right));
        let by_keys = sorting.iter().map(|(key, order)| {
            let of = |record: Option<&'a Value>| record.and_then(|record| record.get(key));
            ordered(of(one), of(other), order)
        });
        let differing = by_keys.into_iter().find(|found| found.is_ne());
        let id = |record: Option<&'a Value>| record.and_then(|record| record["id"].as_str());
        differing.unwrap_or_else(|| id(one).cmp(&id(other)).then(left.cmp(&right)))
    };
    rows.sort_by(|left, right| compare(*left, *right));
    let place = |row: usize| {
        let known = record(row).is_some();
        known.then(|| rows.binary_search_by(|other| compare(*other, row)))
    };
    page.page(&rows, place, |row| record(row).map(&show))
}

/// Absent values are last in ascending order and first in descending order, unless the order states
/// otherwise.
fn ordered(left: Option<&Value>, right: Option<&Value>, order: &PageOrder) -> Ordering {
    let [left, right] = [left, right].map(|value| value.filter(|value| !value.is_null()));
    let first = if absent_first(order) {
        Ordering::Less
    } else {
        Ordering::Greater
    };
    match (left, right) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => first,
        (Some(_), None) => first.reverse(),
        (Some(left), Some(right)) => {
            let found = compare(left, right);
            if is_descending(order) {
                found.reverse()
            } else {
                found
            }
        }
    }
}

fn compare(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            let number = |number: &serde_json::Number| number.as_f64().unwrap_or_default();
            number(left).total_cmp(&number(right))
        }
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        _ => left.as_str().cmp(&right.as_str()),
    }
}
