//! A small table of texts, such as the chart of accounts: searched, sorted and written as a file at
//! once. For the entries there is [`crate::entry_table`].

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use outlay_pleo::number::Decimal;

use crate::csv::{Csv, CsvCell};
use crate::file_writer::{Format, push_json};
use crate::fold::fold;
use crate::natural;

/// The type of a column's cells; decides sort order and file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// Text, sorted in the order of a collator.
    Text,
    /// A decimal number with a dot, sorted by value; a cell that is no number counts as text.
    Number,
}

/// A column of a [`RecordTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordColumn {
    /// The name in links and in JSON: lower case, stable.
    pub key: &'static str,
    /// The header in CSV and on screen.
    pub header: &'static str,
    /// The type of the cells.
    pub kind: RecordKind,
}

/// Rows of texts. A cell that a row does not have is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordTable {
    rows: Vec<Vec<String>>,
    /// The cells of each row as a search reads them.
    folded: Vec<String>,
}

/// The content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// The whole text.
    pub text: String,
    /// How many characters were replaced because files must not contain them; 0 for JSON Lines.
    pub replaced: usize,
}

impl RecordTable {
    /// Appends a row.
    pub fn push(&mut self, cells: Vec<String>) {
        let mut folded = String::new();
        for cell in &cells {
            fold(cell, &mut folded);
            // No word reaches from one cell into the next.
            folded.push('\0');
        }
        self.rows.push(cells);
        self.folded.push(folded);
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether the table has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the text of a cell; empty if there is none.
    #[must_use]
    pub fn cell(&self, row: u32, column: usize) -> &str {
        let row = self.rows.get(row as usize);
        row.and_then(|row| row.get(column))
            .map_or("", String::as_str)
    }

    /// The texts of a column, from the first row to the last.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter();
        rows.map(move |row| row.get(column).map_or("", String::as_str))
    }

    /// The rows that contain every word of `search`, in any of their cells, in the order in which they
    /// were appended. Case and accents do not count. An empty search matches every row.
    #[must_use]
    pub fn select(&self, search: &str) -> Vec<u32> {
        let mut wanted = String::new();
        fold(search, &mut wanted);
        let words: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        let matches = |row: &String| words.iter().all(|word| row.contains(word));
        (0..)
            .zip(&self.folded)
            .filter(|(_, row)| matches(row))
            .map(|(row, _)| row)
            .collect()
    }

    /// Sorts rows by a column. Empty cells are last in both directions; equal ones keep their order.
    ///
    /// `rank` returns the place of each of some texts, which differ, in the order of a collator; with
    /// `None` the order is that of [`natural::ranks`].
    #[must_use]
    pub fn order(
        &self,
        mut rows: Vec<u32>,
        (column, kind): (usize, RecordKind),
        descending: bool,
        rank: impl Fn(&[&str]) -> Option<Vec<u32>>,
    ) -> Vec<u32> {
        let texts: BTreeSet<&str> = rows.iter().map(|row| self.cell(*row, column)).collect();
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        let ranks = rank(&texts).filter(|ranks| ranks.len() == texts.len());
        let ranks = ranks.unwrap_or_else(|| natural::ranks(&texts));
        let number = |text: &str| match kind {
            RecordKind::Number => Decimal::parse(text),
            RecordKind::Text => None,
        };
        let keys: HashMap<&str, (Option<Decimal>, u32)> = texts
            .iter()
            .zip(ranks)
            .map(|(text, rank)| (*text, (number(text), rank)))
            .collect();
        let compare = |one: &u32, other: &u32| {
            let [one, other] = [one, other].map(|row| keys.get(self.cell(*row, column)));
            match (one, other) {
                (Some(one), Some(other)) if descending => one.cmp(other).reverse(),
                (Some(one), Some(other)) => one.cmp(other),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            }
        };
        rows.sort_by(compare);
        rows
    }

    /// A cell as files and the clipboard have it.
    #[must_use]
    pub fn csv_cell(&self, row: u32, column: usize, kind: RecordKind) -> CsvCell<'_> {
        match (self.cell(row, column), kind) {
            ("", _) => CsvCell::Empty,
            (number, RecordKind::Number) if Decimal::parse(number).is_some() => {
                CsvCell::Number(number)
            }
            (text, _) => CsvCell::Text(text),
        }
    }

    /// Writes rows as a file, in this order, with `notes` behind the last one as
    /// [`crate::file_writer::FilePlan::notes`] has them. In JSON Lines the names are the columns' keys,
    /// and what is empty is `null`.
    #[must_use]
    pub fn file(
        &self,
        columns: &[RecordColumn],
        rows: &[u32],
        format: Format,
        notes: &[String],
    ) -> RecordFile {
        match format {
            Format::Csv(form) => {
                let headers: Vec<&str> = columns.iter().map(|column| column.header).collect();
                let mut csv = Csv::new(form, &headers);
                for row in rows {
                    let columns = columns.iter().enumerate();
                    csv.row(columns.map(|(at, column)| self.csv_cell(*row, at, column.kind)));
                }
                for note in notes {
                    let others = columns.iter().skip(1).map(|_| CsvCell::Empty);
                    csv.row(std::iter::once(CsvCell::Text(note)).chain(others));
                }
                let replaced = csv.replaced();
                RecordFile {
                    text: csv.into_text(),
                    replaced,
                }
            }
            Format::JsonLines => {
                let mut text = String::new();
                for row in rows {
                    self.push_line(columns, *row, &mut text);
                }
                for note in notes {
                    text.push_str("{\"outlay_note\":");
                    push_json(&mut text, note);
                    text.push_str("}\n");
                }
                RecordFile { text, replaced: 0 }
            }
        }
    }

    fn push_line(&self, columns: &[RecordColumn], row: u32, text: &mut String) {
        for (at, column) in columns.iter().enumerate() {
            text.push(if at > 0 { ',' } else { '{' });
            push_json(text, column.key);
            text.push(':');
            match self.csv_cell(row, at, column.kind) {
                CsvCell::Number(number) => text.push_str(&json_number(number)),
                CsvCell::Text(cell) => push_json(text, cell),
                _ => text.push_str("null"),
            }
        }
        text.push_str("}\n");
    }
}

/// The number without leading zeros, which JSON does not allow.
fn json_number(number: &str) -> Cow<'_, str> {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let trimmed = digits.trim_start_matches('0');
    if trimmed.len() == digits.len() {
        return Cow::Borrowed(number);
    }
    let zero = if trimmed.starts_with(|it: char| it.is_ascii_digit()) {
        ""
    } else {
        "0"
    };
    Cow::Owned([sign, zero, trimmed].concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use crate::csv::CsvFormat;
    use outlay_wire::Value;

    const COLUMNS: [RecordColumn; 3] = [
        RecordColumn {
            key: "name",
            header: "Name",
            kind: RecordKind::Text,
        },
        RecordColumn {
            key: "rate",
            header: "Rate",
            kind: RecordKind::Number,
        },
        RecordColumn {
            key: "city",
            header: "City",
            kind: RecordKind::Text,
        },
    ];

    fn table(rows: &[[&str; 3]]) -> RecordTable {
        let mut table = RecordTable::default();
        for row in rows {
            table.push(row.iter().map(|cell| (*cell).to_owned()).collect());
        }
        table
    }

    fn sample() -> RecordTable {
        table(&[
            ["Reduced", "12.5", "\u{c5}rhus"],
            ["Zero", "0", ""],
            ["Full", "25", "Odense"],
            ["Low", "5.25", "\u{e5}rhus"],
            ["Unknown", "", "=1+2"],
            ["Odd", "n/a", "Odense"],
        ])
    }

    #[test]
    fn search_finds_every_word_in_any_cell_without_case_and_accents() {
        let table = sample();
        let cases: [(&str, &[u32]); 7] = [
            ("", &[0, 1, 2, 3, 4, 5]),
            ("  ", &[0, 1, 2, 3, 4, 5]),
            ("ARHUS", &[0, 3]),
            ("arhus low", &[3]),
            ("e odense", &[2, 5]),
            ("full odense 25", &[2]),
            // No word reaches over two cells.
            ("full25", &[]),
        ];
        for (search, expected) in cases {
            let found: Vec<u32> = table.select(search);
            // "e odense" matches rows with an e anywhere.
            assert_eq!(found, expected, "{search:?}");
        }
    }

    #[test]
    fn numbers_are_sorted_by_value_and_empty_cells_are_last_in_both_directions() {
        let table = sample();
        let sorted = |column: usize, descending| {
            let kind = COLUMNS[column].kind;
            table.order(table.select(""), (column, kind), descending, |_| None)
        };
        // What is no number comes before the numbers.
        assert_eq!(sorted(1, false), [5, 1, 3, 0, 2, 4]);
        assert_eq!(sorted(1, true), [2, 0, 3, 1, 5, 4]);
        assert_eq!(sorted(2, false), [4, 0, 3, 2, 5, 1]);
        assert_eq!(sorted(2, true), [2, 5, 3, 0, 4, 1]);
    }

    #[test]
    fn order_follows_the_given_ranks() {
        let table = table(&[["a", "", ""], ["b", "", ""], ["c", "", ""]]);
        let reversed = |texts: &[&str]| {
            let last = u32::try_from(texts.len()).unwrap() - 1;
            Some((0..=last).rev().collect())
        };
        let key = (0, RecordKind::Text);
        assert_eq!(
            table.order(table.select(""), key, false, reversed),
            [2, 1, 0]
        );
        // Ranks of another number of texts are not used.
        let few = |_: &[&str]| Some(vec![0]);
        assert_eq!(table.order(table.select(""), key, false, few), [0, 1, 2]);
    }

    #[test]
    fn file_has_headers_rows_and_notes_in_both_formats() {
        let table = sample();
        let notes = ["PARTIAL: 2 of 9".to_owned()];
        let csv = table.file(&COLUMNS, &[4, 3], Format::Csv(CsvFormat::default()), &notes);
        assert_eq!(
            csv.text,
            "\u{feff}Name,Rate,City\r\nUnknown,,'=1+2\r\nLow,5.25,\u{e5}rhus\r\nPARTIAL: 2 of 9,,\r\n"
        );
        let json = table.file(&COLUMNS, &[4, 5, 3], Format::JsonLines, &notes);
        let lines: Vec<Value> = json
            .text
            .lines()
            .map(|line| outlay_wire::parse(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0].get("rate"), Some(&Value::Null));
        assert_eq!(lines[1].get("rate").unwrap().as_str(), Some("n/a"));
        assert_eq!(
            lines[2].get("rate"),
            Some(&Value::Number("5.25".to_owned()))
        );
        assert_eq!(
            lines[3].get("outlay_note").unwrap().as_str(),
            Some("PARTIAL: 2 of 9")
        );
    }

    #[test]
    fn characters_that_files_cannot_hold_are_counted_and_json_numbers_have_no_leading_zero() {
        let table = table(&[["a\0b", "007", ""], ["c", "-00.5", ""]]);
        let csv = table.file(&COLUMNS, &[0], Format::Csv(CsvFormat::plain()), &[]);
        assert_eq!(csv.replaced, 1);
        let json = table.file(&COLUMNS, &[0, 1], Format::JsonLines, &[]);
        for (line, expected) in json.text.lines().zip(["7", "-0.5"]) {
            let value = outlay_wire::parse(line).unwrap();
            assert_eq!(
                value.get("rate").unwrap(),
                &Value::Number(expected.to_owned())
            );
            assert_ne!(value.get("name"), Some(&Value::Null));
        }
    }
}
