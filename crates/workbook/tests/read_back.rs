//! Workbooks read back by `calamine`, a reader of other authors, and compared with what was written.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader, Xlsx};
use futures::executor::block_on;
use futures::stream;
use outlay_pleo::time::Date;
use outlay_workbook::message::{Fact, MESSAGE_VERSION, SheetColumn, WorkbookPlan, WorkbookSummary};
use outlay_workbook::slice::{Amount, SliceCell, SliceWriter};
use outlay_workbook::writer::{WriteError, write};
use proptest::prelude::*;

/// A cell of a test; the same as [`SliceCell`] with texts of its own.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Empty,
    Text(String),
    Number(String),
    Amount(i64, Option<u8>, &'static str),
    Day(i32),
    Count(u64),
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn day(text: &str) -> Cell {
    let days = Date::parse(text).unwrap().days();
    Cell::Day(i32::try_from(days).unwrap())
}

fn slices(rows: &[Vec<Cell>], per_slice: usize) -> Vec<Vec<u8>> {
    let of = |rows: &[Vec<Cell>]| {
        let mut slice = SliceWriter::default();
        for row in rows {
            for cell in row {
                slice.push(&match cell {
                    Cell::Empty => SliceCell::Empty,
                    Cell::Text(text) => SliceCell::Text(text),
                    Cell::Number(number) => SliceCell::Number(number),
                    Cell::Amount(minors, exponent, currency) => SliceCell::Amount(Amount {
                        minors: *minors,
                        exponent: *exponent,
                        currency,
                    }),
                    Cell::Day(day) => SliceCell::Day(*day),
                    Cell::Count(count) => SliceCell::Count(*count),
                });
            }
            slice.end_row();
        }
        slice.into_bytes()
    };
    rows.chunks(per_slice.max(1)).map(of).collect()
}

fn plan(rows: &[Vec<Cell>]) -> WorkbookPlan {
    let columns = rows.first().map_or(0, Vec::len);
    WorkbookPlan {
        version: MESSAGE_VERSION,
        sheet: "Entries".to_owned(),
        columns: (0..columns)
            .map(|at| SheetColumn {
                header: format!("Column {at}"),
                width: 12,
            })
            .collect(),
        rows: u32::try_from(rows.len()).unwrap(),
        facts: vec![
            Fact::text("Company", "Brinkholt & S\u{f8}n <ApS>"),
            Fact::count("Rows in this file", rows.len() as u64),
        ],
        notes: vec!["200 of 3,500 entries were not loaded.".to_owned()],
    }
}

struct Written {
    bytes: Vec<u8>,
    summary: WorkbookSummary,
}

fn written(rows: &[Vec<Cell>], per_slice: usize) -> Written {
    let mut bytes = Vec::new();
    let slices = stream::iter(slices(rows, per_slice));
    let add = |_, part: Vec<u8>| bytes.extend(part);
    let (summary, last) = block_on(write(&plan(rows), slices, add)).unwrap();
    bytes.extend(last);
    Written { bytes, summary }
}

impl Written {
    fn sheet(&self, name: &str) -> Range<Data> {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&*self.bytes)).unwrap();
        workbook.worksheet_range(name).unwrap()
    }

    /// The cell of a row and column from 0, below the header.
    fn cell(&self, row: usize, column: usize) -> Data {
        let sheet = self.sheet("Entries");
        let at = (
            u32::try_from(row + 1).unwrap(),
            u32::try_from(column).unwrap(),
        );
        sheet.get_value(at).cloned().unwrap_or(Data::Empty)
    }
}

/// The cell of a workbook with this one alone.
fn one(cell: Cell) -> (Data, WorkbookSummary) {
    let written = written(&[vec![cell]], 1);
    (written.cell(0, 0), written.summary)
}

fn decimal(minors: i64, exponent: usize) -> String {
    let digits = format!("{:0>1$}", minors.unsigned_abs(), exponent + 1);
    let (whole, fraction) = digits.split_at(digits.len() - exponent);
    let sign = if minors < 0 { "-" } else { "" };
    let dot = if exponent > 0 { "." } else { "" };
    [sign, whole, dot, fraction].concat()
}

#[test]
fn amounts_are_numbers_exact_to_the_minor_unit() {
    for (minors, exponent, currency) in [
        (123_456, 2, "EUR"),
        (-5, 2, "EUR"),
        (0, 2, "EUR"),
        (1_500, 0, "JPY"),
        (-1_234_567, 3, "KWD"),
        (1, 4, "CLF"),
        (999_999_999_999_999, 2, "DKK"),
        (-999_999_999_999_999, 0, "ISK"),
    ] {
        let (data, summary) = one(Cell::Amount(minors, Some(exponent), currency));
        let Data::Float(number) = data else {
            panic!("{data:?}")
        };
        let exponent = usize::from(exponent);
        assert_eq!(format!("{number:.exponent$}"), decimal(minors, exponent));
        assert_eq!(summary, WorkbookSummary::default());
    }
}

#[test]
fn amount_that_excel_would_round_is_an_exact_text_and_counted() {
    for (minors, exact) in [
        (1_000_000_000_000_000, "10000000000000.00"),
        (i64::MIN, "-92233720368547758.08"),
    ] {
        let (data, summary) = one(Cell::Amount(minors, Some(2), "EUR"));
        assert_eq!(data, Data::String(exact.to_owned()));
        // The cell and its total.
        assert_eq!(summary.long_numbers, 2);
    }
}

#[test]
fn amount_of_unknown_decimals_is_a_text_that_is_no_number() {
    let (data, _) = one(Cell::Amount(-700, None, "UNDEFINED"));
    let expected = "-700 minor units, decimals not known";
    assert_eq!(data, Data::String(expected.to_owned()));
}

#[test]
fn days_are_dates_from_march_1900_and_texts_before() {
    for date in [
        "1900-03-01",
        "1970-01-01",
        "2026-02-28",
        "2024-02-29",
        "9999-12-31",
    ] {
        let (data, summary) = one(day(date));
        let Data::DateTime(read) = data else {
            panic!("{date}: {data:?}")
        };
        assert_eq!(iso(read), date);
        assert_eq!(summary.days_as_text, 0);
    }
    for date in ["1900-02-28", "1900-01-01", "1899-12-31", "1066-10-14"] {
        let (data, summary) = one(day(date));
        assert_eq!(data, Data::String(date.to_owned()));
        assert_eq!(summary.days_as_text, 1);
    }
}

fn iso(read: ExcelDateTime) -> String {
    let (year, month, day, ..) = read.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[test]
fn texts_are_texts_whatever_they_look_like() {
    for odd in [
        "=1+1",
        "+46701234567",
        "-1",
        "@SUM(A1)",
        "000123",
        "1250.50",
        "2026-03-31",
        "TRUE",
        "#N/A",
        "_x0041_",
        "_x005F_x0041_",
        "_x0041_x0042_",
        "a_b_c",
        "&lt;b&gt; & <c> \"d\" 'e'",
        "]]>",
        " blanks at both ends ",
        "\ttab\t",
        "two\nlines\n",
        "\u{1f600} emoji \u{1f469}\u{200d}\u{1f4bb}",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202b}12.50\u{202c}",
        "caf\u{e9} \u{fffd}",
        "{\"json\":\"\\u003c\"}",
    ] {
        let (data, summary) = one(text(odd));
        assert_eq!(data, Data::String(odd.to_owned()));
        assert_eq!(summary, WorkbookSummary::default(), "{odd}");
    }
}

#[test]
fn line_breaks_of_other_systems_become_line_feeds() {
    let (data, summary) = one(text("one\r\ntwo\rthree\nfour"));
    assert_eq!(data, Data::String("one\ntwo\nthree\nfour".to_owned()));
    assert_eq!(summary.replaced, 0);
}

#[test]
fn control_characters_are_replaced_counted_and_stated_in_the_file() {
    let written = written(&[vec![text("a\0b\u{b}c\u{2028}d\u{ffff}")]], 1);
    let expected = "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}";
    assert_eq!(written.cell(0, 0), Data::String(expected.to_owned()));
    assert_eq!(written.summary.replaced, 4);
    let about = written.sheet("About this file");
    let note = about.rows().next_back().unwrap()[1].to_string();
    assert!(
        note.ends_with("because a workbook cannot hold them: 4."),
        "{note}"
    );
}

#[test]
fn note_of_200_000_letters_is_cut_at_the_limit_of_a_cell_and_says_so() {
    let (data, summary) = one(text(&"word ".repeat(40_000)));
    let Data::String(cut) = data else {
        panic!("{data:?}")
    };
    assert_eq!(cut.encode_utf16().count(), 32_767);
    assert!(cut.starts_with("word word "));
    let note =
        "\u{2026} [cut by Outlay: the text has 200000 characters, an Excel cell holds 32,767]";
    assert!(cut.ends_with(note));
    assert_eq!(summary.cut, 1);
}

#[test]
fn rates_and_counts_are_numbers_and_an_odd_rate_is_a_text() {
    assert_eq!(one(Cell::Number("12.5".to_owned())).0, Data::Float(12.5));
    assert_eq!(one(Cell::Number("-25".to_owned())).0, Data::Float(-25.0));
    assert_eq!(one(Cell::Count(3)).0, Data::Float(3.0));
    for odd in ["1e3", "0x10", "12,5", ".5", "5.", "--1", "1234567890123456"] {
        let (data, _) = one(Cell::Number(odd.to_owned()));
        assert_eq!(data, Data::String(odd.to_owned()));
    }
}

#[test]
fn totals_and_facts_have_sheets_of_their_own() {
    let rows = [
        vec![Cell::Amount(1_050, Some(2), "EUR"), text("a")],
        vec![Cell::Amount(1_500, Some(0), "JPY"), Cell::Empty],
        vec![Cell::Amount(-50, Some(2), "EUR"), text("c")],
        vec![Cell::Amount(7, None, "UNDEFINED"), text("d")],
        vec![Cell::Empty, text("e")],
    ];
    let written = written(&rows, 2);
    let texts = |sheet: &str| -> Vec<Vec<String>> {
        let sheet = written.sheet(sheet);
        let rows = sheet.rows();
        rows.map(|row| row.iter().map(Data::to_string).collect())
            .collect()
    };
    assert_eq!(
        texts("Totals"),
        [
            ["Column", "Currency", "Total", "Rows"],
            ["Column 0", "EUR", "10", "2"],
            ["Column 0", "JPY", "1500", "1"],
            [
                "Column 0",
                "UNDEFINED",
                "Not added up: decimals not known",
                "1"
            ],
        ]
    );
    assert_eq!(
        texts("About this file"),
        [
            ["About this file", ""],
            ["Company", "Brinkholt & S\u{f8}n <ApS>"],
            ["Rows in this file", "5"],
            ["Note", "200 of 3,500 entries were not loaded."],
        ]
    );
    assert_eq!(texts("Entries").len(), 6);
    assert_eq!(texts("Entries")[0], ["Column 0", "Column 1"]);
    assert_eq!(written.cell(1, 1), Data::Empty);
}

#[test]
fn no_rows_and_no_columns_make_a_workbook_too() {
    let empty = written(&[], 1);
    assert_eq!(empty.sheet("Entries").get_size(), (0, 0));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&*empty.bytes)).unwrap();
    assert_eq!(
        workbook.sheet_names(),
        ["Entries", "Totals", "About this file"]
    );
    assert!(workbook.worksheet_formula("Entries").unwrap().is_empty());
}

#[test]
fn missing_rows_and_malformed_slices_fail() {
    let rows = vec![vec![text("a")]; 3];
    let of = |slices: Vec<Vec<u8>>| {
        let plan = plan(&rows);
        let outcome = write(&plan, stream::iter(slices), |_, _| {});
        block_on(outcome).map(|_| ())
    };
    let whole = slices(&rows, 1);
    assert_eq!(of(whole.clone()), Ok(()));
    assert_eq!(of(whole[..2].to_vec()), Err(WriteError::Incomplete));
    assert_eq!(of(vec![Vec::new()]), Err(WriteError::Malformed));
    let cut = vec![whole[0][..7].to_vec()];
    assert_eq!(of(cut), Err(WriteError::Malformed));
}

#[test]
fn bytes_and_row_counts_arrive_slice_by_slice() {
    let rows: Vec<_> = (0..50_000).map(|at| vec![Cell::Count(at)]).collect();
    let mut parts = Vec::new();
    let slices = stream::iter(slices(&rows, 10_000));
    let plan = plan(&rows);
    let outcome = write(&plan, slices, |rows, part| parts.push((rows, part.len())));
    let (_, last) = block_on(outcome).unwrap();
    let counts: Vec<_> = parts.iter().map(|part| part.0).collect();
    assert_eq!(counts, [10_000, 20_000, 30_000, 40_000]);
    assert!(parts.iter().all(|part| part.1 > 5_000), "{parts:?}");
    assert!(!last.is_empty());
}

fn odd_char() -> impl Strategy<Value = char> {
    prop_oneof![
        4 => proptest::char::range(' ', '~'),
        1 => any::<char>(),
        1 => proptest::sample::select(vec!['_', 'x', '0', '4', '1', '\n', '\t', '<', '&', '"', '=']),
    ]
}

fn cell() -> impl Strategy<Value = Cell> {
    let currencies = [
        (Some(2), "EUR"),
        (Some(0), "JPY"),
        (Some(3), "KWD"),
        (None, "UNDEFINED"),
    ];
    let minors = prop_oneof![4 => -1_000_000..1_000_000i64, 1 => any::<i64>()];
    prop_oneof![
        Just(Cell::Empty),
        proptest::collection::vec(odd_char(), 0..24)
            .prop_map(|chars| Cell::Text(chars.into_iter().collect())),
        (0..100_000u32).prop_map(|rate| Cell::Number(format!("{}.{:02}", rate / 100, rate % 100))),
        (minors, proptest::sample::select(currencies.to_vec()))
            .prop_map(|(minors, (exponent, code))| Cell::Amount(minors, exponent, code)),
        // Years 1753 to 2243.
        (-80_000..100_000).prop_map(Cell::Day),
        (0..=u64::from(u32::MAX)).prop_map(Cell::Count),
    ]
}

/// The text that a reader should show for a cell; numbers with the decimals of their currency.
fn expected(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            outlay_table::characters::replace_forbidden(&text)
                .0
                .into_owned()
        }
        Cell::Number(number) => format!("{:.2}", number.parse::<f64>().unwrap()),
        Cell::Amount(minors, None, _) => format!("{minors} minor units, decimals not known"),
        Cell::Amount(minors, Some(exponent), _) => decimal(*minors, usize::from(*exponent)),
        Cell::Day(days) => {
            let date = Date::from_days(i64::from(*days));
            format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
        }
        Cell::Count(count) => count.to_string(),
    }
}

fn read(cell: &Cell, data: &Data) -> String {
    let decimals = match cell {
        Cell::Amount(_, Some(exponent), _) => usize::from(*exponent),
        Cell::Number(_) => 2,
        _ => 0,
    };
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => format!("{number:.decimals$}"),
        Data::DateTime(day) => iso(*day),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_rows_read_back(
        rows in (1..6usize).prop_flat_map(|columns| {
            proptest::collection::vec(proptest::collection::vec(cell(), columns), 1..12)
        }),
        per_slice in 1..5usize,
    ) {
        let written = written(&rows, per_slice);
        let sheet = written.sheet("Entries");
        for (at, row) in rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let place = (u32::try_from(at + 1).unwrap(), u32::try_from(column).unwrap());
                let data = sheet.get_value(place).cloned().unwrap_or(Data::Empty);
                prop_assert_eq!(read(cell, &data), expected(cell), "{:?}", cell);
            }
        }
    }
}
