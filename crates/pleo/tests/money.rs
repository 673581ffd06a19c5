//! Numbers and both money forms: exact, however they are written, and never rounded.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

use outlay_pleo::export::money::ExportMoney;
use outlay_pleo::number::Decimal;
use outlay_pleo::{Currency, Money};
use outlay_wire::{from_text, to_text};
use proptest::prelude::*;

fn export(json: &str) -> ExportMoney {
    from_text(json).unwrap()
}

#[test]
fn equal_numbers_in_any_notation_compare_equal() {
    for (spellings, written) in [
        (
            &["30", "30.0", "3e1", "0.3E+2", "300e-1", "0030.00"][..],
            "30",
        ),
        (&["0", "-0", "0.00", "0e9", "-0e-99999999999999999999"], "0"),
        (&["0.2", "0.20", "2e-1", "00.2"], "0.2"),
        (&["-1234.50", "-1.2345e3"], "-1234.5"),
        (&["1e99999999999999999999"], "1e4611686018427387903"),
        (&["12e-50"], "12e-50"),
        (&["9223372036854775808"], "9223372036854775808"),
    ] {
        for spelling in spellings {
            let number = Decimal::parse(spelling).unwrap();
            assert_eq!(to_text(&number), written, "{spelling}");
            assert_eq!(Some(number), Decimal::parse(written), "{spelling}");
        }
    }
    for none in [
        "", "-", "+1", ".5", "1.", "1e", "1e+", "e1", "1.2.3", "0x1", "1 ", "١", "--1", "1e1.5",
    ] {
        assert_eq!(Decimal::parse(none), None, "{none:?}");
    }
}

#[test]
fn numbers_are_rounded_half_away_from_zero() {
    for (text, places, expected) in [
        ("0.5", 0, Some(1)),
        ("-0.5", 0, Some(-1)),
        ("0.49", 0, Some(0)),
        ("1.005", 2, Some(101)),
        ("99.95", 1, Some(1000)),
        ("149", -2, Some(1)),
        ("-150", -2, Some(-2)),
        ("12", 3, Some(12_000)),
        ("12e-50", 4, Some(0)),
        ("0", 9, Some(0)),
        ("9223372036854775807.4", 0, Some(i64::MAX)),
        ("9223372036854775807.5", 0, None),
        ("1e19", 0, None),
    ] {
        let number = Decimal::parse(text).unwrap();
        assert_eq!(number.rounded(places), expected, "{text} at {places}");
    }
}

#[test]
fn export_money_is_in_hundredths() {
    for (currency, value, minors) in [
        ("EUR", "89696", Some(89_696)),
        ("EUR", "3e1", Some(30)),
        ("EUR", "30.0", Some(30)),
        ("EUR", "-1", Some(-1)),
        ("EUR", "0.5", None),
        ("ISK", "150000", Some(1500)),
        ("ISK", "150000.0", Some(1500)),
        ("ISK", "1.5e5", Some(1500)),
        ("ISK", "150050", None),
        ("KWD", "123.4", Some(1234)),
        ("KWD", "123.45", None),
        ("UNDEFINED", "250", None),
        ("EUR", "9223372036854775807", Some(i64::MAX)),
        ("EUR", "9223372036854775808", None),
        ("KWD", "9223372036854775807", None),
        ("EUR", "1e99", None),
        ("ISK", "0e-9", Some(0)),
    ] {
        let money = export(&format!(r#"{{"currency":"{currency}","value":{value}}}"#));
        assert_eq!(
            money.money().map(|money| money.minors),
            minors,
            "{value} {currency}"
        );
        // What cannot be whole smallest units is kept all the same.
        assert_eq!(export(&to_text(&money)), money);
    }
    assert_eq!(
        from_text::<ExportMoney>(r#"{"currency":"EUR","value":"30"}"#),
        None
    );
    assert_eq!(from_text::<ExportMoney>(r#"{"currency":"EUR"}"#), None);
}

#[test]
fn entry_money_is_in_minor_units() {
    for (minors, read) in [
        ("1e2", Some(100)),
        ("100.0", Some(100)),
        ("-7", Some(-7)),
        ("0.5", None),
        ("1e19", None),
        ("\"1\"", Some(1)),
        ("\"1.0\"", None),
        ("null", None),
    ] {
        let money = from_text::<Money>(&format!(r#"{{"currency":"EUR","minors":{minors}}}"#));
        assert_eq!(money.map(|money| money.minors), read, "{minors}");
    }
}

#[test]
fn currency_decimals_follow_iso_4217() {
    for (codes, decimals) in [
        (
            "EUR GBP DKK USD HRK DEM ROL MRO MRU MGA VES ZWL XCD HUF",
            Some(2),
        ),
        (
            "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
            Some(0),
        ),
        ("ITL TRL ESP PTE BEF LUF GRD BYR BYB ADP MGF TPE", Some(0)),
        ("BHD IQD JOD KWD LYD OMR TND", Some(3)),
        ("CLF UYW", Some(4)),
        ("UNDEFINED XAU XDR XXX XTS ABC eur EURX EU UREU 978", None),
    ] {
        for code in codes.split(' ') {
            let currency = Currency::new(code).unwrap();
            assert_eq!(currency.exponent(), decimals, "{code}");
            let money = Money {
                currency,
                minors: -1250,
            };
            assert_eq!(
                ExportMoney::of(money).is_some(),
                decimals.is_some(),
                "{code}"
            );
        }
    }
}

#[test]
fn amount_of_unknown_decimals_has_no_decimal_form() {
    let currency = Currency::new("ABC").unwrap();
    let money = Money {
        currency,
        minors: 1250,
    };
    assert_eq!(money.decimal(), "1250 minor units, decimals not known");
    assert_eq!(
        money.to_string(),
        "1250 minor units, decimals not known ABC"
    );
}

fn code() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec!["EUR", "ISK", "KWD", "CLF"])
        .prop_map(|code| Currency::new(code).unwrap())
}

proptest! {
    #[test]
    fn money_round_trips_between_both_forms(minors in any::<i64>(), currency in code()) {
        let money = Money { currency, minors };
        let export = ExportMoney::of(money).unwrap();
        prop_assert_eq!(export.money(), Some(money));
        let again: ExportMoney = from_text(&to_text(&export)).unwrap();
        prop_assert_eq!(again.money(), Some(money));
        prop_assert_eq!(from_text::<Money>(&to_text(&money)), Some(money));
    }

    #[test]
    fn numbers_compare_numerically(one in -100_000_i64..100_000, two in -100_000_i64..100_000, places in 0_i32..6) {
        // Both in the smaller unit, so that whole numbers decide which is larger.
        let scaled = two * 10_i64.pow(places.unsigned_abs());
        let (small, large) = (Decimal::new(one, -places), Decimal::from(two));
        prop_assert_eq!(small.cmp(&large), one.cmp(&scaled));
        prop_assert_eq!(small.shifted(places), Some(one));
        prop_assert_eq!(small.is_whole(), one % 10_i64.pow(places.unsigned_abs()) == 0);
    }

    #[test]
    fn parsed_numbers_round_trip(text in "-?[0-9]{1,25}(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?") {
        let number = Decimal::parse(&text).unwrap();
        prop_assert_eq!(Decimal::parse(&to_text(&number)), Some(number.clone()));
        if let (Ok(theirs), Ok(whole)) = (text.parse::<f64>(), to_text(&number).parse::<f64>()) {
            prop_assert!(theirs == whole, "{text}");
        }
    }

    #[test]
    fn any_text_is_parsed_as_number_without_panic(text in ".{0,30}", places in any::<i32>()) {
        if let Some(number) = Decimal::parse(&text) {
            let _ = (number.shifted(places), number.is_whole(), to_text(&number));
        }
    }
}
