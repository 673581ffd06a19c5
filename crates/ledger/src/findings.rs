//! Collects the issues of one entry; `check/balance.rs` adds those of the balance.

use outlay_pleo::export::item::ExportItem;
use outlay_pleo::id::{AccountingEntryId, EntryLineId};

use crate::entry::Line;
use crate::issue::{Issue, IssueCode};

/// The issues of one entry.
pub(crate) struct Findings {
    entry: AccountingEntryId,
    pub(crate) issues: Vec<Issue>,
    /// How far rounding can explain a difference, in smallest units of the posted currency.
    pub(crate) slack: i64,
}

impl Findings {
    pub(crate) fn of(item: &ExportItem) -> Findings {
        Findings {
            entry: item.accounting_entry_id.clone(),
            issues: Vec::new(),
            slack: 0,
        }
    }

    /// Adds an issue of the whole entry.
    pub(crate) fn put(&mut self, code: IssueCode, detail: impl Into<String>) {
        self.push(None, code, detail.into());
    }

    /// Adds an issue of a line.
    pub(crate) fn put_line(&mut self, line: &Line, code: IssueCode, detail: impl Into<String>) {
        self.push(Some(line.id.clone()), code, detail.into());
    }

    /// Adds an issue of the entry, or of the line with this id, unless an equal one is there.
    pub(crate) fn push(&mut self, line: Option<EntryLineId>, code: IssueCode, detail: String) {
        let entry = self.entry.clone();
        let issue = Issue {
            entry,
            line,
            code,
            detail,
        };
        if !self.issues.contains(&issue) {
            self.issues.push(issue);
        }
    }
}
