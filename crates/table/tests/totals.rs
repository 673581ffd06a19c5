//! Spend by month and currency.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod entry;

use entry::{changed, entry};
use outlay_pleo::Unreadable;
use outlay_pleo::time::Instant;
use outlay_table::{Missing, Month, Totals, is_spend};
use proptest::prelude::*;

#[test]
fn family_status_and_deletion_determine_spend() {
    let table = [
        ("family", "CARD_PURCHASE", true),
        ("family", "OUT_OF_POCKET", true),
        ("family", "MILEAGE", true),
        ("family", "PER_DIEM", true),
        ("family", "BILL_INVOICE", true),
        ("family", "CREDIT_NOTE", true),
        ("family", "PLEO_INVOICE", true),
        ("family", "WALLET", false),
        ("family", "REIMBURSEMENT", false),
        ("family", "BILL_INVOICE_PAYMENT", false),
        ("family", "BALANCE_AMENDMENT", false),
        ("family", "OVERDRAFT", false),
        ("family", "CASHBACK", false),
        ("family", "SOMETHING_NEW", false),
        ("status", "COMPLETED", true),
        ("status", "COMPLETED_EXTERNALLY", true),
        ("status", "PENDING", true),
        ("status", "DRAFT", false),
        ("status", "CANCELLED", false),
        ("status", "REJECTED", false),
        ("status", "ERROR", false),
        ("status", "SOMETHING_NEW", false),
        ("deletedAt", "2026-03-02T00:00:00Z", false),
    ];
    for (key, value, expected) in table {
        let entry = changed("a", "2026-03-01T00:00:00Z", 1, &[(key, value)]);
        assert_eq!(is_spend(&entry), expected, "{key} {value}");
    }
}

#[test]
fn months_are_newest_first_and_currencies_by_code() {
    let yen = &[("currency", "JPY")];
    let wallet = &[("family", "WALLET")];
    let totals = Totals::of(&[
        entry("a", "2026-01-31T23:59:59Z", 1000),
        changed("b", "2026-02-01T00:00:00Z", 1500, yen),
        entry("c", "2026-02-03T00:00:00Z", 999),
        entry("d", "2026-02-04T00:00:00Z", -400),
        // Still January in UTC.
        entry("e", "2026-02-01T00:30:00+01:00", 5),
        changed("f", "2026-02-04T00:00:00Z", 100_000, wallet),
        entry("g", "some day", 7),
    ]);
    let shown: Vec<_> = totals
        .months()
        .iter()
        .map(|month| {
            let sums: Vec<_> = month
                .sums
                .iter()
                .map(|sum| (sum.currency.to_string(), sum.minors.unwrap(), sum.entries))
                .collect();
            (month.month.to_string(), sums)
        })
        .collect();
    assert_eq!(
        shown,
        [
            (
                "2026-02".to_owned(),
                vec![("EUR".to_owned(), 599, 2), ("JPY".to_owned(), 1500, 1)]
            ),
            ("2026-01".to_owned(), vec![("EUR".to_owned(), 1005, 2)]),
        ]
    );
    assert_eq!(totals.left_out(), 1);
    let undated = Missing {
        entries: 1,
        example: Some("g".to_owned()),
    };
    assert_eq!(totals.undated(), &undated);
    assert_eq!(totals.overall().len(), 2);
    assert_eq!(totals.overall()[0].minors, Some(1604));
}

#[test]
fn overflowing_sum_is_none() {
    let at = "2026-01-01T00:00:00Z";
    let mut totals = Totals::of(&[entry("a", at, i64::MAX), entry("b", at, 1)]);
    assert_eq!(totals.months()[0].sums[0].minors, None);
    assert_eq!(totals.overall()[0].minors, None);
    totals.add(&entry("c", at, -1));
    assert_eq!(totals.overall()[0].minors, Some(i64::MAX));
    assert_eq!(totals.overall()[0].entries, 3);
}

#[test]
fn excluded_rows_are_counted_by_reason_with_an_example() {
    let at = "2026-03-31T22:00Z";
    let wallet = &[("family", "WALLET")];
    let mut totals = Totals::of(&[
        entry("f", at, 100),
        entry("e", "31 March", 1),
        entry("d", "2026-02-30T00:00:00Z", 1),
        changed("c", at, 1, &[("currency", "UNDEFINED")]),
        changed("b", "31 March", 1, &[("currency", "ABC")]),
        changed("a", "31 March", 1, wallet),
        entry("g", "2026-03-31T23:30:00", 20),
        entry("h", "2026-03-31T22:00:00+0200", 3),
        entry("i", "2026-03-31T14:30:00-10:00", 7),
    ]);
    let without_id = Unreadable::default();
    let with_id = Unreadable {
        id: Some("z".to_owned()),
        ..Unreadable::default()
    };
    totals.add_unreadable(&without_id);
    totals.add_unreadable(&with_id);
    let missing = |entries, example: &str| Missing {
        entries,
        example: Some(example.to_owned()),
    };
    assert_eq!(totals.undated(), &missing(2, "d"));
    assert_eq!(totals.unknown_decimals(), &missing(2, "b"));
    assert_eq!(totals.unreadable(), &missing(2, "without id"));
    assert_eq!((totals.left_out(), totals.without_zone()), (1, 1));
    let months: Vec<_> = totals
        .months()
        .iter()
        .map(|month| (month.month.to_string(), month.sums[0].minors))
        .collect();
    assert_eq!(
        months,
        [
            ("2026-04".to_owned(), Some(7)),
            ("2026-03".to_owned(), Some(123))
        ]
    );
}

#[test]
fn amounts_beyond_double_precision_are_added_exactly() {
    let at = "2026-01-01T00:00:00Z";
    let totals = Totals::of(&[entry("a", at, 9_007_199_254_740_993), entry("b", at, 1)]);
    assert_eq!(totals.overall()[0].minors, Some(9_007_199_254_740_994));
}

#[test]
fn month_is_displayed_as_in_an_iso_date() {
    let month = Month::at(Instant::parse("2026-03-09T00:00:00.000Z").unwrap());
    assert_eq!(month.to_string(), "2026-03");
    assert_eq!(month.first_day().to_string(), "2026-03-01");
}

proptest! {
    #[test]
    fn totals_do_not_depend_on_order_or_paging(
        amounts in prop::collection::vec((any::<i64>(), 1..13u32, 0..3usize), 0..40)
    ) {
        let entries: Vec<_> = amounts
            .iter()
            .map(|(minors, month, currency)| {
                let currency = ["EUR", "ISK", "KWD"][*currency];
                let at = format!("2026-{month:02}-10T00:00:00Z");
                changed("a", &at, *minors, &[("currency", currency)])
            })
            .collect();
        let forwards = Totals::of(&entries);
        let backwards = Totals::of(entries.iter().rev());
        prop_assert_eq!(&forwards, &backwards);
        let counted: usize = forwards.overall().iter().map(|sum| sum.entries).sum();
        prop_assert_eq!(counted, entries.len());
        let exact: i128 = amounts.iter().filter(|a| a.2 == 0).map(|a| i128::from(a.0)).sum();
        let euros = forwards.overall().into_iter().find(|sum| sum.currency.as_str() == "EUR");
        prop_assert_eq!(euros.and_then(|sum| sum.minors), i64::try_from(exact).ok().filter(|_| euros.is_some()));
    }
}
