//! Export jobs: creation, reading and status changes.

use std::collections::HashSet;

use axum::http::StatusCode;
use outlay_pleo::AccountingEntry;
use outlay_pleo::status::EntryExportStatus;
use serde_json::Value;

use crate::api::call::{ApiResponse, Handler, SandboxCall};
use crate::api::exports::{check_contra, job, shown};
use crate::api::list;
use crate::api::paging::EXPORT;
use crate::api::problem::ApiError;
use crate::store::Store;
use crate::store::job::{EXPIRES_IN, ItemStatus, Job, JobItem, JobStatus, JobTransition};

/// The handlers of export jobs and their events, by `operationId`.
pub const HANDLERS: &[(&str, Handler)] = &[
    ("getExportJobsListV3", list),
    ("createExportJobV3", create),
    ("getExportJobByIdV3", read),
    ("createExportJobEventV3", step),
];

type ApiResult = Result<ApiResponse, ApiError>;

fn list(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_query()?;
    let statuses: Vec<&str> = call.query.all("statuses").collect();
    // Jobs are never removed, and keep their places.
    let jobs = store.jobs.iter().filter(|job| job.company == call.company);
    let wanted = jobs.filter(|job| statuses.is_empty() || statuses.contains(&job.status.word()));
    let rows: Vec<Value> = wanted.map(|job| whole(call, job)).collect();
    let keys = [
        "id",
        "createdAt",
        "lastUpdatedAt",
        "status",
        "numberOfItems",
    ];
    list::of_records(call, &rows, &keys, EXPORT)
}

fn whole(call: &SandboxCall<'_>, job: &Job) -> Value {
    let mut shown = shown(call, job);
    shown["companyId"] = Value::from(call.company_id());
    shown
}

fn create(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    call.own_body()?;
    let mut running = store.jobs.iter().filter(|job| job.status.runs());
    if running.any(|job| job.company == call.company) {
        let message = "Another export job of the company is pending or in progress.";
        return Err(ApiError::of(409, "EXPORT_ALREADY_IN_PROGRESS", message));
    }
    let created_by = employee(call)?;
    let rows = rows(call, store)?;
    let entries = rows.iter();
    let entries = entries.filter_map(|row| store.entry(call.sample_data(), (call.company, *row)));
    check_contra(call, store, entries)?;
    let items = rows.into_iter().map(|entry| JobItem {
        entry,
        status: ItemStatus::Pending,
        report: None,
    });
    let new = Job {
        items: items.collect(),
        id: store.id(),
        company: call.company,
        status: JobStatus::Pending,
        interactive: call.body["isInteractive"] != false,
        by_vendor: call.body["options"]["vendorBasedBookkeeping"] == true,
        expires_in: EXPIRES_IN,
        created: call.now,
        created_by,
        started: None,
        updated: call.now,
        completed: None,
        expired: None,
        failure: None,
    };
    let answer = ApiResponse::created(&whole(call, &new));
    store.jobs.push(new);
    store.settle(call.sample_data(), store.jobs.len() - 1);
    Ok(answer)
}

fn read(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let (_, job) = job(call, store, &call.id("jobId"))?;
    Ok(ApiResponse::data(&whole(call, job)))
}

fn step(call: &SandboxCall<'_>, store: &mut Store) -> ApiResult {
    let (at, _) = job(call, store, call.text("jobId"))?;
    let (reason, kind) = (call.text("failureReason"), call.text("failureReasonType"));
    let step = match call.text("event") {
        "started" => JobTransition::Started,
        "completed" => JobTransition::Completed,
        "completed_with_errors" => JobTransition::CompletedWithErrors,
        _ => JobTransition::Failed(reason.to_owned(), kind.to_owned()),
    };
    let explained = !reason.is_empty() || !kind.is_empty();
    if explained && !matches!(step, JobTransition::Failed(..)) {
        let message = "failureReason and failureReasonType go with the event failed only.";
        return Err(ApiError::invalid(message));
    }
    let now = call.now;
    let taken = store
        .jobs
        .get_mut(at)
        .is_some_and(|job| job.step(step, now));
    if !taken {
        let message = "Export Job status change failed";
        return Err(ApiError::of(
            422,
            "INVALID_EXPORT_JOB_STATUS_CHANGE",
            message,
        ));
    }
    store.settle(call.sample_data(), at);
    Ok(ApiResponse::nothing().with(StatusCode::ACCEPTED))
}

/// The creator of the job: an employee of the company, if the body names one.
fn employee(call: &SandboxCall<'_>) -> Result<Option<String>, ApiError> {
    let Some(id) = call.body["employeeId"].as_str() else {
        return Ok(None);
    };
    let mut own = call.sample_data().employees().iter();
    let known = own.find(|one| {
        one.company_id == call.company_id() && one.id.as_str().eq_ignore_ascii_case(id)
    });
    let known = known.map(|one| Some(one.id.to_string()));
    known.ok_or_else(|| ApiError::invalid("employeeId is no employee of the company."))
}

/// The rows of the entries, each of which can be exported.
fn rows(call: &SandboxCall<'_>, store: &Store) -> Result<Vec<usize>, ApiError> {
    let ids = call.body["accountingEntryIds"].as_array();
    let ids = ids.into_iter().flatten().filter_map(Value::as_str);
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    for (at, id) in ids.enumerate() {
        let company_entries = call.sample_data().all_companies().get(call.company);
        let row = company_entries
            .and_then(|company_entries| company_entries.row(&id.to_ascii_lowercase()));
        let entry = row.and_then(|row| store.entry(call.sample_data(), (call.company, row)));
        let refused = |why: &str| ApiError::invalid(format!("accountingEntryIds[{at}] {why}"));
        let (Some(row), Some(entry)) = (row, entry) else {
            return Err(refused("is no entry of the company."));
        };
        if !can_be_exported(entry) {
            return Err(refused(
                "cannot be exported: it is not settled, or has been.",
            ));
        }
        if !seen.insert(row) {
            return Err(refused("stands there a second time."));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(ApiError::invalid("accountingEntryIds is empty."));
    }
    Ok(rows)
}

fn can_be_exported(entry: &AccountingEntry) -> bool {
    use EntryExportStatus::{Created, NotExported, Queued};
    let waits = matches!(entry.export_status, Created | NotExported | Queued);
    waits && entry.settled_at.is_some() && entry.deleted_at.is_none()
}
