//! The final status of a job.

use outlay_pleo::export::job::CreateExportJobEvent;
use outlay_pleo::export::status::{
    ExportJobEventType, ExportJobFailureReasonType, ExportJobItemStatus,
};

use super::{ExportRun, Phase, is_open};

/// The final status that follows from the items, with the counts that it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The event to send.
    pub event: ExportJobEventType,
    /// Number of items that Pleo has as exported.
    pub successful: usize,
    /// Number of items that Pleo has as failed or abandoned.
    pub failed: usize,
    /// Number of items without a result, because Pleo refused the update of each. Pleo marks them as
    /// abandoned when the job ends.
    pub unreported: usize,
}

impl ExportRun {
    /// Returns the final status: `completed` if every item was exported, `failed` if none was, else
    /// `completed_with_errors`. `None` while an item has neither a result nor an error, or while nothing
    /// may be written.
    #[must_use]
    pub fn closing(&self) -> Option<Closing> {
        let may_write =
            self.phase() == Phase::Running && self.reading().is_none() && !self.is_writing();
        if !may_write {
            return None;
        }
        let unreported = self.open_items().count();
        let without_error = self
            .open_items()
            .any(|item| !self.errors.contains_key(&item.accounting_entry_id));
        if without_error {
            return None;
        }
        let successful = self.count(&ExportJobItemStatus::Successful);
        let failed = self.items().iter().filter(|item| !is_open(item)).count() - successful;
        let event = match (successful, failed + unreported) {
            (_, 0) => ExportJobEventType::Completed,
            (0, _) => ExportJobEventType::Failed,
            _ => ExportJobEventType::CompletedWithErrors,
        };
        Some(Closing {
            event,
            successful,
            failed,
            unreported,
        })
    }

    /// Returns the event that ends the job; `reason` is the text for a job of which no item was exported.
    pub fn close(&mut self, reason: &str) -> Option<CreateExportJobEvent> {
        let closing = self.closing()?;
        let reason = (closing.event == ExportJobEventType::Failed).then(|| {
            let kind = ExportJobFailureReasonType::ValidationFailure;
            (kind, reason.to_owned())
        });
        self.event(closing.event, reason)
    }
}
