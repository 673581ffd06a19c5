//! The count and the amounts of a set of entries, with the filter that finds them.

use std::iter::Sum;
use std::ops::AddAssign;

use outlay_pleo::{Currency, Money};

use crate::columnar::Bitmap;
use crate::entry_table::Selection;
use crate::entry_table::aggregate::{Cell, Measure};
use crate::filter::{Test, Text, TextField};
use crate::{EntryTable, Filter, Grain};

/// The number of entries and the exact sum of their amounts in one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntrySum {
    /// Number of entries.
    pub entries: usize,
    /// The sum in the currency's smallest unit.
    pub minors: i128,
}

impl EntrySum {
    pub(super) fn of(cell: &Cell) -> EntrySum {
        EntrySum {
            entries: cell.rows,
            minors: cell.exact,
        }
    }

    /// The sum as an amount; `None` if it fits no `i64`, or if the decimals of the currency are not known,
    /// since then its amounts may differ in their unit.
    #[must_use]
    pub fn money(self, currency: Currency) -> Option<Money> {
        currency.exponent()?;
        let minors = i64::try_from(self.minors).ok()?;
        Some(Money { currency, minors })
    }
}

impl AddAssign for EntrySum {
    fn add_assign(&mut self, other: EntrySum) {
        self.entries += other.entries;
        self.minors += other.minors;
    }
}

impl Sum for EntrySum {
    fn sum<I: Iterator<Item = EntrySum>>(sums: I) -> EntrySum {
        sums.fold(EntrySum::default(), |mut all, next| {
            all += next;
            all
        })
    }
}

/// A sum in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencySum {
    /// The currency; `None` for records that state no amount.
    pub currency: Option<Currency>,
    /// The sum in it.
    pub sum: EntrySum,
}

/// A set of entries: how many, their amounts, and the filter that finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryGroup {
    /// Number of entries and of records that could not be read.
    pub entries: usize,
    /// The entries that Pleo billed in the company's currency, with these amounts.
    pub billed: EntrySum,
    /// The other ones by the currency that was paid, with the amounts that were paid; those without any
    /// amount first, then by code.
    pub others: Vec<CurrencySum>,
    /// Finds exactly these entries.
    pub filter: Filter,
}

/// A table and the entries in it that were billed in the company's currency.
pub(super) struct Source<'a> {
    pub(super) table: &'a EntryTable,
    /// Finds the entries that were billed in the company's currency; none if it is not known.
    pub(super) billed: Filter,
    in_currency: Bitmap,
}

impl<'a> Source<'a> {
    pub(super) fn new(table: &'a EntryTable, currency: Option<Currency>) -> Source<'a> {
        let billed = match currency {
            Some(currency) => one_of(TextField::BilledCurrency, &[currency.as_str()]),
            None => Filter::Any(Vec::new()),
        };
        let in_currency = table.select(&billed, Grain::Entries).rows().clone();
        Source {
            table,
            billed,
            in_currency,
        }
    }

    /// The selected entries that were billed in the company's currency.
    pub(super) fn in_currency(&self, entries: &Selection) -> Selection {
        entries.within(&self.in_currency)
    }

    /// The group of the entries that the filter finds.
    pub(super) fn group(&self, filter: Filter) -> EntryGroup {
        let entries = self.table.select(&filter, Grain::Entries);
        self.group_of(&entries, filter)
    }

    /// The group of these entries.
    pub(super) fn group_of(&self, entries: &Selection, filter: Filter) -> EntryGroup {
        let sums = |selection: &Selection, measure| {
            let cells = self.table.totals(selection, measure).into_iter();
            cells.map(|cell| CurrencySum {
                currency: cell.currency,
                sum: EntrySum::of(&cell),
            })
        };
        let billed = sums(&self.in_currency(entries), Measure::Billed);
        let others = sums(&entries.without(&self.in_currency), Measure::Amount);
        EntryGroup {
            entries: entries.len(),
            billed: billed.map(|it| it.sum).sum(),
            others: others.collect(),
            filter,
        }
    }
}

/// A filter of one test.
pub(super) fn test(test: Test) -> Filter {
    Filter::Test(test)
}

/// A filter for the rows of every one of `filters`, as the parser would make it of their texts.
pub(super) fn all(filters: impl IntoIterator<Item = Filter>) -> Filter {
    let mut conditions = Vec::new();
    for filter in filters {
        match filter {
            Filter::All(inner) => conditions.extend(inner),
            filter => conditions.push(filter),
        }
    }
    match conditions.len() {
        1 => conditions.swap_remove(0),
        _ => Filter::All(conditions),
    }
}

/// A filter for the rows whose field has one of the texts as its code or word.
pub(super) fn one_of(field: TextField, texts: &[&str]) -> Filter {
    let text = |text: &&str| Text {
        text: (*text).to_owned(),
        begins: false,
    };
    Filter::Test(Test::Text {
        field,
        exact: false,
        any_of: texts.iter().map(text).collect(),
    })
}

/// A filter for the rows that do not match.
pub(super) fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}
