//! The items of a job: read by status, and updated by up to a hundred at once.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::exports::{job, shown_item};
use crate::api::paging::{EXPORT, PageQuery};
use crate::api::problem::ApiError;
use crate::store::Store;
use crate::store::job::{ItemReport, ItemStatus, Job, JobItem, JobStatus};

/// The handlers of the items of export jobs, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("getExportJobItemsV3", list),
    ("updateExportJobItemsV3", update),
    ("getExportJobItemByAccountingEntryIdV3", of_entry),
    ("searchExportJobItemsV3", search),
];

type ApiResult = Result<ApiResponse, ApiError>;

fn list(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let (_, job) = job(call, store, &call.id("jobId"))?;
    let wanted = call.one("status");
    let items = job.items.iter().map(|item| (job, item));
    page(call, store, items.filter(|(_, item)| fits(item, wanted)))
}

fn fits(item: &JobItem, wanted: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| item.status.word() == wanted)
}

/// A page of items. They have no id to sort by, so they have the order of the jobs, which can be
/// reversed.
fn page<'d>(
    call: &SandboxCall<'_>,
    store: &Store,
    items: impl Iterator<Item = (&'d Job, &'d JobItem)>,
) -> ApiResult {
    let page = PageQuery::read(call, &["accountingEntryId"], EXPORT)?;
    let all: Vec<_> = items.collect();
    let mut rows: Vec<usize> = (0..all.len()).collect();
    let id = |row: usize| {
        let (job, item) = all.get(row)?;
        let entry = store.entry(call.sample_data(), (job.company, item.entry))?;
        Some(entry.id.as_str())
    };
    if let Some((_, order)) = page.sorting.first() {
        rows.sort_by(|left, right| id(*left).cmp(&id(*right)));
        if crate::sample_data::company_entries::is_descending(order) {
            rows.reverse();
        }
    }
    let place = |row: usize| rows.iter().position(|one| *one == row).map(Ok);
    page.page(&rows, place, |row| {
        let (job, item) = all.get(row)?;
        let entry = store.entry(call.sample_data(), (job.company, item.entry))?;
        Some(shown_item(job, item, entry).to_string())
    })
}

/// Updates each item separately: invalid updates are among the errors.
fn update(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let (at, own) = job(call, store, &call.id("jobId"))?;
    if own.status != JobStatus::InProgress {
        let message = "Items can be updated while their job is in progress.";
        return Err(ApiError::of(
            422,
            "EXPORT_JOB_STATUS_UNPROCESSABLE",
            message,
        ));
    }
    let sample_data = call.sample_data();
    let numbered = own.items.iter().enumerate();
    let places = numbered.filter_map(|(place, item)| {
        let entry = store.entry(sample_data, (call.company, item.entry))?;
        Some((entry.id.to_string(), place))
    });
    let places: HashMap<String, usize> = places.collect();
    let (mut data, mut errors) = (Vec::new(), Vec::new());
    for reported in call.body.as_array().into_iter().flatten() {
        let id = reported["accountingEntryId"].as_str().unwrap_or_default();
        let mut refuse = |kind: &str, message: &str| {
            let error = json!({ "accountingEntryId": id, "type": kind, "message": message });
            errors.push(error);
        };
        let Some(place) = places.get(&id.to_ascii_lowercase()) else {
            let message = "The entry is not in this job.";
            refuse("ACCOUNTING_ENTRY_DOES_NOT_EXIST", message);
            continue;
        };
        let Some(job) = store.jobs.get_mut(at) else {
            continue;
        };
        let again = job.items.get(*place).is_some_and(JobItem::was_reported);
        let mut tokens = call.sandbox.token_store();
        tokens.counters.item_updates += 1;
        tokens.counters.item_updates_again += u64::from(again);
        drop(tokens);
        let status = reported["status"].as_str().and_then(ItemStatus::named);
        let done =
            status.is_some_and(|status| job.report(*place, status, report(reported), call.now));
        if done {
            data.push(*place);
        } else {
            let message = "The item cannot be given this status.";
            refuse("EXPORT_ENTRY_STATUS_UPDATE_FAILED", message);
        }
    }
    let (_, own) = job(call, store, &call.id("jobId"))?;
    let shown = data.iter().filter_map(|place| {
        let item = own.items.get(*place)?;
        let entry = store.entry(sample_data, (call.company, item.entry))?;
        Some(shown_item(own, item, entry))
    });
    let data: Vec<Value> = shown.collect();
    Ok(ApiResponse::text(
        json!({ "data": data, "errors": errors }).to_string(),
    ))
}

fn report(reported: &Value) -> ItemReport {
    let text = |name: &str| reported[name].as_str().map(str::to_owned);
    ItemReport {
        external_id: text("externalId"),
        external_url: text("externalUrl"),
        failure_reason: text("failureReason"),
        failure_reason_type: text("failureReasonType"),
        exported_at: text("exportedAt"),
    }
}

/// The latest item of an entry.
fn of_entry(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let id = call.one("accounting_entry_id");
    let id = id.ok_or_else(|| ApiError::invalid("accounting_entry_id is missing."))?;
    let found = own_items(call, store).filter_map(|(job, item)| {
        let entry = store.entry(call.sample_data(), (job.company, item.entry))?;
        let same = entry.id.as_str().eq_ignore_ascii_case(id);
        same.then(|| shown_item(job, item, entry))
    });
    let message = "The entry is in no export job.";
    let missing = || ApiError::of(404, "EXPORT_ENTRY_NOT_FOUND", message);
    found
        .last()
        .map(|item| ApiResponse::data(&item))
        .ok_or_else(missing)
}

fn search(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let wanted = call.body["status"].as_str();
    let ids = call.body["accountingEntryIds"].as_array();
    let ids = ids.into_iter().flatten().filter_map(Value::as_str);
    let company_entries = call.sample_data().all_companies().get(call.company);
    let rows = ids.filter_map(|id| company_entries?.row(&id.to_ascii_lowercase()));
    let rows: Vec<usize> = rows.collect();
    let items = own_items(call, store).filter(|(_, item)| rows.contains(&item.entry));
    page(call, store, items.filter(|(_, item)| fits(item, wanted)))
}

fn own_items<'d>(
    call: &SandboxCall<'_>,
    store: &'d Store,
) -> impl Iterator<Item = (&'d Job, &'d JobItem)> {
    let company = call.company;
    let jobs = store.jobs.iter().filter(move |job| job.company == company);
    jobs.flat_map(|job| job.items.iter().map(move |item| (job, item)))
}
