//! Export jobs, their items as a list of ids and statuses, and the updates of both.
//!
//! Source: pages `reference/export-api/export-api-v3`.

use outlay_wire::record;

use super::status::ExportJobEventType;
use super::status::ExportJobFailureReasonType;
use super::status::ExportJobItemFailureReasonType;
use super::status::ExportJobItemStatus;
use super::status::ExportJobItemUpdateErrorType;
use super::status::ExportJobStatus;
use crate::id::{AccountingEntryId, CompanyId, EmployeeId, ExportJobId};

/// An export job: a set of entries that is exported to the ledger in one run. A company has at most
/// one job in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJob {
    /// UUID.
    pub id: ExportJobId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Status of the job; an undocumented value is kept as text.
    pub status: ExportJobStatus,
    /// Number of items in the job, one for each entry.
    pub number_of_items: i32,
    /// `true` if a user started the job, `false` if a background process did.
    pub is_interactive: bool,
    /// Whether entries are booked against vendors.
    pub vendor_based_bookkeeping: bool,
    /// Seconds from `last_updated_at` until the job expires.
    pub expires_in: i32,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// Who made it, as UUID.
    pub created_by: Option<String>,
    /// When it was started; RFC 3339.
    pub started_at: Option<String>,
    /// When it was last updated; RFC 3339.
    pub last_updated_at: Option<String>,
    /// When it was completed; RFC 3339.
    pub completed_at: Option<String>,
    /// When it expired; RFC 3339.
    pub expired_at: Option<String>,
    /// Reason of a failure, in words for the user; `None` unless the job failed.
    pub failure_reason: Option<String>,
    /// Reason of a failure as a code; an undocumented value is kept as text.
    pub failure_reason_type: Option<ExportJobFailureReasonType>,
}

record!(ExportJob {
    id = "id", company_id = "companyId", status = "status", number_of_items = "numberOfItems",
    is_interactive = "isInteractive", vendor_based_bookkeeping = "vendorBasedBookkeeping",
    expires_in = "expiresIn", created_at = "createdAt", created_by = "createdBy",
    started_at = "startedAt", last_updated_at = "lastUpdatedAt", completed_at = "completedAt",
    expired_at = "expiredAt", failure_reason = "failureReason",
    failure_reason_type = "failureReasonType",
});

/// Request body of `POST /v3/export-jobs`. Pleo answers 409 if the company has a job in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateExportJob {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The accounting entries' UUIDs.
    pub accounting_entry_ids: Vec<AccountingEntryId>,
    /// Who exports, as UUID.
    pub employee_id: Option<EmployeeId>,
    /// Whether a user starts the job; `None` counts as `true`.
    pub is_interactive: Option<bool>,
    /// Options of the job; `None` for Pleo's defaults.
    pub options: Option<ExportOptions>,
}

record!(CreateExportJob {
    company_id = "companyId", accounting_entry_ids = "accountingEntryIds",
    employee_id = "employeeId", is_interactive = "isInteractive", options = "options",
});

/// Options of a new export job; absent ones have Pleo's defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// Whether entries are booked against vendors; `None` counts as `false`.
    pub vendor_based_bookkeeping: Option<bool>,
}

record!(ExportOptions {
    vendor_based_bookkeeping = "vendorBasedBookkeeping",
});

/// Request body of `POST /v3/export-job-events`, which changes a job's status (202; 422 for an
/// invalid change).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateExportJobEvent {
    /// The job's UUID.
    pub job_id: ExportJobId,
    /// The status change: started, completed, completed with errors or failed.
    pub event: ExportJobEventType,
    /// Reason in words for the user; valid only with `failed`.
    pub failure_reason: Option<String>,
    /// Reason as a code; valid only with `failed`.
    pub failure_reason_type: Option<ExportJobFailureReasonType>,
}

record!(CreateExportJobEvent {
    job_id = "jobId", event = "event", failure_reason = "failureReason",
    failure_reason_type = "failureReasonType",
});

/// Status of one item of an export job; it has no bookkeeping data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJobItem {
    /// The job's UUID.
    pub export_job_id: ExportJobId,
    /// The accounting entry's UUID.
    pub accounting_entry_id: AccountingEntryId,
    /// Status of the item; an undocumented value is kept as text.
    pub status: ExportJobItemStatus,
    /// Id that the target system gave the entry; `None` before the export.
    pub external_id: Option<String>,
    /// Address of the entry in the target system.
    pub external_url: Option<String>,
    /// Reason of a failure, in words for the user; `None` unless the item failed.
    pub failure_reason: Option<String>,
    /// Reason of a failure as a code; an undocumented value is kept as text.
    pub failure_reason_type: Option<ExportJobItemFailureReasonType>,
    /// When it was exported; RFC 3339.
    pub exported_at: Option<String>,
}

record!(ExportJobItem {
    export_job_id = "exportJobId", accounting_entry_id = "accountingEntryId", status = "status",
    external_id = "externalId", external_url = "externalUrl", failure_reason = "failureReason",
    failure_reason_type = "failureReasonType", exported_at = "exportedAt",
});

/// How one item went. The body is a bare list of these, 100 at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateExportJobItem {
    /// The accounting entry's UUID.
    pub accounting_entry_id: AccountingEntryId,
    /// New status of the item; one of the documented values.
    pub status: ExportJobItemStatus,
    /// When it was exported; RFC 3339.
    pub exported_at: Option<String>,
    /// Id that the target system gave the entry.
    pub external_id: Option<String>,
    /// Address of the entry in the target system.
    pub external_url: Option<String>,
    /// Reason of a failure, in words for the user; only with a failed status.
    pub failure_reason: Option<String>,
    /// Reason of a failure as a code; only with a failed status.
    pub failure_reason_type: Option<ExportJobItemFailureReasonType>,
}

record!(UpdateExportJobItem {
    accounting_entry_id = "accountingEntryId", status = "status", exported_at = "exportedAt",
    external_id = "externalId", external_url = "externalUrl", failure_reason = "failureReason",
    failure_reason_type = "failureReasonType",
});

/// Response body of `PUT /v3/export-jobs/{jobId}/items`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportJobItemUpdate {
    /// The items that Pleo updated, with their new status.
    pub data: Vec<ExportJobItem>,
    /// The items that Pleo did not update.
    pub errors: Vec<ExportJobItemUpdateError>,
}

record!(ExportJobItemUpdate {
    data = "data", errors = "errors",
});

/// An item of an update that Pleo rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJobItemUpdateError {
    /// The accounting entry's UUID.
    pub accounting_entry_id: AccountingEntryId,
    /// Reason as a code; an undocumented value is kept as text.
    pub kind: ExportJobItemUpdateErrorType,
    /// Reason in Pleo's words, for the log.
    pub message: String,
}

record!(ExportJobItemUpdateError {
    accounting_entry_id = "accountingEntryId", kind = "type", message = "message",
});
