//! Files in slices: the same bytes as cell by cell, whatever the slices, and read back by other readers.

use outlay_pleo::Money;
use outlay_table::csv::{Csv, CsvCell, CsvFormat, DateFormat, DecimalSeparator, Preset, Separator};
use outlay_table::file_writer::{FilePlan, FileWriter, Format};
use outlay_table::{Column, EntryTable, Filter, Grain};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::generate::pages;
use crate::table;

fn forms() -> impl Strategy<Value = CsvFormat> {
    (
        select(&[Preset::Spreadsheet, Preset::Plain][..]),
        select(&[Separator::Comma, Separator::Semicolon, Separator::Tab][..]),
        select(&[DecimalSeparator::Point, DecimalSeparator::Comma][..]),
        select(&[DateFormat::Iso, DateFormat::Slashes, DateFormat::Dots][..]),
        any::<bool>(),
    )
        .prop_map(
            |(preset, separator, mark, dates, byte_order_mark)| CsvFormat {
                preset,
                separator,
                mark,
                dates,
                byte_order_mark,
            },
        )
}

fn plan(table: &EntryTable, format: Format, columns: Vec<Column>) -> FilePlan {
    let all = table.select(&Filter::default(), Grain::Lines);
    FilePlan {
        format,
        columns,
        rows: table.order(&all, &[]),
        notes: vec!["=1 of 2 entries, \"partial\"".to_owned()],
    }
}

/// The file, written in slices of the given numbers of rows, the last one again and again.
fn write(table: &EntryTable, plan: FilePlan, slices: &[usize]) -> (String, usize) {
    let mut writer = FileWriter::new(plan, table);
    let mut text = String::new();
    for rows in slices.iter().chain(std::iter::repeat(&3)) {
        let slice = writer.write_slice(table, *rows);
        text.push_str(std::str::from_utf8(&slice.bytes).unwrap());
        if slice.done {
            break;
        }
    }
    (text, writer.replaced())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn csv_in_slices_is_csv_cell_by_cell(
        pages in pages(),
        form in forms(),
        slices in proptest::collection::vec(0..5usize, 0..6),
    ) {
        let table = table(&pages, true);
        let columns = table.ledger_columns();
        let plan = plan(&table, Format::Csv(form), columns.clone());
        let headers: Vec<String> = columns.iter().map(|column| table.header(*column)).collect();
        let headers: Vec<&str> = headers.iter().map(|header| &**header).collect();
        let mut expected = Csv::new(form, &headers);
        for row in &plan.rows {
            expected.row(columns.iter().map(|column| table.cell(*row as usize, *column)));
        }
        let note = CsvCell::Text(&plan.notes[0]);
        expected.row(std::iter::once(note).chain((1..columns.len()).map(|_| CsvCell::Empty)));
        let replaced = expected.replaced();
        prop_assert_eq!(write(&table, plan, &slices), (expected.into_text(), replaced));
    }

    #[test]
    fn plain_csv_is_read_back_as_the_texts_and_amounts_of_the_table(pages in pages()) {
        let table = table(&pages, true);
        let columns = table.ledger_columns();
        let plan = plan(&table, Format::Csv(CsvFormat::plain()), columns.clone());
        let rows = plan.rows.clone();
        let (text, _) = write(&table, plan, &[2]);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(records.len(), rows.len() + 1);
        for (record, row) in records.iter().zip(rows) {
            for (cell, column) in record.iter().zip(&columns) {
                let expected = match table.cell(row as usize, *column) {
                    CsvCell::Amount(money) => money.decimal(),
                    CsvCell::Date(day) => day.to_string(),
                    CsvCell::Count(count) => count.to_string(),
                    CsvCell::Number(number) => number.to_owned(),
                    CsvCell::Text(text) => outlay_table::characters::replace_forbidden(text).0.into_owned(),
                    CsvCell::Made(text) => text,
                    _ => String::new(),
                };
                prop_assert_eq!(cell, expected, "{:?}", column);
            }
        }
    }

    #[test]
    fn json_lines_are_objects_with_the_values_of_the_table(
        pages in pages(),
        slices in proptest::collection::vec(0..5usize, 0..6),
    ) {
        let table = table(&pages, true);
        let columns = table.ledger_columns();
        let plan = plan(&table, Format::JsonLines, columns.clone());
        let (rows, note) = (plan.rows.clone(), plan.notes[0].clone());
        let (text, replaced) = write(&table, plan, &slices);
        prop_assert_eq!(replaced, 0);
        prop_assert!(!text.chars().any(outlay_table::characters::is_forbidden));
        let lines: Vec<&str> = text.lines().collect();
        prop_assert_eq!(lines.len(), rows.len() + 1);
        let last: Value = serde_json::from_str(lines[rows.len()]).unwrap();
        prop_assert_eq!(&last["outlay_note"], &note);
        for (line, row) in lines.iter().zip(rows) {
            let object: Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(object.as_object().unwrap().len(), columns.len());
            for column in &columns {
                let key = table.key(*column);
                let value = &object[&key];
                match table.cell(row as usize, *column) {
                    CsvCell::Empty => prop_assert!(value.is_null()),
                    CsvCell::Amount(money) if money.currency.exponent().is_none() => {
                        prop_assert_eq!(value, &money.decimal());
                    }
                    CsvCell::Amount(Money { minors, currency }) => {
                        // The digits of the line itself: the reader's numbers are inexact.
                        let digits = Money { minors, currency }.decimal();
                        let member = format!("\"{key}\":{digits}");
                        prop_assert!(line.contains(&[&*member, ","].concat()), "{}", member);
                    }
                    CsvCell::Date(day) => prop_assert_eq!(value, &day.to_string()),
                    CsvCell::Count(count) => prop_assert_eq!(value.as_u64(), Some(count as u64)),
                    CsvCell::Number(number) => prop_assert_eq!(value.to_string(), number),
                    CsvCell::Text(text) => prop_assert_eq!(value, text),
                    CsvCell::Made(text) => prop_assert_eq!(value, &text),
                    cell => prop_assert!(false, "{:?}", cell),
                }
            }
        }
    }
}

#[test]
fn file_contains_its_rows_although_the_table_grows() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let first = proptest::collection::vec(crate::generate::entry(), 8);
    let first = first.new_tree(&mut runner).unwrap().current();
    let second = proptest::collection::vec(crate::generate::entry(), 8);
    let second = second.new_tree(&mut runner).unwrap().current();
    let mut table = table(&vec![(first, Vec::new())], true);
    let columns: Vec<Column> = Column::fixed().collect();
    let plan = plan(&table, Format::Csv(CsvFormat::default()), columns);
    let (expected, _) = write(&table, plan.clone(), &[100]);
    let mut writer = FileWriter::new(plan, &table);
    let mut bytes = writer.write_slice(&table, 2).bytes;
    table.append(&second, &[]);
    bytes.extend(writer.write_slice(&table, 100).bytes);
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    assert!(writer.written() > 2);
}

#[test]
fn a_file_without_rows_has_headers_and_notes_and_one_without_columns_has_lines() {
    let table = EntryTable::new();
    let empty = plan(
        &table,
        Format::Csv(CsvFormat::plain()),
        vec![Column::Date, Column::Amount],
    );
    let (text, _) = write(&table, empty, &[1]);
    let expected = "Purchase date,Amount\r\n\"=1 of 2 entries, \"\"partial\"\"\",\r\n";
    assert_eq!(text, expected);
}
