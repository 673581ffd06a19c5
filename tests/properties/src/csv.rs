//! The files that are saved: the table comes back cell by cell, and whatever a spreadsheet splits the
//! file by, it finds no formula.

use outlay_pleo::time::Timestamp;
use outlay_pleo::{Currency, Money};
use outlay_table::characters::replace_forbidden;
use outlay_table::csv::{Csv, CsvCell, CsvFormat, DateFormat, DecimalSeparator, Preset, Separator};
use outlay_table::spreadsheet::{protect, restore};

use crate::source::ByteSource;

const HEADERS: [&str; 4] = ["Text", "Amount", "Count", "Day"];

/// What a spreadsheet may split a file by, whatever the file was made with.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// What a formula begins with, in any width.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Checks a file of rows that the bytes make.
pub fn csv(input: &[u8]) {
    let mut source = ByteSource::new(input);
    let form = CsvFormat {
        preset: if source.bool() {
            Preset::Spreadsheet
        } else {
            Preset::Plain
        },
        separator: match source.below(3) {
            0 => Separator::Comma,
            1 => Separator::Semicolon,
            _ => Separator::Tab,
        },
        mark: if source.bool() {
            DecimalSeparator::Point
        } else {
            DecimalSeparator::Comma
        },
        dates: match source.below(3) {
            0 => DateFormat::Iso,
            1 => DateFormat::Slashes,
            _ => DateFormat::Dots,
        },
        byte_order_mark: source.bool(),
    };
    let mut rows = Vec::new();
    while !source.is_empty() && rows.len() < 8 {
        rows.push(CsvRow {
            text: source.text(),
            minors: i64::from(source.byte()) * 100 - 12_800,
            count: usize::from(source.byte()),
            day: source.text().into(),
        });
    }
    let mut file = Csv::new(form, &HEADERS);
    for row in &rows {
        file.row(row.cells());
    }
    let file = file.into_text();
    comes_back(form, &file, &rows);
    if form.preset == Preset::Spreadsheet {
        for separator in SEPARATORS {
            no_formula(&file, separator);
        }
    }
    for row in &rows {
        for tabs in [false, true] {
            assert_eq!(restore(&protect(&row.text, tabs)), row.text);
        }
    }
}

struct CsvRow {
    text: String,
    minors: i64,
    count: usize,
    day: Timestamp,
}

impl CsvRow {
    fn cells(&self) -> [CsvCell<'_>; 4] {
        let money = Money {
            currency: Currency::new("EUR").unwrap_or(Currency::UNDEFINED),
            minors: self.minors,
        };
        [
            CsvCell::Text(&self.text),
            CsvCell::Amount(money),
            CsvCell::Count(self.count),
            CsvCell::Day(&self.day),
        ]
    }
}

fn read(file: &str, separator: u8) -> Vec<Vec<String>> {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(file.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// Opened with its own separator, the file holds the rows.
fn comes_back(form: CsvFormat, file: &str, rows: &[CsvRow]) {
    let separator = match form.separator {
        Separator::Comma => b',',
        Separator::Semicolon => b';',
        Separator::Tab => b'\t',
    };
    let read = read(file, separator);
    assert_eq!(read.len(), rows.len() + 1, "rows: {file:?}");
    assert_eq!(
        read.first().map(|row| row.join("|")),
        Some(HEADERS.join("|"))
    );
    for (row, read) in rows.iter().zip(read.iter().skip(1)) {
        assert_eq!(read.len(), HEADERS.len(), "cells: {read:?}");
        let text = read.first().map(String::as_str).unwrap_or_default();
        let (sent, _) = replace_forbidden(&row.text);
        match form.preset {
            Preset::Plain => assert_eq!(text, sent),
            Preset::Spreadsheet => assert_eq!(restore(text), sent),
        }
        let count = read.get(2).map(String::as_str);
        assert_eq!(count, Some(&*row.count.to_string()));
    }
}

fn no_formula(file: &str, separator: u8) {
    for cell in read(file, separator).iter().flatten() {
        let skipped = |c: char| c.is_whitespace() || c.is_control() || c == '"';
        let cell = cell.trim_start_matches(skipped);
        // An amount with a tab after it is the rest of a row that is split by something else.
        let first = cell.split('\t').next().unwrap_or_default();
        assert!(
            !cell.starts_with(SIGNS) || is_number(first),
            "a formula: {cell:?}"
        );
    }
}

/// A sign, digits, and at most one decimal mark between digits.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(decimals)
}
