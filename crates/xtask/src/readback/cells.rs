//! Cells as LibreOffice writes them, and the cells that are expected of it.

use outlay_pleo::time::Date;
use outlay_table::characters::replace_forbidden;
use outlay_table::csv::CsvCell;

/// Characters (UTF-16 code units) of a cell in a workbook, at most.
const LONGEST: usize = 32_767;

/// Characters that LibreOffice keeps of a cell of a CSV file.
const LONGEST_IN_CSV: usize = 65_535;

/// At the end of a longer text, the writer's sentence on what it has cut has fewer characters.
const NOTE: usize = 100;

/// Digits of a number that a spreadsheet keeps.
const DIGITS: usize = 15;

/// A cell that LibreOffice has written: it quotes texts, and only these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadCell {
    /// Without quotation marks.
    pub text: String,
    pub is_quoted: bool,
}

/// Reads a file of LibreOffice: cells separated by commas, rows by line feeds.
pub fn rows(file: &str) -> Vec<Vec<ReadCell>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = file;
    while !rest.is_empty() {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted),
            None => {
                let end = rest.find([',', '\n']).unwrap_or(rest.len());
                let cell = ReadCell {
                    text: rest[..end].to_owned(),
                    is_quoted: false,
                };
                (cell, &rest[end..])
            }
        };
        row.push(cell);
        rest = match after.strip_prefix(',') {
            Some(next) => next,
            None => {
                rows.push(std::mem::take(&mut row));
                after.strip_prefix('\n').unwrap_or(after)
            }
        };
    }
    rows
}

/// The cell after its first quotation mark, and the text behind its last one.
fn quoted_cell(mut rest: &str) -> (ReadCell, &str) {
    let mut text = String::new();
    loop {
        let end = rest.find('"').unwrap_or(rest.len());
        text.push_str(&rest[..end]);
        rest = rest.get(end + 1..).unwrap_or_default();
        let Some(after) = rest.strip_prefix('"') else {
            let is_quoted = true;
            return (ReadCell { text, is_quoted }, rest);
        };
        text.push('"');
        rest = after;
    }
}

/// The format of the file that LibreOffice has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook, whose cells have types.
    Workbook,
    /// CSV, in which a text may have apostrophes that keep it a text.
    Csv,
}

/// Types of cells, for the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellKind {
    Empty,
    Text,
    /// A text that ends at the limit of a cell.
    CutText,
    /// Exact to the minor unit.
    Amount,
    /// An amount of more digits than a spreadsheet keeps, equal in those.
    LongAmount,
    Number,
    Day,
}

/// Compares a cell with the one that LibreOffice has read; returns its kind, or `None` if they differ.
pub fn compare(cell: &CsvCell<'_>, read: &ReadCell, file: FileKind) -> Option<CellKind> {
    let is = |equal: bool, kind| equal.then_some(kind);
    match cell {
        CsvCell::Empty => is(read.text.is_empty(), CellKind::Empty),
        CsvCell::Text(text) => compare_text(text, read, file),
        CsvCell::Made(text) => compare_text(text, read, file),
        CsvCell::Count(count) => is(
            !read.is_quoted && read.text == count.to_string(),
            CellKind::Number,
        ),
        CsvCell::Number(number) => is(
            !read.is_quoted && scaled(&read.text, 6)? == scaled(number, 6)?,
            CellKind::Number,
        ),
        CsvCell::Amount(money) => match money.currency.exponent() {
            None => compare_text(&money.decimal(), read, file),
            Some(exponent) => {
                let digits = money.minors.unsigned_abs().to_string().len();
                if digits > DIGITS {
                    let exact = money.decimal();
                    return match file {
                        FileKind::Workbook => {
                            is(read.is_quoted && read.text == exact, CellKind::LongAmount)
                        }
                        FileKind::Csv => is(
                            !read.is_quoted && is_close(&read.text, &exact)?,
                            CellKind::LongAmount,
                        ),
                    };
                }
                let minors = scaled(&read.text, exponent as usize)?;
                let equal = !read.is_quoted && minors == i128::from(money.minors);
                is(equal, CellKind::Amount)
            }
        },
        CsvCell::Date(date) => {
            // Excel counts the days before March 1900 otherwise than LibreOffice: they are texts.
            let is_text = file == FileKind::Workbook && date.days() < FIRST_DAY;
            is(
                read.is_quoted == is_text && day(&read.text)? == *date,
                CellKind::Day,
            )
        }
        CsvCell::Day(_) | CsvCell::WrittenDay(_) => None,
    }
}

/// Days from 1970-01-01 to 1900-03-01.
const FIRST_DAY: i64 = -25_508;

fn compare_text(text: &str, read: &ReadCell, file: FileKind) -> Option<CellKind> {
    let text = replace_forbidden(text).0;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let found = match file {
        FileKind::Workbook => read.text.clone(),
        FileKind::Csv => outlay_table::spreadsheet::restore(&read.text),
    };
    // A spreadsheet shows the logical values of a CSV file as it reads them.
    let is_logical = file == FileKind::Csv && matches!(&*text, "TRUE" | "FALSE");
    if found == text {
        return (read.is_quoted || is_logical).then_some(CellKind::Text);
    }
    let (limit, kept) = match file {
        FileKind::Workbook => (LONGEST, LONGEST - NOTE),
        FileKind::Csv => (LONGEST_IN_CSV, LONGEST_IN_CSV),
    };
    let kept: String = text.chars().take(kept).collect();
    let is_cut = found.encode_utf16().count() == limit && found.starts_with(&kept);
    (is_cut && text.len() > limit && read.is_quoted).then_some(CellKind::CutText)
}

/// A decimal number times ten to this power; `None` if it has more decimals or is no such number.
pub fn scaled(number: &str, power: usize) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fits = fraction.len() <= power && fraction.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| format!("{whole}{fraction:0<power$}").parse().ok())?
}

/// Whether two numbers are equal in the digits that a spreadsheet keeps, apart from the rounding of the last.
fn is_close(read: &str, exact: &str) -> Option<bool> {
    let (read, exact): (f64, f64) = (read.parse().ok()?, exact.parse().ok()?);
    Some((read - exact).abs() <= exact.abs() * 5e-15)
}

/// A day as LibreOffice writes it: `2026-03-31`, or `03/31/2026` if the file leaves the form to it.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(month), Some(day), Some(year)) => Date::parse(&[year, month, day].join("-")),
        _ => Date::parse(text),
    }
}

#[cfg(test)]
mod tests {
    use outlay_pleo::{Currency, Money};

    use super::*;

    fn cell(text: &str, is_quoted: bool) -> ReadCell {
        ReadCell {
            text: text.to_owned(),
            is_quoted,
        }
    }

    #[test]
    fn quoted_and_plain_cells_are_distinguished() {
        let read = rows("\"a \"\"b\"\",\nc\",1.5,\n,\"\"\n");
        assert_eq!(
            read,
            [
                vec![
                    cell("a \"b\",\nc", true),
                    cell("1.5", false),
                    cell("", false)
                ],
                vec![cell("", false), cell("", true)],
            ]
        );
    }

    #[test]
    fn differences_of_type_value_and_minor_unit_are_found() {
        let money = |code: &str, minors| {
            CsvCell::Amount(Money {
                currency: Currency::new(code).unwrap(),
                minors,
            })
        };
        let date = CsvCell::Date(Date::parse("2026-03-31").unwrap());
        let workbook = FileKind::Workbook;
        for (expected, read, file, kind) in [
            (
                money("EUR", 1_230),
                cell("12.3", false),
                workbook,
                Some(CellKind::Amount),
            ),
            (money("EUR", 1_230), cell("12.31", false), workbook, None),
            (money("EUR", 1_230), cell("12.301", false), workbook, None),
            (money("EUR", 1_230), cell("12.3", true), workbook, None),
            (
                money("KWD", -5),
                cell("-0.005", false),
                workbook,
                Some(CellKind::Amount),
            ),
            (
                money("JPY", 7),
                cell("7", false),
                FileKind::Csv,
                Some(CellKind::Amount),
            ),
            (
                money("EUR", i64::MAX),
                cell("92233720368547758.07", true),
                workbook,
                Some(CellKind::LongAmount),
            ),
            (
                money("EUR", i64::MAX),
                cell("9.22337203685478E+16", false),
                FileKind::Csv,
                Some(CellKind::LongAmount),
            ),
            (
                money("EUR", i64::MAX),
                cell("9.2233720368558E+16", false),
                FileKind::Csv,
                None,
            ),
            (
                date.clone(),
                cell("03/31/2026", false),
                workbook,
                Some(CellKind::Day),
            ),
            (
                date.clone(),
                cell("2026-03-31", false),
                FileKind::Csv,
                Some(CellKind::Day),
            ),
            (date, cell("2026-03-31", true), workbook, None),
            (CsvCell::Text("=1+1"), cell("2", false), workbook, None),
            (
                CsvCell::Text("=1+1"),
                cell("=1+1", true),
                workbook,
                Some(CellKind::Text),
            ),
            (
                CsvCell::Text("000123"),
                cell("'000123", true),
                FileKind::Csv,
                Some(CellKind::Text),
            ),
            (
                CsvCell::Text("000123"),
                cell("123", false),
                FileKind::Csv,
                None,
            ),
            (CsvCell::Empty, cell("0", false), workbook, None),
        ] {
            assert_eq!(
                compare(&expected, &read, file),
                kind,
                "{expected:?} {read:?}"
            );
        }
    }
}
