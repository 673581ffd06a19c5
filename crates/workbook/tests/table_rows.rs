//! A table of entries as a workbook, cell by cell as the table states them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use futures::executor::block_on;
use futures::stream;
use outlay_pleo::AccountingEntry;
use outlay_pleo::time::Date;
use outlay_table::column::Kind;
use outlay_table::csv::CsvCell;
use outlay_table::{Column, EntryTable};
use outlay_workbook::rows::{RowSlices, SheetFacts, plan};
use outlay_workbook::writer::write;

const CURRENCIES: [&str; 4] = ["EUR", "JPY", "KWD", "UNDEFINED"];

const DATES: [&str; 4] = [
    "2026-03-31T23:30:00Z",
    "1969-07-20T20:17:40Z",
    "not a date",
    "1850-01-01T00:00:00Z",
];

const NOTES: [&str; 5] = ["=1+1", "caf\u{e9} _x0041_", "two\\nlines", "", "000123"];

fn entry(at: usize) -> AccountingEntry {
    let minors = i64::try_from(at).unwrap() * 137 - 40_000;
    let (currency, date) = (CURRENCIES[at % 4], DATES[at / 3 % 4]);
    let note = NOTES[at % 5];
    let json = format!(
        r#"{{"id":"entry-{at}","companyId":"c","status":"COMPLETED","family":"CARD_PURCHASE",
        "exportStatus":"NOT_EXPORTED","reviewStatus":"NOT_REQUIRED","note":"{note}",
        "transactionValue":{{"currency":"{currency}","minors":{minors}}},
        "totalBillValue":{{"currency":"DKK","minors":{at}}},
        "performedAt":"{date}","createdAt":"{date}","updatedAt":"{date}"}}"#
    );
    outlay_wire::from_text(&json).unwrap()
}

fn table(entries: usize) -> EntryTable {
    let entries: Vec<_> = (0..entries).map(entry).collect();
    let mut table = EntryTable::new();
    table.append(&entries, &[]);
    table
}

fn facts() -> SheetFacts {
    SheetFacts {
        company: "Brinkholt".to_owned(),
        period: "1 March 2026 to 31 March 2026".to_owned(),
        loaded: 3_300,
        total: Some(3_500),
        exported_at: "31 March 2026, 10:15 CEST".to_owned(),
        ..SheetFacts::default()
    }
}

fn workbook(table: &EntryTable, order: &[u32], columns: &[Column]) -> Xlsx<Cursor<Vec<u8>>> {
    let plan = plan(table, order, columns, "Entries", &facts());
    let mut rows = RowSlices::new(order, columns);
    let slices = std::iter::from_fn(|| rows.next_slice(table));
    let mut bytes = Vec::new();
    let outcome = write(&plan, stream::iter(slices), |_, part| bytes.extend(part));
    let (_, last) = block_on(outcome).unwrap();
    bytes.extend(last);
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

#[test]
fn every_cell_of_a_table_reads_back_in_the_order_of_the_rows() {
    let table = table(3_000);
    let order: Vec<u32> = (0..3_000).rev().collect();
    let columns: Vec<Column> = table.ledger_columns();
    assert!(columns.len() > 20);
    let mut workbook = workbook(&table, &order, &columns);
    let sheet = workbook.worksheet_range("Entries").unwrap();
    for (at, row) in order.iter().enumerate() {
        for (place, column) in columns.iter().enumerate() {
            let place = u32::try_from(place).unwrap();
            let read = sheet.get_value((u32::try_from(at + 1).unwrap(), place));
            let cell = table.cell(*row as usize, *column);
            assert_cell(read.unwrap_or(&Data::Empty), &cell);
        }
    }
    let kinds: Vec<Kind> = columns.iter().map(|column| column.kind()).collect();
    for kind in [Kind::Text, Kind::Amount, Kind::Day, Kind::Count, Kind::Id] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

fn assert_cell(read: &Data, cell: &CsvCell<'_>) {
    match (cell, read) {
        (CsvCell::Empty, Data::Empty) => {}
        (CsvCell::Text(text), Data::String(read)) => assert_eq!(read, text),
        (CsvCell::Made(text), Data::String(read)) => assert_eq!(read, text),
        (CsvCell::Count(count), Data::Float(read)) => {
            assert_eq!(read.to_string(), count.to_string())
        }
        (CsvCell::Amount(money), Data::Float(read)) => {
            let decimals = money.currency.exponent().unwrap() as usize;
            assert_eq!(format!("{read:.decimals$}"), money.decimal());
        }
        (CsvCell::Amount(money), Data::String(read)) => {
            assert_eq!(money.currency.exponent(), None);
            assert_eq!(*read, money.decimal());
        }
        (CsvCell::Date(day), Data::DateTime(read)) => {
            let (year, month, of_month, ..) = read.to_ymd_hms_milli();
            let read = Date {
                year: year.into(),
                month: month.into(),
                day: of_month.into(),
            };
            assert_eq!(read, *day);
        }
        (CsvCell::Date(day), Data::String(read)) => {
            assert!(day.year < 1900);
            assert_eq!(Date::parse(read), Some(*day));
        }
        (cell, read) => panic!("{cell:?} is {read:?}"),
    }
}

#[test]
fn totals_equal_those_of_the_table() {
    let table = table(1_000);
    let order: Vec<u32> = (0..1_000).collect();
    let mut workbook = workbook(&table, &order, &[Column::Amount, Column::Billed]);
    let sheet = workbook.worksheet_range("Totals").unwrap();
    let sum = |column, currency: &str| -> i64 {
        let amounts = order
            .iter()
            .filter_map(|row| table.money(*row as usize, column));
        let amounts = amounts.filter(|money| money.currency.as_str() == currency);
        amounts.map(|money| money.minors).sum()
    };
    for (at, column, currency, decimals) in [
        (1, Column::Amount, "EUR", 2),
        (2, Column::Amount, "JPY", 0),
        (3, Column::Amount, "KWD", 3),
        (5, Column::Billed, "DKK", 2),
    ] {
        assert_eq!(
            sheet.get_value((at, 1)),
            Some(&Data::String(currency.to_owned()))
        );
        let Some(Data::Float(total)) = sheet.get_value((at, 2)) else {
            panic!("{currency}")
        };
        let minors = format!("{total:.decimals$}").replace('.', "");
        assert_eq!(minors.parse::<i64>().unwrap(), sum(column, currency));
    }
}

#[test]
fn last_sheet_states_company_period_filter_and_completeness() {
    let table = table(2);
    let mut workbook = workbook(&table, &[0, 1], &[Column::Note]);
    let sheet = workbook.worksheet_range("About this file").unwrap();
    let rows: Vec<Vec<String>> = sheet
        .rows()
        .map(|row| row.iter().map(Data::to_string).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["About this file", ""],
            ["Company", "Brinkholt"],
            ["Period", "1 March 2026 to 31 March 2026"],
            ["Filter", "None"],
            ["Rows in this file", "2"],
            ["Entries loaded", "3300"],
            ["Entries at Pleo", "3500"],
            ["Complete", "No: not every entry was loaded"],
            ["Exported", "31 March 2026, 10:15 CEST"],
        ]
    );
}

#[test]
fn slices_end_at_their_limits_and_hold_every_row_once() {
    let table = table(10_000);
    let order: Vec<u32> = (0..10_000).collect();
    let columns = [Column::Date, Column::Note, Column::Amount, Column::EntryId];
    let mut rows = RowSlices::new(&order, &columns);
    let mut read = Vec::new();
    while let Some(slice) = rows.next_slice(&table) {
        assert!(slice.len() < 1 << 21);
        read.push(rows.read());
    }
    assert_eq!(read, [5_000, 10_000]);
}
