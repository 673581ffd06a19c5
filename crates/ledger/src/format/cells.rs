//! Rows of cells with a separator, as RFC 4180 has them.

use outlay_pleo::time::Date;

use crate::mapping::DateForm;

/// Text that grows by rows.
pub(crate) struct Cells {
    separator: char,
    text: String,
    lines: usize,
    begins: bool,
}

impl Cells {
    /// Makes an empty table with this separator.
    pub fn new(separator: char) -> Cells {
        Cells {
            separator,
            text: String::new(),
            lines: 0,
            begins: true,
        }
    }

    /// Appends a cell, quoted if RFC 4180 requires it.
    pub fn put(&mut self, cell: &str) {
        let needs = |one: char| one == self.separator || matches!(one, '"' | '\r' | '\n');
        let blank = cell.starts_with(' ') || cell.ends_with(' ');
        match blank || cell.contains(needs) {
            true => self.put_quoted(cell),
            false => {
                self.separate();
                self.text.push_str(cell);
            }
        }
    }

    /// Appends a quoted cell.
    pub fn put_quoted(&mut self, cell: &str) {
        self.separate();
        self.text.push('"');
        self.text.push_str(&cell.replace('"', "\"\""));
        self.text.push('"');
    }

    /// Ends the row and returns its line number, from 1.
    pub fn end_row(&mut self) -> usize {
        self.text.push_str("\r\n");
        self.begins = true;
        self.lines += 1;
        self.lines
    }

    /// Returns the table as text; every ended row ends in CRLF.
    pub fn into_text(self) -> String {
        self.text
    }

    fn separate(&mut self) {
        if !self.begins {
            self.text.push(self.separator);
        }
        self.begins = false;
    }
}

/// The date in a form.
pub(crate) fn date(date: Date, form: DateForm) -> String {
    let Date { year, month, day } = date;
    match form {
        DateForm::Iso => format!("{year:04}-{month:02}-{day:02}"),
        DateForm::DayFirst => format!("{day:02}/{month:02}/{year:04}"),
        DateForm::MonthFirst => format!("{month:02}/{day:02}/{year:04}"),
        DateForm::Dots => format!("{day:02}.{month:02}.{year:04}"),
        DateForm::Dashes => format!("{day:02}-{month:02}-{year:04}"),
        DateForm::Compact => format!("{year:04}{month:02}{day:02}"),
    }
}

/// An amount with the digits of its currency, without separators of groups.
pub(crate) fn amount(minors: i64, digits: u32, decimal_comma: bool) -> String {
    let text = outlay_pleo::money::decimal(minors, digits);
    if decimal_comma {
        text.replace('.', ",")
    } else {
        text
    }
}
