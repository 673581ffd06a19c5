//! The table engine without I/O: the entries of a company as columns, and what the page computes of them.
//!
//! Reading order:
//!
//! 1. [`columnar`]: bitmaps, columns of codes, dictionaries, ids, and the radix sort.
//! 2. [`mod@column`]: the columns of the entries table; [`names`]: the names of the ids in entries.
//! 3. [`entry_table`]: the entries column by column: appended page by page, filtered, sorted, added up.
//! 4. [`filter`]: which rows to keep, as a tree and as a line of text.
//! 5. [`file_writer`]: rows as CSV or JSON Lines, slice by slice.
//! 6. [`csv`]: cells and small tables as text, in the form that the user's ledger reads, with text as
//!    [`characters`] and [`spreadsheet`] write it; [`file_name`]: what a file is called.
//! 7. [`lines`]: the lines of an entry as a ledger posts them; [`spend`]: which entries are spend.
//! 8. [`natural`]: an order of texts without a collator; [`fold`]: texts without case and accents.
//! 9. [`month`]: months and spans of them; [`overview`]: spend by month, what is left out of it, its
//!    largest parts, and lists of what is to be done.
//! 10. [`window`]: the visible rows of a long table, and the few slots that show them;
//!     [`selection`]: the selected rows of a table, and their text for the clipboard.
//! 11. [`entry_labels`]: Pleo's codes in words; [`notes`]: sentences about rows that are shown only in
//!     part.
//! 12. [`view`]: filter, order and columns as texts in an address and as a small file.
//!
//! Made for a million rows: a page of entries is taken in without touching those already there.
#![deny(missing_docs, clippy::float_arithmetic)]

pub mod characters;
pub mod column;
pub mod columnar;
pub mod csv;
pub mod entry_labels;
pub mod entry_table;
pub mod file_name;
pub mod file_writer;
pub mod filter;
pub mod flag;
pub mod fold;
pub mod lines;
pub mod month;
pub mod names;
pub mod natural;
pub mod notes;
pub mod overview;
mod record_label;
pub mod selection;
pub mod spend;
pub mod spreadsheet;
pub mod view;
pub mod window;

pub use column::Column;
pub use entry_table::{EntryTable, Grain};
pub use filter::Filter;
pub use month::{Month, MonthSpan};
pub use notes::RowNotes;
pub use selection::Selection;
pub use spend::is_spend;
pub use window::{Layout, MOST_SLOTS, Scroll, Slots, VisibleRange};
