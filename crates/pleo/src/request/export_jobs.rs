//! Calls about export jobs.

use super::bounds::{MOST_ITEMS, within};
use super::{ApiRequest, OutOfBounds, Slice};
use crate::export::job::{CreateExportJob, CreateExportJobEvent, UpdateExportJobItem};
use crate::export::status::{ExportJobItemStatus, ExportJobStatus};
use crate::id::{CompanyId, ExportJobId};
use crate::operation;

/// The export jobs of these statuses, of all where none is given; answered by a `Page<ExportJob>`.
/// With the token of an organisation the company is needed.
pub fn list(
    company: Option<&CompanyId>,
    statuses: &[ExportJobStatus],
    slice: &Slice,
) -> ApiRequest {
    ApiRequest::new(&operation::EXPORT_JOBS)
        .with_some("company_id", company.map(CompanyId::as_str))
        .with_all("statuses", statuses.iter().map(ExportJobStatus::as_str))
        .slice(slice)
}

/// Makes an export job; answered by an `Envelope<ExportJob>`, by 409 while another one runs.
pub fn create(body: &CreateExportJob) -> ApiRequest {
    ApiRequest::new(&operation::CREATE_EXPORT_JOB).body(body)
}

/// `GET /v3/export-jobs/{jobId}`; returns an `Envelope<ExportJob>`.
pub fn get(id: &ExportJobId) -> ApiRequest {
    ApiRequest::of(&operation::EXPORT_JOB, &[id.as_str()])
}

/// The items of a job, of one status where one is given; answered by a `Page<ExportJobItem>`.
pub fn items(id: &ExportJobId, status: Option<&ExportJobItemStatus>, slice: &Slice) -> ApiRequest {
    ApiRequest::of(&operation::EXPORT_JOB_ITEMS, &[id.as_str()])
        .with_some("status", status.map(ExportJobItemStatus::as_str))
        .slice(slice)
}

/// Reports how 1 to 100 items went; answered by an `ExportJobItemUpdate` without an envelope.
///
/// # Errors
///
/// More items, or none.
pub fn update_items(
    id: &ExportJobId,
    items: &Vec<UpdateExportJobItem>,
) -> Result<ApiRequest, OutOfBounds> {
    within("items", items.len(), 1, MOST_ITEMS)?;
    Ok(ApiRequest::of(&operation::UPDATE_EXPORT_JOB_ITEMS, &[id.as_str()]).body(items))
}

/// Starts, completes or fails a job; answered by 202 without a body.
pub fn report(event: &CreateExportJobEvent) -> ApiRequest {
    ApiRequest::new(&operation::CREATE_EXPORT_JOB_EVENT).body(event)
}
