//! Calls about export items.

use super::{ApiRequest, Slice};
use crate::id::ExportJobId;
use crate::operation;

/// The bookkeeping data of a job's items, while it is pending or runs; answered by a
/// `Page<ExportItem>`.
pub fn list(job: &ExportJobId, slice: &Slice) -> ApiRequest {
    ApiRequest::new(&operation::EXPORT_ITEMS)
        .with("job_id", job.as_str())
        .slice(slice)
}
