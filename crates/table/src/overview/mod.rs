//! What a finance person sees first of a company's entries: one total in the company's currency, what
//! it leaves out, how it spreads over months and over accounts, people and vendors, and the lists of
//! entries that need work.
//!
//! | rule | |
//! | --- | --- |
//! | spend | what [`crate::is_spend`] says |
//! | month | that of the *date basis*: the day of purchase, of settlement or of bookkeeping |
//! | total | the amounts that Pleo billed in the company's currency; nothing is converted |
//! | without such an amount | counted and summed by the currency that was paid: [`EntryGroup::others`] |
//! | split entries | counted once; the lines count where accounts and tax codes are compared |
//! | no date of the basis | in no month: [`Overview::undated`] |
//!
//! Of the entries of a period, those of [`Overview::spend`] and [`Overview::left_out`] are all, each in
//! one of them only. Sums are 128 bits wide. Every group carries the filter whose rows it counts, so that
//! a figure and the list behind it cannot differ.
//!
//! Reading order: [`group`] adds up a set of entries, [`left_out`] says what is no spend,
//! [`breakdown`] compares accounts and the like, [`worklist`] finds what is to be done, [`axis`] scales the
//! chart of the months.

pub mod axis;
pub mod breakdown;
pub mod group;
pub mod left_out;
pub mod worklist;

use std::collections::BTreeMap;

use outlay_pleo::Currency;

pub use axis::Axis;
pub use breakdown::{Breakdown, BreakdownBy, BreakdownPart};
pub use group::{CurrencySum, EntryGroup, EntrySum};
pub use left_out::{LeftOut, LeftOutReason};
pub use worklist::{Worklist, WorklistKind};

use crate::entry_table::Selection;
use crate::entry_table::aggregate::{Dimension, Group, Measure};
use crate::filter::{DayField, Field, FlagWord, Test, TextField};
use crate::{EntryTable, Filter, Grain, Month, MonthSpan};
use group::{Source, all, not, one_of, test};

/// What an overview is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverviewScope {
    /// The date basis: which day of an entry decides its month.
    pub basis: DayField,
    /// The months that are added up.
    pub period: MonthSpan,
    /// The months that [`Overview::months`] lists.
    pub listed: MonthSpan,
    /// The present month in UTC.
    pub running: Month,
    /// The company's currency; `None` if it is not known: then nothing has an amount in it.
    pub currency: Option<Currency>,
}

/// The figures of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// What they are made for.
    pub scope: OverviewScope,
    /// Every entry of the period, spend or not.
    pub entries: EntryGroup,
    /// The spend of the period.
    pub spend: EntryGroup,
    /// The spend of as many months before the period, in the company's currency; `None` before year 0.
    pub before: Option<EntrySum>,
    /// The entries of the period that are no spend, by reason, the most entries first.
    pub left_out: Vec<LeftOut>,
    /// Spend without a date of the basis: in no period.
    pub undated: EntryGroup,
    /// Other entries and records without a date of the basis.
    pub undated_others: EntryGroup,
    /// The listed months, the oldest first.
    pub months: Vec<MonthSpend>,
    /// The spend of the period by account, tax code, team, employee and vendor.
    pub breakdowns: Vec<Breakdown>,
    /// The lists of entries that need work.
    pub worklists: Vec<Worklist>,
    /// The entries on at least one of [`Overview::worklists`].
    pub attention: EntryGroup,
    /// The spend that Pleo does not state as exported.
    pub not_exported: EntryGroup,
    /// The spend of the listed months in the currencies that were paid, sorted by code.
    pub paid: Vec<PaidCurrency>,
}

/// The spend of a month in the company's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSpend {
    /// The month.
    pub month: Month,
    /// Its spend.
    pub sum: EntrySum,
    /// The spend of the month before it.
    pub month_before: EntrySum,
    /// The spend of the same month a year earlier.
    pub year_before: EntrySum,
    /// Whether the month is the present one, so that it will grow.
    pub is_running: bool,
    /// The filter that finds the entries of [`MonthSpend::sum`].
    pub filter: Filter,
}

/// The spend that was paid in one currency, whatever it was billed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidCurrency {
    /// The currency.
    pub currency: Currency,
    /// The spend of each listed month, the oldest first.
    pub months: Vec<EntrySum>,
    /// The spend of all listed months.
    pub sum: EntrySum,
}

impl Overview {
    /// Makes the figures of a table; takes time in proportion to its rows.
    #[must_use]
    pub fn of(table: &EntryTable, scope: OverviewScope) -> Overview {
        let source = Source::new(table, scope.currency);
        let in_days = |span: MonthSpan| Filter::Test(Test::Day(scope.basis, span.days()));
        let in_period = in_days(scope.period);
        let is_spend = test(Test::Is(FlagWord::Spend));
        let undated = test(Test::Missing(Field::Day(scope.basis)));
        let spend = all([is_spend.clone(), in_period.clone()]);
        let by_month = months(table, &source, scope.basis);
        let of_month = |month: Month| by_month.get(&month).copied().unwrap_or_default();
        let listed = scope.listed.iter().map(|month| MonthSpend {
            month,
            sum: of_month(month),
            month_before: of_month(month.plus(-1)),
            year_before: of_month(month.plus(-12)),
            is_running: month == scope.running,
            filter: match MonthSpan::ending(month, 1) {
                Some(span) => all([is_spend.clone(), in_days(span), source.billed.clone()]),
                None => Filter::Any(Vec::new()),
            },
        });
        let before = scope.period.before();
        let breakdowns = BreakdownBy::ALL.map(|by| Breakdown::of(&source, by, &spend));
        let work = worklist::Work::of(&source, &scope);
        Overview {
            entries: source.group(in_period.clone()),
            spend: source.group(spend.clone()),
            before: before.map(|span| span.iter().map(of_month).sum()),
            left_out: left_out::of(&source, &in_period),
            undated: source.group(all([is_spend.clone(), undated.clone()])),
            undated_others: source.group(all([not(is_spend.clone()), undated])),
            months: listed.collect(),
            breakdowns: breakdowns.into(),
            worklists: work.lists,
            attention: work.attention,
            not_exported: work.not_exported,
            paid: paid(table, &scope),
            scope,
        }
    }

    /// Finds the spend of the period that was paid in `currency` and not billed in the company's currency.
    #[must_use]
    pub fn filter_of_unbilled(&self, currency: Currency) -> Filter {
        let paid = one_of(TextField::Currency, &[currency.as_str()]);
        let billed = self
            .scope
            .currency
            .map(|company| not(one_of(TextField::BilledCurrency, &[company.as_str()])));
        let spend = [self.spend.filter.clone(), paid];
        all(spend.into_iter().chain(billed))
    }

    /// The number of entries of the period that are not in [`EntryGroup::billed`] of its spend.
    #[must_use]
    pub fn not_in_total(&self) -> usize {
        self.entries.entries - self.spend.billed.entries
    }
}

/// The spend in the company's currency by month.
fn months(table: &EntryTable, source: &Source<'_>, basis: DayField) -> BTreeMap<Month, EntrySum> {
    let spend = test(Test::Is(FlagWord::Spend));
    let billed = source.in_currency(&table.select(&spend, Grain::Entries));
    let month = Dimension::Month(basis.column());
    let cells = table.pivot(&billed, Some(month), None, Measure::Billed);
    let dated = cells.into_iter().filter_map(|cell| match cell.row {
        Group::Month(month) => Some((month, EntrySum::of(&cell))),
        _ => None,
    });
    dated.collect()
}

fn paid(table: &EntryTable, scope: &OverviewScope) -> Vec<PaidCurrency> {
    let spend = all([
        test(Test::Is(FlagWord::Spend)),
        test(Test::Day(scope.basis, scope.listed.days())),
    ]);
    let spend: Selection = table.select(&spend, Grain::Entries);
    let month = Dimension::Month(scope.basis.column());
    let mut paid: BTreeMap<Currency, PaidCurrency> = BTreeMap::new();
    for cell in table.pivot(&spend, Some(month), None, Measure::Amount) {
        let (Some(currency), Group::Month(month)) = (cell.currency, cell.row) else {
            continue;
        };
        let sums = paid.entry(currency).or_insert_with(|| PaidCurrency {
            currency,
            months: scope.listed.iter().map(|_| EntrySum::default()).collect(),
            sum: EntrySum::default(),
        });
        let sum = EntrySum::of(&cell);
        sums.sum += sum;
        let at = scope.listed.iter().position(|listed| listed == month);
        if let Some(of_month) = at.and_then(|at| sums.months.get_mut(at)) {
            *of_month += sum;
        }
    }
    paid.into_values().collect()
}

impl EntryTable {
    /// The company's currency: that of the most amounts that Pleo billed, among those whose decimals are
    /// known; the first by code of several. `None` without such an amount.
    #[must_use]
    pub fn company_currency(&self) -> Option<Currency> {
        let all = self.select(&Filter::default(), Grain::Entries);
        let cells = self.totals(&all, Measure::Billed).into_iter();
        let known = cells.filter_map(|cell| {
            let currency = cell.currency?;
            currency.exponent()?;
            Some((cell.rows, currency))
        });
        let most = known.reduce(|most, next| match next.0 > most.0 {
            true => next,
            false => most,
        });
        most.map(|(_, currency)| currency)
    }
}
