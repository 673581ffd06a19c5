//! The parser against `serde_json`: the same texts are JSON, and they say the same.

use outlay_wire::{Value, from_bytes, parse, to_text};
use proptest::prelude::*;
use serde_json::Value as Theirs;

/// Their tree as ours; numbers are compared as text elsewhere.
fn same(ours: &Value, theirs: &Theirs) -> bool {
    match (ours, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(a), Theirs::Bool(b)) => a == b,
        (Value::Number(a), Theirs::Number(_)) => {
            serde_json::from_str::<Theirs>(a).is_ok_and(|read| read == *theirs)
        }
        (Value::Text(a), Theirs::String(b)) => a == b,
        (Value::List(a), Theirs::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(_), Theirs::Object(b)) => b
            .iter()
            .all(|(name, b)| ours.get(name).is_some_and(|a| same(a, b))),
        _ => false,
    }
}

/// Both agree on whether `text` is JSON and on what it says.
fn agree(text: &str) -> Result<(), TestCaseError> {
    match (parse(text), serde_json::from_str::<Theirs>(text)) {
        (Ok(ours), Ok(theirs)) => prop_assert!(same(&ours, &theirs), "{text}"),
        (Err(at), Err(_)) => prop_assert!(at <= text.len(), "{text}"),
        // They refuse what their floating point cannot hold; we keep the digits.
        (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("out of range"), "{text}"),
        (Err(at), Ok(_)) => prop_assert!(false, "refused at {at}: {text}"),
    }
    Ok(())
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.to_string())),
        "-?(0|[1-9][0-9]{0,4})(\\.[0-9]{1,3})?([eE][+-]?[0-9])?".prop_map(Value::Number),
        ".{0,8}".prop_map(Value::Text),
        any::<String>().prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::vec((".{0,3}", inner), 0..5).prop_map(Value::Object),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_and_by_them_too(value in json()) {
        let text = to_text(&value);
        prop_assert_eq!(parse(&text), Ok(value));
        agree(&text)?;
    }

    #[test]
    fn a_damaged_text_is_judged_alike(value in json(), at in any::<prop::sample::Index>(), with in "[\\x00-\\x7f]{0,2}") {
        let mut text = to_text(&value);
        let at = at.index(text.len());
        if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
            text.replace_range(at..=at, &with);
        }
        agree(&text)?;
    }

    #[test]
    fn text_made_of_json_marks_is_judged_alike(text in "[\\[\\]{}:, \\n\"\\\\u0-9a-fA-FtrnulsE.+-]{0,24}") {
        agree(&text)?;
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let ours: Option<Value> = from_bytes(&bytes);
        prop_assert_eq!(ours.is_some(), serde_json::from_slice::<Theirs>(&bytes).is_ok());
    }
}

#[test]
fn every_border_is_judged_alike() {
    for text in [
        "",
        " ",
        "null",
        " null\r\n\t",
        "nul",
        "nullx",
        "null null",
        "true",
        "tru",
        "false",
        "0",
        "-0",
        "00",
        "01",
        "-",
        "-a",
        "1.",
        ".1",
        "1.5",
        "1.5.5",
        "1e",
        "1e+",
        "1e5",
        "1E-05",
        "+1",
        "0x1",
        "1e999",
        "NaN",
        "Infinity",
        "\"",
        "\"\"",
        "\"a",
        "'a'",
        "\"\\\"",
        "\"\\\"\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u00e9\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\uD83D\"",
        "\"\\uDE00\"",
        "\"\\uD83Dx\"",
        "\"\\uD83D\\u0041\"",
        "\"\\uD83D\\n\"",
        "\"\\b\\f\\n\\r\\t\\/\\\\\"",
        "\"\u{0}\"",
        "\"\u{1f}\"",
        "\"\u{7f}\"",
        "\u{0}",
        "\"é€😀\"",
        "[",
        "]",
        "[]",
        "[ ]",
        "[,]",
        "[1,]",
        "[1 2]",
        "[1,2]",
        "[1",
        "[[[]]]",
        "[]]",
        "{",
        "}",
        "{}",
        "{ }",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{\"a\" : 1 , \"b\" : [ ] }",
        "{1:1}",
        "{\"a\":1,\"a\":2}",
        "[\"a\":1]",
        "{\"a\",1}",
        "/* */ 1",
        "1 // no",
    ] {
        agree(text).unwrap();
    }
}

#[test]
fn nesting_has_a_floor() {
    let nested = |deep: usize| "[".repeat(deep) + &"]".repeat(deep);
    assert!(parse(&nested(64)).is_ok());
    assert_eq!(parse(&nested(65)), Err(64));
    assert_eq!(parse(&"[".repeat(1_000_000)), Err(64));
    let siblings = format!("[{}[]]", "[],".repeat(1_000));
    assert!(parse(&siblings).is_ok(), "depth is counted down again");
}

#[test]
fn the_error_is_where_the_text_stops_being_json() {
    for (text, at) in [
        ("", 0),
        ("[1,]", 3),
        ("{\"a\":nope}", 5),
        ("null x", 5),
        ("[1\n2]", 3),
    ] {
        assert_eq!(parse(text), Err(at), "{text}");
    }
}

#[test]
fn one_byte_order_mark_is_passed_over() {
    assert_eq!(parse("\u{feff}[]"), Ok(Value::List(Vec::new())));
    assert_eq!(parse("\u{feff}"), Err(3));
    assert_eq!(parse("\u{feff}\u{feff}[]"), Err(3));
    assert_eq!(parse("[]\u{feff}"), Err(2));
}

#[test]
fn of_two_fields_of_one_name_the_later_counts() {
    let mut twice = parse(r#"{"a":1,"b":0,"a":2}"#).unwrap();
    assert_eq!(twice.get("a").and_then(Value::as_u64), Some(2));
    assert_eq!(twice.take("a"), Value::Number("2".into()));
    assert_eq!(twice.get("c"), None);
    assert_eq!(twice.take("c"), Value::Null);
}

#[test]
fn a_number_is_whole_or_it_is_none() {
    for (text, unsigned, signed) in [
        ("0", Some(0), Some(0)),
        ("-1", None, Some(-1)),
        ("18446744073709551615", Some(u64::MAX), None),
        ("18446744073709551616", None, None),
        ("-9223372036854775808", None, Some(i64::MIN)),
        ("1.0", None, None),
        ("1e3", None, None),
        ("\"1\"", None, None),
    ] {
        let value = parse(text).unwrap();
        assert_eq!(
            (value.as_u64(), value.as_i64()),
            (unsigned, signed),
            "{text}"
        );
    }
}
