//! Writes rows of an [`EntryTable`] as a file, some at a time, so that a page stays responsive.
//!
//! A writer holds no borrow of the table: between two slices the table may grow, and what is written
//! stays the rows that the writer was made for.

use outlay_pleo::Currency;

use crate::characters::escape_forbidden;
use crate::column::{Column, Kind};
use crate::columnar::narrow;
use crate::csv::{CellWriter, CsvCell, CsvFormat, END_OF_ROW, push_decimal};
use crate::entry_table::{EntryTable, NO_DAY, TextSource};

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
    /// UTF-8 that follows that of the previous slice; a character is never divided between two slices.
    pub bytes: Vec<u8>,
    /// Whether this is the last slice.
    pub done: bool,
}

/// Writes a file slice by slice; see the module.
#[derive(Debug, Clone)]
pub struct FileWriter {
    plan: FilePlan,
    cells: CellWriter,
    columns: Vec<Written>,
    decimals: Decimals,
    /// The text of a cell, while it is written.
    cell: String,
    /// The text of an id, while it is written.
    id: String,
    next: usize,
    begun: bool,
}

/// A column with the text before its cells, and cells as written.
#[derive(Debug, Clone)]
struct Written {
    column: Column,
    /// A separator, or the name of a JSON member.
    before: String,
    /// Whether a cell is written anew each time, because nearly every row has a text of its own.
    is_distinct: bool,
    /// Of a column of days: the first one, in days since 1970. Days that come later may be before it.
    first_day: i32,
    /// Written cells with what is before them, one after the other, and [`STEP`] bytes behind the last.
    texts: Vec<u8>,
    /// By the number of a value ([`Values`]): the cell in `texts`, if it was written before.
    spans: Vec<Span>,
}

/// A written cell: where it begins in `texts`, its length in bytes, and how many characters were replaced
/// in it. Without length if it was not written yet.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    length: u32,
    replaced: u32,
}

/// Columns with at least this many rows for each distinct text keep the written cells.
const ROWS_PER_TEXT: usize = 4;

/// Days from the first one of a column to the last one whose cells are kept: a century.
const MOST_DAYS: u32 = 36_525;

/// Small counts, whose cells are kept.
const MOST_COUNTS: u32 = 64;

/// Rows whose numbers are looked up column by column before they are written row by row: the rows of a
/// sorted file are anywhere in the table, and a processor waits for many of them at once in a short loop.
const BLOCK: usize = 128;

/// No number of a value.
const NO_NUMBER: u32 = u32::MAX;

/// What distinguishes the cells of a column, while a slice is written.
enum Values<'a> {
    /// The code of a text.
    Texts(TextSource<'a>),
    /// Days since the first one of the column.
    Days(&'a [i32]),
    /// A count.
    Counts,
    /// Each cell is written anew.
    None,
}

impl<'a> Values<'a> {
    fn of(table: &'a EntryTable, to: &Written) -> Values<'a> {
        match to.column.kind() {
            _ if to.is_distinct => Values::None,
            Kind::Text | Kind::Number => {
                let texts = table.text_source(to.column);
                texts.map_or(Values::None, Values::Texts)
            }
            Kind::Day => Values::Days(table.days(to.column)),
            Kind::Count => Values::Counts,
            Kind::Amount | Kind::Id => Values::None,
        }
    }

    /// The numbers of the values of some rows; [`NO_NUMBER`] for one whose cell is not kept.
    fn read(&self, table: &EntryTable, of: &Written, rows: &[u32], numbers: &mut [u32]) {
        let rows = numbers.iter_mut().zip(rows);
        match self {
            Values::Texts(texts) => rows.for_each(|(to, row)| *to = texts.code(*row as usize)),
            Values::Days(days) => rows.for_each(|(to, row)| {
                let day = days.get(*row as usize).copied().unwrap_or(NO_DAY);
                // A day before the first one, or no day, is a large number.
                let number = day.wrapping_sub(of.first_day).cast_unsigned();
                let is_kept = day != NO_DAY && number < MOST_DAYS;
                *to = if is_kept { number } else { NO_NUMBER };
            }),
            Values::Counts => rows.for_each(|(to, row)| {
                let count = table.count(*row as usize, of.column);
                *to = if count < MOST_COUNTS {
                    count
                } else {
                    NO_NUMBER
                };
            }),
            Values::None => rows.for_each(|(to, _)| *to = NO_NUMBER),
        }
    }
}

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
            let texts = table.text_source(*column).map_or(0, |it| it.texts.len());
            let days = table.days(*column).iter().copied();
            Written {
                column: *column,
                before,
                is_distinct: texts > plan.rows.len() / ROWS_PER_TEXT + 1,
                first_day: days.filter(|day| *day != NO_DAY).min().unwrap_or(0),
                texts: vec![0; STEP],
                spans: Vec::new(),
            }
        };
        let columns = plan.columns.iter().enumerate().map(written).collect();
        FileWriter {
            plan,
            cells,
            columns,
            decimals: Decimals::default(),
            cell: String::new(),
            id: String::new(),
            next: 0,
            begun: false,
        }
    }

    /// Writes at most `rows` further rows of the table that the writer was made for; the headers with
    /// the first, the notes with the last.
    pub fn write_slice(&mut self, table: &EntryTable, rows: usize) -> Slice {
        let mut out = Output::default();
        if !self.begun {
            self.begun = true;
            self.write_head(table, &mut out);
        }
        let end = self.next.saturating_add(rows).min(self.plan.rows.len());
        let mut columns = std::mem::take(&mut self.columns);
        let values: Vec<_> = columns.iter().map(|to| Values::of(table, to)).collect();
        let end_of_row = match self.plan.format {
            Format::Csv(_) => END_OF_ROW,
            Format::JsonLines if columns.is_empty() => "{}\n",
            Format::JsonLines => "}\n",
        };
        let all = std::mem::take(&mut self.plan.rows);
        let mut numbers = vec![NO_NUMBER; columns.len() * BLOCK];
        for rows in all[self.next..end].chunks(BLOCK) {
            for ((to, values), numbers) in
                columns.iter().zip(&values).zip(numbers.chunks_mut(BLOCK))
            {
                values.read(table, to, rows, numbers);
            }
            for (at, row) in rows.iter().enumerate() {
                for (place, to) in columns.iter_mut().enumerate() {
                    let number = numbers[place * BLOCK + at];
                    match to.spans.get(number as usize) {
                        Some(span) if span.length > 0 => {
                            self.cells.replaced += span.replaced as usize;
                            out.push_padded(&to.texts, span.start as usize, span.length as usize);
                        }
                        _ => self.write_new(table, *row as usize, to, number, &mut out),
                    }
                }
                out.push(end_of_row);
            }
        }
        self.plan.rows = all;
        self.columns = columns;
        self.next = end;
        let done = end == self.plan.rows.len();
        if done {
            self.write_notes(&mut out);
        }
        let bytes = out.into_bytes();
        Slice { bytes, done }
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

    /// Writes a cell that is not kept, and keeps it if its value has a number.
    fn write_new(
        &mut self,
        table: &EntryTable,
        row: usize,
        to: &mut Written,
        number: u32,
        out: &mut Output,
    ) {
        let before = self.cells.replaced;
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        cell.push_str(&to.before);
        self.write_cell(table, row, to.column, &mut cell);
        out.push(&cell);
        if number != NO_NUMBER {
            to.keep(number as usize, &cell, self.cells.replaced - before);
        }
        self.cell = cell;
    }

    fn write_head(&mut self, table: &EntryTable, out: &mut Output) {
        let Format::Csv(form) = self.plan.format else {
            return;
        };
        let mut head = String::new();
        if form.byte_order_mark {
            head.push('\u{feff}');
        }
        for column in &self.columns {
            head.push_str(&column.before);
            self.cells.text(&mut head, &table.header(column.column));
        }
        head.push_str(END_OF_ROW);
        out.push(&head);
    }

    fn write_notes(&mut self, out: &mut Output) {
        for note in std::mem::take(&mut self.plan.notes) {
            let mut line = String::new();
            match self.plan.format {
                Format::Csv(_) => {
                    self.cells.text(&mut line, &note);
                    let others = self.columns.len().saturating_sub(1);
                    line.extend(std::iter::repeat_n(self.cells.separator, others));
                    line.push_str(END_OF_ROW);
                }
                Format::JsonLines => {
                    line.push_str("{\"outlay_note\":");
                    push_json(&mut line, &note);
                    line.push_str("}\n");
                }
            }
            out.push(&line);
        }
    }

    fn write_cell(&mut self, table: &EntryTable, row: usize, column: Column, out: &mut String) {
        match column.kind() {
            Kind::Amount => match (table.money(row, column), self.plan.format) {
                (Some(money), Format::JsonLines) => match self.decimals.of(money.currency) {
                    Some(decimals) => push_decimal(out, money.minors, decimals, '.'),
                    None => push_json(out, &money.decimal()),
                },
                (Some(money), Format::Csv(_)) => {
                    let decimals = self.decimals.of(money.currency);
                    self.cells.amount(out, money.minors, decimals);
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
            Kind::Text => match table.text_source(column) {
                Some(texts) => self.write_text(texts.texts.get(texts.code(row)), out),
                // A tag group that the table does not have.
                None => self.write_text("", out),
            },
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

impl Written {
    /// Keeps the cell of a value. Does nothing for a cell without text, or once the kept texts are too long
    /// for a [`Span`].
    fn keep(&mut self, number: usize, cell: &str, replaced: usize) {
        let start = self.texts.len() - STEP;
        if start + cell.len() > u32::MAX as usize {
            return;
        }
        if self.spans.len() <= number {
            self.spans.resize(number + 1, Span::default());
        }
        self.texts.truncate(start);
        self.texts.extend_from_slice(cell.as_bytes());
        self.texts.resize(self.texts.len() + STEP, 0);
        self.spans[number] = Span {
            start: narrow(start),
            length: narrow(cell.len()),
            replaced: narrow(replaced),
        };
    }
}

/// The decimals of the currencies that were met last; the full list is searched for the others.
#[derive(Debug, Clone, Default)]
struct Decimals(Vec<(Currency, Option<u32>)>);

impl Decimals {
    fn of(&mut self, currency: Currency) -> Option<u32> {
        if let Some((_, decimals)) = self.0.iter().find(|(known, _)| *known == currency) {
            return *decimals;
        }
        let decimals = currency.exponent();
        if self.0.len() == 16 {
            self.0.remove(0);
        }
        self.0.push((currency, decimals));
        decimals
    }
}

/// Bytes that are copied at once.
const STEP: usize = 16;

/// The bytes of a slice. Most cells are shorter than [`STEP`]: copying so many bytes whatever the length
/// is a load and a store, whereas WebAssembly's `memory.copy` costs a call for each cell.
#[derive(Default)]
struct Output {
    /// Has at least [`STEP`] bytes behind `length`, or is empty.
    bytes: Vec<u8>,
    length: usize,
}

impl Output {
    /// Makes room for so many further bytes.
    fn reserve(&mut self, more: usize) {
        let needed = self.length.saturating_add(more).saturating_add(STEP);
        if self.bytes.len() < needed {
            self.bytes.resize(needed.max(self.bytes.len() * 2), 0);
        }
    }

    fn push(&mut self, text: &str) {
        self.reserve(text.len());
        self.bytes[self.length..self.length + text.len()].copy_from_slice(text.as_bytes());
        self.length += text.len();
    }

    /// Appends `length` bytes of `from`, which has at least [`STEP`] bytes behind them.
    #[inline(always)]
    fn push_padded(&mut self, from: &[u8], start: usize, length: usize) {
        if self.bytes.len() < self.length + length + STEP {
            self.reserve(length);
        }
        let (from, to) = (&from[start..], &mut self.bytes[self.length..]);
        let mut done = 0;
        while done < length {
            to[done..done + STEP].copy_from_slice(&from[done..done + STEP]);
            done += STEP;
        }
        self.length += length;
    }

    fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.length);
        self.bytes
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
