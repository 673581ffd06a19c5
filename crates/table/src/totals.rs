//! Spend by month and currency.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use outlay_pleo::time::Zone;
use outlay_pleo::{AccountingEntry, Currency, Unreadable};

pub use crate::month::Month;
use crate::record_label::label;
use crate::spend::is_spend;

/// Sums of [`is_spend`] entries: in the currency that was paid, since every entry has that one and
/// it is the amount that the table shows, in the UTC month in which the money was spent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    sums: BTreeMap<(Reverse<Month>, Currency), RunningSum>,
    left_out: usize,
    undated: Missing,
    unknown_decimals: Missing,
    unreadable: Missing,
    without_zone: usize,
}

/// Entries that may be spend and are not in the totals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    /// Number of these entries.
    pub entries: usize,
    /// The least of their ids; for records that could not be read the least [`label`]. `None` if
    /// there are none.
    pub example: Option<String>,
}

impl Missing {
    fn add(&mut self, id: &str) {
        self.entries += 1;
        if self.example.as_deref().is_none_or(|least| id < least) {
            self.example = Some(id.to_owned());
        }
    }
}

/// The sums of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthTotals {
    /// The month of the purchase dates.
    pub month: Month,
    /// One sum for each currency, sorted by currency code.
    pub sums: Vec<Sum>,
}

/// The spend in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Currency of the sum, an ISO 4217 code.
    pub currency: Currency,
    /// Sum in minor units; `None` if it overflows.
    pub minors: Option<i64>,
    /// Number of entries in the sum.
    pub entries: usize,
}

/// Wide enough for any number of amounts, so that no order of adding them can overflow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct RunningSum {
    minors: i128,
    entries: usize,
}

impl RunningSum {
    fn add(&mut self, other: RunningSum) {
        self.minors = self.minors.saturating_add(other.minors);
        self.entries += other.entries;
    }

    fn sum(self, currency: Currency) -> Sum {
        Sum {
            currency,
            minors: i64::try_from(self.minors).ok(),
            entries: self.entries,
        }
    }
}

impl Totals {
    /// Sums up entries.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a AccountingEntry>) -> Self {
        let mut totals = Self::default();
        for entry in entries {
            totals.add(entry);
        }
        totals
    }

    /// Adds one entry if it counts as spend and its purchase date can be parsed.
    pub fn add(&mut self, entry: &AccountingEntry) {
        let id = entry.id.as_str();
        if !is_spend(entry) {
            self.left_out += 1;
            return;
        }
        // Units of unknown size, perhaps not even of one currency.
        if entry.transaction_value.currency.exponent().is_none() {
            self.unknown_decimals.add(id);
            return;
        }
        let Some(written) = entry.performed_at.parsed() else {
            self.undated.add(id);
            return;
        };
        self.without_zone += usize::from(written.zone == Zone::Missing);
        let month = Month::at(written.instant);
        let key = (Reverse(month), entry.transaction_value.currency);
        self.sums.entry(key).or_default().add(RunningSum {
            minors: i128::from(entry.transaction_value.minors),
            entries: 1,
        });
    }

    /// Returns every month with spend, the newest first.
    #[must_use]
    pub fn months(&self) -> Vec<MonthTotals> {
        let mut months: Vec<MonthTotals> = Vec::new();
        for ((Reverse(month), currency), running) in &self.sums {
            let sum = running.sum(*currency);
            match months.last_mut() {
                Some(last) if last.month == *month => last.sums.push(sum),
                _ => months.push(MonthTotals {
                    month: *month,
                    sums: vec![sum],
                }),
            }
        }
        months
    }

    /// Returns the sums over all months, one for each currency, sorted by code.
    #[must_use]
    pub fn overall(&self) -> Vec<Sum> {
        let mut overall: BTreeMap<Currency, RunningSum> = BTreeMap::new();
        for ((_, currency), running) in &self.sums {
            overall.entry(*currency).or_default().add(*running);
        }
        overall
            .into_iter()
            .map(|(currency, running)| running.sum(currency))
            .collect()
    }

    /// Returns the number of entries that do not count as spend.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Counts an unreadable record, which may be spend.
    pub fn add_unreadable(&mut self, record: &Unreadable) {
        self.unreadable.add(&label(record));
    }

    /// Returns the spend whose purchase date cannot be parsed.
    #[must_use]
    pub fn undated(&self) -> &Missing {
        &self.undated
    }

    /// Returns the spend in a currency whose exponent is not known.
    #[must_use]
    pub fn unknown_decimals(&self) -> &Missing {
        &self.unknown_decimals
    }

    /// Returns the records without the documented shape.
    #[must_use]
    pub fn unreadable(&self) -> &Missing {
        &self.unreadable
    }

    /// How many entries are in the sums with a purchase date without a time zone, as UTC.
    #[must_use]
    pub fn without_zone(&self) -> usize {
        self.without_zone
    }
}
