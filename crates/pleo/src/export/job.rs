//! Export jobs, their items as a list of ids and statuses, and what is reported of both.
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

/// One export job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJob {
    /// UUID.
    pub id: ExportJobId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Where it stands.
    pub status: ExportJobStatus,
    /// How many items it has.
    pub number_of_items: i32,
    /// Whether a user pressed the button, and not a background process.
    pub is_interactive: bool,
    /// Whether entries are booked against vendors.
    pub vendor_based_bookkeeping: bool,
    /// Seconds from the last update to the expiry.
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
    /// Why it failed, in words for the user.
    pub failure_reason: Option<String>,
    /// Why it failed, as a word.
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

/// The body that makes an export job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateExportJob {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// The accounting entries' UUIDs.
    pub accounting_entry_ids: Vec<AccountingEntryId>,
    /// Who exports, as UUID.
    pub employee_id: Option<EmployeeId>,
    /// Whether a user pressed the button; true where this is absent.
    pub is_interactive: Option<bool>,
    /// Options.
    pub options: Option<ExportOptions>,
}

record!(CreateExportJob {
    company_id = "companyId", accounting_entry_ids = "accountingEntryIds",
    employee_id = "employeeId", is_interactive = "isInteractive", options = "options",
});

/// Options of an export job.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// Whether entries are booked against vendors; false where this is absent.
    pub vendor_based_bookkeeping: Option<bool>,
}

record!(ExportOptions {
    vendor_based_bookkeeping = "vendorBasedBookkeeping",
});

/// The body that starts, completes or fails an export job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateExportJobEvent {
    /// The job's UUID.
    pub job_id: ExportJobId,
    /// What happened.
    pub event: ExportJobEventType,
    /// Why it failed, in words; with `failed` alone.
    pub failure_reason: Option<String>,
    /// Why it failed, as a word; with `failed` alone.
    pub failure_reason_type: Option<ExportJobFailureReasonType>,
}

record!(CreateExportJobEvent {
    job_id = "jobId", event = "event", failure_reason = "failureReason",
    failure_reason_type = "failureReasonType",
});

/// One item of an export job: id and status, no bookkeeping data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJobItem {
    /// The job's UUID.
    pub export_job_id: ExportJobId,
    /// The accounting entry's UUID.
    pub accounting_entry_id: AccountingEntryId,
    /// Where it stands.
    pub status: ExportJobItemStatus,
    /// The id in the target system.
    pub external_id: Option<String>,
    /// Where it stands in the target system.
    pub external_url: Option<String>,
    /// Why it failed, in words for the user.
    pub failure_reason: Option<String>,
    /// Why it failed, as a word.
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
    /// Where it stands.
    pub status: ExportJobItemStatus,
    /// When it was exported; RFC 3339.
    pub exported_at: Option<String>,
    /// The id in the target system.
    pub external_id: Option<String>,
    /// Where it stands in the target system.
    pub external_url: Option<String>,
    /// Why it failed, in words for the user.
    pub failure_reason: Option<String>,
    /// Why it failed, as a word.
    pub failure_reason_type: Option<ExportJobItemFailureReasonType>,
}

record!(UpdateExportJobItem {
    accounting_entry_id = "accountingEntryId", status = "status", exported_at = "exportedAt",
    external_id = "externalId", external_url = "externalUrl", failure_reason = "failureReason",
    failure_reason_type = "failureReasonType",
});

/// The answer to such a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportJobItemUpdate {
    /// The items that were changed.
    pub data: Vec<ExportJobItem>,
    /// The items that were not.
    pub errors: Vec<ExportJobItemUpdateError>,
}

record!(ExportJobItemUpdate {
    data = "data", errors = "errors",
});

/// One item that could not be updated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJobItemUpdateError {
    /// The accounting entry's UUID.
    pub accounting_entry_id: AccountingEntryId,
    /// What went wrong.
    pub kind: ExportJobItemUpdateErrorType,
    /// The same in words.
    pub message: String,
}

record!(ExportJobItemUpdateError {
    accounting_entry_id = "accountingEntryId", kind = "type", message = "message",
});

/// The body of a search that Pleo keeps for itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportJobItemFilter {
    /// The accounting entries' UUIDs.
    pub accounting_entry_ids: Vec<AccountingEntryId>,
    /// Only items that stand there.
    pub status: Option<ExportJobItemStatus>,
}

record!(ExportJobItemFilter {
    accounting_entry_ids = "accountingEntryIds", status = "status",
});
