//! Sums and counts of the rows of a selection, by currency and by up to two dimensions.
//!
//! Sums are exact: they are 128 bits wide while they grow. A row counts in one cell only, and a
//! selection has each amount once ([`super::Grain`]), so that the cells add up to the totals.

use outlay_pleo::Currency;

use super::{EntryTable, NO_DAY, Selection};
use crate::column::Column;
use crate::columnar::{BLOCK, narrow, radix};
use crate::month::Month;

/// A property by which rows are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// The calendar month of a column of days.
    Month(Column),
    /// A column of texts. Group people and the like by their ids, since names may be equal; the name
    /// is the text of [`Cell::first_row`].
    Text(Column),
}

/// A value of a [`Dimension`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// No value; also every row if there is no dimension.
    Absent,
    /// A calendar month of the dimension's days.
    Month(Month),
    /// The rows with the same text; of what [`EntryTable::distinct`] returns, the text at this place
    /// from 1.
    Text(u32),
}

/// The amount that is summed; currencies are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Measure {
    /// [`Column::Amount`], in the currency that was paid; every entry has it.
    #[default]
    Amount,
    /// [`Column::Billed`]: the amount in the company's currency, which some entries lack.
    Billed,
}

/// A cell of the pivot table: one group of each dimension and one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Group in the first dimension; [`Group::Absent`] without a value.
    pub row: Group,
    /// Group in the second dimension; [`Group::Absent`] if there is none.
    pub column: Group,
    /// The currency; `None` for rows that state no amount.
    pub currency: Option<Currency>,
    /// The sum in the currency's smallest unit; `None` if no amount is stated, if the decimals of the
    /// currency are not known (then the units may differ), or if the sum fits no `i64`.
    pub minors: Option<i64>,
    /// The exact sum in the smallest unit, whatever its size and also where the decimals are unknown.
    pub exact: i128,
    /// Number of rows in the sum.
    pub rows: usize,
    /// Number of distinct entries that the rows belong to.
    pub entries: usize,
    /// The smallest row number in the sum.
    pub first_row: usize,
}

/// A dense array has at most this many cells, or one for four rows if that is more.
const DENSE: u64 = 1 << 17;

/// A sum while it grows: the lower and the upper half of each amount apart, so that 2³² amounts
/// overflow neither.
#[derive(Clone, Copy, Default)]
struct Running {
    low: u64,
    high: i64,
    rows: u32,
    entries: u32,
    first_row: u32,
    last_entry: u32,
}

impl Running {
    fn add(&mut self, minors: i64, row: usize, entry: u32) {
        self.low += minors as u64 & u64::from(u32::MAX);
        self.high += minors >> 32;
        if self.rows == 0 {
            self.first_row = narrow(row);
        }
        // The rows of an entry are neighbours.
        if self.rows == 0 || self.last_entry != entry {
            self.entries += 1;
            self.last_entry = entry;
        }
        self.rows += 1;
    }

    fn sum(&self) -> i128 {
        (i128::from(self.high) << 32) + i128::from(self.low)
    }
}

impl EntryTable {
    /// The sums of a selection by currency, in the order of [`Currency`], rows without an amount
    /// first.
    #[must_use]
    pub fn totals(&self, selection: &Selection, measure: Measure) -> Vec<Cell> {
        self.pivot(selection, None, None, measure)
    }

    /// The sums of a selection by two dimensions and currency. Cells without rows are left out. The
    /// cells are ordered by row group, column group and currency.
    #[must_use]
    pub fn pivot(
        &self,
        selection: &Selection,
        row: Option<Dimension>,
        column: Option<Dimension>,
        measure: Measure,
    ) -> Vec<Cell> {
        let row = row.map(|dimension| self.axis(dimension));
        let column = column.map(|dimension| self.axis(dimension));
        let amounts = match measure {
            Measure::Amount => &self.amount,
            Measure::Billed => &self.billed,
        };
        // Places of the currencies in their order; place 0 is for rows without an amount.
        let mut order: Vec<u32> = (0..narrow(self.currencies.len())).collect();
        order.sort_by_key(|code| Currency::new(self.currencies.get(*code)));
        let mut place = vec![0; order.len()];
        for (at, code) in (1..).zip(&order) {
            place[*code as usize] = at;
        }
        let currencies = order.len() as u64 + 1;
        let columns = column.as_ref().map_or(1, Axis::len);
        let size = row.as_ref().map_or(1, Axis::len) * columns * currencies;
        let dense = size <= DENSE.max(self.entry.len() as u64 / 4);
        let mut cells = vec![Running::default(); if dense { size as usize } else { 0 }];
        let mut sparse: (Vec<u64>, Vec<u32>) = Default::default();
        let mut codes = [0; BLOCK];
        for block in 0..selection.rows.blocks() {
            let mut left = selection.rows.word(block);
            if left == 0 {
                continue;
            }
            let mut keys = [0u64; BLOCK];
            for axis in [&row, &column] {
                let Some(axis) = axis else { continue };
                self.groups(axis, block, &mut codes);
                for (key, code) in keys.iter_mut().zip(&codes) {
                    *key = *key * axis.len() + u64::from(*code);
                }
            }
            amounts.currency.read(block, &mut codes);
            let stated = amounts.stated.word(block);
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                let has_amount = stated >> bit & 1;
                let currency = place[codes[bit] as usize] * has_amount;
                let key = keys[bit] * currencies + currency;
                let row = block * BLOCK + bit;
                if dense {
                    cells[key as usize].add(amounts.minors[row], row, self.entry[row]);
                } else {
                    sparse.0.push(key);
                    sparse.1.push(narrow(row));
                }
            }
        }
        let mut found: Vec<Cell> = Vec::new();
        let mut emit = |key: u64, running: &Running| {
            let place = (key % currencies) as usize;
            let code = place.checked_sub(1).and_then(|at| order.get(at).copied());
            let exponent = code.and_then(|code| *self.exponents.get(code as usize)?);
            let groups = key / currencies;
            let group = |axis: &Option<Axis>, at: u64| match axis {
                Some(axis) => axis.group(at),
                None => Group::Absent,
            };
            found.push(Cell {
                row: group(&row, groups / columns),
                column: group(&column, groups % columns),
                currency: code.and_then(|code| Currency::new(self.currencies.get(code))),
                minors: i64::try_from(running.sum())
                    .ok()
                    .filter(|_| exponent.is_some()),
                exact: running.sum(),
                rows: running.rows as usize,
                entries: running.entries as usize,
                first_row: running.first_row as usize,
            });
        };
        if dense {
            for (key, running) in (0..).zip(&cells).filter(|(_, it)| it.rows > 0) {
                emit(key, running);
            }
        } else {
            let positions = radix::positions(&sparse.0);
            let mut positions = positions.iter().map(|at| *at as usize).peekable();
            while let Some(at) = positions.next() {
                let key = sparse.0[at];
                let mut running = Running::default();
                let mut add = |at: usize| {
                    let row = sparse.1[at] as usize;
                    running.add(amounts.minors[row], row, self.entry[row]);
                };
                add(at);
                while let Some(at) = positions.next_if(|at| sparse.0[*at] == key) {
                    add(at);
                }
                emit(key, &running);
            }
        }
        found
    }

    /// The text of a group: `2026-03` for a month, empty for [`Group::Absent`].
    #[must_use]
    pub fn group_text(&self, dimension: Dimension, group: Group) -> String {
        match (dimension, group) {
            (Dimension::Text(column), Group::Text(code)) => self.code_text(column, code).to_owned(),
            (_, Group::Month(month)) => month.to_string(),
            _ => String::new(),
        }
    }

    fn axis(&self, dimension: Dimension) -> Axis {
        match dimension {
            Dimension::Text(column) => Axis {
                column,
                first_month: 0,
                groups: self.code_count(column) as u64,
                days: None,
            },
            Dimension::Month(column) => {
                let days = self.days(column).iter().copied();
                let days = days.filter(|day| *day != NO_DAY);
                let (first, last) = days.fold((i32::MAX, NO_DAY), |(first, last), day| {
                    (first.min(day), last.max(day))
                });
                let first_month = month_of(first);
                let months = match first <= last {
                    true => month_of(last) - first_month + 1,
                    false => 0,
                };
                let group = |day: i32| (month_of(day) - first_month).unsigned_abs() + 1;
                let by_day = match first <= last && last - first < MOST_DAYS {
                    true => (first..=last).map(group).collect(),
                    false => Vec::new(),
                };
                Axis {
                    column,
                    first_month,
                    groups: u64::from(months.unsigned_abs()) + 1,
                    days: Some((first, by_day)),
                }
            }
        }
    }

    /// The groups of a block of rows: 0 for rows without a value.
    fn groups(&self, axis: &Axis, block: usize, out: &mut [u32; BLOCK]) {
        let Some((first, by_day)) = &axis.days else {
            match self.text_source(axis.column) {
                Some(source) => source.read(block, out),
                None => out.fill(0),
            }
            return;
        };
        let days = self.days(axis.column).get(block * BLOCK..);
        for (out, day) in out.iter_mut().zip(days.unwrap_or_default()) {
            // Longer spans than that of the table have a date that is far off.
            *out = match by_day.get(day.wrapping_sub(*first) as usize) {
                Some(group) if *day >= *first => *group,
                _ if *day == NO_DAY => 0,
                _ => (month_of(*day) - axis.first_month).unsigned_abs() + 1,
            };
        }
    }
}

/// Days of a table from days to months, at most: a century.
const MOST_DAYS: i32 = 36_525;

/// A dimension with the number of its groups.
struct Axis {
    column: Column,
    /// Months since the beginning of year 0.
    first_month: i32,
    groups: u64,
    /// Of months: the first day, and the group of each day from it on, or nothing if there are too
    /// many days.
    days: Option<(i32, Vec<u32>)>,
}

impl Axis {
    fn len(&self) -> u64 {
        self.groups.max(1)
    }

    fn group(&self, at: u64) -> Group {
        let at = u32::try_from(at).unwrap_or(0);
        match at.checked_sub(1) {
            None => Group::Absent,
            Some(after) if self.days.is_some() => {
                let month = i64::from(self.first_month) + i64::from(after);
                Group::Month(Month {
                    year: month.div_euclid(12),
                    month: u32::try_from(month.rem_euclid(12)).unwrap_or(0) + 1,
                })
            }
            Some(_) => Group::Text(at),
        }
    }
}

/// Months since the beginning of year 0, of days since 1970; any number for [`NO_DAY`].
fn month_of(day: i32) -> i32 {
    if day == NO_DAY || day == i32::MAX {
        return 0;
    }
    // Years that start in March have their leap day at the end; 32 bits are faster in the browser than
    // the 64 of `outlay_pleo::time::Date`.
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march_month = (5 * of_year + 2) / 153;
    (era * 400 + year) * 12 + march_month + 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_pleo::time::Date;

    #[test]
    fn months_are_those_of_the_calendar() {
        for day in (-719_528..2_932_896).step_by(7).chain([-1, 0, 58, 59, 60]) {
            let date = Date::from_days(i64::from(day));
            let expected = date.year * 12 + i64::from(date.month) - 1;
            assert_eq!(i64::from(month_of(day)), expected, "{date}");
        }
    }
}
