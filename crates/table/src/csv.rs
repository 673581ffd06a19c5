//! Tables as text (RFC 4180), in the form that a ledger or a spreadsheet of the user's country reads.
//!
//! A cell is typed. An amount, a count or a day is written as itself and nothing else. What a text
//! becomes depends on the [`Preset`]: for spreadsheets it gets the marks of [`crate::spreadsheet`], for
//! programs nothing is added. In both, characters that files cannot hold are replaced and counted
//! ([`crate::characters`]).

use outlay_pleo::Money;
use outlay_pleo::time::{Date, Instant, Written};

use crate::characters::replace_forbidden;
use crate::spreadsheet::protect;

/// What reads the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// A spreadsheet: text that it would calculate or change gets an apostrophe.
    #[default]
    Spreadsheet,
    /// A program that imports data: nothing is added to text. A spreadsheet may calculate it.
    Plain,
}

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// `,`
    #[default]
    Comma,
    /// `;`, for spreadsheets of countries whose decimal mark is a comma.
    Semicolon,
    /// A tabulator.
    Tab,
}

/// What stands before the decimals of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// `1234.50`
    #[default]
    Point,
    /// `1234,50`
    Comma,
}

/// How a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dates {
    /// `2026-11-22`
    #[default]
    Iso,
    /// `22/11/2026`
    Slashes,
    /// `22.11.2026`
    Dots,
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// What reads the file.
    pub preset: Preset,
    /// What stands between two cells.
    pub separator: Separator,
    /// What stands before the decimals.
    pub mark: Mark,
    /// How a day is written.
    pub dates: Dates,
    /// Whether the file begins with a byte order mark. Excel takes UTF-8 for another encoding
    /// without one; some ledgers refuse it.
    pub byte_order_mark: bool,
}

impl Default for Form {
    fn default() -> Form {
        Form::spreadsheet(Mark::Point)
    }
}

impl Form {
    /// For spreadsheets of a locale with this decimal mark. With a decimal comma, such spreadsheets
    /// expect a semicolon between the cells. Days are ISO 8601: spreadsheets read it in each locale, and
    /// no day changes places with its month.
    #[must_use]
    pub fn spreadsheet(mark: Mark) -> Form {
        Form {
            preset: Preset::Spreadsheet,
            separator: match mark {
                Mark::Point => Separator::Comma,
                Mark::Comma => Separator::Semicolon,
            },
            mark,
            dates: Dates::Iso,
            byte_order_mark: true,
        }
    }

    /// For programs: RFC 4180 without a byte order mark.
    #[must_use]
    pub fn plain() -> Form {
        Form {
            preset: Preset::Plain,
            byte_order_mark: false,
            ..Form::spreadsheet(Mark::Point)
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
            Mark::Point => ", decimal point, ",
            Mark::Comma => ", decimal comma, ",
        };
        let encoding = match self.byte_order_mark {
            true => "UTF-8 for Excel",
            false => "UTF-8",
        };
        let dates = match self.dates {
            Dates::Iso => ", dates as 2026-11-22",
            Dates::Slashes => ", dates as 22/11/2026",
            Dates::Dots => ", dates as 22.11.2026",
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

    /// The form in five words, for an attribute of the page.
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
            Mark::Point => "point",
            Mark::Comma => "decimal-comma",
        };
        let dates = match self.dates {
            Dates::Iso => "iso",
            Dates::Slashes => "slashes",
            Dates::Dots => "dots",
        };
        let bytes = if self.byte_order_mark { "mark" } else { "bare" };
        [preset, separator, mark, dates, bytes].join(" ")
    }

    /// Reads [`Form::words`]; what is missing or not known stays as it is by default.
    #[must_use]
    pub fn of_words(words: &str) -> Form {
        let mut form = Form::default();
        for word in words.split(' ') {
            match word {
                "spreadsheet" => form.preset = Preset::Spreadsheet,
                "plain" => form.preset = Preset::Plain,
                "comma" => form.separator = Separator::Comma,
                "semicolon" => form.separator = Separator::Semicolon,
                "tab" => form.separator = Separator::Tab,
                "point" => form.mark = Mark::Point,
                "decimal-comma" => form.mark = Mark::Comma,
                "iso" => form.dates = Dates::Iso,
                "slashes" => form.dates = Dates::Slashes,
                "dots" => form.dates = Dates::Dots,
                "mark" => form.byte_order_mark = true,
                "bare" => form.byte_order_mark = false,
                _ => {}
            }
        }
        form
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text of any origin.
    Text(&'a str),
    /// The same, made for this cell.
    Made(String),
    /// A whole number.
    Count(usize),
    /// An amount, without its currency.
    Amount(Money),
    /// The day of an RFC 3339 instant, in UTC.
    Day(&'a str),
    /// A day that is written as an RFC 3339 instant: as written, whatever its offset.
    WrittenDay(&'a str),
}

/// A file that grows by rows.
#[derive(Debug, Clone)]
pub struct Csv {
    form: Form,
    text: String,
    replaced: usize,
}

impl Csv {
    /// A file with a row of headers.
    #[must_use]
    pub fn new(form: Form, headers: &[&str]) -> Csv {
        let text = if form.byte_order_mark { "\u{feff}" } else { "" };
        let mut csv = Csv {
            form,
            text: text.to_owned(),
            replaced: 0,
        };
        csv.row(headers.iter().map(|header| Cell::Text(header)));
        csv
    }

    /// Appends a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.text.push(self.separator());
            }
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => self.put_text(text),
                Cell::Made(text) => self.put_text(&text),
                Cell::Count(count) => self.text.push_str(&count.to_string()),
                // Without decimals it is no number but words, which a spreadsheet may change.
                Cell::Amount(money) if money.currency.exponent().is_none() => {
                    self.put_text(&money.decimal());
                }
                Cell::Amount(money) => {
                    let number = money.decimal();
                    match self.form.mark {
                        Mark::Point => self.put(&number),
                        Mark::Comma => self.put(&number.replace('.', ",")),
                    }
                }
                Cell::Day(instant) => {
                    let day = Instant::parse(instant).map(|instant| instant.date());
                    self.put_day(instant, day);
                }
                Cell::WrittenDay(text) => {
                    self.put_day(text, Written::parse(text).map(|written| written.day));
                }
            }
        }
        self.text.push_str("\r\n");
    }

    /// How many characters of its texts have been replaced, since files cannot hold them.
    #[must_use]
    pub fn replaced(&self) -> usize {
        self.replaced
    }

    /// The whole file.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    fn separator(&self) -> char {
        match self.form.separator {
            Separator::Comma => ',',
            Separator::Semicolon => ';',
            Separator::Tab => '\t',
        }
    }

    fn put_day(&mut self, text: &str, day: Option<Date>) {
        let Some(day) = day else {
            return self.put_text(text);
        };
        let iso = day.to_string();
        let parts: Vec<&str> = iso.split('-').rev().collect();
        match self.form.dates {
            Dates::Iso => self.put(&iso),
            Dates::Slashes => self.put(&parts.join("/")),
            Dates::Dots => self.put(&parts.join(".")),
        }
    }

    fn put_text(&mut self, text: &str) {
        let (text, replaced) = replace_forbidden(text);
        self.replaced += replaced;
        match self.form.preset {
            Preset::Spreadsheet => {
                let tabs = self.form.separator == Separator::Tab;
                self.put(&protect(&text, tabs));
            }
            Preset::Plain => self.put(&text),
        }
    }

    fn put(&mut self, text: &str) {
        let quoted = |c| c == self.separator() || matches!(c, '"' | '\r' | '\n');
        if text.contains(quoted) {
            self.text.push('"');
            self.text.push_str(&text.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(text);
        }
    }
}
