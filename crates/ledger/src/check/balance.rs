//! Whether the postings of an entry balance.

use crate::amount::exponent;
use crate::entry::{Entry, Role};
use crate::findings::Findings;
use crate::issue::IssueCode;
use crate::mapping::Mapping;

impl Findings {
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
