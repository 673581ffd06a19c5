//! Reads single cells.

use std::borrow::Cow;

use outlay_pleo::time::Date;
use outlay_pleo::{Currency, Money};

use super::{EntryTable, Flag, NO_DAY, NO_INSTANT};
use crate::column::{Column, Kind};
use crate::columnar::narrow;
use crate::csv::Cell;

const MILLIS_PER_DAY: i64 = 86_400_000;

impl EntryTable {
    /// The text of a cell of kind text, number or id; empty where there is none, for other kinds and
    /// past the last row.
    #[must_use]
    pub fn text(&self, row: usize, column: Column) -> Cow<'_, str> {
        match column {
            Column::EntryId => {
                let number = self.entry.get(row).copied();
                Cow::Owned(number.map_or_else(String::new, |number| self.ids.text(number)))
            }
            Column::PartId => {
                let part = self.part.get(row).checked_sub(1);
                Cow::Owned(part.map_or_else(String::new, |number| self.parts.text(number)))
            }
            column => Cow::Borrowed(self.code_text(column, self.code(row, column))),
        }
    }

    /// The amount of a cell; `None` where none is stated and for other columns.
    #[must_use]
    pub fn money(&self, row: usize, column: Column) -> Option<Money> {
        let amounts = match column {
            Column::Amount => &self.amount,
            Column::Billed => &self.billed,
            _ => return None,
        };
        let minors = *amounts.minors.get(row)?;
        let currency = self.currencies.get(amounts.currency.get(row));
        let stated = amounts.stated.contains(row).then_some(minors)?;
        Some(Money {
            currency: Currency::new(currency)?,
            minors: stated,
        })
    }

    /// The day of a cell: of purchase and settlement in UTC, of bookkeeping as written. `None` where
    /// there is none or it could not be read, and for other columns.
    #[must_use]
    pub fn day(&self, row: usize, column: Column) -> Option<Date> {
        let day = self.day_number(row, column)?;
        Some(Date::from_days(i64::from(day)))
    }

    /// The text of a date that could not be read.
    #[must_use]
    pub fn unread_date(&self, row: usize, column: Column) -> Option<&str> {
        let key = narrow(row);
        let from = self.unread_dates.partition_point(|unread| unread.0 < key);
        let of_row = self.unread_dates.get(from..)?.iter();
        let mut of_row = of_row.take_while(|unread| unread.0 == key);
        let found = of_row.find(|unread| unread.1 == column)?;
        Some(&found.2)
    }

    /// Whether something is true of a row; `false` past the last one.
    #[must_use]
    pub fn has_flag(&self, row: usize, flag: Flag) -> bool {
        self.flags[flag as usize].contains(row)
    }

    /// The content of a cell, as the writers of files and the clipboard take it.
    #[must_use]
    pub fn cell(&self, row: usize, column: Column) -> Cell<'_> {
        match column.kind() {
            Kind::Text | Kind::Id => match self.text(row, column) {
                text if text.is_empty() => Cell::Empty,
                Cow::Borrowed(text) => Cell::Text(text),
                Cow::Owned(text) => Cell::Made(text),
            },
            Kind::Number => match self.code_text(column, self.code(row, column)) {
                "" => Cell::Empty,
                number => Cell::Number(number),
            },
            Kind::Amount => self.money(row, column).map_or(Cell::Empty, Cell::Amount),
            Kind::Day => match (self.day(row, column), self.unread_date(row, column)) {
                (Some(day), _) => Cell::Date(day),
                (None, Some(text)) => Cell::Text(text),
                (None, None) => Cell::Empty,
            },
            Kind::Count => Cell::Count(self.count(row, column) as usize),
        }
    }

    /// Receipts or attendees of a row; 0 for other columns.
    pub(crate) fn count(&self, row: usize, column: Column) -> u32 {
        match column {
            Column::Receipts => self.receipts.get(row),
            Column::Attendees => self.attendees.get(row),
            _ => 0,
        }
    }

    /// The code of a cell's text: of its label, or of its key where the column has no labels.
    pub(crate) fn code(&self, row: usize, column: Column) -> u32 {
        let Some((codes, _)) = self.keys(column) else {
            return 0;
        };
        let key = codes.get(row);
        match self.labels(column) {
            Some(labels) => labels.of.get(key as usize).copied().unwrap_or(0),
            None => key,
        }
    }

    /// The text of a [`Self::code`].
    pub(crate) fn code_text(&self, column: Column, code: u32) -> &str {
        match self.labels(column) {
            Some(labels) => labels.texts.get(code),
            None => self.keys(column).map_or("", |it| it.1.get(code)),
        }
    }

    /// How many codes the texts of a column have; 1 for other columns.
    pub(crate) fn code_count(&self, column: Column) -> usize {
        match self.labels(column) {
            Some(labels) => labels.texts.len(),
            None => self.keys(column).map_or(1, |it| it.1.len()),
        }
    }

    /// The texts of a column without the empty one, each once, in a stable order: new ones are added
    /// at the end. Empty for columns of other kinds.
    pub fn distinct(&self, column: Column) -> impl Iterator<Item = &str> {
        (1..narrow(self.code_count(column))).map(move |code| self.code_text(column, code))
    }

    /// Days since 1970.
    pub(crate) fn day_number(&self, row: usize, column: Column) -> Option<i32> {
        let day = match column {
            Column::Date => return self.performed.get(row).copied().and_then(day_of),
            Column::Settled => self.settled.get(row),
            Column::Booked => self.booked.get(row),
            _ => None,
        };
        day.copied().filter(|day| *day != NO_DAY)
    }
}

/// The day in UTC of milliseconds since 1970.
pub(super) fn day_of(instant: i64) -> Option<i32> {
    if instant == NO_INSTANT {
        return None;
    }
    i32::try_from(instant.div_euclid(MILLIS_PER_DAY)).ok()
}
