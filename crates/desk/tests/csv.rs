//! What is written is read back as it was, by a reader that is not ours; no text becomes a formula
//! and no amount becomes text.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[allow(dead_code, reason = "each test file uses a part of it")]
mod entry;

use outlay_desk::csv::{Cell, Csv, Dates, Form, Mark, Separator};
use outlay_desk::{Rows, entries_file};
use outlay_pleo::id::EmployeeId;
use outlay_pleo::{Currency, Money};
use proptest::prelude::*;

fn forms() -> impl Strategy<Value = Form> {
    (
        prop_oneof![
            Just(Separator::Comma),
            Just(Separator::Semicolon),
            Just(Separator::Tab)
        ],
        prop_oneof![Just(Mark::Point), Just(Mark::Comma)],
        prop_oneof![Just(Dates::Iso), Just(Dates::Slashes), Just(Dates::Dots)],
        any::<bool>(),
    )
        .prop_map(|(separator, mark, dates, byte_order_mark)| Form {
            separator,
            mark,
            dates,
            byte_order_mark,
        })
}

fn read(form: Form, text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(match form.separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        })
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

fn money(code: &str, minors: i64) -> Money {
    Money {
        currency: Currency::new(code).unwrap(),
        minors,
    }
}

/// What a person may write, with what spreadsheets start formulas with at its beginning.
fn notes() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-=+@\t\r\n\0＝＋－＠]{0,2}.{0,20}",
        "[-+]?[0-9]{1,6}([.,][0-9]{1,3})?",
        Just("=HYPERLINK(\"https://x.example\",\"a\")".to_owned()),
    ]
}

proptest! {
    #[test]
    fn every_text_comes_back_and_none_is_a_formula(form in forms(), texts in prop::collection::vec(notes(), 1..5)) {
        let mut csv = Csv::new(form, &["a"]);
        let cells: Vec<Cell> = std::iter::once(Cell::Count(7))
            .chain(texts.iter().map(|text| Cell::Text(text)))
            .collect();
        csv.row(cells);
        let text = csv.into_text();
        prop_assert_eq!(text.starts_with('\u{feff}'), form.byte_order_mark);
        let mut reader = csv::ReaderBuilder::new();
        reader.flexible(true);
        let body = text.split_once("\r\n").unwrap().1;
        let rows = read(form, body);
        prop_assert_eq!(rows.len(), 1);
        prop_assert_eq!(&rows[0][0], "7");
        for (written, read) in texts.iter().zip(&rows[0][1..]) {
            prop_assert_eq!(read.strip_prefix('\'').filter(|bare| *bare == written).unwrap_or(read), written);
            let number = read.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit());
            let dangerous = read.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
            prop_assert!(!dangerous || number, "{read:?}");
        }
    }

    #[test]
    fn every_amount_is_a_number_and_the_same_one(form in forms(), minors in any::<i64>(), code in prop_oneof![Just("EUR"), Just("ISK"), Just("KWD")]) {
        let mut csv = Csv::new(form, &["a"]);
        csv.row([Cell::Amount(money(code, minors))]);
        let rows = read(form, &csv.into_text());
        let cell = &rows[1][0];
        let mark = if form.mark == Mark::Comma { ',' } else { '.' };
        prop_assert!(cell.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == mark as u8), "{cell}");
        let digits: String = cell.chars().filter(|c| *c != mark).collect();
        prop_assert_eq!(digits.parse::<i64>().unwrap(), minors);
    }

    #[test]
    fn a_form_comes_back_from_its_words(form in forms(), other in "[a-z ]{0,20}") {
        prop_assert_eq!(Form::of_words(&form.words()), form);
        prop_assert_eq!(Form::of_words(&[&form.words(), " ?", &other.replace(' ', "?")].concat()), form);
    }
}

#[test]
fn a_negative_number_stays_one_and_a_formula_does_not() {
    let form = Form {
        byte_order_mark: false,
        ..Form::default()
    };
    let cases = [
        ("-12.50", "-12.50"),
        ("+4512345678", "+4512345678"),
        ("-1,5", "-1,5"),
        ("-", "'-"),
        ("-1.", "'-1."),
        ("-2+3", "'-2+3"),
        ("=1", "'=1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("'=1", "'=1"),
        ("tea = cake", "tea = cake"),
    ];
    for (text, written) in cases {
        let mut csv = Csv::new(form, &["a"]);
        csv.row([Cell::Text(text)]);
        assert_eq!(read(form, &csv.into_text())[1][0], written);
    }
}

#[test]
fn days_are_written_as_asked_for_and_what_is_no_day_as_it_came() {
    let days = [
        (Dates::Iso, "2026-11-01"),
        (Dates::Slashes, "01/11/2026"),
        (Dates::Dots, "01.11.2026"),
    ];
    for (dates, written) in days {
        let form = Form {
            dates,
            ..Form::default()
        };
        let mut csv = Csv::new(form, &["a", "b", "c"]);
        csv.row([
            Cell::Day("2026-11-01T23:59:59.999999999Z"),
            Cell::Day("2026-11-01"),
            Cell::Day("soon"),
        ]);
        assert_eq!(read(form, &csv.into_text())[1], [written, written, "soon"]);
    }
}

#[test]
fn an_entry_is_one_row_with_each_amount_beside_its_currency() {
    let mut rows = Rows::new();
    let first = entry::changed(
        "e1",
        "2026-11-01T10:00:00Z",
        -650,
        &[("note", "tea, \"cake\"\nand more"), ("employeeId", "p1")],
    );
    let second = entry::changed(
        "e2",
        "2026-10-01T10:00:00Z",
        1500,
        &[("currency", "ISK"), ("employeeId", "p2")],
    );
    rows.append(vec![first, second]);
    let form = Form {
        separator: Separator::Semicolon,
        mark: Mark::Comma,
        ..Form::default()
    };
    let name = |id: &EmployeeId| (*id == "p1").then_some("Ada Example");
    let file = read(form, &entries_file::write(&rows, form, name));
    assert_eq!(file.len(), 3);
    assert_eq!(file[0], entries_file::HEADERS);
    let cell = |row: usize, header: &str| {
        let at = entries_file::HEADERS.iter().position(|it| *it == header);
        file[row][at.unwrap()].clone()
    };
    assert_eq!(cell(1, "Amount"), "-6,50");
    assert_eq!(cell(1, "Currency"), "EUR");
    assert_eq!(cell(1, "Note"), "tea, \"cake\"\nand more");
    assert_eq!(cell(1, "Employee"), "Ada Example");
    assert_eq!(cell(1, "Settled on (UTC)"), "");
    assert_eq!(cell(2, "Employee"), "p2", "no name is known");
    assert_eq!(cell(2, "Amount"), "1500");
    assert_eq!(cell(2, "Entry id"), "e2");
}
