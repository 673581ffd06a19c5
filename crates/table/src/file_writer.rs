//! Writes rows of an [`EntryTable`] as a file, some at a time, so that a page stays responsive.
//!
//! A writer holds no borrow of the table: between two slices the table may grow, and what is written
//! stays the rows that the writer was made for.

use crate::characters::escape_forbidden;
use crate::column::{Column, Kind};
use crate::columnar::narrow;
use crate::csv::{CellWriter, CsvCell, CsvFormat, END_OF_ROW, push_decimal};
use crate::entry_table::{EntryTable, TextSource};

/// Format of an exported file; the file extension follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV with a header row.
    Csv(CsvFormat),
    /// A JSON object for each row, with the columns' keys ([`EntryTable::key`]) as names, each on a
    /// line of its own. Amounts and rates are JSON numbers, digit by digit; days are `2026-03-31`; what
    /// is absent is `null`. Characters that files cannot hold are escaped, so that none is replaced.
    JsonLines,
}

/// The content of a file before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePlan {
    /// Format of the file with its options.
    pub format: Format,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// The rows, in this order; numbers that the table does not have are rows without values.
    pub rows: Vec<u32>,
    /// Sentences behind the last row, for example on what the file lacks: in CSV a row each, with the
    /// sentence in the first cell and the others empty; in JSON Lines objects with the name
    /// `outlay_note`.
    pub notes: Vec<String>,
}

/// A part of a file; the parts are concatenated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// The text after that of the previous slice.
    pub text: String,
    /// Whether this is the last slice.
    pub done: bool,
}

/// Writes a file slice by slice; see the module.
#[derive(Debug, Clone)]
pub struct FileWriter {
    plan: FilePlan,
    cells: CellWriter,
    columns: Vec<Written>,
    /// The text of an id, while it is written.
    id: String,
    next: usize,
    begun: bool,
}

/// A column with the text before its cells, and its distinct texts as written.
#[derive(Debug, Clone)]
struct Written {
    column: Column,
    /// A separator, or the name of a JSON member.
    before: String,
    /// The written texts, one after the other.
    texts: String,
    /// By the code of a text: where it is in `texts`, and how many characters were replaced in it.
    spans: Vec<Option<(u32, u32, u32)>>,
}

/// Columns with at least this many rows for each distinct text keep the written texts.
const ROWS_PER_TEXT: usize = 4;

impl FileWriter {
    /// Makes a writer at the beginning of the file.
    #[must_use]
    pub fn new(plan: FilePlan, table: &EntryTable) -> FileWriter {
        let form = match plan.format {
            Format::Csv(form) => form,
            Format::JsonLines => CsvFormat::plain(),
        };
        let cells = CellWriter::new(form);
        let written = |(at, column): (usize, &Column)| {
            let mut before = String::new();
            match plan.format {
                Format::Csv(_) if at > 0 => before.push(cells.separator),
                Format::Csv(_) => {}
                Format::JsonLines => {
                    before.push(if at > 0 { ',' } else { '{' });
                    push_json(&mut before, &table.key(*column));
                    before.push(':');
                }
            }
            Written {
                column: *column,
                before,
                texts: String::new(),
                spans: Vec::new(),
            }
        };
        let columns = plan.columns.iter().enumerate().map(written).collect();
        FileWriter {
            plan,
            cells,
            columns,
            id: String::new(),
            next: 0,
            begun: false,
        }
    }

    /// Writes at most `rows` further rows of the table that the writer was made for; the headers with
    /// the first, the notes with the last.
    pub fn write_slice(&mut self, table: &EntryTable, rows: usize) -> Slice {
        let mut out = String::new();
        if !self.begun {
            self.begun = true;
            self.write_head(table, &mut out);
        }
        let end = self.next.saturating_add(rows).min(self.plan.rows.len());
        let first_length = out.len();
        let mut columns = std::mem::take(&mut self.columns);
        let texts = columns.iter().map(|it| table.text_source(it.column));
        let texts: Vec<_> = texts.collect();
        for at in self.next..end {
            let row = self.plan.rows[at] as usize;
            for (column, texts) in columns.iter_mut().zip(&texts) {
                out.push_str(&column.before);
                match texts {
                    Some(texts) if column.column.kind() == Kind::Text => {
                        self.write_cached(texts, row, column, &mut out);
                    }
                    _ => self.write_cell(table, row, column.column, &mut out),
                }
            }
            match self.plan.format {
                Format::Csv(_) => out.push_str(END_OF_ROW),
                Format::JsonLines => {
                    out.push_str(if columns.is_empty() { "{}\n" } else { "}\n" });
                }
            }
            if at == self.next {
                let length = out.len() - first_length;
                out.reserve(length.saturating_mul(end - at));
            }
        }
        self.columns = columns;
        self.next = end;
        let done = end == self.plan.rows.len();
        if done {
            self.write_notes(&mut out);
        }
        Slice { text: out, done }
    }

    /// Returns the number of rows written, without headers and notes.
    #[must_use]
    pub fn written(&self) -> usize {
        self.next
    }

    /// Returns the number of characters replaced so far because files must not contain them.
    #[must_use]
    pub fn replaced(&self) -> usize {
        self.cells.replaced
    }

    fn write_head(&mut self, table: &EntryTable, out: &mut String) {
        let Format::Csv(form) = self.plan.format else {
            return;
        };
        if form.byte_order_mark {
            out.push('\u{feff}');
        }
        for column in &self.columns {
            out.push_str(&column.before);
            self.cells.text(out, &table.header(column.column));
        }
        out.push_str(END_OF_ROW);
    }

    fn write_notes(&mut self, out: &mut String) {
        for note in std::mem::take(&mut self.plan.notes) {
            match self.plan.format {
                Format::Csv(_) => {
                    self.cells.text(out, &note);
                    let others = self.columns.len().saturating_sub(1);
                    out.extend(std::iter::repeat_n(self.cells.separator, others));
                    out.push_str(END_OF_ROW);
                }
                Format::JsonLines => {
                    out.push_str("{\"outlay_note\":");
                    push_json(out, &note);
                    out.push_str("}\n");
                }
            }
        }
    }

    /// Writes a text; one that occurs often is converted once.
    fn write_cached(
        &mut self,
        source: &TextSource<'_>,
        row: usize,
        to: &mut Written,
        out: &mut String,
    ) {
        let code = source.code(row);
        let known = to.spans.get(code as usize).copied().flatten();
        if let Some((start, end, replaced)) = known {
            self.cells.replaced += replaced as usize;
            return out.push_str(&to.texts[start as usize..end as usize]);
        }
        let (start, before) = (out.len(), self.cells.replaced);
        self.write_text(source.texts.get(code), out);
        let count = source.texts.len();
        let keeps = count <= self.plan.rows.len() / ROWS_PER_TEXT;
        if keeps && to.texts.len() + out.len() - start < u32::MAX as usize {
            if to.spans.len() < count {
                to.spans.resize(count, None);
            }
            let replaced = narrow(self.cells.replaced - before);
            let from = narrow(to.texts.len());
            to.texts.push_str(&out[start..]);
            to.spans[code as usize] = Some((from, narrow(to.texts.len()), replaced));
        }
    }

    fn write_cell(&mut self, table: &EntryTable, row: usize, column: Column, out: &mut String) {
        match column.kind() {
            Kind::Amount => match (table.money(row, column), self.plan.format) {
                (Some(money), Format::JsonLines) => {
                    match money.currency.exponent() {
                        Some(exponent) => push_decimal(out, money.minors, exponent, '.'),
                        None => push_json(out, &money.decimal()),
                    };
                }
                (Some(money), Format::Csv(_)) => {
                    let exponent = money.currency.exponent();
                    self.cells.amount(out, money.minors, exponent);
                }
                (None, _) => self.write_text("", out),
            },
            Kind::Id => {
                let mut id = std::mem::take(&mut self.id);
                id.clear();
                table.write_id(row, column, &mut id);
                self.write_text(&id, out);
                self.id = id;
            }
            // Texts of tag groups that the table does not have are empty.
            Kind::Text => self.write_text("", out),
            Kind::Number | Kind::Day | Kind::Count => {
                let cell = table.cell(row, column);
                match (&cell, self.plan.format) {
                    (CsvCell::Empty, _) => self.write_text("", out),
                    (CsvCell::Text(text), _) => self.write_text(text, out),
                    (CsvCell::Date(day), Format::JsonLines) => {
                        out.push('"');
                        self.cells.day(out, *day);
                        out.push('"');
                    }
                    // Numbers and counts are written in the same way in a plain file and in JSON.
                    _ => self.cells.cell(out, &cell),
                }
            }
        }
    }

    fn write_text(&mut self, text: &str, out: &mut String) {
        match self.plan.format {
            Format::Csv(_) => self.cells.text(out, text),
            Format::JsonLines if text.is_empty() => out.push_str("null"),
            Format::JsonLines => push_json(out, text),
        }
    }
}

/// Appends a text as a JSON string.
pub(crate) fn push_json(out: &mut String, text: &str) {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    out.push('"');
    if text.bytes().all(is_plain) {
        out.push_str(text);
    } else {
        let mut escaped = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match c {
                '"' => escaped.push_str("\\\""),
                '\\' => escaped.push_str("\\\\"),
                '\t' => escaped.push_str("\\t"),
                '\n' => escaped.push_str("\\n"),
                '\r' => escaped.push_str("\\r"),
                c => escaped.push(c),
            }
        }
        out.push_str(&escape_forbidden(&escaped));
    }
    out.push('"');
}
