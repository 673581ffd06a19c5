//! Table logic without I/O: what the page computes and how little of it has to be drawn.
//!
//! Reading order:
//!
//! 1. [`rows`]: the entries loaded so far, each once, newest first.
//! 2. [`spend`]: which entries are spend, and why the others are not.
//! 3. [`totals`]: spend by month and currency, in whole smallest units.
//! 4. [`notes`]: sentences about rows that are shown, or added up, only in part.
//! 5. [`entry_words`]: the texts of a row of the entries table.
//! 6. [`window`]: which rows of a long table are in sight, and the few slots that show them.
//! 7. [`selection`]: the selected rows of a table, and their text for the clipboard.
//! 8. [`search`]: which rows hold the words that are searched for.
//! 9. [`csv`]: a table as a file, in the form that the user's ledger reads, with text as
//!    [`characters`] and [`spreadsheet`] write it; [`entries_file`]: the entries as one, whose rows are
//!    the [`lines`] of the entries; [`file_name`]: what such a file is called.
//!
//! Made for 100,000 rows: one page of entries is taken in without touching those already there.
#![deny(missing_docs, clippy::float_arithmetic)]

pub mod characters;
pub mod csv;
pub mod entries_file;
pub mod entry_words;
pub mod file_name;
pub mod lines;
pub mod notes;
pub mod rows;
pub mod search;
pub mod selection;
pub mod spend;
pub mod spreadsheet;
pub mod totals;
pub mod window;

pub use rows::{RowNotes, Rows};
pub use search::{Query, SearchIndex};
pub use selection::Selection;
pub use spend::is_spend;
pub use totals::{Missing, Month, MonthTotals, Sum, Totals};
pub use window::{Layout, MOST_SLOTS, Scroll, Slots, View};
