//! The filter language: every documented example, errors with their places, and text that comes back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use outlay_table::filter::{
    DayField, DayRange, Field, Filter, FilterErrorCode, FlagWord, NumberField, Quantity, Range,
    Test, Text, TextField,
};
use proptest::prelude::*;

const GUIDE: &str = include_str!("../../../docs/filters.md");

fn examples() -> Vec<&'static str> {
    let blocks = GUIDE.split("```filter\n").skip(1);
    blocks
        .flat_map(|block| block.split("```").next().unwrap().lines())
        .collect()
}

/// The cells of a table row of the guide, without code marks.
fn cells(line: &str) -> Vec<&str> {
    let cells = line.trim_matches('|').split(" | ");
    cells.map(str::trim).collect()
}

fn coded(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_example_of_the_guide_is_a_filter_and_comes_back() {
    let examples = examples();
    assert!(examples.len() > 40, "{}", examples.len());
    for example in examples {
        let filter = Filter::parse(example).unwrap_or_else(|error| panic!("{example}: {error}"));
        assert_eq!(Filter::parse(&filter.to_string()), Ok(filter), "{example}");
    }
}

#[test]
fn every_error_of_the_guide_has_its_code_and_place() {
    let rows = GUIDE.split("| code | example | at character |").nth(1);
    let rows = rows.unwrap().lines().skip(2);
    let mut seen = 0;
    for row in rows.take_while(|row| row.starts_with('|')) {
        let [code, example, at] = cells(row)[..] else {
            panic!("{row}")
        };
        let error = Filter::parse(coded(example)[0]).unwrap_err();
        assert_eq!(error.code.as_str(), coded(code)[0], "{example}");
        assert_eq!((error.at + 1).to_string(), at, "{example}");
        seen += 1;
    }
    assert_eq!(seen, 12);
    let deep = ["(".repeat(33), ")".repeat(33)].join("a");
    assert_eq!(
        Filter::parse(&deep).unwrap_err().code,
        FilterErrorCode::TooDeep
    );
    let deep = ["-".repeat(33), "a".to_owned()].concat();
    assert_eq!(
        Filter::parse(&deep).unwrap_err().code,
        FilterErrorCode::TooDeep
    );
    let long = Filter::parse(&"\u{e9}".repeat(4001)).unwrap_err();
    assert_eq!((long.code, long.at), (FilterErrorCode::TooLong, 4000));
    assert!(Filter::parse(&"\u{e9}".repeat(4000)).is_ok());
}

#[test]
fn every_field_of_the_guide_is_known() {
    let rows = GUIDE.split("| field | value | finds |").nth(1);
    let rows = rows.unwrap().lines().skip(2);
    let mut seen = 0;
    for row in rows.take_while(|row| row.starts_with('|')) {
        for field in coded(cells(row)[0]) {
            let filter = Filter::parse(&format!("has:{field}"));
            assert!(matches!(filter, Ok(Filter::Test(Test::Has(_)))), "{field}");
            let filter = Filter::parse(&format!("missing:{field}"));
            let is_missing = matches!(filter, Ok(Filter::Test(Test::Missing(_))));
            assert!(is_missing, "{field}");
            seen += 1;
        }
    }
    assert_eq!(seen, 26);
    for word in ["receipt", "split", "spend", "deleted", "unreadable"] {
        let row = format!("| `{word}` |");
        assert!(GUIDE.contains(&row), "{row}");
        let filter = Filter::parse(word);
        assert!(matches!(filter, Ok(Filter::Test(Test::Is(_)))), "{word}");
    }
}

fn text(text: &str) -> Text {
    Text {
        text: text.to_owned(),
        begins: false,
    }
}

fn word(it: &str) -> Filter {
    Filter::Test(Test::Word(text(it)))
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

#[test]
fn the_example_of_the_guide_has_the_stated_meaning() {
    let parsed = Filter::parse("amount>100 account:4010 \"team lunch\" -receipt").unwrap();
    let account = Test::Text {
        field: TextField::Account,
        exact: false,
        any_of: vec![text("4010")],
    };
    let more = Test::Number(NumberField::Amount, Range::MoreThan(quantity("100")));
    let receipt = Filter::Test(Test::Is(FlagWord::Receipt));
    let expected = Filter::All(vec![
        Filter::Test(more),
        Filter::Test(account),
        word("team lunch"),
        Filter::Not(Box::new(receipt)),
    ]);
    assert_eq!(parsed, expected);
    let or = Filter::parse("a b OR c").unwrap();
    let both = Filter::All(vec![word("a"), word("b")]);
    assert_eq!(or, Filter::Any(vec![both, word("c")]));
    assert_eq!(Filter::parse(" \u{a0}\n").unwrap(), Filter::default());
    assert_eq!(
        Filter::parse("android ORly").unwrap().to_string(),
        "android ORly"
    );
}

#[test]
fn texts_have_one_canonical_form() {
    for (typed, canonical) in [
        ("  lunch   AND  team ", "lunch team"),
        ("(lunch)", "lunch"),
        ("((a b)) c", "(a b) c"),
        ("(a b) OR c", "a b OR c"),
        ("ACCOUNT=4010", "account=4010"),
        ("note:\"lunch\"", "note:lunch"),
        ("\"receipt\"", "\"receipt\""),
        ("RECEIPT", "receipt"),
        ("\"OR\"", "\"OR\""),
        ("\"a\\\\b\\\"c\"", "\"a\\\\b\\\"c\""),
        ("\"a\\b\"", "a\\b"),
        ("amount:100.50..200,00", "amount:100.5..200"),
        ("amount=5..5", "amount:5"),
        ("amount>\u{2212}5", "amount>-5"),
        ("amount>1.250,50", "amount>1250.5"),
        ("amount:\"1 250,50\"", "amount:1250.5"),
        ("amount:100..", "amount>=100"),
        ("date:2026-02-01..2026-02-28", "date:2026-02"),
        ("date:2026-01..2026-12", "date:2026"),
        ("date>2026-02", "date>=2026-03-01"),
        ("date<2026", "date<=2025-12-31"),
        ("date:..2026-02", "date<=2026-02-28"),
        ("tag.\"Project\":x", "tag.Project:x"),
        ("tag.\"Cost centre\":x", "tag.\"Cost centre\":x"),
        ("note:a:b", "note:a:b"),
        ("note:\"a,b\",c", "note:\"a,b\",c"),
        ("note:\"4*\"", "note:\"4*\""),
        ("4*", "4*"),
        ("\"-5\"", "\"-5\""),
        ("\"a:b\"", "\"a:b\""),
    ] {
        let filter = Filter::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
        assert_eq!(filter.to_string(), canonical, "{typed}");
    }
}

#[test]
fn a_limit_of_an_amount_is_rounded_to_the_decimals_of_each_currency() {
    let (most, least) = (i64::MAX, i64::MIN);
    // Decimals of the currency, and the first and the last number of minor units.
    for (range, exponent, expected) in [
        (Range::MoreThan(quantity("100")), 2, (10_001, most)),
        (Range::MoreThan(quantity("100")), 0, (101, most)),
        (Range::MoreThan(quantity("100.005")), 2, (10_001, most)),
        (Range::AtLeast(quantity("100.005")), 2, (10_001, most)),
        (Range::AtLeast(quantity("100.005")), 3, (100_005, most)),
        (Range::LessThan(quantity("100.5")), 0, (least, 100)),
        (Range::AtMost(quantity("100.5")), 0, (least, 100)),
        (Range::LessThan(quantity("100")), 0, (least, 99)),
        (Range::LessThan(quantity("-0.5")), 0, (least, -1)),
        (Range::AtMost(quantity("-0.5")), 2, (least, -50)),
        (Range::Exactly(quantity("0.5")), 0, (1, 0)),
        (Range::Exactly(quantity("0.5")), 3, (500, 500)),
        (Range::Exactly(quantity("999999999999999999")), 4, (1, 0)),
        (
            Range::MoreThan(quantity("-999999999999999999")),
            4,
            (least, most),
        ),
    ] {
        assert_eq!(range.minors(exponent), expected, "{range:?} {exponent}");
    }
}

fn texts() -> impl Strategy<Value = Text> {
    let text = prop_oneof![
        "[a-z]{1,6}",
        "[A-Z]{2,3}",
        "(receipt|OR|AND|tag\\.x|has|-a|a\\*)",
        "[ a\"\\\\(),:=<>*\u{e9}\u{202e}-]{1,6}",
        any::<String>().prop_filter("a text is not empty", |text| !text.is_empty()),
    ];
    (text, any::<bool>()).prop_map(|(text, begins)| Text { text, begins })
}

fn text_fields() -> impl Strategy<Value = TextField> {
    let group = texts().prop_map(|group| TextField::Tag(Some(group.text)));
    prop_oneof![
        Just(TextField::Account),
        Just(TextField::Note),
        Just(TextField::Id),
        Just(TextField::Tag(None)),
        group,
    ]
}

fn quantities() -> impl Strategy<Value = Quantity> {
    let parts = (
        -999_999_999_999_999_999..=999_999_999_999_999_999i64,
        0..=9u32,
    );
    let small = (-1000..1000i64, 0..=3u32);
    prop_oneof![parts, small]
        .prop_map(|(digits, decimals)| Quantity::new(digits, decimals).unwrap())
}

fn ranges() -> impl Strategy<Value = Range> {
    (0..6, quantities(), quantities()).prop_map(|(kind, one, other)| match kind {
        0 => Range::Exactly(one),
        1 => Range::MoreThan(one),
        2 => Range::AtLeast(one),
        3 => Range::LessThan(one),
        4 => Range::AtMost(one),
        _ => Range::between(one, other)
            .or_else(|| Range::between(other, one))
            .unwrap(),
    })
}

fn days() -> impl Strategy<Value = DayRange> {
    let day = prop_oneof![-719_528..=2_932_896i32, 20_000..21_000i32];
    (day.clone(), day, 0..3).prop_map(|(one, other, kind)| {
        let (from, to) = (one.min(other), one.max(other));
        match kind {
            0 => DayRange::new(Some(from), None),
            1 => DayRange::new(None, Some(to)),
            _ => DayRange::new(Some(from), Some(to)),
        }
        .unwrap()
    })
}

fn tests() -> impl Strategy<Value = Filter> {
    let numbers = prop_oneof![Just(NumberField::Amount), Just(NumberField::Receipts)];
    let day_fields = prop_oneof![Just(DayField::Date), Just(DayField::Booked)];
    let test = prop_oneof![
        texts().prop_map(Test::Word),
        (
            text_fields(),
            any::<bool>(),
            proptest::collection::vec(texts(), 1..4)
        )
            .prop_map(|(field, exact, any_of)| Test::Text {
                field,
                exact,
                any_of
            }),
        (numbers, ranges()).prop_map(|(field, range)| Test::Number(field, range)),
        (day_fields, days()).prop_map(|(field, range)| Test::Day(field, range)),
        text_fields().prop_map(|field| Test::Has(Field::Text(field))),
        text_fields().prop_map(|field| Test::Missing(Field::Text(field))),
        Just(Test::Missing(Field::Day(DayField::Booked))),
        Just(Test::Has(Field::Number(NumberField::Billed))),
        Just(Test::Is(FlagWord::Receipt)),
    ];
    test.prop_map(Filter::Test)
}

/// Filters without nodes of a single child.
fn filters() -> impl Strategy<Value = Filter> {
    tests().prop_recursive(4, 20, 4, |inner| {
        let many = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            many.clone().prop_map(Filter::All),
            many.prop_map(Filter::Any),
            inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
}

proptest! {
    #[test]
    fn a_filter_comes_back_from_its_text(filter in filters()) {
        let text = filter.to_string();
        // A filter of long texts may be longer than the language allows.
        prop_assume!(text.chars().count() <= 4000);
        prop_assert_eq!(Filter::parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_a_filter_with_a_canonical_form_or_has_an_error_within(
        text in prop_oneof!["[a-c\"():,<>=* -]{0,20}", "(amount|date|account|has|tag\\.x)[:<>=]{1,2}[0-9a.,\"-]{0,12}", any::<String>()],
    ) {
        match Filter::parse(&text) {
            Ok(filter) => prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter)),
            Err(error) => prop_assert!(error.at <= text.chars().count()),
        }
    }
}
