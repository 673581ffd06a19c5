//! What a cell of the entries table shows and what is copied of it.

use outlay_pleo::text::marked;
use outlay_table::column::Kind;
use outlay_table::csv::CsvCell;
use outlay_table::entry_table::Flag;
use outlay_table::{Column, EntryTable};

use crate::pages::entries_messages as messages;
use crate::platform::intl;

/// Shown in a cell without a value.
const NOTHING: &str = "–";

/// The columns that are shown unless the address names others.
pub const DEFAULT_COLUMNS: [Column; 11] = [
    Column::Date,
    Column::Note,
    Column::Employee,
    Column::Type,
    Column::Account,
    Column::Receipts,
    Column::Status,
    Column::Review,
    Column::Export,
    Column::Amount,
    Column::Billed,
];

/// The text of a cell. Each character that cannot be seen is replaced by a mark.
pub fn text(table: &EntryTable, row: usize, column: Column) -> String {
    let is_unreadable = table.has_flag(row, Flag::Unreadable);
    match column.kind() {
        Kind::Day => match (table.day(row, column), table.unread_date(row, column)) {
            (Some(day), _) => intl::day(day),
            (None, Some(text)) => marked(text),
            (None, None) => NOTHING.to_owned(),
        },
        Kind::Amount => match table.money(row, column) {
            Some(money) => intl::money(&money),
            None => NOTHING.to_owned(),
        },
        Kind::Count if is_unreadable => NOTHING.to_owned(),
        Kind::Count => match table.count(row, column) as usize {
            0 => messages::NO_RECEIPT.to_owned(),
            some => intl::count(some),
        },
        Kind::Text | Kind::Number | Kind::Id => {
            let text = match column {
                Column::Note => table.description(row),
                Column::Account => table.account_label(row),
                Column::Tax => table.tax_label(row),
                column => table.text(row, column),
            };
            match (&*text, column) {
                // A label without a word is no label.
                ("", Column::Status | Column::Export | Column::Review) => String::new(),
                ("", _) => NOTHING.to_owned(),
                (text, _) => marked(text),
            }
        }
    }
}

/// The cells of a row for the clipboard: an amount is followed by its currency.
pub fn copied(table: &EntryTable, row: usize, column: Column) -> Vec<CsvCell<'_>> {
    match column {
        Column::Amount | Column::Billed => match table.money(row, column) {
            Some(money) => vec![
                CsvCell::Amount(money),
                CsvCell::Made(money.currency.as_str().to_owned()),
            ],
            None => vec![CsvCell::Empty, CsvCell::Empty],
        },
        Column::Note => vec![CsvCell::Made(table.description(row).into_owned())],
        Column::Account => vec![CsvCell::Made(table.account_label(row).into_owned())],
        Column::Tax => vec![CsvCell::Made(table.tax_label(row).into_owned())],
        column => vec![table.cell(row, column)],
    }
}

/// The header of a column on this page.
pub fn header(table: &EntryTable, column: Column) -> String {
    match column {
        Column::Date => messages::DATE.to_owned(),
        Column::Note => messages::DESCRIPTION.to_owned(),
        Column::Account => messages::ACCOUNT.to_owned(),
        Column::Tax => messages::TAX.to_owned(),
        Column::Receipts => messages::RECEIPT.to_owned(),
        Column::Review => messages::REVIEW.to_owned(),
        Column::Export => messages::EXPORT_STATUS.to_owned(),
        Column::Billed => messages::BILLED.to_owned(),
        column => table.header(column),
    }
}

/// The class of a column's cells, its width in tenths of a rem, and whether it grows. The columns that are
/// shown by default fit a window of 1,440 pixels.
pub fn layout(column: Column) -> (&'static str, u32, bool) {
    match column {
        Column::Date => ("col-date", 70, false),
        Column::Note => ("col-what", 82, true),
        Column::Employee => ("col-who", 60, true),
        Column::Type => ("col-type", 66, true),
        Column::Account => ("col-account", 66, true),
        Column::Receipts => ("col-receipt", 44, false),
        Column::Status => ("col-status pill", 60, false),
        Column::Review => ("col-review pill", 68, false),
        Column::Export => ("col-export pill", 66, false),
        Column::Amount => ("col-amount", 80, false),
        Column::Billed => ("col-amount col-billed", 82, false),
        column => match column.kind() {
            Kind::Day => ("col-day", 76, false),
            Kind::Count | Kind::Number => ("col-number", 60, false),
            Kind::Id => ("col-id", 170, false),
            Kind::Text | Kind::Amount => ("col-text", 100, false),
        },
    }
}
