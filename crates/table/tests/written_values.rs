//! Days and amounts in a file: as Pleo wrote them, never as a guess.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_pleo::{Currency, Money};
use outlay_table::csv::{Cell, Csv, Form, Separator};

/// The text of a file of one cell, without its header.
fn cell(cell: Cell) -> String {
    let form = Form {
        separator: Separator::Tab,
        ..Form::plain()
    };
    let mut csv = Csv::new(form, &["Cell"]);
    csv.row([cell]);
    let text = csv.into_text();
    text.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn a_bookkeeping_date_is_the_day_as_written_and_a_purchase_date_the_day_in_utc() {
    for (text, as_written, in_utc) in [
        ("2026-04-01T00:00:00+02:00", "2026-04-01", "2026-03-31"),
        ("2026-03-31T14:30:00-10:00", "2026-03-31", "2026-04-01"),
        ("2026-03-31T22:00:00Z", "2026-03-31", "2026-03-31"),
        ("2026-03-31T22:00Z", "2026-03-31", "2026-03-31"),
        ("2026-03-31T22:00:00+0200", "2026-03-31", "2026-03-31"),
        ("2026-04-01T00:00+02", "2026-04-01", "2026-03-31"),
        ("2026-03-31T22:00:00", "2026-03-31", "2026-03-31"),
        (
            "2026-03-31T22:00:00.1234567891Z",
            "2026-03-31",
            "2026-03-31",
        ),
        ("2026-03-31", "2026-03-31", "2026-03-31"),
        ("2026-02-30", "2026-02-30", "2026-02-30"),
        ("31 March", "31 March", "31 March"),
    ] {
        assert_eq!(cell(Cell::WrittenDay(text)), as_written, "{text}");
        assert_eq!(cell(Cell::Day(text)), in_utc, "{text}");
    }
}

#[test]
fn an_amount_of_unknown_decimals_is_written_as_minor_units_with_a_mark() {
    let amount = |code, minors| {
        let currency = Currency::new(code).unwrap();
        cell(Cell::Amount(Money { currency, minors }))
    };
    for code in ["UNDEFINED", "ABC", "XXX", "eur"] {
        assert_eq!(amount(code, 1250), "1250 minor units, decimals not known");
    }
    assert_eq!(amount("ITL", 1250), "1250");
    assert_eq!(amount("DEM", 1250), "12.50");
    assert_eq!(amount("EUR", 9_007_199_254_740_993), "90071992547409.93");
}
