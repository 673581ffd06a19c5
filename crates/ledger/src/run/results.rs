//! The result of each item: exported under an id of the ledger, or left out with a reason.

use std::collections::BTreeMap;

use outlay_pleo::export::job::{ExportJobItem, UpdateExportJobItem};
use outlay_pleo::export::status::{ExportJobItemFailureReasonType, ExportJobItemStatus};
use outlay_pleo::id::AccountingEntryId;

use super::is_open;
use crate::entry::Journal;

/// The result of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemResult {
    /// The entry is in the ledger.
    Exported {
        /// Voucher number in the file; empty if it is not known.
        voucher: String,
    },
    /// The entry is not in the file.
    LeftOut(LeftOut),
}

/// Why the user left an entry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Pleo's code.
    pub reason: ExportJobItemFailureReasonType,
    /// The reason in words, which Pleo shows to the company.
    pub message: String,
}

/// The entries that the user left out, with the reasons.
pub type LeftOutEntries = BTreeMap<AccountingEntryId, LeftOut>;

/// Returns the result of every item that has one: the entries of the journal, and those that are left out.
#[must_use]
pub fn results(
    journal: &Journal,
    left_out: &LeftOutEntries,
) -> BTreeMap<AccountingEntryId, ItemResult> {
    let exported = journal.entries.iter().map(|entry| {
        let voucher = entry.voucher.clone();
        (entry.id.clone(), ItemResult::Exported { voucher })
    });
    let left_out = left_out
        .iter()
        .map(|(id, left_out)| (id.clone(), ItemResult::LeftOut(left_out.clone())));
    // An entry in both was left out: it is in no file.
    exported.chain(left_out).collect()
}

/// Returns the entries that belong in no file: those that the user leaves out, those that Pleo has a
/// failure for, and, unless the file `imported` before is made again, those that Pleo has as exported.
#[must_use]
pub fn not_in_file(
    items: &[ExportJobItem],
    left_out: &LeftOutEntries,
    imported: bool,
) -> Vec<AccountingEntryId> {
    let settled = items
        .iter()
        .filter(|item| !is_open(item))
        .filter(|item| !(imported && item.status == ExportJobItemStatus::Successful))
        .map(|item| item.accounting_entry_id.clone());
    let mut ids: Vec<AccountingEntryId> = left_out.keys().cloned().chain(settled).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Returns the update for one item. `exported_at` is RFC 3339.
#[must_use]
pub fn update(
    entry: &AccountingEntryId,
    result: &ItemResult,
    exported_at: &str,
) -> UpdateExportJobItem {
    let none = UpdateExportJobItem {
        accounting_entry_id: entry.clone(),
        status: ExportJobItemStatus::Failed,
        exported_at: None,
        external_id: None,
        external_url: None,
        failure_reason: None,
        failure_reason_type: None,
    };
    match result {
        ItemResult::Exported { voucher } => UpdateExportJobItem {
            status: ExportJobItemStatus::Successful,
            exported_at: Some(exported_at.to_owned()),
            external_id: Some(voucher.clone()).filter(|voucher| !voucher.is_empty()),
            ..none
        },
        ItemResult::LeftOut(LeftOut { reason, message }) => UpdateExportJobItem {
            failure_reason: Some(message.clone()),
            failure_reason_type: Some(reason.clone()),
            ..none
        },
    }
}
