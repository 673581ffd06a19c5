//! The parser against `serde_json`: the same texts are JSON, and they say the same.

use outlay_wire::{Value, from_bytes, from_text, parse, to_text};
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

/// `text` with `\ufffd` for the escape of each surrogate without its other half: `serde_json`
/// refuses those.
fn paired(text: &str) -> String {
    let unit = |at: &str| {
        let digits = at.strip_prefix("\\u")?.get(..4)?;
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)
    };
    let (mut rest, mut out) = (text, String::new());
    while let Some(first) = rest.chars().next() {
        let low = rest.get(6..).and_then(unit);
        let (length, replaced) = match (unit(rest), low) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, None),
            (Some(0xd800..=0xdfff), _) => (6, Some("\\ufffd")),
            (Some(_), _) => (6, None),
            // An escaped backslash begins no escape of a unit.
            (None, _) if first == '\\' => (1 + rest.chars().nth(1).map_or(0, char::len_utf8), None),
            (None, _) => (first.len_utf8(), None),
        };
        let (piece, after) = rest.split_at(length);
        out.push_str(replaced.unwrap_or(piece));
        rest = after;
    }
    out
}

/// Both agree on whether `text` is JSON and on what it says.
fn agree(text: &str) -> Result<(), TestCaseError> {
    match (parse(text), serde_json::from_str::<Theirs>(&paired(text))) {
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
    fn written_json_round_trips_here_and_in_serde_json(value in json()) {
        let text = to_text(&value);
        prop_assert_eq!(parse(&text), Ok(value));
        agree(&text)?;
    }

    #[test]
    fn damaged_json_is_accepted_or_rejected_like_serde_json(value in json(), at in any::<prop::sample::Index>(), with in "[\\x00-\\x7f]{0,2}") {
        let mut text = to_text(&value);
        let at = at.index(text.len());
        if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
            text.replace_range(at..=at, &with);
        }
        agree(&text)?;
    }

    #[test]
    fn random_json_punctuation_is_accepted_or_rejected_like_serde_json(text in "[\\[\\]{}:, \\n\"\\\\u0-9a-fA-FtrnulsE.+-]{0,24}") {
        agree(&text)?;
    }

    #[test]
    fn any_bytes_are_parsed_or_rejected_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let ours: Option<Value> = from_bytes(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        prop_assert_eq!(&ours, &from_text(&text));
        agree(&text)?;
    }

    #[test]
    fn invalid_bytes_in_a_string_change_only_that_string(bytes in prop::collection::vec(any::<u8>(), 0..32)) {
        let held = |byte: &u8| !matches!(byte, 0..=0x1f | b'"' | b'\\');
        let bytes: Vec<u8> = bytes.into_iter().filter(held).collect();
        let json = [b"[\"before\",\"".as_slice(), &bytes, b"\",\"after\"]"].concat();
        let texts: Option<Vec<String>> = from_bytes(&json);
        let lossy = String::from_utf8_lossy(&bytes).into_owned();
        prop_assert_eq!(texts, Some(vec!["before".to_owned(), lossy, "after".to_owned()]));
    }

    #[test]
    fn utf16_escapes_match_the_standard_library(
        units in prop::collection::vec(prop_oneof![any::<u16>(), 0xd7f0_u16..0xe010], 0..12)
    ) {
        let escapes: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let json = format!(r#"{{"before":"b","{escapes}":"{escapes}","after":"a"}}"#);
        let text = String::from_utf16_lossy(&units);
        let value = parse(&json).unwrap();
        prop_assert_eq!(value.as_object().map(<[_]>::len), Some(3));
        for (name, expected) in [("before", "b"), (&*text, &*text), ("after", "a")] {
            prop_assert_eq!(value.get(name).and_then(Value::as_str), Some(expected), "{}", json);
        }
        agree(&json)?;
    }
}

#[test]
fn boundary_texts_are_accepted_or_rejected_like_serde_json() {
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
        "\"\\uD83D\\uD83D\\uDE00\"",
        "\"\\uDE00\\uD83D\"",
        "\"\\uD83D\\u12\"",
        "\"\\uD83D\\\\uDE00\"",
        "\"\\\\uD83D\"",
        "{\"\\uD83D\":1,\"b\":2}",
        "{\"a\":\"\\uDC00\",\"b\":2}",
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
fn nesting_depth_is_limited() {
    let nested = |deep: usize| "[".repeat(deep) + &"]".repeat(deep);
    assert!(parse(&nested(64)).is_ok());
    assert_eq!(parse(&nested(65)), Err(64));
    assert_eq!(parse(&"[".repeat(1_000_000)), Err(64));
    let siblings = format!("[{}[]]", "[],".repeat(1_000));
    assert!(parse(&siblings).is_ok(), "depth is counted down again");
}

#[test]
fn error_position_is_the_first_invalid_byte() {
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
fn one_byte_order_mark_is_skipped() {
    assert_eq!(parse("\u{feff}[]"), Ok(Value::List(Vec::new())));
    assert_eq!(parse("\u{feff}"), Err(3));
    assert_eq!(parse("\u{feff}\u{feff}[]"), Err(3));
    assert_eq!(parse("[]\u{feff}"), Err(2));
}

#[test]
fn unpaired_surrogate_becomes_the_replacement_character() {
    for (escapes, text) in [
        (r"Team lunch \ud83d", "Team lunch \u{fffd}"),
        (r"\udc00 x", "\u{fffd} x"),
        (r"\ud83d\u0041", "\u{fffd}A"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}\u{1f600}"),
        (r"\ud83d\n", "\u{fffd}\n"),
        (r"\ud83dud", "\u{fffd}ud"),
        (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
        (r"\uDBFF\uDFFF", "\u{10ffff}"),
    ] {
        let json = format!(r#"{{"a":["b","{escapes}"],"{escapes}":"c"}}"#);
        let value = parse(&json).unwrap();
        let items = value.get("a").and_then(Value::as_list).unwrap();
        assert_eq!(items[0].as_str(), Some("b"), "{json}");
        assert_eq!(items[1].as_str(), Some(text), "{json}");
        assert_eq!(value.get(text).and_then(Value::as_str), Some("c"), "{json}");
    }
    assert_eq!(parse(r#""\ud83d\u12""#), Err(11), "still no JSON");
}

#[test]
fn byte_order_mark_is_accepted_by_every_reader() {
    let texts = Some(vec!["a".to_owned()]);
    assert_eq!(from_text(r#"["a"]"#), texts);
    assert_eq!(from_text("\u{feff}[\"a\"]"), texts);
    assert_eq!(from_bytes(b"\xef\xbb\xbf[\"a\"]"), texts);
}

#[test]
fn invalid_utf8_is_replaced_in_strings_and_rejected_elsewhere() {
    let texts = from_bytes::<Vec<String>>(b"[\"caf\xe9\",\"b\"]");
    assert_eq!(texts, Some(vec!["caf\u{fffd}".to_owned(), "b".to_owned()]));
    assert_eq!(from_bytes::<Vec<String>>(b"[\"a\"]\xe9"), None);
}

#[test]
fn last_of_duplicate_keys_is_used() {
    let mut twice = parse(r#"{"a":1,"b":0,"a":2}"#).unwrap();
    assert_eq!(twice.get("a").and_then(Value::as_u64), Some(2));
    assert_eq!(twice.take("a"), Value::Number("2".into()));
    assert_eq!(twice.get("c"), None);
    assert_eq!(twice.take("c"), Value::Null);
}

#[test]
fn number_must_be_complete() {
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
