//! The selected rows, and what is copied of them.
#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

use outlay_pleo::{Currency, Money};
use outlay_table::Selection;
use outlay_table::csv::{CsvCell, CsvFormat, DateFormat, DecimalSeparator};
use outlay_table::selection::copied;

fn money(minors: i64, currency: &str) -> CsvCell<'static> {
    CsvCell::Amount(Money {
        currency: Currency::new(currency).unwrap(),
        minors,
    })
}

#[test]
fn selection_extends_from_anchor_to_the_given_row() {
    let from = Selection::of(5);
    for (selection, rows) in [
        (from, 5..6),
        (from.extended_to(8), 5..9),
        (from.extended_to(8).extended_to(2), 2..6),
        (from.extended_to(5), 5..6),
        (Selection::all(3).unwrap(), 0..3),
    ] {
        assert_eq!(selection.rows(), rows);
    }
    assert_eq!(Selection::all(0), None);
    assert_eq!(from.extended_to(2).end(), 2);
}

#[test]
fn copied_rows_are_a_table_with_ascii_numbers() {
    let rows = [
        [
            CsvCell::Text("plain"),
            money(-123_450, "SEK"),
            CsvCell::Text("SEK"),
        ],
        [
            CsvCell::Text("tab\there"),
            money(5, "EUR"),
            CsvCell::Text("EUR"),
        ],
        [
            CsvCell::Text("break\r\nhere"),
            money(1_234_567_890, "JPY"),
            CsvCell::Text("JPY"),
        ],
        [CsvCell::Text("say \"hi\""), CsvCell::Empty, CsvCell::Empty],
        [
            CsvCell::Text(""),
            money(1_234, "KWD"),
            CsvCell::Day(&"2026-03-01T23:59:59Z".into()),
        ],
    ];
    let point = "plain\t-1234.50\tSEK\r\n\
                 \"tab\there\"\t0.05\tEUR\r\n\
                 \"break\r\nhere\"\t1234567890\tJPY\r\n\
                 \"say \"\"hi\"\"\"\t\t\r\n\
                 \t1.234\t2026-03-01\r\n";
    assert_eq!(copied(CsvFormat::default(), rows.clone()), point);
    let german = CsvFormat {
        mark: DecimalSeparator::Comma,
        dates: DateFormat::Dots,
        ..CsvFormat::default()
    };
    let text = copied(german, rows);
    assert!(text.starts_with("plain\t-1234,50\tSEK\r\n"), "{text}");
    assert!(text.ends_with("\t1,234\t01.03.2026\r\n"), "{text}");
    let none: [[CsvCell; 1]; 0] = [];
    assert_eq!(copied(CsvFormat::default(), none), "");
}

#[test]
fn copied_text_starts_no_formula() {
    for text in ["=1+1", "+1+1", "@SUM(A1)", "-1+2", "\t=1+1"] {
        let line = copied(CsvFormat::default(), [[CsvCell::Text(text)]]);
        let cell = line.trim_end().trim_start_matches(['"', '\t']);
        assert!(cell.starts_with('\''), "{line:?}");
    }
}
