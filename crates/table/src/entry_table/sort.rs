//! The order of rows: stable, by several keys.
//!
//! Numbers are sorted by radix, texts by the rank of each distinct text. The ranks come from outside,
//! for example from the browser's collator: [`EntryTable::distinct`] gives the texts,
//! [`EntryTable::set_ranks`] takes a rank for each. A column without them, or with texts that came
//! later, is ordered by [`crate::natural`].

use super::{EntryTable, NO_DAY, NO_INSTANT, Selection};
use crate::column::{Column, Kind};
use crate::columnar::{narrow, radix};
use crate::natural;

/// Direction of a sort key. Cells without a value come last in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Smallest value first; absent values last.
    #[default]
    Ascending,
    /// Largest value first; absent values last.
    Descending,
}

/// A column to sort by. Days of purchase are sorted by their instants; amounts by their value, a
/// hundred yen as a hundred euros, those in a currency without known decimals like absent ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SortKey {
    /// The column whose values are compared.
    pub column: Column,
    /// Direction of the order.
    pub direction: Direction,
}

impl EntryTable {
    /// The rows of the selection by the first key, equal ones by the second, and so on; rows that are
    /// equal in all keys, in the order in which they were appended.
    #[must_use]
    pub fn order(&self, selection: &Selection, keys: &[SortKey]) -> Vec<u32> {
        let mut order: Vec<u32> = Vec::with_capacity(selection.len());
        order.extend(selection.rows.rows().map(narrow));
        for key in keys.iter().rev() {
            let round = self.round(&order, *key);
            let positions = radix::positions(&round.keys);
            order = apply(&order, &positions);
            if let Some(high) = round.high {
                // The upper halves follow the rows.
                let high: Vec<u64> = apply(&high, &positions);
                order = apply(&order, &radix::positions(&high));
            }
        }
        order
    }

    /// Stores the order of the texts of a column: one rank for each of [`EntryTable::distinct`]. Texts
    /// of equal rank count as equal. Returns `false`, and changes nothing, for another number of ranks.
    pub fn set_ranks(&mut self, column: Column, mut ranks: Vec<u32>) -> bool {
        if ranks.len() + 1 != self.code_count(column) {
            return false;
        }
        ranks.insert(0, 0);
        let slot = column.slot();
        while self.ranks.len() <= slot {
            self.ranks.push(None);
        }
        self.ranks[slot] = Some(ranks);
        true
    }

    /// Whether every text of the column has a rank that was set. A page that adds texts ends that.
    #[must_use]
    pub fn has_ranks(&self, column: Column) -> bool {
        let ranks = self.ranks.get(column.slot()).and_then(Option::as_ref);
        ranks.is_some_and(|ranks| ranks.len() == self.code_count(column))
    }

    fn round(&self, order: &[u32], key: SortKey) -> Round {
        let rows = || order.iter().map(|row| *row as usize);
        let column = key.column;
        let descending = key.direction == Direction::Descending;
        let values: Vec<Option<i64>> = match column.kind() {
            Kind::Text | Kind::Number => {
                let natural;
                let ranks = match self.ranks.get(column.slot()) {
                    Some(Some(ranks)) if self.has_ranks(column) => ranks,
                    _ => {
                        let texts: Vec<&str> = self.distinct(column).collect();
                        natural = std::iter::once(0).chain(natural::ranks(&texts)).collect();
                        &natural
                    }
                };
                let source = self.text_source(column);
                let rank = |row| {
                    let code = source.as_ref().map_or(0, |source| source.code(row));
                    let rank = ranks.get(code as usize).filter(|_| code > 0);
                    rank.map(|rank| i64::from(*rank))
                };
                rows().map(rank).collect()
            }
            Kind::Id => {
                let texts: Vec<_> = rows().map(|row| self.text(row, column)).collect();
                let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
                let ranks = natural::byte_ranks(&texts);
                let absent = |(rank, text): (u32, &&str)| (!text.is_empty()).then_some(rank.into());
                ranks.into_iter().zip(&texts).map(absent).collect()
            }
            Kind::Day if column == Column::Date => {
                let instant = |row: usize| self.performed.get(row).copied();
                rows()
                    .map(|row| instant(row).filter(|it| *it != NO_INSTANT))
                    .collect()
            }
            Kind::Day => {
                let days = self.days(column);
                let day = |row: usize| days.get(row).copied().filter(|day| *day != NO_DAY);
                rows().map(|row| day(row).map(i64::from)).collect()
            }
            Kind::Count => rows()
                .map(|row| Some(i64::from(self.count(row, column))))
                .collect(),
            Kind::Amount => return self.amounts(order, column, descending),
        };
        Round::new(&values, descending)
    }

    /// The keys of amounts, in the smallest unit of the currency with the most decimals.
    fn amounts(&self, order: &[u32], column: Column, descending: bool) -> Round {
        let amounts = match column {
            Column::Billed => &self.billed,
            _ => &self.amount,
        };
        let known = self.exponents.iter().flatten();
        let most = known.max().copied().unwrap_or(0);
        let factor = |exponent: Option<u32>| exponent.map(|it| 10i64.pow(most - it));
        let factors: Vec<Option<i64>> = self.exponents.iter().copied().map(factor).collect();
        let value = |row: &u32| {
            let row = *row as usize;
            let stated = amounts.stated.contains(row);
            let factor = factors.get(amounts.currency.get(row) as usize)?;
            let factor = factor.filter(|_| stated)?;
            Some((amounts.minors[row], factor))
        };
        let mut fits = true;
        let narrow = |row| {
            let (minors, factor) = value(row)?;
            let value = minors.checked_mul(factor);
            fits &= value.is_some();
            Some(value.unwrap_or(0))
        };
        let values: Vec<Option<i64>> = order.iter().map(narrow).collect();
        if fits {
            return Round::new(&values, descending);
        }
        let wide = |row| {
            let (minors, factor) = value(row)?;
            Some(i128::from(minors) * i128::from(factor))
        };
        Round::of_wide(&order.iter().map(wide).collect::<Vec<_>>(), descending)
    }
}

/// Sort keys by position: smaller ones first, absent values last.
struct Round {
    keys: Vec<u64>,
    /// The upper half of keys that need more than 64 bits.
    high: Option<Vec<u64>>,
}

impl Round {
    fn new(values: &[Option<i64>], descending: bool) -> Round {
        let present = || values.iter().flatten().copied();
        let (least, most) = (present().min().unwrap_or(0), present().max().unwrap_or(0));
        let range = most.wrapping_sub(least) as u64;
        let Some(absent) = range.checked_add(1) else {
            let wide: Vec<_> = values.iter().map(|value| value.map(i128::from)).collect();
            return Round::of_wide(&wide, descending);
        };
        let key = |value: &Option<i64>| match value {
            Some(value) if descending => most.wrapping_sub(*value) as u64,
            Some(value) => value.wrapping_sub(least) as u64,
            None => absent,
        };
        Round {
            keys: values.iter().map(key).collect(),
            high: None,
        }
    }

    /// Values of at most 100 bits: an amount times a power of ten.
    fn of_wide(values: &[Option<i128>], descending: bool) -> Round {
        let present = || values.iter().flatten().copied();
        let (least, most) = (present().min().unwrap_or(0), present().max().unwrap_or(0));
        let key = |value: &Option<i128>| match value {
            Some(value) if descending => most - value,
            Some(value) => value - least,
            None => most - least + 1,
        };
        let keys = || values.iter().map(key);
        Round {
            // The halves of the key.
            keys: keys().map(|key| key as u64).collect(),
            high: Some(keys().map(|key| (key >> 64) as u64).collect()),
        }
    }
}

fn apply<T: Copy>(values: &[T], positions: &[u32]) -> Vec<T> {
    let at = |position: &u32| values[*position as usize];
    positions.iter().map(at).collect()
}
