//! Cells as XML.
//!
//! A text is an inline string in the number format "Text": no program takes it for a formula or a
//! number, also when the user edits it. A number has at most 15 digits, since Excel keeps no more.

use outlay_table::characters::replace_forbidden;

use crate::message::WorkbookSummary;
use crate::slice::{Amount, SliceCell};

/// UTF-16 code units in a cell, at most.
///
/// Source: "Excel specifications and limits", total number of characters that a cell can contain.
const LONGEST: usize = 32_767;

/// Digits of a number that Excel keeps.
const DIGITS: usize = 15;

/// Excel's number of 1970-01-01.
const EPOCH: i64 = 25_569;

/// The days that every program reads in the same way, as Excel's numbers: 1 March 1900 to 31 December 9999. For
/// earlier ones Excel counts a 29 February 1900, others do not.
const DAYS: std::ops::RangeInclusive<i64> = 61..=2_958_465;

/// Index of a cell format in the part `styles.xml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Style {
    /// Numbers as the program shows them.
    General = 0,
    /// A bold text.
    Header = 1,
    /// A text.
    Text = 2,
    /// A day in the form of the user's system.
    Day = 3,
    /// An amount without decimals; those with 2, 3 and 4 decimals follow.
    Amount0 = 4,
    Amount2 = 5,
    Amount3 = 6,
    Amount4 = 7,
    /// A text that may take several lines.
    Wrapped = 8,
}

impl Style {
    fn of_exponent(exponent: u8) -> Style {
        match exponent {
            0 => Style::Amount0,
            2 => Style::Amount2,
            3 => Style::Amount3,
            4 => Style::Amount4,
            _ => Style::General,
        }
    }
}

/// XML of cells that grows until it is taken.
#[derive(Debug)]
pub(super) struct CellXml {
    xml: Vec<u8>,
    /// By column: `A`, `B`, …
    letters: Vec<String>,
    /// The number of the row, as text.
    row: String,
    summary: WorkbookSummary,
}

impl CellXml {
    pub(super) fn new(columns: usize) -> CellXml {
        CellXml {
            xml: Vec::new(),
            // The other sheets have up to four.
            letters: (0..columns.max(4)).map(letters).collect(),
            row: String::new(),
            summary: WorkbookSummary::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.xml.len()
    }

    pub(super) fn take(&mut self) -> Vec<u8> {
        let room = self.xml.capacity().min(1 << 18);
        std::mem::replace(&mut self.xml, Vec::with_capacity(room))
    }

    pub(super) fn summary(&self) -> WorkbookSummary {
        self.summary
    }

    pub(super) fn raw(&mut self, xml: &str) {
        self.xml.extend_from_slice(xml.as_bytes());
    }

    /// Begins the row of this number, from 1.
    pub(super) fn begin_row(&mut self, number: u32) {
        self.row = outlay_wire::decimal(number.into());
        self.xml.extend_from_slice(b"<row r=\"");
        self.xml.extend_from_slice(self.row.as_bytes());
        self.xml.extend_from_slice(b"\">");
    }

    pub(super) fn end_row(&mut self) {
        self.raw("</row>");
    }

    pub(super) fn cell(&mut self, column: usize, cell: &SliceCell<'_>) {
        match *cell {
            SliceCell::Empty => {}
            SliceCell::Text(text) => self.text(column, text, Style::Text),
            SliceCell::Number(number) => self.decimal(column, number, Style::General),
            SliceCell::Amount(amount) => self.amount(column, &amount),
            SliceCell::Day(days) => self.day(column, days),
            SliceCell::Count(count) => {
                self.decimal(column, &outlay_wire::decimal(count), Style::General);
            }
        }
    }

    fn amount(&mut self, column: usize, amount: &Amount<'_>) {
        match amount.exponent {
            Some(exponent) => self.minors(column, amount.minors.into(), exponent),
            None => {
                let minors = decimal(amount.minors.into(), 0);
                let text = [&*minors, " ", outlay_pleo::money::UNKNOWN_DECIMALS].concat();
                self.text(column, &text, Style::Text);
            }
        }
    }

    /// Writes an amount in minor units as a number with `exponent` decimals.
    pub(super) fn minors(&mut self, column: usize, minors: i128, exponent: u8) {
        let style = Style::of_exponent(exponent);
        self.decimal(column, &decimal(minors, exponent), style);
    }

    /// Writes a decimal number; as a text if Excel would round it or it is none.
    fn decimal(&mut self, column: usize, number: &str, style: Style) {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if is_decimal(number) && digits <= DIGITS {
            return self.value(column, number, style);
        }
        self.summary.long_numbers += u64::from(digits > DIGITS);
        self.text(column, number, Style::Text);
    }

    fn day(&mut self, column: usize, days: i32) {
        let serial = i64::from(days) + EPOCH;
        if DAYS.contains(&serial) {
            let serial = outlay_wire::decimal(serial.unsigned_abs());
            return self.value(column, &serial, Style::Day);
        }
        self.summary.days_as_text += 1;
        self.text(column, &iso_day(days), Style::Text);
    }

    /// Writes a number whose digits are `value`.
    fn value(&mut self, column: usize, value: &str, style: Style) {
        self.open(column, style);
        self.raw("><v>");
        self.raw(value);
        self.raw("</v></c>");
    }

    /// Writes a text as an inline string; replaces forbidden characters, cuts at the cell limit, counts both.
    pub(super) fn text(&mut self, column: usize, text: &str, style: Style) {
        self.open(column, style);
        self.raw(" t=\"inlineStr\"><is>");
        if is_plain(text) {
            self.raw("<t>");
            self.raw(text);
        } else {
            // Without this, XML readers may drop blanks at the ends.
            self.raw("<t xml:space=\"preserve\">");
            self.odd_text(text);
        }
        self.raw("</t></is></c>");
    }

    fn open(&mut self, column: usize, style: Style) {
        self.xml.extend_from_slice(b"<c r=\"");
        if let Some(letters) = self.letters.get(column) {
            self.xml.extend_from_slice(letters.as_bytes());
        }
        self.xml.extend_from_slice(self.row.as_bytes());
        self.xml.extend_from_slice(b"\" s=\"");
        self.xml.push(b'0' + style as u8);
        self.xml.push(b'"');
    }

    fn odd_text(&mut self, text: &str) {
        let (text, replaced) = replace_forbidden(text);
        self.summary.replaced += replaced as u64;
        // A line break in a cell is a line feed; a carriage return would be shown as a sign.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = match cut(&text) {
            Some(shorter) => {
                self.summary.cut += 1;
                shorter
            }
            None => text,
        };
        escape(&mut self.xml, &text);
    }
}

/// The text with a note in place of what exceeds [`LONGEST`]; `None` if it fits.
fn cut(text: &str) -> Option<String> {
    if text.len() <= LONGEST {
        return None;
    }
    let units = text.encode_utf16().count();
    if units <= LONGEST {
        return None;
    }
    let note = [
        "\u{2026} [cut by Outlay: the text has ",
        &outlay_wire::decimal(units as u64),
        " characters, an Excel cell holds 32,767]",
    ]
    .concat();
    let mut left = LONGEST - note.encode_utf16().count();
    let mut kept = 0;
    for c in text.chars() {
        let Some(after) = left.checked_sub(c.len_utf16()) else {
            break;
        };
        left = after;
        kept += c.len_utf8();
    }
    Some([&text[..kept], &note].concat())
}

/// Whether a text is written as it is: short printable ASCII that begins and ends without a blank, has no
/// sign of XML, and no underscore, which may begin an escape.
fn is_plain(text: &str) -> bool {
    let is_plain =
        |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'<' | b'>' | b'&' | b'"' | b'_');
    text.len() <= LONGEST
        && text.bytes().all(is_plain)
        && !text.starts_with(' ')
        && !text.ends_with(' ')
}

/// Appends a text as XML. A text that looks like the escape `_x0041_` gets its underscore escaped.
///
/// Source: ECMA-376 part 1, section 22.9.2.19, `ST_Xstring`.
pub(super) fn escape(xml: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'&' => xml.extend_from_slice(b"&amp;"),
            b'<' => xml.extend_from_slice(b"&lt;"),
            b'>' => xml.extend_from_slice(b"&gt;"),
            b'"' => xml.extend_from_slice(b"&quot;"),
            b'_' if is_escape(&bytes[at..]) => xml.extend_from_slice(b"_x005F_"),
            byte => xml.push(*byte),
        }
    }
}

/// Whether the bytes begin with `_x`, four hexadecimal digits and `_`.
fn is_escape(bytes: &[u8]) -> bool {
    bytes.get(..7).is_some_and(|first| {
        matches!(first[1], b'x' | b'X')
            && first[2..6].iter().all(u8::is_ascii_hexdigit)
            && first[6] == b'_'
    })
}

/// Whether a text is digits with an optional minus sign and an optional fraction.
fn is_decimal(number: &str) -> bool {
    let number = number.strip_prefix('-').unwrap_or(number);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    [whole, fraction]
        .iter()
        .all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Writes `minors` with `exponent` decimals.
pub(super) fn decimal(minors: i128, exponent: u8) -> String {
    let places = usize::from(exponent);
    let mut digits = minors.unsigned_abs().to_string();
    if digits.len() <= places {
        digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
    }
    if places > 0 {
        digits.insert(digits.len() - places, '.');
    }
    if minors < 0 {
        digits.insert(0, '-');
    }
    digits
}

fn iso_day(days: i32) -> String {
    let date = outlay_pleo::time::Date::from_days(days.into());
    let padded = |number: u64, digits: usize| {
        let number = outlay_wire::decimal(number);
        ["0".repeat(digits.saturating_sub(number.len())), number].concat()
    };
    let sign = if date.year < 0 { "-" } else { "" };
    [
        sign,
        &padded(date.year.unsigned_abs(), 4),
        "-",
        &padded(date.month.into(), 2),
        "-",
        &padded(date.day.into(), 2),
    ]
    .concat()
}

/// The letters of a column by its index from 0: `A` to `Z`, `AA`, …
pub(super) fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
        if column == 0 {
            return letters.iter().rev().collect();
        }
        column -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let of = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
        assert_eq!(of, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn only_text_that_reads_as_an_escape_is_escaped() {
        for (text, expected) in [
            ("_x0041_", "_x005F_x0041_"),
            ("a_x00e9_b", "a_x005F_x00e9_b"),
            ("_x005F_x0041_", "_x005F_x005F_x005F_x0041_"),
            ("_x004_", "_x004_"),
            ("_x00G1_", "_x00G1_"),
            ("x_x0041", "x_x0041"),
            ("a & b < \"c\" > d", "a &amp; b &lt; &quot;c&quot; &gt; d"),
        ] {
            let mut xml = Vec::new();
            escape(&mut xml, text);
            assert_eq!(String::from_utf8_lossy(&xml), expected);
        }
    }

    #[test]
    fn amounts_keep_every_digit() {
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(1_500, 0), "1500");
        assert_eq!(decimal(1, 3), "0.001");
        assert_eq!(decimal(i64::MIN.into(), 2), "-92233720368547758.08");
    }

    #[test]
    fn text_of_exactly_the_limit_is_not_cut_and_one_more_is() {
        assert_eq!(cut(&"x".repeat(LONGEST)), None);
        // 32,767 units in more bytes.
        assert_eq!(cut(&"\u{e9}".repeat(LONGEST)), None);
        for text in ["x".repeat(LONGEST + 1), "\u{1f600}".repeat(LONGEST / 2 + 1)] {
            let shorter = cut(&text).unwrap_or_default();
            let units = shorter.encode_utf16().count();
            assert!((LONGEST - 1..=LONGEST).contains(&units), "{units}");
            assert!(shorter.ends_with("characters, an Excel cell holds 32,767]"));
        }
    }
}
