//! The rows of an [`EntryTable`] as slices, and the plan of their workbook.

use outlay_pleo::time::Date;
use outlay_table::column::Kind;
use outlay_table::csv::CsvCell;
use outlay_table::{Column, EntryTable};

use crate::message::{Fact, MESSAGE_VERSION, SheetColumn, WorkbookPlan};
use crate::slice::{Amount, SliceCell, SliceWriter};

/// What the last sheet states about the rows. All texts are as the user sees them on screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetFacts {
    /// The company's name; of several companies their names.
    pub company: String,
    /// The period, for example "1 October 2026 to 31 October 2026".
    pub period: String,
    /// The filter as the address states it; empty without one.
    pub filter: String,
    /// Entries loaded in the browser.
    pub loaded: usize,
    /// Entries of the list at Pleo; `None` if the list is incomplete and Pleo does not state how many it has.
    pub total: Option<usize>,
    /// Date and time of the export, with its zone.
    pub exported_at: String,
    /// Sentences on what the file lacks.
    pub notes: Vec<String>,
}

impl SheetFacts {
    /// Returns whether every entry of the list is loaded.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.total.is_some_and(|total| self.loaded >= total)
    }

    fn lines(&self, rows: usize) -> Vec<Fact> {
        let filter = match &*self.filter {
            "" => "None",
            filter => filter,
        };
        let total = match self.total {
            Some(total) => Fact::count("Entries at Pleo", total as u64),
            None => Fact::text("Entries at Pleo", "Not known"),
        };
        let complete = match self.is_complete() {
            true => "Yes",
            false => "No: not every entry was loaded",
        };
        vec![
            Fact::text("Company", &self.company),
            Fact::text("Period", &self.period),
            Fact::text("Filter", filter),
            Fact::count("Rows in this file", rows as u64),
            Fact::count("Entries loaded", self.loaded as u64),
            total,
            Fact::text("Complete", complete),
            Fact::text("Exported", &self.exported_at),
        ]
    }
}

/// Rows that decide on the widths of columns.
const SAMPLED_ROWS: usize = 400;

/// Limits of a width, in digits of the default font.
const WIDTHS: (usize, usize) = (9, 60);

/// Returns the plan of a workbook with these rows of the table.
#[must_use]
pub fn plan(
    table: &EntryTable,
    order: &[u32],
    columns: &[Column],
    sheet: &str,
    facts: &SheetFacts,
) -> WorkbookPlan {
    let of_column = |column: &Column| SheetColumn {
        header: table.header(*column),
        width: width(table, order, *column),
    };
    WorkbookPlan {
        version: MESSAGE_VERSION,
        sheet: sheet.to_owned(),
        columns: columns.iter().map(of_column).collect(),
        rows: u32::try_from(order.len()).unwrap_or(u32::MAX),
        facts: facts.lines(order.len()),
        notes: facts.notes.clone(),
    }
}

/// Wide enough for the header and for the texts of the first rows.
fn width(table: &EntryTable, order: &[u32], column: Column) -> u32 {
    let header = table.header(column).chars().count() + 2;
    let content = match column.kind() {
        Kind::Day => 12,
        Kind::Amount => 16,
        Kind::Id => 38,
        Kind::Number | Kind::Count => 9,
        Kind::Text => {
            let sample = order.iter().take(SAMPLED_ROWS);
            let lengths = sample.map(|row| {
                let text = table.text(*row as usize, column);
                text.chars().take(WIDTHS.1).count()
            });
            lengths.max().unwrap_or(0) + 2
        }
    };
    let width = header.max(content).clamp(WIDTHS.0, WIDTHS.1);
    u32::try_from(width).unwrap_or(u32::MAX)
}

/// A slice ends with the row that reaches one of these: a page makes one in a few milliseconds.
const SLICE_CELLS: usize = 20_000;
const SLICE_BYTES: usize = 1 << 20;

/// Reads rows slice by slice. It holds no borrow of the table, which may grow between two slices.
#[derive(Debug, Clone)]
pub struct RowSlices {
    order: Vec<u32>,
    columns: Vec<Column>,
    next: usize,
}

impl RowSlices {
    /// Makes a reader at the first row. Numbers of rows that the table does not have are rows without
    /// values.
    #[must_use]
    pub fn new(order: &[u32], columns: &[Column]) -> RowSlices {
        RowSlices {
            order: order.to_vec(),
            columns: columns.to_vec(),
            next: 0,
        }
    }

    /// Returns the next rows of the table that the reader was made for; `None` after the last one.
    pub fn next_slice(&mut self, table: &EntryTable) -> Option<Vec<u8>> {
        if self.next >= self.order.len() {
            return None;
        }
        let mut slice = SliceWriter::default();
        let rows = (SLICE_CELLS / self.columns.len().max(1)).max(1);
        let end = self.order.len().min(self.next + rows);
        while self.next < end && slice.len() < SLICE_BYTES {
            let row = self.order[self.next] as usize;
            for column in &self.columns {
                push(&mut slice, &table.cell(row, *column));
            }
            slice.end_row();
            self.next += 1;
        }
        Some(slice.into_bytes())
    }

    /// Returns the number of rows read so far.
    #[must_use]
    pub fn read(&self) -> usize {
        self.next
    }
}

fn push(slice: &mut SliceWriter, cell: &CsvCell<'_>) {
    let day_or_text = |slice: &mut SliceWriter, day: Option<Date>, text: &str| match day {
        Some(day) => push(slice, &CsvCell::Date(day)),
        None => slice.push(&SliceCell::Text(text)),
    };
    match cell {
        CsvCell::Empty => slice.push(&SliceCell::Empty),
        CsvCell::Text(text) => slice.push(&SliceCell::Text(text)),
        CsvCell::Made(text) => slice.push(&SliceCell::Text(text)),
        CsvCell::Count(count) => slice.push(&SliceCell::Count(*count as u64)),
        CsvCell::Number(number) => slice.push(&SliceCell::Number(number)),
        CsvCell::Amount(money) => {
            let exponent = money.currency.exponent();
            slice.push(&SliceCell::Amount(Amount {
                minors: money.minors,
                exponent: exponent.and_then(|exponent| u8::try_from(exponent).ok()),
                currency: money.currency.as_str(),
            }));
        }
        CsvCell::Date(day) => match i32::try_from(day.days()) {
            Ok(days) => slice.push(&SliceCell::Day(days)),
            Err(_) => slice.push(&SliceCell::Empty),
        },
        CsvCell::Day(at) => day_or_text(slice, at.utc_day(), at.as_str()),
        CsvCell::WrittenDay(at) => day_or_text(slice, at.written_day(), at.as_str()),
    }
}
