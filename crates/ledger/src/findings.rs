//! The issues that the check of one entry collects.

use outlay_pleo::export::item::ExportItem;
use outlay_pleo::id::{AccountingEntryId, EntryLineId};

use crate::amount::exponent;
use crate::entry::{Entry, Line, Role};
use crate::issue::{Issue, IssueCode};
use crate::mapping::Mapping;

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

    /// Checks that debit and credit are equal but for rounding, and that a rounding line has an account.
    pub(crate) fn check_balance(&mut self, entry: &Entry, mapping: &Mapping) {
        let postings = match mapping.settings.in_pairs() {
            true => entry.pairs(),
            false => entry.postings(mapping.settings.style()),
        };
        if postings.is_empty() {
            self.put(IssueCode::EntryZero, "");
        }
        let difference = postings
            .iter()
            .filter(|one| one.role == Role::Rounding)
            .map(|one| one.amount)
            .sum();
        if difference == 0_i64 {
            return;
        }
        let digits = exponent(entry.currency).unwrap_or_default();
        let shown = outlay_pleo::money::decimal(difference, digits);
        let shown = format!("{shown} {}", entry.currency);
        let written = i64::try_from(postings.len()).unwrap_or(i64::MAX);
        if difference.saturating_abs() > self.slack.saturating_add(written) {
            self.put(IssueCode::EntryUnbalanced, shown);
        } else if entry.rounding.is_empty() {
            self.put(IssueCode::RoundingAccountMissing, shown);
        }
    }
}
