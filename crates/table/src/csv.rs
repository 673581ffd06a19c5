//! Tables as text (RFC 4180), in the form that a ledger or a spreadsheet of the user's country reads.
//!
//! A cell is typed. An amount, a count or a day is written as itself and nothing else. What a text
//! becomes depends on the [`Preset`]: for spreadsheets it gets the marks of [`crate::spreadsheet`], for
//! programs nothing is added. In both, characters that files cannot hold are replaced and counted
//! ([`crate::characters`]).

use outlay_pleo::Money;
use outlay_pleo::money::{UNKNOWN_DECIMALS, decimal};
use outlay_pleo::time::{Date, Timestamp};

use crate::characters::replace_forbidden;
use crate::spreadsheet::{protect, reads_as_number};

/// The program that reads the file; decides how text is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// A spreadsheet: text that it would calculate or convert gets an apostrophe.
    #[default]
    Spreadsheet,
    /// A program that imports data: nothing is added to text. A spreadsheet may calculate it.
    Plain,
}

/// The character between two cells; cells that contain it are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// `,`, the separator of RFC 4180.
    #[default]
    Comma,
    /// `;`, for spreadsheets of countries with a decimal comma.
    Semicolon,
    /// The tabulator, U+0009.
    Tab,
}

/// The decimal separator of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalSeparator {
    /// `1234.50`
    #[default]
    Point,
    /// `1234,50`
    Comma,
}

/// The notation of days, the same in all columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateFormat {
    /// `2026-11-22`
    #[default]
    Iso,
    /// `22/11/2026`
    Slashes,
    /// `22.11.2026`
    Dots,
}

/// The options of a CSV file, chosen in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvFormat {
    /// The program that reads the file; decides how text is protected.
    pub preset: Preset,
    /// The character between two cells; cells that contain it are quoted.
    pub separator: Separator,
    /// The decimal separator of amounts.
    pub mark: DecimalSeparator,
    /// The notation of days, the same in all columns.
    pub dates: DateFormat,
    /// Whether the file begins with a byte order mark. Excel takes UTF-8 for another encoding
    /// without one; some ledgers refuse it.
    pub byte_order_mark: bool,
}

impl Default for CsvFormat {
    fn default() -> CsvFormat {
        CsvFormat::spreadsheet(DecimalSeparator::Point)
    }
}

impl CsvFormat {
    /// For spreadsheets of a locale with this decimal mark. With a decimal comma, such spreadsheets
    /// expect a semicolon between the cells. Days are ISO 8601: spreadsheets read it in each locale, and
    /// no day changes places with its month.
    #[must_use]
    pub fn spreadsheet(mark: DecimalSeparator) -> CsvFormat {
        CsvFormat {
            preset: Preset::Spreadsheet,
            separator: match mark {
                DecimalSeparator::Point => Separator::Comma,
                DecimalSeparator::Comma => Separator::Semicolon,
            },
            mark,
            dates: DateFormat::Iso,
            byte_order_mark: true,
        }
    }

    /// For programs: RFC 4180 without a byte order mark.
    #[must_use]
    pub fn plain() -> CsvFormat {
        CsvFormat {
            preset: Preset::Plain,
            byte_order_mark: false,
            ..CsvFormat::spreadsheet(DecimalSeparator::Point)
        }
    }

    /// The form for the user: `CSV · semicolon, decimal comma, UTF-8 for Excel, dates as 2026-11-22`.
    #[must_use]
    pub fn label(&self) -> String {
        let preset = match self.preset {
            Preset::Spreadsheet => "CSV · ",
            Preset::Plain => "Plain CSV · ",
        };
        let separator = match self.separator {
            Separator::Comma => "comma",
            Separator::Semicolon => "semicolon",
            Separator::Tab => "tab",
        };
        let mark = match self.mark {
            DecimalSeparator::Point => ", decimal point, ",
            DecimalSeparator::Comma => ", decimal comma, ",
        };
        let encoding = match self.byte_order_mark {
            true => "UTF-8 for Excel",
            false => "UTF-8",
        };
        let dates = match self.dates {
            DateFormat::Iso => ", dates as 2026-11-22",
            DateFormat::Slashes => ", dates as 22/11/2026",
            DateFormat::Dots => ", dates as 22.11.2026",
        };
        [preset, separator, mark, encoding, dates].concat()
    }

    /// What the preset does to text, and what a spreadsheet does with it; for the user.
    #[must_use]
    pub fn caution(&self) -> &'static str {
        match self.preset {
            Preset::Spreadsheet => {
                "Text that a spreadsheet would calculate or change, such as =1+2 or 000123, gets an \
                 apostrophe before it. Excel and LibreOffice show the apostrophe."
            }
            Preset::Plain => {
                "Nothing is added to text. A spreadsheet may run it as a formula or change it, such as \
                 000123 to 123: use this for programs that import data."
            }
        }
    }

    /// Returns the options as five words, for an attribute of the page.
    #[must_use]
    pub fn words(&self) -> String {
        let preset = match self.preset {
            Preset::Spreadsheet => "spreadsheet",
            Preset::Plain => "plain",
        };
        let separator = match self.separator {
            Separator::Comma => "comma",
            Separator::Semicolon => "semicolon",
            Separator::Tab => "tab",
        };
        let mark = match self.mark {
            DecimalSeparator::Point => "point",
            DecimalSeparator::Comma => "decimal-comma",
        };
        let dates = match self.dates {
            DateFormat::Iso => "iso",
            DateFormat::Slashes => "slashes",
            DateFormat::Dots => "dots",
        };
        let bytes = if self.byte_order_mark { "mark" } else { "bare" };
        [preset, separator, mark, dates, bytes].join(" ")
    }

    /// Reads [`CsvFormat::words`]; missing and unknown words leave the default.
    #[must_use]
    pub fn from_text(words: &str) -> CsvFormat {
        let mut form = CsvFormat::default();
        for word in words.split(' ') {
            match word {
                "spreadsheet" => form.preset = Preset::Spreadsheet,
                "plain" => form.preset = Preset::Plain,
                "comma" => form.separator = Separator::Comma,
                "semicolon" => form.separator = Separator::Semicolon,
                "tab" => form.separator = Separator::Tab,
                "point" => form.mark = DecimalSeparator::Point,
                "decimal-comma" => form.mark = DecimalSeparator::Comma,
                "iso" => form.dates = DateFormat::Iso,
                "slashes" => form.dates = DateFormat::Slashes,
                "dots" => form.dates = DateFormat::Dots,
                "mark" => form.byte_order_mark = true,
                "bare" => form.byte_order_mark = false,
                _ => {}
            }
        }
        form
    }
}

/// The content of a cell, before it is formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CsvCell<'a> {
    /// An empty cell, for an absent value.
    Empty,
    /// Text of any origin, which is protected for spreadsheets.
    Text(&'a str),
    /// As `Text`, owned by the cell.
    Made(String),
    /// A whole number without grouping.
    Count(usize),
    /// An amount as decimal text without its currency.
    Amount(Money),
    /// The day of an RFC 3339 instant, in UTC.
    Day(&'a Timestamp),
    /// A day that is written as an RFC 3339 instant: as written, whatever its offset.
    WrittenDay(&'a Timestamp),
    /// A day.
    Date(Date),
    /// A decimal number with a dot, such as a rate.
    Number(&'a str),
}

/// A CSV file that grows row by row.
#[derive(Debug, Clone)]
pub struct Csv {
    cells: CellWriter,
    text: String,
}

impl Csv {
    /// Makes a file with one row of headers.
    #[must_use]
    pub fn new(form: CsvFormat, headers: &[&str]) -> Csv {
        let text = if form.byte_order_mark { "\u{feff}" } else { "" };
        let mut csv = Csv {
            cells: CellWriter::new(form),
            text: text.to_owned(),
        };
        csv.row(headers.iter().map(|header| CsvCell::Text(header)));
        csv
    }

    /// Appends a row with one cell for each item.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = CsvCell<'a>>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.text.push(self.cells.separator);
            }
            self.cells.cell(&mut self.text, &cell);
        }
        self.text.push_str(END_OF_ROW);
    }

    /// How many characters of its texts have been replaced, since files cannot hold them.
    #[must_use]
    pub fn replaced(&self) -> usize {
        self.cells.replaced
    }

    /// Returns the file as text: byte order mark if chosen, then rows that end in CRLF.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}

/// What ends a row.
pub(crate) const END_OF_ROW: &str = "\r\n";

/// Writes single cells; every CSV file is made of these.
#[derive(Debug, Clone)]
pub(crate) struct CellWriter {
    form: CsvFormat,
    /// Stands between two cells.
    pub(crate) separator: char,
    /// How many characters have been replaced so far.
    pub(crate) replaced: usize,
}

impl CellWriter {
    pub(crate) fn new(form: CsvFormat) -> CellWriter {
        CellWriter {
            form,
            separator: match form.separator {
                Separator::Comma => ',',
                Separator::Semicolon => ';',
                Separator::Tab => '\t',
            },
            replaced: 0,
        }
    }

    pub(crate) fn cell(&mut self, out: &mut String, cell: &CsvCell<'_>) {
        match cell {
            CsvCell::Empty => {}
            CsvCell::Text(text) => self.text(out, text),
            CsvCell::Made(text) => self.text(out, text),
            CsvCell::Count(count) => out.push_str(&count.to_string()),
            CsvCell::Amount(money) => self.amount(out, money.minors, money.currency.exponent()),
            CsvCell::Day(at) => {
                self.day_or_text(out, at.as_str(), at.utc_day());
            }
            CsvCell::WrittenDay(at) => {
                self.day_or_text(out, at.as_str(), at.written_day());
            }
            CsvCell::Date(day) => self.day(out, *day),
            CsvCell::Number(number) => self.number(out, number),
        }
    }

    fn day_or_text(&mut self, out: &mut String, text: &str, day: Option<Date>) {
        match day {
            Some(day) => self.day(out, day),
            None => self.text(out, text),
        }
    }

    pub(crate) fn day(&self, out: &mut String, day: Date) {
        let year = u64::try_from(day.year).unwrap_or(0);
        let (month, day) = (u64::from(day.month), u64::from(day.day));
        let (first, last) = match self.form.dates {
            DateFormat::Iso => ((year, 4), (day, 2)),
            DateFormat::Slashes | DateFormat::Dots => ((day, 2), (year, 4)),
        };
        let between = match self.form.dates {
            DateFormat::Iso => '-',
            DateFormat::Slashes => '/',
            DateFormat::Dots => '.',
        };
        push_digits(out, first.0, first.1);
        out.push(between);
        push_digits(out, month, 2);
        out.push(between);
        push_digits(out, last.0, last.1);
    }

    /// An amount in minor units of a currency with so many decimals; `None` if they are not known.
    pub(crate) fn amount(&mut self, out: &mut String, minors: i64, exponent: Option<u32>) {
        let Some(exponent) = exponent else {
            // Without known decimals the cell is text, which a spreadsheet may change.
            let words = [&*decimal(minors, 0), " ", UNKNOWN_DECIMALS].concat();
            return self.text(out, &words);
        };
        let mark = match self.form.mark {
            DecimalSeparator::Point => '.',
            DecimalSeparator::Comma => ',',
        };
        // The cell needs quotes where the mark separates cells.
        let quote = exponent > 0 && mark == self.separator;
        if quote {
            out.push('"');
        }
        push_decimal(out, minors, exponent, mark);
        if quote {
            out.push('"');
        }
    }

    pub(crate) fn number(&self, out: &mut String, number: &str) {
        match self.form.mark {
            DecimalSeparator::Point => self.quoted(out, number),
            DecimalSeparator::Comma => self.quoted(out, &number.replace('.', ",")),
        }
    }

    pub(crate) fn text(&mut self, out: &mut String, text: &str) {
        if is_harmless(text) {
            return out.push_str(text);
        }
        let (text, replaced) = replace_forbidden(text);
        self.replaced += replaced;
        match self.form.preset {
            Preset::Spreadsheet => {
                let tabs = self.separator == '\t';
                self.quoted(out, &protect(&text, tabs));
            }
            Preset::Plain => self.quoted(out, &text),
        }
    }

    fn quoted(&self, out: &mut String, text: &str) {
        let needs_quotes = |c| c == self.separator || matches!(c, '"' | '\r' | '\n');
        if !text.contains(needs_quotes) {
            return out.push_str(text);
        }
        out.push('"');
        for (at, part) in text.split('"').enumerate() {
            if at > 0 {
                out.push_str("\"\"");
            }
            out.push_str(part);
        }
        out.push('"');
    }
}

/// Whether a text is written as it is in every form: printable ASCII without a sign at which a reader may
/// split, and that no spreadsheet reads as a number. Most texts are such, and this is many times faster
/// than the full check.
fn is_harmless(text: &str) -> bool {
    const SAFE: u8 = 1;
    const DIGIT: u8 = 2;
    /// A formula may begin with it.
    const SIGN: u8 = 4;
    const CLASS: [u8; 256] = {
        let mut class = [0; 256];
        let mut byte = b' ';
        while byte <= b'~' {
            class[byte as usize] = match byte {
                b'"' | b',' | b';' | b'|' => 0,
                b'0'..=b'9' => DIGIT,
                b'=' | b'+' | b'-' | b'@' | b'\'' => SIGN,
                _ => SAFE,
            };
            byte += 1;
        }
        class
    };
    let mut any = 0;
    for byte in text.bytes() {
        let class = CLASS[usize::from(byte)];
        if class == 0 {
            return false;
        }
        any |= class;
    }
    let begins_safely = || {
        text.as_bytes()
            .first()
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    (any & SIGN == 0 || begins_safely()) && (any & DIGIT == 0 || !reads_as_number(text))
}

/// Writes `minors` with `exponent` decimals after `mark`.
pub(crate) fn push_decimal(out: &mut String, minors: i64, exponent: u32, mark: char) {
    if minors < 0 {
        out.push('-');
    }
    let amount = minors.unsigned_abs();
    let unit = 10u64.pow(exponent.min(19));
    push_digits(out, amount / unit, 1);
    if exponent > 0 {
        out.push(mark);
        push_digits(out, amount % unit, exponent as usize);
    }
}

/// Writes a number with at least so many digits.
fn push_digits(out: &mut String, mut number: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while number > 0 {
        at -= 1;
        // A digit is below 10.
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    at = at.min(digits.len() - least.min(digits.len()));
    out.push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
}
