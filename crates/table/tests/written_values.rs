//! Days and amounts in a file: as Pleo wrote them, never as a guess.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_pleo::time::Timestamp;
use outlay_pleo::{Currency, Money};
use outlay_table::csv::{Csv, CsvCell, CsvFormat, Separator};

/// The text of a file of one cell, without its header.
fn cell(cell: CsvCell) -> String {
    let form = CsvFormat {
        separator: Separator::Tab,
        ..CsvFormat::plain()
    };
    let mut csv = Csv::new(form, &["Cell"]);
    csv.row([cell]);
    let text = csv.into_text();
    text.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn bookkeeping_date_is_the_written_day_and_purchase_date_the_utc_day() {
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
        let at = Timestamp::from(text);
        assert_eq!(cell(CsvCell::WrittenDay(&at)), as_written, "{text}");
        assert_eq!(cell(CsvCell::Day(&at)), in_utc, "{text}");
    }
}

#[test]
fn amount_of_unknown_decimals_is_written_as_flagged_minor_units() {
    let amount = |code, minors| {
        let currency = Currency::new(code).unwrap();
        cell(CsvCell::Amount(Money { currency, minors }))
    };
    for code in ["UNDEFINED", "ABC", "XXX", "eur"] {
        assert_eq!(amount(code, 1250), "1250 minor units, decimals not known");
    }
    assert_eq!(amount("ITL", 1250), "1250");
    assert_eq!(amount("DEM", 1250), "12.50");
    assert_eq!(amount("EUR", 9_007_199_254_740_993), "90071992547409.93");
}
