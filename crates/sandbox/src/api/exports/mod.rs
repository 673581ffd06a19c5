//! The Export API: [`jobs`] and their steps, the [`items`] of a job, and the whole [`payload`] of an
//! item.

pub mod items;
pub mod jobs;
pub mod payload;

use outlay_pleo::AccountingEntry;
use outlay_pleo::time::Instant;
use serde_json::{Value, json};

use crate::api::call::SandboxCall;
use crate::api::problem::ApiError;
use crate::sample_data::chart::has_contra;
use crate::store::Store;
use crate::store::job::{Job, JobItem};

/// Returns the job with this id and its index, if it is the caller's.
fn job<'d>(
    call: &SandboxCall<'_>,
    store: &'d Store,
    id: &str,
) -> Result<(usize, &'d Job), ApiError> {
    let found = store.job(id).filter(|(_, job)| job.company == call.company);
    found.ok_or_else(|| ApiError::of(404, "EXPORT_NOT_FOUND", "There is no such export job."))
}

/// A job as the API shows it. Clients measure the age of a job and the time until it expires with their
/// own clock, so a job that runs, or ended since the start, has instants of the computer's clock.
fn shown(call: &SandboxCall<'_>, job: &Job) -> Value {
    let is_recent = job.updated.seconds >= call.sample_data().opening().seconds;
    let ahead = if is_recent {
        call.sandbox.wall_ahead
    } else {
        0
    };
    let stamp = |instant: Instant| {
        let seconds = instant.seconds.saturating_add(ahead);
        Instant { seconds, ..instant }.format(3)
    };
    let failure = job.failure.as_ref();
    json!({
        "id": job.id,
        "status": job.status.word(),
        "numberOfItems": job.items.len(),
        "isInteractive": job.interactive,
        "vendorBasedBookkeeping": job.by_vendor,
        "expiresIn": job.expires_in,
        "createdAt": stamp(job.created),
        "createdBy": job.created_by,
        "startedAt": job.started.map(stamp),
        "lastUpdatedAt": stamp(job.updated),
        "completedAt": job.completed.map(stamp),
        "expiredAt": job.expired.map(stamp),
        "failureReason": failure.map(|(reason, _)| reason),
        "failureReasonType": failure.map(|(_, kind)| kind),
    })
}

/// An item as the API shows it. The result of an export before the start of the sandbox is in the
/// entry.
fn shown_item(job: &Job, item: &JobItem, entry: &AccountingEntry) -> Value {
    let successful = item.status == crate::store::job::ItemStatus::Successful;
    let report = item.report.as_deref().cloned();
    let report = report.unwrap_or_else(|| crate::store::job::ItemReport {
        external_id: successful.then(|| format!("LL-{:06}", item.entry + 1)),
        exported_at: successful.then(|| job.updated.format(0)),
        ..Default::default()
    });
    json!({
        "exportJobId": job.id,
        "accountingEntryId": entry.id.as_str(),
        "status": item.status.word(),
        "externalId": report.external_id,
        "externalUrl": report.external_url,
        "failureReason": report.failure_reason,
        "failureReasonType": report.failure_reason_type,
        "exportedAt": report.exported_at,
    })
}

/// Rejects entries whose booking needs the contra account if there is no live contra account.
fn check_contra<'a>(
    call: &SandboxCall<'_>,
    store: &Store,
    mut entries: impl Iterator<Item = &'a AccountingEntry>,
) -> Result<(), ApiError> {
    let id = store.contra.get(call.company).map_or("", String::as_str);
    let live = store
        .accounts
        .find(id)
        .is_some_and(|row| row.json["archived"] == false);
    if !live && entries.any(|entry| has_contra(&entry.family)) {
        let message = "There is no contra account for the wallet.";
        return Err(ApiError::of(400, "MISSING_CONTRA_ACCOUNTS", message));
    }
    Ok(())
}
