//! The table engine behind functions that a page of JavaScript calls and times.

#[path = "../../../../crates/table/examples/bench/entries.rs"]
mod entries;

use entries::{Ids, Random, entry};
use js_sys::Array;
use outlay_pleo::AccountingEntry;
use outlay_table::csv::CsvFormat;
use outlay_table::entry_table::aggregate::{Dimension, Measure};
use outlay_table::entry_table::sort::{Direction, SortKey};
use outlay_table::entry_table::Selection;
use outlay_table::file_writer::{FilePlan, FileWriter, Format};
use outlay_table::{Column, EntryTable, Filter, Grain};
use wasm_bindgen::prelude::*;

/// Entries in a page, as Pleo sends them.
const PAGE: usize = 100;

/// Makes pages of entries as JSON; the same ones in every run.
#[wasm_bindgen]
pub struct Source {
    random: Random,
    ids: Ids,
}

#[wasm_bindgen]
impl Source {
    /// Begins with the first page.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "called from JavaScript")]
    pub fn new() -> Source {
        let mut random = Random(7);
        let ids = Ids::new(&mut random);
        Source { random, ids }
    }

    /// The next page.
    pub fn page(&mut self) -> String {
        let page: Vec<AccountingEntry> = (0..PAGE)
            .map(|_| entry(&mut self.random, &self.ids))
            .collect();
        outlay_wire::to_text(&page)
    }
}

/// The table and what the page asks of it.
#[wasm_bindgen]
pub struct Engine {
    table: EntryTable,
    all: Option<Selection>,
    writer: Option<FileWriter>,
}

#[wasm_bindgen]
impl Engine {
    /// An empty table that has the names of the source's ids.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &Source) -> Engine {
        let mut table = EntryTable::new();
        table.set_names(source.ids.names());
        Engine {
            table,
            all: None,
            writer: None,
        }
    }

    /// Reads a page and appends it. Returns how many entries it had; 0 if it cannot be read.
    pub fn append(&mut self, page: &str) -> usize {
        let entries: Option<Vec<AccountingEntry>> = outlay_wire::from_text(page);
        let entries = entries.unwrap_or_default();
        self.all = None;
        self.table.append(&entries, &[])
    }

    /// Rows of the file: the lines of split entries count.
    pub fn rows(&self) -> usize {
        self.table.rows()
    }

    /// Bytes of the table.
    pub fn bytes(&self) -> usize {
        self.table.bytes()
    }

    fn everything(&mut self) -> Selection {
        let table = &self.table;
        let all = self
            .all
            .get_or_insert_with(|| table.select(&Filter::default(), Grain::Entries));
        all.clone()
    }

    fn column(&self, key: &str) -> Column {
        self.table.column_of_key(key).unwrap_or(Column::Date)
    }

    /// Sorts all entries by one column, the largest value first. Returns the first row.
    pub fn sort(&mut self, key: &str) -> u32 {
        let all = self.everything();
        let keys = [SortKey {
            column: self.column(key),
            direction: Direction::Descending,
        }];
        self.table
            .order(&all, &keys)
            .first()
            .copied()
            .unwrap_or_default()
    }

    /// The distinct texts of a column.
    pub fn distinct(&self, key: &str) -> Array {
        self.table
            .distinct(self.column(key))
            .map(JsValue::from_str)
            .collect()
    }

    /// Gives the texts of [`Engine::distinct`] their places in the collator's order.
    pub fn set_ranks(&mut self, key: &str, ranks: Vec<u32>) {
        let column = self.column(key);
        self.table.set_ranks(column, ranks);
    }

    /// How many entries match.
    pub fn filter(&self, text: &str) -> usize {
        let filter = Filter::parse(text).unwrap_or_default();
        self.table.select(&filter, Grain::Entries).rows().count()
    }

    /// Totals per currency of all entries. Returns how many there are.
    pub fn totals(&mut self) -> usize {
        let all = self.everything();
        self.table.totals(&all, Measure::Amount).len()
    }

    /// Amounts by month and account. Returns how many cells have one.
    pub fn pivot(&mut self) -> usize {
        let all = self.everything();
        let month = Some(Dimension::Month(Column::Date));
        let account = Some(Dimension::Text(Column::AccountCode));
        let pivot = self.table.pivot(&all, month, account, Measure::Amount);
        pivot.len()
    }

    /// Begins a CSV file of all ledger columns, the newest entry first. Returns the number of columns.
    pub fn begin_csv(&mut self) -> usize {
        let all = self.table.select(&Filter::default(), Grain::Lines);
        let keys = [SortKey {
            column: Column::Date,
            direction: Direction::Descending,
        }];
        let plan = FilePlan {
            format: Format::Csv(CsvFormat::default()),
            columns: self.table.ledger_columns(),
            rows: self.table.order(&all, &keys),
            notes: Vec::new(),
        };
        let columns = plan.columns.len();
        self.writer = Some(FileWriter::new(plan, &self.table));
        columns
    }

    /// The next rows of the file; nothing at its end.
    pub fn csv(&mut self, rows: usize) -> Option<String> {
        let slice = self.writer.as_mut()?.write_slice(&self.table, rows);
        if slice.done {
            self.writer = None;
        }
        Some(slice.text)
    }
}
