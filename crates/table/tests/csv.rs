//! What is written is read back as it was, by a reader that is not ours; no text becomes a formula in
//! any reading, and no amount becomes text.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_pleo::{Currency, Money};
use outlay_table::characters::replace_forbidden;
use outlay_table::csv::{Csv, CsvCell, CsvFormat, DateFormat, DecimalSeparator, Preset, Separator};
use outlay_table::spreadsheet::restore;
use proptest::prelude::*;

const SEPARATORS: [Separator; 3] = [Separator::Comma, Separator::Semicolon, Separator::Tab];

fn forms() -> impl Strategy<Value = CsvFormat> {
    (
        prop_oneof![Just(Preset::Spreadsheet), Just(Preset::Plain)],
        prop_oneof![
            Just(Separator::Comma),
            Just(Separator::Semicolon),
            Just(Separator::Tab)
        ],
        prop_oneof![Just(DecimalSeparator::Point), Just(DecimalSeparator::Comma)],
        prop_oneof![
            Just(DateFormat::Iso),
            Just(DateFormat::Slashes),
            Just(DateFormat::Dots)
        ],
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

fn read(form: CsvFormat, text: &str) -> Vec<Vec<String>> {
    read_with(form.separator, text)
}

/// The cells as a program sees them that takes `separator` for the file's, whatever it is.
fn read_with(separator: Separator, text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(match separator {
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

/// Whether a spreadsheet that drops what shows nothing would begin a formula with this cell.
fn begins_like_a_formula(cell: &str) -> bool {
    let shows_nothing = |c: char| {
        c == '"'
            || c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    cell.trim_start_matches(shows_nothing).starts_with(signs)
}

/// What a person may write, with what readers split at and what formulas begin with.
fn notes() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-=+@＝＋－＠',;|\t\r\n\0\u{b}\u{1f}\"a1 \u{a0}\u{200e}\u{2028}\u{feff}\u{fffd}\u{ffff}]{0,12}",
        "[-+]?[0-9]{1,6}([.,][0-9]{1,3})?",
        Just("=HYPERLINK(\"https://x.example\",\"a\")".to_owned()),
    ]
}

/// A file of two rows, each a number, the texts with a negative amount after each, and a text.
fn file_of(form: CsvFormat, texts: &[String]) -> Csv {
    let mut csv = Csv::new(form, &["a"]);
    for _ in 0..2 {
        let pairs = texts.iter().flat_map(|text| {
            [
                CsvCell::Text(text),
                CsvCell::Amount(money("EUR", -650)),
                CsvCell::Empty,
            ]
        });
        csv.row(
            std::iter::once(CsvCell::Count(7))
                .chain(pairs)
                .chain([CsvCell::Text("end")]),
        );
    }
    csv
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_text_begins_a_formula_under_any_separator(form in forms(), texts in prop::collection::vec(notes(), 1..4)) {
        let form = CsvFormat { preset: Preset::Spreadsheet, ..form };
        let file = file_of(form, &texts).into_text();
        let ours = ["-6.50", "-6,50"];
        for separator in SEPARATORS {
            for cell in read_with(separator, &file).iter().flatten() {
                prop_assert!(ours.contains(&&**cell) || !begins_like_a_formula(cell), "{separator:?} {cell:?} {file:?}");
            }
        }
    }

    #[test]
    fn text_round_trips_by_the_stated_rule_and_plain_text_unchanged(form in forms(), texts in prop::collection::vec(notes(), 1..4)) {
        let csv = file_of(form, &texts);
        let replaced: usize = texts.iter().map(|text| 2 * replace_forbidden(text).1).sum();
        prop_assert_eq!(csv.replaced(), replaced);
        let file = csv.into_text();
        prop_assert_eq!(file.starts_with('\u{feff}'), form.byte_order_mark);
        let body = file.split_once("\r\n").unwrap().1;
        let rows = read(form, body);
        prop_assert_eq!(rows.len(), 2);
        for (text, cells) in texts.iter().zip(rows[0][1..].chunks(3)) {
            let kept = replace_forbidden(text).0;
            match form.preset {
                Preset::Spreadsheet => prop_assert_eq!(restore(&cells[0]), kept),
                Preset::Plain => prop_assert_eq!(&cells[0], &kept),
            }
            prop_assert!(["-6.50", "-6,50"].contains(&&*cells[1]));
        }
    }

    #[test]
    fn amounts_round_trip_as_numbers(form in forms(), minors in any::<i64>(), code in prop_oneof![Just("EUR"), Just("ISK"), Just("KWD")]) {
        let mut csv = Csv::new(form, &["a"]);
        csv.row([CsvCell::Amount(money(code, minors))]);
        let rows = read(form, &csv.into_text());
        let cell = &rows[1][0];
        let mark = if form.mark == DecimalSeparator::Comma { ',' } else { '.' };
        prop_assert!(cell.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == mark as u8), "{cell}");
        let digits: String = cell.chars().filter(|c| *c != mark).collect();
        prop_assert_eq!(digits.parse::<i64>().unwrap(), minors);
    }

    #[test]
    fn csv_format_round_trips_through_its_stored_text(form in forms(), other in "[a-z ]{0,20}") {
        prop_assert_eq!(CsvFormat::from_text(&form.words()), form);
        prop_assert_eq!(CsvFormat::from_text(&[&form.words(), " ?", &other.replace(' ', "?")].concat()), form);
    }
}

/// Files of one text cell, as bytes, each between `|`.
fn written(form: CsvFormat, texts: &[&str]) -> Vec<String> {
    let cell = |text: &&str| {
        let mut csv = Csv::new(form, &["a"]);
        csv.row([CsvCell::Count(1), CsvCell::Text(text)]);
        let file = csv.into_text();
        let body = file.split_once("\r\n1").unwrap().1;
        body[1..].strip_suffix("\r\n").unwrap().to_owned()
    };
    texts.iter().map(cell).collect()
}

#[test]
fn known_formula_injections_are_prefixed_in_each_preset() {
    let texts = [
        "hello;=1+2",
        "=1+1;=1+2",
        "x\t=1+2",
        "\"=1+1",
        "a\"\";=1",
        "\u{1f}=1+1",
        "\u{200e}=1+1",
        "\u{a0}=1+1",
        "=1+1",
        "a\n=1",
        "＝1+1",
        "=cmd|' /C calc'!A0",
        "+1+cmd|'!A0",
        "-2+3",
        "@SUM(1)",
        " \t =1+1",
        "a,b,=1",
    ];
    for preset in [
        CsvFormat::spreadsheet(DecimalSeparator::Point),
        CsvFormat::spreadsheet(DecimalSeparator::Comma),
    ] {
        for separator in SEPARATORS {
            let form = CsvFormat {
                separator,
                ..preset
            };
            let mut csv = Csv::new(form, &["a"]);
            for text in texts {
                csv.row([CsvCell::Count(1), CsvCell::Text(text), CsvCell::Count(2)]);
            }
            let file = csv.into_text();
            for opens in SEPARATORS {
                for cell in read_with(opens, &file).iter().flatten() {
                    assert!(!begins_like_a_formula(cell), "{cell:?}");
                }
            }
        }
    }
}

#[test]
fn digit_text_is_protected_for_spreadsheets_and_bare_in_plain_files() {
    let texts = [
        "000123",
        "+46701234567",
        "1234567890123456789",
        "1-2",
        "3E5",
        "MAR1",
        "1/2",
        "0410",
    ];
    let marked = texts.map(|text| ["'", text].concat());
    assert_eq!(written(CsvFormat::default(), &texts), marked);
    assert_eq!(written(CsvFormat::plain(), &texts), texts);
}

#[test]
fn amount_of_unknown_decimals_is_text_and_no_formula() {
    let mut csv = Csv::new(CsvFormat::default(), &["a"]);
    csv.row([CsvCell::Count(1), CsvCell::Amount(money("ABC", -1250))]);
    let file = csv.into_text();
    assert!(
        file.ends_with("\r\n1,\"'-1250 minor units, decimals not known\"\r\n"),
        "{file:?}"
    );
}

#[test]
fn plain_files_add_only_rfc_4180_quotes() {
    let cases = [
        ("=1+1", "=1+1"),
        ("hello;=1+2", "hello;=1+2"),
        ("'a", "'a"),
        (" a ", " a "),
        ("a,b", "\"a,b\""),
        ("say \"a\"", "\"say \"\"a\"\"\""),
        ("a\nb", "\"a\nb\""),
    ];
    for (text, expected) in cases {
        assert_eq!(written(CsvFormat::plain(), &[text]), [expected]);
    }
}

#[test]
fn forbidden_characters_are_replaced_and_counted_in_both_presets() {
    for form in [CsvFormat::default(), CsvFormat::plain()] {
        let mut csv = Csv::new(form, &["a"]);
        for text in ["a\0b", "a\u{b}b", "a\u{2028}b", "\u{ffff}"] {
            csv.row([CsvCell::Text(text)]);
        }
        assert_eq!(csv.replaced(), 4);
        let file = csv.into_text();
        assert!(
            file.ends_with("a\r\na\u{fffd}b\r\na\u{fffd}b\r\na\u{fffd}b\r\n\u{fffd}\r\n"),
            "{file:?}"
        );
    }
}

#[test]
fn separator_depends_on_the_decimal_separator_and_the_label_states_the_format() {
    let comma = CsvFormat::spreadsheet(DecimalSeparator::Comma);
    assert_eq!(
        comma.label(),
        "CSV · semicolon, decimal comma, UTF-8 for Excel, dates as 2026-11-22"
    );
    let point = CsvFormat::spreadsheet(DecimalSeparator::Point);
    assert_eq!(
        point.label(),
        "CSV · comma, decimal point, UTF-8 for Excel, dates as 2026-11-22"
    );
    assert_eq!(
        CsvFormat::plain().label(),
        "Plain CSV · comma, decimal point, UTF-8, dates as 2026-11-22"
    );
    assert_ne!(comma.caution(), CsvFormat::plain().caution());
}

#[test]
fn amounts_use_the_decimal_separator_of_the_format() {
    for (mark, expected) in [
        (DecimalSeparator::Comma, "9,10;12,30;1,50;-0,05;1500"),
        (DecimalSeparator::Point, "9.10,12.30,1.50,-0.05,1500"),
    ] {
        let mut csv = Csv::new(CsvFormat::spreadsheet(mark), &["a"]);
        csv.row(
            [
                ("EUR", 910),
                ("EUR", 1230),
                ("EUR", 150),
                ("EUR", -5),
                ("ISK", 1500),
            ]
            .map(|(code, minors)| CsvCell::Amount(money(code, minors))),
        );
        assert_eq!(csv.into_text().split("\r\n").nth(1), Some(expected));
    }
}

#[test]
fn dates_use_the_chosen_format_and_unparsable_dates_are_unchanged() {
    let days = [
        (DateFormat::Iso, "2026-11-01"),
        (DateFormat::Slashes, "01/11/2026"),
        (DateFormat::Dots, "01.11.2026"),
    ];
    for (dates, written) in days {
        let form = CsvFormat {
            dates,
            ..CsvFormat::default()
        };
        let mut csv = Csv::new(form, &["a", "b", "c"]);
        csv.row([
            CsvCell::Day(&"2026-11-01T23:59:59.999999999Z".into()),
            CsvCell::Day(&"2026-11-01".into()),
            CsvCell::Day(&"soon".into()),
        ]);
        assert_eq!(read(form, &csv.into_text())[1], [written, written, "soon"]);
    }
}
