//! A body in both of its formats, with secrets masked unless they are revealed.

use outlay_wire::{Value, parse};

use super::lines::{BYTE_ORDER_MARK, JsonLine, Scan};
use crate::marks::SecretMarks;

/// The replacement for a hidden secret on screen.
pub const MASK: &str = "••••••••";

/// Most bytes of one line of the body as received.
const WRAP: usize = 160;

/// Most characters of one line on screen.
pub const LONGEST: usize = 2_000;

/// A response body as text, with its lines and secrets.
pub struct ResponseText {
    /// The text as received, decoded.
    pub whole: String,
    /// The scan for lines and secrets so far.
    pub scan: Scan,
    /// The offsets of the lines of the body as received.
    rows: Vec<usize>,
}

/// A line of the pretty form in parts for the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownText {
    /// Indentation in steps.
    pub depth: u16,
    /// The field's name in quotation marks; empty for an item.
    pub name: String,
    /// Value or bracket, shortened and masked.
    pub value: String,
    /// Whether the value is shortened.
    pub cut: bool,
    /// Whether the line has a secret, masked or revealed.
    pub secret: bool,
    /// Whether a comma follows.
    pub comma: bool,
}

impl ResponseText {
    /// Takes a decoded body; nothing is scanned yet.
    pub fn new(whole: String, marks: SecretMarks) -> ResponseText {
        let rows = rows(&whole);
        ResponseText {
            whole,
            scan: Scan::new(marks),
            rows,
        }
    }

    /// Scans about `bytes` further; see [`Scan::advance`].
    pub fn advance(&mut self, bytes: usize) -> bool {
        self.scan.advance(&self.whole, bytes)
    }

    /// Returns a line of the pretty form; `None` past the end. `revealed` shows secrets.
    pub fn line(&self, number: usize, revealed: bool) -> Option<ShownText> {
        let JsonLine {
            from,
            to,
            depth,
            comma,
        } = *self.scan.lines.get(number)?;
        let (from, to) = (from as usize, to as usize);
        let text = self.whole.get(from..to)?;
        let (name, value) = split(text);
        let at = to - value.len();
        let hidden = self.secrets_in(at, to).next().is_some();
        let value = match hidden && !revealed {
            true => self.part(at, to, false),
            false => compact(value).to_owned(),
        };
        let (value, cut) = shortened(value);
        Some(ShownText {
            depth,
            name: name.to_owned(),
            value,
            cut,
            secret: hidden,
            comma,
        })
    }

    /// Returns the number of lines of the body as received, as far as it is searched for secrets.
    pub fn rows(&self) -> usize {
        if self.is_read() {
            return self.rows.len();
        }
        let read = self.scan.read(&self.whole);
        self.rows.partition_point(|row| row + WRAP <= read)
    }

    /// Returns a line of the text as received; `None` past the end. `revealed` shows secrets.
    pub fn row(&self, number: usize, revealed: bool) -> Option<String> {
        let from = *self.rows.get(number)?;
        let to = self
            .rows
            .get(number + 1)
            .copied()
            .unwrap_or(self.whole.len());
        let row = self.part(from, to, revealed);
        Some(row.trim_end_matches(['\n', '\r']).to_owned())
    }

    /// Returns the number of the row, of the text as received, that a byte is in.
    pub fn row_at(&self, byte: usize) -> usize {
        let after = self.rows.partition_point(|row| *row <= byte);
        after.saturating_sub(1)
    }

    /// Returns the value with every secret replaced by [`MASK`]; `None` until the text is scanned,
    /// or if it is not JSON.
    pub fn masked_value(&self) -> Option<Value> {
        self.scan.is_json().then_some(())?;
        let mut out = String::with_capacity(self.whole.len());
        let mut at = 0;
        for (start, end) in self.scan.secrets.iter().copied() {
            out.push_str(self.whole.get(at..start.max(at))?);
            // A secret number becomes a text.
            let quoted = self.whole.get(..start).is_some_and(|it| it.ends_with('"'))
                || !self.is_whole_scalar(start, end);
            out.push_str(if quoted {
                MASK
            } else {
                "\"••••••••\""
            });
            at = end.max(at);
        }
        out.push_str(self.whole.get(at..)?);
        parse(out.trim_start_matches(BYTE_ORDER_MARK)).ok()
    }

    /// Whether a range is a number of its own, and no part of a string.
    fn is_whole_scalar(&self, start: usize, end: usize) -> bool {
        let line = self
            .scan
            .lines
            .partition_point(|line| (line.from as usize) <= start);
        let line = line.checked_sub(1).and_then(|at| self.scan.lines.get(at));
        line.is_some_and(|line| {
            let text = self.whole.get(line.from as usize..line.to as usize);
            let value = text.map_or("", |text| split(text).1);
            line.to as usize == end && !value.starts_with('"')
        })
    }

    /// Returns whether the whole text was scanned for secrets.
    pub fn is_read(&self) -> bool {
        self.scan.read(&self.whole) == self.whole.len()
    }

    /// Returns the whole text; `None` until it is scanned. `revealed` shows secrets.
    pub fn whole(&self, revealed: bool) -> Option<String> {
        self.is_read()
            .then(|| self.part(0, self.whole.len(), revealed))
    }

    fn part(&self, from: usize, to: usize, revealed: bool) -> String {
        let mut out = String::new();
        let mut at = from;
        for (start, end) in self.secrets_in(from, to).filter(|_| !revealed) {
            out.push_str(self.whole.get(at..start.max(at)).unwrap_or_default());
            // A secret over several lines is masked in the first.
            if start >= from {
                out.push_str(MASK);
            }
            at = end.min(to);
        }
        out.push_str(self.whole.get(at..to).unwrap_or_default());
        out
    }

    fn secrets_in(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, usize)> {
        let all = &self.scan.secrets;
        let first = all.partition_point(|(_, end)| *end <= from);
        let rest = all.iter().skip(first).copied();
        rest.take_while(move |(start, _)| *start < to)
    }
}

/// The name with its quotation marks, and the value.
fn split(text: &str) -> (&str, &str) {
    let whole = ("", text);
    if !text.starts_with('"') {
        return whole;
    }
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => break,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    let Some((name, rest)) = text.split_at_checked(at + 1) else {
        return whole;
    };
    match rest.trim_start().strip_prefix(':') {
        Some(value) => (name, value.trim_start()),
        None => whole,
    }
}

/// An empty object or list may have had spaces inside.
fn compact(value: &str) -> &str {
    match value.as_bytes() {
        [b'{', .., b'}'] => "{}",
        [b'[', .., b']'] => "[]",
        _ => value,
    }
}

fn shortened(value: String) -> (String, bool) {
    match value.char_indices().nth(LONGEST) {
        Some((at, _)) => (value.get(..at).unwrap_or_default().to_owned(), true),
        None => (value, false),
    }
}

fn rows(text: &str) -> Vec<usize> {
    let mut rows = Vec::new();
    let mut at = 0;
    while at < text.len() {
        rows.push(at);
        let mut most = (at + WRAP).min(text.len());
        while !text.is_char_boundary(most) {
            most += 1;
        }
        let part = text.get(at..most).unwrap_or_default();
        at += part.find('\n').map_or(part.len(), |end| end + 1);
    }
    rows
}
