//! Tables as text (RFC 4180), in the form that a ledger or a spreadsheet of the user's country reads.
//!
//! A cell is typed. An amount is written as a number and nothing else; a text that a spreadsheet would
//! take for a formula gets an apostrophe before it, unless it is a number. What a person wrote can
//! thus start no calculation, and no negative amount becomes text.

use outlay_pleo::Money;
use outlay_pleo::time::{Date, Instant, Written};

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
        Form {
            separator: Separator::default(),
            mark: Mark::default(),
            dates: Dates::default(),
            byte_order_mark: true,
        }
    }
}

impl Form {
    /// The form in four words, for an attribute of the page.
    #[must_use]
    pub fn words(&self) -> String {
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
        [separator, mark, dates, bytes].join(" ")
    }

    /// Reads [`Form::words`]; what is missing or not known stays as it is by default.
    #[must_use]
    pub fn of_words(words: &str) -> Form {
        let mut form = Form::default();
        for word in words.split(' ') {
            match word {
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
    /// What somebody wrote.
    Text(&'a str),
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
}

impl Csv {
    /// A file with a row of headers.
    #[must_use]
    pub fn new(form: Form, headers: &[&str]) -> Csv {
        let text = if form.byte_order_mark { "\u{feff}" } else { "" };
        let mut csv = Csv {
            form,
            text: text.to_owned(),
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
                Cell::Count(count) => self.text.push_str(&count.to_string()),
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
        if starts_a_formula(text) {
            self.put(&["'", text].concat());
        } else {
            self.put(text);
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

/// Whether a spreadsheet would take the text for a formula, or for the beginning of one after a
/// break. A plain number with a sign is none.
fn starts_a_formula(text: &str) -> bool {
    let dangerous = |c| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'
        )
    };
    text.starts_with(dangerous) && !is_number(text)
}

/// A sign, digits, and at most one decimal mark between digits.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(decimals)
}
