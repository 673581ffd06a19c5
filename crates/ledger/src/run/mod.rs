//! An export run, without I/O: what Pleo states about a job and its items decides which request may be
//! sent next.
//!
//! In reading order:
//!
//! - [`queue`] says which job of a company is next, and when a job expires;
//! - [`ExportRun`] takes in answers and returns requests. An item that Pleo has a result for is not
//!   reported again, a job in progress is not started again, and after a write without an answer nothing
//!   is written before the state is read again;
//! - [`results`] makes the results of a journal; [`report`] divides them into batches; [`closing`]
//!   chooses the final status;
//! - [`step`] is the step that a user is at.
//!
//! Source: pages `docs/current/platform/exports/lifecycle` and `reference/export-api/export-api-v3`.

pub mod closing;
pub mod queue;
pub mod report;
pub mod results;
pub mod step;

use std::collections::{BTreeMap, HashSet};

use outlay_pleo::export::job::{CreateExportJobEvent, ExportJob, ExportJobItem};
use outlay_pleo::export::status::{
    ExportJobEventType, ExportJobFailureReasonType, ExportJobItemStatus,
    ExportJobItemUpdateErrorType, ExportJobStatus,
};
use outlay_pleo::id::AccountingEntryId;

pub use closing::Closing;
pub use results::ItemResult;
pub use step::{RunStep, StepFacts};

/// Why a write failed or may have failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteFailure {
    /// Pleo rejected the request and would reject it again, because the state has changed:
    /// 404, 409, 413 and 422. The state must be read before the next write.
    Refused,
    /// Pleo did nothing, and the same request may succeed later: 400, 401, 403 and 429, and requests that
    /// were not sent.
    NotDone,
    /// No readable answer, or a status of 500 and above: Pleo may have carried out the request. The state
    /// must be read before the next write.
    Unknown,
}

/// What a page has to read before anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// `GET /v3/export-jobs/{jobId}`.
    Job,
    /// `GET /v3/export-jobs/{jobId}/items`, every page.
    Items,
}

/// The state of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Pleo's state is not known.
    Unread,
    /// The job waits for its start.
    Pending,
    /// The job was started before, by this program or another. Whether its file was imported into the
    /// ledger is not known: Pleo does not store it, so the user is asked.
    AskImported,
    /// The job is in progress.
    Running,
    /// The job has ended; nothing more can be reported.
    Ended(Ending),
}

/// How a job has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Every item was exported.
    Completed,
    /// Some items failed.
    CompletedWithErrors,
    /// The job failed.
    Failed,
    /// No update came within the time limit.
    Expired,
    /// A status that is not documented; no request is sent.
    Unknown(String),
}

/// The error of one item in the answer to a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemError {
    /// Pleo's code.
    pub kind: ExportJobItemUpdateErrorType,
    /// Pleo's message.
    pub message: String,
}

/// A write that was sent and not yet answered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pending {
    Event(ExportJobEventType),
    Batch(Vec<AccountingEntryId>),
}

/// A run of one job.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportRun {
    job: Option<ExportJob>,
    items: Option<Vec<ExportJobItem>>,
    /// Whether this run sent the event `started` and Pleo accepted it.
    started_here: bool,
    imported: Option<bool>,
    errors: BTreeMap<AccountingEntryId, ItemError>,
    pending: Option<Pending>,
}

impl ExportRun {
    /// What must be read next; `None` if a write may be sent.
    #[must_use]
    pub fn reading(&self) -> Option<Reading> {
        match (&self.job, &self.items) {
            (None, _) => Some(Reading::Job),
            (Some(_), None) => Some(Reading::Items),
            _ => None,
        }
    }

    /// Takes in the job as Pleo states it. `None` for [`ExportRun::job`] until then.
    pub fn take_job(&mut self, job: ExportJob) {
        self.job = Some(job);
    }

    /// Takes in all items as Pleo states them. Of two with the same entry the first counts.
    pub fn take_items(&mut self, mut items: Vec<ExportJobItem>) {
        let mut seen = HashSet::new();
        items.retain(|item| seen.insert(item.accounting_entry_id.clone()));
        let open = |id: &AccountingEntryId| {
            items
                .iter()
                .any(|item| item.accounting_entry_id == *id && is_open(item))
        };
        self.errors.retain(|id, _| open(id));
        self.items = Some(items);
    }

    /// Forgets what Pleo stated, so that it is read again.
    pub fn forget(&mut self) {
        self.job = None;
        self.items = None;
    }

    /// Returns the job as Pleo last stated it.
    #[must_use]
    pub fn job(&self) -> Option<&ExportJob> {
        self.job.as_ref()
    }

    /// Returns the items as Pleo last stated them; empty until they are read.
    #[must_use]
    pub fn items(&self) -> &[ExportJobItem] {
        self.items.as_deref().unwrap_or_default()
    }

    /// Returns whether a write is on its way.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        self.pending.is_some()
    }

    /// Returns the items that Pleo has no result for.
    pub fn open_items(&self) -> impl Iterator<Item = &ExportJobItem> {
        self.items().iter().filter(|item| is_open(item))
    }

    /// Returns the number of items with this status.
    #[must_use]
    pub fn count(&self, status: &ExportJobItemStatus) -> usize {
        let items = self.items().iter();
        items.filter(|item| item.status == *status).count()
    }

    /// Returns the errors of items that Pleo did not update.
    #[must_use]
    pub fn errors(&self) -> &BTreeMap<AccountingEntryId, ItemError> {
        &self.errors
    }

    /// Returns the state of the run.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let Some(job) = &self.job else {
            return Phase::Unread;
        };
        let expired = job.expired_at.is_some()
            || job.failure_reason_type == Some(ExportJobFailureReasonType::JobExpired);
        match &job.status {
            ExportJobStatus::Completed => Phase::Ended(Ending::Completed),
            ExportJobStatus::CompletedWithErrors => Phase::Ended(Ending::CompletedWithErrors),
            _ if expired => Phase::Ended(Ending::Expired),
            ExportJobStatus::Failed => Phase::Ended(Ending::Failed),
            ExportJobStatus::Pending => Phase::Pending,
            ExportJobStatus::InProgress if self.items.is_none() && self.imported().is_none() => {
                Phase::Unread
            }
            // Without an open item nothing is left that could be imported twice.
            ExportJobStatus::InProgress
                if self.imported().is_none() && self.open_items().next().is_some() =>
            {
                Phase::AskImported
            }
            ExportJobStatus::InProgress => Phase::Running,
            ExportJobStatus::Other(text) => Phase::Ended(Ending::Unknown(text.clone())),
        }
    }

    /// Returns whether the file of the job is in the ledger already; `None` if only the user knows and was
    /// not asked. A run that started the job itself knows that it was not.
    #[must_use]
    pub fn imported(&self) -> Option<bool> {
        self.imported.or(self.started_here.then_some(false))
    }

    /// Takes in the user's answer to the question whether the file was imported.
    pub fn answer_imported(&mut self, imported: bool) {
        self.imported = Some(imported);
    }

    /// Returns whether [`ExportRun::start`] returns an event.
    #[must_use]
    pub fn may_start(&self) -> bool {
        self.phase() == Phase::Pending && self.reading().is_none() && !self.is_writing()
    }

    /// Returns the event that starts the job; `None` unless Pleo states that the job is pending.
    pub fn start(&mut self) -> Option<CreateExportJobEvent> {
        self.may_start()
            .then(|| self.event(ExportJobEventType::Started, None))
            .flatten()
    }

    /// Returns whether [`ExportRun::cancel`] returns an event: no item may be reported as exported.
    #[must_use]
    pub fn may_cancel(&self) -> bool {
        let runs = matches!(
            self.phase(),
            Phase::Pending | Phase::AskImported | Phase::Running
        );
        runs && self.reading().is_none()
            && !self.is_writing()
            && self.count(&ExportJobItemStatus::Successful) == 0
    }

    /// Returns the event that ends the job as cancelled by the user. Pleo then puts its entries back into
    /// the export queue.
    pub fn cancel(&mut self, reason: &str) -> Option<CreateExportJobEvent> {
        let kind = ExportJobFailureReasonType::CanceledByUser;
        self.may_cancel()
            .then(|| self.event(ExportJobEventType::Failed, Some((kind, reason.to_owned()))))
            .flatten()
    }

    fn event(
        &mut self,
        event: ExportJobEventType,
        reason: Option<(ExportJobFailureReasonType, String)>,
    ) -> Option<CreateExportJobEvent> {
        let job_id = self.job.as_ref()?.id.clone();
        self.pending = Some(Pending::Event(event.clone()));
        let (failure_reason_type, failure_reason) = reason.unzip();
        Some(CreateExportJobEvent {
            job_id,
            event,
            failure_reason,
            failure_reason_type,
        })
    }

    /// Takes in the answer to an event. Pleo answers without a body, so the job is read again after a
    /// success too.
    pub fn event_answered(&mut self, answer: Result<(), WriteFailure>) {
        let Some(Pending::Event(event)) = self.pending.take() else {
            return;
        };
        match answer {
            Ok(()) => {
                self.started_here |= event == ExportJobEventType::Started;
                self.forget();
            }
            Err(WriteFailure::Refused | WriteFailure::Unknown) => self.forget(),
            Err(WriteFailure::NotDone) => {}
        }
    }
}

/// Returns whether Pleo has no result for the item: it may still be reported.
#[must_use]
pub fn is_open(item: &ExportJobItem) -> bool {
    matches!(
        item.status,
        ExportJobItemStatus::Pending | ExportJobItemStatus::InProgress
    )
}
