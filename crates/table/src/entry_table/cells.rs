//! Reads single cells.

use std::borrow::Cow;
use std::ops::Range;

use outlay_pleo::time::Date;
use outlay_pleo::{Currency, Money};

use super::{EntryTable, Flag, NO_DAY};
use crate::column::{Column, Kind};
use crate::columnar::{BLOCK, Codes, Dictionary, narrow};
use crate::csv::CsvCell;

/// The beginning of the text of a record that could not be read; the faulty field follows.
pub(super) const UNREADABLE: &str = "Could not be read: ";

/// The beginning of the id that a record without one gets; Pleo's ids are UUIDs.
pub(super) const WITHOUT_ID: &str = "without id ";

impl EntryTable {
    /// The text of a cell of kind text, number or id; empty without a value, for other kinds and
    /// past the last row.
    #[must_use]
    pub fn text(&self, row: usize, column: Column) -> Cow<'_, str> {
        match column {
            Column::EntryId | Column::PartId => {
                let mut text = String::new();
                self.write_id(row, column, &mut text);
                Cow::Owned(text)
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

    /// What the row is about: the note; else what the supplier's document says; else the type. For a
    /// record that could not be read, its id and the faulty field.
    #[must_use]
    pub fn description(&self, row: usize) -> Cow<'_, str> {
        if self.has_flag(row, Flag::Unreadable) {
            let id = self.text(row, Column::EntryId);
            let id = match id.starts_with(WITHOUT_ID) {
                true => "without id",
                false => &*id,
            };
            let line = self.text(row, Column::Line);
            return Cow::Owned(match line.strip_prefix(UNREADABLE).unwrap_or_default() {
                "" => [UNREADABLE, id].concat(),
                field => [UNREADABLE, id, ", field ", field].concat(),
            });
        }
        let columns = [
            Column::Note,
            Column::Document,
            Column::Vendor,
            Column::VendorId,
            Column::VendorTaxNumber,
            Column::Type,
        ];
        let texts = columns.map(|column| self.code_text(column, self.code(row, column)).trim());
        let text = texts.into_iter().find(|text| !text.is_empty());
        Cow::Borrowed(text.unwrap_or_default())
    }

    /// Code and name of the account, as in `6510 Software`; its id if neither is known. Empty without
    /// an account.
    #[must_use]
    pub fn account_label(&self, row: usize) -> Cow<'_, str> {
        self.coded(
            row,
            [Column::AccountCode, Column::Account],
            Column::AccountId,
        )
    }

    /// Code and name of the tax code; its id if neither is known. Empty without a tax code.
    #[must_use]
    pub fn tax_label(&self, row: usize) -> Cow<'_, str> {
        self.coded(row, [Column::TaxCode, Column::Tax], Column::TaxId)
    }

    fn coded(&self, row: usize, [code, name]: [Column; 2], id: Column) -> Cow<'_, str> {
        let text = |column| self.code_text(column, self.code(row, column));
        match (text(code), text(name)) {
            ("", "") => Cow::Borrowed(text(id)),
            (one, "") | ("", one) => Cow::Borrowed(one),
            (code, name) => Cow::Owned([code, " ", name].concat()),
        }
    }

    /// The rows of the parts of a split entry, of which `row` is the whole; empty for other rows.
    #[must_use]
    pub fn parts_of(&self, row: usize) -> Range<usize> {
        let at = self
            .splits
            .binary_search_by_key(&narrow(row), |split| split.0);
        match at.ok().and_then(|at| self.splits.get(at)) {
            Some((whole, lines)) => {
                let first = *whole as usize + 1;
                first..first + *lines as usize
            }
            None => row..row,
        }
    }

    /// The rows of entries as the lines that a ledger posts: each split entry becomes its parts, which
    /// have the same totals.
    #[must_use]
    pub fn lines_of(&self, entries: &[u32]) -> Vec<u32> {
        let mut lines = Vec::with_capacity(entries.len());
        for row in entries {
            let parts = self.parts_of(*row as usize);
            match parts.is_empty() {
                true => lines.push(*row),
                false => lines.extend(parts.map(narrow)),
            }
        }
        lines
    }

    /// Returns the text of a date that could not be parsed; `None` for a valid or absent date.
    #[must_use]
    pub fn unread_date(&self, row: usize, column: Column) -> Option<&str> {
        let key = narrow(row);
        let from = self.unread_dates.partition_point(|unread| unread.0 < key);
        let of_row = self.unread_dates.get(from..)?.iter();
        let mut of_row = of_row.take_while(|unread| unread.0 == key);
        let found = of_row.find(|unread| unread.1 == column)?;
        Some(&found.2)
    }

    /// Returns whether a row has the flag; `false` for rows past the end.
    #[must_use]
    pub fn has_flag(&self, row: usize, flag: Flag) -> bool {
        self.flags[flag as usize].contains(row)
    }

    /// Returns the content of a cell for files and the clipboard; `Empty` without a value.
    #[must_use]
    pub fn cell(&self, row: usize, column: Column) -> CsvCell<'_> {
        match column.kind() {
            Kind::Text | Kind::Id => match self.text(row, column) {
                text if text.is_empty() => CsvCell::Empty,
                Cow::Borrowed(text) => CsvCell::Text(text),
                Cow::Owned(text) => CsvCell::Made(text),
            },
            Kind::Number => match self.code_text(column, self.code(row, column)) {
                "" => CsvCell::Empty,
                number => CsvCell::Number(number),
            },
            Kind::Amount => self
                .money(row, column)
                .map_or(CsvCell::Empty, CsvCell::Amount),
            Kind::Day => match (self.day(row, column), self.unread_date(row, column)) {
                (Some(day), _) => CsvCell::Date(day),
                (None, Some(text)) => CsvCell::Text(text),
                (None, None) => CsvCell::Empty,
            },
            Kind::Count => CsvCell::Count(self.count(row, column) as usize),
        }
    }

    /// Receipts or attendees of a row; 0 for other columns.
    #[must_use]
    pub fn count(&self, row: usize, column: Column) -> u32 {
        match column {
            Column::Receipts => self.receipts.get(row),
            Column::Attendees => self.attendees.get(row),
            _ => 0,
        }
    }

    /// The code of a cell's text: of its label, or of its key where the column has no labels.
    fn code(&self, row: usize, column: Column) -> u32 {
        let source = self.text_source(column);
        source.map_or(0, |source| source.code(row))
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

    /// Days since 1970, by row; [`NO_DAY`] without a day. Empty for other columns.
    pub(super) fn days(&self, column: Column) -> &[i32] {
        match column {
            Column::Date => &self.performed_day,
            Column::Settled => &self.settled,
            Column::Booked => &self.booked,
            _ => &[],
        }
    }

    fn day_number(&self, row: usize, column: Column) -> Option<i32> {
        let day = self.days(column).get(row).copied();
        day.filter(|day| *day != NO_DAY)
    }

    /// Appends the text of an id; nothing without one.
    pub(crate) fn write_id(&self, row: usize, column: Column, out: &mut String) {
        match column {
            Column::EntryId => {
                if let Some(number) = self.entry.get(row) {
                    self.ids.write(*number, out);
                }
            }
            _ => {
                if let Some(number) = self.part.get(row).checked_sub(1) {
                    self.parts.write(number, out);
                }
            }
        }
    }

    /// What the texts of a column are made of; `None` for other columns. Reading many cells through it
    /// is faster than one by one.
    pub(crate) fn text_source(&self, column: Column) -> Option<TextSource<'_>> {
        let (codes, keys) = self.keys(column)?;
        let labels = self.labels(column);
        Some(TextSource {
            codes,
            of_key: labels.map(|labels| &*labels.of),
            texts: labels.map_or(keys, |labels| &labels.texts),
        })
    }
}

/// The texts of a column.
pub(crate) struct TextSource<'a> {
    codes: &'a Codes,
    of_key: Option<&'a [u32]>,
    pub(crate) texts: &'a Dictionary,
}

impl TextSource<'_> {
    /// The code in `texts` of a row's text.
    pub(crate) fn code(&self, row: usize) -> u32 {
        let key = self.codes.get(row);
        match self.of_key {
            Some(of_key) => of_key.get(key as usize).copied().unwrap_or(0),
            None => key,
        }
    }

    /// The codes of a block of rows.
    pub(crate) fn read(&self, block: usize, out: &mut [u32; BLOCK]) {
        self.codes.read(block, out);
        if let Some(of_key) = self.of_key {
            for code in out {
                *code = of_key.get(*code as usize).copied().unwrap_or(0);
            }
        }
    }
}
