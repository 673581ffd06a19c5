//! Money, currencies, instants and subjects, each as a table.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

use outlay_pleo::time::{Date, DateTime, Instant, Timestamp, Zone};
use outlay_pleo::{Currency, Money, Subject};
use proptest::prelude::*;

fn money(minors: i64, code: &str) -> Money {
    Money {
        currency: Currency::new(code).unwrap(),
        minors,
    }
}

#[test]
fn decimal_text_is_exact() {
    for (minors, code, text) in [
        (0, "EUR", "0.00"),
        (1, "EUR", "0.01"),
        (-1, "EUR", "-0.01"),
        (99, "GBP", "0.99"),
        (-123_450, "DKK", "-1234.50"),
        (1500, "ISK", "1500"),
        (-7, "JPY", "-7"),
        (1, "KWD", "0.001"),
        (12_345, "BHD", "12.345"),
        (5, "CLF", "0.0005"),
        (250, "UNDEFINED", "250 minor units, decimals not known"),
        (i64::MAX, "EUR", "92233720368547758.07"),
        (i64::MIN, "EUR", "-92233720368547758.08"),
        (i64::MIN, "KRW", "-9223372036854775808"),
    ] {
        assert_eq!(money(minors, code).decimal(), text, "{minors} {code}");
    }
    assert_eq!(money(-250, "EUR").to_string(), "-2.50 EUR");
}

#[test]
fn sums_never_mix_currencies_or_wrap() {
    let sum = money(150, "EUR").checked_add(money(-200, "EUR"));
    assert_eq!(sum, Some(money(-50, "EUR")));
    assert_eq!(money(1, "EUR").checked_add(money(1, "DKK")), None);
    assert_eq!(money(i64::MAX, "EUR").checked_add(money(1, "EUR")), None);
}

#[test]
fn currency_codes_are_kept_as_sent() {
    for code in ["EUR", "UNDEFINED", "x", "ABCDEFGHIJKL"] {
        assert_eq!(Currency::new(code).unwrap().as_str(), code);
    }
    for refused in ["", "ABCDEFGHIJKLM", "E R", "€UR", "A\0B"] {
        assert_eq!(Currency::new(refused), None, "{refused:?}");
    }
}

#[test]
fn instants_with_any_fraction_length_are_parsed() {
    for (text, seconds, nanos) in [
        ("1970-01-01T00:00:00Z", 0, 0),
        ("2025-02-21T10:05:43.530450712Z", 1_740_132_343, 530_450_712),
        ("2025-02-21T10:05:43.000Z", 1_740_132_343, 0),
        ("2025-02-21T10:05:43.5Z", 1_740_132_343, 500_000_000),
        ("2025-02-21t12:05:43+02:00", 1_740_132_343, 0),
        ("2025-02-21T04:35:43-05:30", 1_740_132_343, 0),
        ("2024-02-29T23:59:60Z", 1_709_251_200, 0),
        ("2026-11-15", 1_794_700_800, 0),
        ("1969-12-31T23:59:59.25Z", -1, 250_000_000),
    ] {
        assert_eq!(
            Instant::parse(text),
            Some(Instant { seconds, nanos }),
            "{text}"
        );
    }
    for refused in [
        "",
        "2025-02-30T10:05:43Z",
        "2025-13-01",
        "2025-02-21T24:00:00Z",
        "2025-02-21T10:05:43.Z",
        "+025-02-21",
        "2025-02-2é",
    ] {
        assert_eq!(Instant::parse(refused), None, "{refused:?}");
    }
}

#[test]
fn timestamp_keeps_every_part_of_its_date_time_in_16_bytes() {
    for text in [
        "2026-11-15",
        "2026-11-15T08:00",
        "2026-11-15T08:00:00.5Z",
        "2026-11-15 08:00:00 UTC",
        "2026-11-15T23:59:59.999999999-23:59",
        "2026-11-15T00:00:00+23:59",
        "2024-02-29T23:59:60Z",
        "2024-02-29T23:59:60.123456789",
        "2024-02-29T18:29:60-05:30",
        "2024-03-01T01:59:60+02:00",
        "0000-01-01T00:00:00+12:00",
        "9999-12-31T23:59:60Z",
        "no date",
    ] {
        assert_eq!(
            Timestamp::from(text).parsed(),
            DateTime::parse(text),
            "{text}"
        );
    }
    let leap = Timestamp::from("2024-02-29T23:59:60Z");
    assert_eq!(leap.written_day().unwrap().to_string(), "2024-02-29");
    assert_eq!(leap.utc_day().unwrap().to_string(), "2024-03-01");
    assert_eq!(size_of::<Timestamp>(), size_of::<Box<str>>() + 16);
}

#[test]
fn lenient_instants_are_parsed_and_flagged_as_not_rfc_3339() {
    use Zone::{DayOnly, Missing, Offset};
    let at = |seconds| Instant { seconds, nanos: 0 };
    // 2026-03-31T22:00:00Z.
    let (utc, east) = (at(1_774_994_400), at(1_774_994_400 - 7200));
    let cut = Instant {
        nanos: 123_456_789,
        ..utc
    };
    for (text, instant, zone, strict) in [
        ("2026-03-31T22:00:00Z", utc, Offset(0), true),
        ("2026-03-31t22:00:00z", utc, Offset(0), true),
        ("2026-03-31T22:00:00-00:00", utc, Offset(0), true),
        ("2026-03-31T22:00:00.123456789Z", cut, Offset(0), true),
        ("2026-03-31T22:00:00.1234567891Z", cut, Offset(0), true),
        (
            "2026-03-31T22:00:00.123456789999999999999Z",
            cut,
            Offset(0),
            true,
        ),
        ("2026-03-31T22:00:00+02:00", east, Offset(7200), true),
        ("2026-03-31T22:00Z", utc, Offset(0), false),
        ("2026-03-31T22:00+02:00", east, Offset(7200), false),
        ("2026-03-31T22:00:00+0200", east, Offset(7200), false),
        ("2026-03-31T22:00:00+02", east, Offset(7200), false),
        ("2026-03-31T22:00+02", east, Offset(7200), false),
        ("2026-03-31T22:00:00", utc, Missing, false),
        ("2026-03-31T22:00:00.000", utc, Missing, false),
        ("2026-03-31 22:00", utc, Missing, false),
        ("2026-03-31 22:00:00Z", utc, Offset(0), false),
        ("2026-03-31 22:00:00 +02:00", east, Offset(7200), false),
        ("2026-03-31 22:00:00 UTC", utc, Offset(0), false),
        ("2026-03-31T22:00:00,000Z", utc, Offset(0), false),
        (" 2026-03-31T22:00:00Z\n", utc, Offset(0), false),
        (
            "2026-03-31T22:00:00+02:00[Europe/Copenhagen]",
            east,
            Offset(7200),
            false,
        ),
        ("2026-03-31", at(1_774_915_200), DayOnly, false),
    ] {
        let written = DateTime::parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((written.instant, written.zone), (instant, zone), "{text}");
        assert_eq!(written.is_rfc3339, strict, "{text}");
        assert_eq!(written.day.to_string(), "2026-03-31", "{text}");
    }
}

#[test]
fn impossible_dates_and_times_are_rejected() {
    for text in [
        "2026-02-29T10:00:00Z",
        "2026-04-31",
        "2026-00-10T10:00:00Z",
        "2026-03-31T24:00:00Z",
        "2026-03-31T23:60:00Z",
        "2026-03-31T23:59:61Z",
        "2026-03-31T12:00:60Z",
        "2026-03-31T23:59:60+02:00",
        "2026-03-31T22:00:00+24:00",
        "2026-03-31T22:00:00+02:60",
        "2026-03-31T22:00:00+2",
        "2026-03-31T22:00:00+2:00",
        "2026-03-31T22:00:00+02:",
        "2026-03-31T22:00:00+020",
        "2026-03-31T22:00:00+02000",
        "2026-03-31T22:00:00 ZZ",
        "2026-03-31T22:00:00.Z",
        "2026-03-31T22:00:Z",
        "2026-03-31T22:0Z",
        "2026-03-31T22Z",
        "2026-03-31TZ",
        "2026-03-31Z",
        "2026-03-31T22:00:00[Europe/Copenhagen]",
        "2026-03-31T22:00:00Z[Europe",
        "2026-3-31",
        "31.03.2026",
        "20260331T220000Z",
        "some day",
        "",
    ] {
        assert_eq!(DateTime::parse(text), None, "{text}");
    }
    let leap = DateTime::parse("2016-12-31T18:59:60-05:00").unwrap();
    assert_eq!(Some(leap.instant), Instant::parse("2017-01-01T00:00:00Z"));
}

#[test]
fn date_is_the_written_day_and_local_midnight_in_utc_is_recognised() {
    for (text, day, local_midnight) in [
        ("2026-04-01T00:00:00+02:00", "2026-04-01", false),
        ("2026-04-01T00:00:00-10:00", "2026-04-01", false),
        ("2026-04-01T23:30:00+13:00", "2026-04-01", false),
        ("2026-04-01T00:00:00Z", "2026-04-01", false),
        ("2026-04-01", "2026-04-01", false),
        ("2026-03-31T22:00:00Z", "2026-03-31", true),
        ("2026-03-31T23:00:00.000Z", "2026-03-31", true),
        ("2026-03-31T22:00Z", "2026-03-31", true),
        ("2026-03-31T22:00:00+00:00", "2026-03-31", true),
        ("2026-03-31T23:00:00", "2026-03-31", true),
        ("2026-03-31T22:00:00.001Z", "2026-03-31", false),
        ("2026-03-31T22:00:01Z", "2026-03-31", false),
        ("2026-03-31T22:30:00Z", "2026-03-31", false),
        ("2026-03-31T21:00:00Z", "2026-03-31", false),
        ("2026-03-31T22:00:00+02:00", "2026-03-31", false),
    ] {
        let written = DateTime::parse(text).unwrap();
        assert_eq!(written.day.to_string(), day, "{text}");
        assert_eq!(written.may_be_local_midnight(), local_midnight, "{text}");
    }
}

#[test]
fn company_subject_urn_round_trips() {
    let id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    let company = Subject::parse(&format!("urn:pleo:company:{id}")).unwrap();
    assert_eq!(company.company_id(), Some(id));
    assert_eq!(company.urn(), format!("urn:pleo:company:{id}"));
    for spelling in ["organisation", "organization"] {
        let parsed = Subject::parse(&format!("URN:Pleo:{spelling}:{}", id.to_uppercase()));
        assert_eq!(parsed, Some(Subject::Organisation(id.to_owned())));
    }
    for refused in [
        "",
        "urn:pleo:company:",
        "urn:pleo:company:x",
        "urn:pleo:team:",
        id,
    ] {
        assert_eq!(Subject::parse(refused), None, "{refused}");
    }
    assert_eq!(Subject::parse(&format!("urn:pleo:team:{id}")), None);
}

proptest! {
    #[test]
    fn timestamp_keeps_every_part_of_any_date_time(
        day in 0i64..730_000,
        second in 0u32..86_400,
        fraction in "(\\.[0-9]{1,12})?",
        zone in "(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9]|)",
    ) {
        let day = Date::from_days(day - 365_000);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let text = format!("{day}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}");
        let parsed = DateTime::parse(&text);
        prop_assert_eq!(parsed.unwrap().day, day);
        prop_assert_eq!(Timestamp::from(&*text).parsed(), parsed);
    }

    #[test]
    fn day_numbers_and_dates_round_trip(days in -700_000_i64..2_900_000) {
        let date = Date::from_days(days);
        prop_assert_eq!(date.days(), days);
        prop_assert_eq!(Date::parse(&date.to_string()), (0..=9999).contains(&date.year).then_some(date));
    }

    #[test]
    fn formatted_instants_round_trip(seconds in -10_000_000_000_i64..100_000_000_000, nanos in 0_u32..1_000_000_000) {
        let instant = Instant { seconds, nanos };
        prop_assert_eq!(Instant::parse(&instant.format(9)), Some(instant));
    }

    #[test]
    fn any_text_is_parsed_without_panic(text in ".{0,40}") {
        let _ = (DateTime::parse(&text), Subject::parse(&text), Currency::new(&text));
    }
}
