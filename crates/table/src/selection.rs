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

    /// Follows the selected rows from one order of a table to the next. Each order holds the number of
    /// the row at each index, and `identity` returns what identifies a row. `None` unless the same rows
    /// are adjacent in `after`, in the same sequence.
    #[must_use]
    pub fn moved<T: PartialEq>(
        self,
        before: &[u32],
        after: &[u32],
        identity: impl Fn(u32) -> T,
    ) -> Option<Self> {
        let start = self.rows().start;
        let selected = before.get(self.rows())?;
        let first = identity(*selected.first()?);
        let at = after.iter().position(|row| identity(*row) == first)?;
        let found = after.get(at..at.checked_add(selected.len())?)?;
        let is_same = |(one, other): (&u32, &u32)| identity(*one) == identity(*other);
        let moved = Self {
            anchor: self.anchor - start + at,
            end: self.end - start + at,
        };
        selected.iter().zip(found).all(is_same).then_some(moved)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selection_moves_with_its_rows_and_ends_when_their_sequence_changes() {
        const BEFORE: [u32; 5] = [10, 11, 12, 13, 14];
        let cases: [(&str, &[u32], Option<usize>); 9] = [
            ("the same order", &BEFORE, Some(1)),
            ("rows behind", &[10, 11, 12, 13, 14, 20], Some(1)),
            ("rows before", &[20, 21, 10, 11, 12, 13, 14], Some(3)),
            ("rows before and behind", &[20, 11, 12, 13, 21], Some(1)),
            ("a row between", &[10, 11, 20, 12, 13, 14], None),
            ("a selected row is gone", &[10, 11, 13, 14], None),
            ("the last selected row is gone", &[10, 11, 12], None),
            ("another sequence", &[14, 13, 12, 11, 10], None),
            ("no rows", &[], None),
        ];
        for (case, after, start) in cases {
            for selection in [
                Selection::of(1).extended_to(3),
                Selection::of(3).extended_to(1),
            ] {
                let moved = selection.moved(&BEFORE, after, |row| row);
                let rows = moved.map(Selection::rows);
                assert_eq!(rows, start.map(|start| start..start + 3), "{case}");
                let offset = |it: Selection| it.end() - it.rows().start;
                let expected = moved.map(|_| offset(selection));
                assert_eq!(moved.map(offset), expected, "{case}");
            }
        }
    }

    #[test]
    fn selection_follows_a_row_that_has_got_another_number() {
        // Rows 30 and 31 are newer versions of what rows 10 and 11 show.
        let entry = |row: u32| row % 10;
        let selection = Selection::of(0).extended_to(1);
        let moved = selection.moved(&[10, 11, 12], &[25, 30, 31, 12], entry);
        assert_eq!(moved, Some(Selection::of(1).extended_to(2)));
        // Places without rows are no selection.
        assert_eq!(Selection::of(5).moved(&[10], &[10], entry), None);
    }
}
