//! Reporting the results of the items in batches.

use std::collections::{BTreeMap, BTreeSet};

use outlay_pleo::export::job::{ExportJobItemUpdate, UpdateExportJobItem};
use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::request::bounds::MOST_ITEMS;

use super::results::{ItemResult, update};
use super::{ExportRun, ItemError, Pending, Phase, WriteFailure, is_open};

impl ExportRun {
    /// Returns whether items may be reported now: the job is in progress, its items are read, and no write
    /// is on its way.
    #[must_use]
    pub fn may_report(&self) -> bool {
        self.phase() == Phase::Running && self.reading().is_none() && !self.is_writing()
    }

    /// Returns the next items to report, at most 100, in the order of the job: those without a result at
    /// Pleo and with one in `results`, without those that Pleo refused. Empty if there is none, or if
    /// nothing may be reported now.
    pub fn batch(
        &mut self,
        results: &BTreeMap<AccountingEntryId, ItemResult>,
        exported_at: &str,
    ) -> Vec<UpdateExportJobItem> {
        if !self.may_report() {
            return Vec::new();
        }
        let open = self.open_items().map(|item| &item.accounting_entry_id);
        let wanted = open.filter(|id| !self.errors.contains_key(id));
        let batch: Vec<UpdateExportJobItem> = wanted
            .filter_map(|id| Some(update(id, results.get(id)?, exported_at)))
            .take(MOST_ITEMS)
            .collect();
        if !batch.is_empty() {
            let ids = batch.iter().map(|item| item.accounting_entry_id.clone());
            self.pending = Some(Pending::Batch(ids.collect()));
        }
        batch
    }

    /// Takes in the answer to a batch. If an item of the batch is in no part of the answer, the items are
    /// read again before the next write.
    pub fn batch_answered(&mut self, answer: Result<ExportJobItemUpdate, WriteFailure>) {
        let Some(Pending::Batch(sent)) = self.pending.take() else {
            return;
        };
        let update = match answer {
            Ok(update) => update,
            Err(WriteFailure::Refused | WriteFailure::Unknown) => return self.forget(),
            Err(WriteFailure::NotDone) => return,
        };
        let mut missing: BTreeSet<AccountingEntryId> = sent.iter().cloned().collect();
        for error in update.errors {
            if missing.remove(&error.accounting_entry_id) {
                let (kind, message) = (error.kind, error.message);
                self.errors
                    .insert(error.accounting_entry_id, ItemError { kind, message });
            }
        }
        for updated in update.data {
            let settled = !is_open(&updated);
            let items = self.items.iter_mut().flatten();
            let known = items
                .into_iter()
                .find(|item| item.accounting_entry_id == updated.accounting_entry_id);
            if let Some(item) = known.filter(|_| settled) {
                missing.remove(&updated.accounting_entry_id);
                *item = updated;
            }
        }
        if !missing.is_empty() {
            self.forget();
        }
    }

    /// Removes the error of an item, so that the next batch contains it again.
    pub fn retry(&mut self, entry: &AccountingEntryId) {
        self.errors.remove(entry);
    }

    /// Removes the errors of all items.
    pub fn retry_all(&mut self) {
        self.errors.clear();
    }

    /// Returns the number of items that the next batches will report.
    #[must_use]
    pub fn left_to_report(&self, results: &BTreeMap<AccountingEntryId, ItemResult>) -> usize {
        let open = self.open_items().map(|item| &item.accounting_entry_id);
        open.filter(|id| results.contains_key(id) && !self.errors.contains_key(id))
            .count()
    }
}
