//! The selected rows of a table, and their text for the clipboard.

use std::ops::Range;

use crate::csv::{Csv, CsvCell, CsvFormat, Separator};

/// Adjacent selected rows of a table, by index from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The row that the selection began at; it stays while the selection is extended.
    anchor: usize,
    /// The row that it was extended to, above or below the anchor.
    end: usize,
}

impl Selection {
    /// Selects one row.
    #[must_use]
    pub fn of(row: usize) -> Self {
        Self {
            anchor: row,
            end: row,
        }
    }

    /// All of `rows` rows; `None` for 0.
    #[must_use]
    pub fn all(rows: usize) -> Option<Self> {
        let end = rows.checked_sub(1)?;
        Some(Self { anchor: 0, end })
    }

    /// Selects from the same anchor to `row`.
    #[must_use]
    pub fn extended_to(self, row: usize) -> Self {
        Self { end: row, ..self }
    }

    /// Returns the row to which the selection was extended last.
    #[must_use]
    pub fn end(self) -> usize {
        self.end
    }

    /// Returns the selected rows in ascending order.
    #[must_use]
    pub fn rows(self) -> Range<usize> {
        self.anchor.min(self.end)..self.anchor.max(self.end).saturating_add(1)
    }
}

/// Rows as text that a spreadsheet takes for a table when it is pasted: tabs between cells, CRLF
/// after each row. Amounts are ASCII numbers with the decimal sign of `form` and without blanks.
/// Texts are quoted, and protected against formulas by the preset for spreadsheets.
#[must_use]
pub fn copied<'a, Row>(form: CsvFormat, rows: impl IntoIterator<Item = Row>) -> String
where
    Row: IntoIterator<Item = CsvCell<'a>>,
{
    let form = CsvFormat {
        separator: Separator::Tab,
        byte_order_mark: false,
        ..form
    };
    let mut csv = Csv::new(form, &[]);
    for row in rows {
        csv.row(row);
    }
    let text = csv.into_text();
    // The row of headers, which is empty.
    text.strip_prefix("\r\n").unwrap_or(&text).to_owned()
}
