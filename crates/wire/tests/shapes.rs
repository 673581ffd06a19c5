//! Every shape, there and back, and what is refused.

use outlay_wire::{Value, from_bytes, from_text, read, record, string_enum, to_text, union};

#[derive(Debug, Clone, PartialEq)]
struct WireLine {
    row_id: u32,
    note: Option<String>,
    tags: Vec<String>,
    pairs: Vec<(String, i64)>,
}
record!(WireLine { row_id = "rowId", note = "note", tags = "tags", pairs = "pairs" });

#[derive(Debug, Clone, PartialEq)]
enum Message {
    Quiet,
    Line(WireLine),
    Answer {
        id: u64,
        result: Result<WireWord, String>,
    },
    Nothing {},
}
union!(Message {
    units { Quiet = "quiet" }
    ones { Line = "line" }
    records { Answer = "answer" { id, result }, Nothing = "nothing" {} }
    else Quiet
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum WireWord {
    Yes,
    No,
}
string_enum!(WireWord { Yes = "YES", No = "NO" });

fn line() -> WireLine {
    WireLine {
        row_id: 7,
        note: Some("\"ö\"".to_owned()),
        tags: vec!["a".to_owned()],
        pairs: vec![("b".to_owned(), i64::MIN)],
    }
}

#[test]
fn string_enum_lists_its_values_in_the_order_of_their_definition() {
    assert_eq!(WireWord::ALL, [WireWord::Yes, WireWord::No]);
    for word in WireWord::ALL {
        assert_eq!(WireWord::from_word(word.word()), Some(*word));
    }
}

#[test]
fn every_record_round_trips() {
    for message in [
        Message::Quiet,
        Message::Line(line()),
        Message::Line(WireLine {
            note: None,
            ..line()
        }),
        Message::Answer {
            id: u64::MAX,
            result: Ok(WireWord::Yes),
        },
        Message::Answer {
            id: 0,
            result: Err("no".to_owned()),
        },
        Message::Nothing {},
    ] {
        assert_eq!(
            from_text(&to_text(&message)),
            Some(message.clone()),
            "{message:?}"
        );
    }
}

#[test]
fn json_text_matches_the_documented_form() {
    assert_eq!(to_text(&Message::Quiet), "\"quiet\"");
    assert_eq!(
        to_text(&Message::Answer {
            id: 1,
            result: Ok(WireWord::No)
        }),
        r#"{"answer":{"id":1,"result":{"Ok":"NO"}}}"#
    );
    assert_eq!(
        to_text(&WireLine {
            note: None,
            pairs: vec![],
            tags: vec![],
            row_id: 1
        }),
        r#"{"rowId":1,"tags":[],"pairs":[]}"#
    );
}

#[test]
fn absent_and_null_are_equal_and_unknown_fields_ignored() {
    let expected = WireLine {
        row_id: 1,
        note: None,
        tags: vec![],
        pairs: vec![],
    };
    for text in [
        r#"{"rowId":1}"#,
        r#"{"rowId":1,"note":null,"tags":null}"#,
        r#"{"rowId":1,"new":{"x":[1]}}"#,
    ] {
        assert_eq!(
            from_bytes(text.as_bytes()),
            Some(expected.clone()),
            "{text}"
        );
    }
    assert_eq!(from_text(r#"{"quiet":null}"#), Some(Message::Quiet));
}

#[test]
fn error_names_the_field_path() {
    for (text, path) in [
        ("[]", ""),
        ("{}", "rowId"),
        (r#"{"rowId":1,"note":2}"#, "note"),
        (r#"{"rowId":1,"tags":["a",1]}"#, "tags[1]"),
        (r#"{"rowId":1,"tags":{}}"#, "tags"),
        (r#"{"rowId":1,"pairs":[["a",1],["b",1.5]]}"#, "pairs[1]"),
        (r#"{"rowId":"1","note":2,"tags":7}"#, "rowId"),
    ] {
        let malformed = outlay_wire::Malformed::Field(path.to_owned());
        assert_eq!(
            outlay_wire::read_text::<WireLine>(text),
            Err(malformed),
            "{text}"
        );
    }
    let malformed = outlay_wire::Malformed::Field("id".to_owned());
    let text = r#"{"answer":{"result":{"Ok":"YES"}}}"#;
    assert_eq!(outlay_wire::read_text::<Message>(text), Err(malformed));
    let malformed = outlay_wire::Malformed::NoJson(1);
    assert_eq!(outlay_wire::read_text::<WireLine>("{"), Err(malformed));
}

#[test]
fn wrong_types_are_rejected() {
    for text in [
        "",
        "{",
        "[]",
        "7",
        r#"{"note":"x"}"#,
        r#"{"rowId":"1"}"#,
        r#"{"rowId":-1}"#,
        r#"{"rowId":4294967296}"#,
        r#"{"rowId":1.5}"#,
        r#"{"rowId":1,"note":2}"#,
        r#"{"rowId":1,"tags":[1]}"#,
        r#"{"rowId":1,"pairs":[["a"]]}"#,
    ] {
        assert_eq!(from_text::<WireLine>(text), None, "{text}");
    }
    for text in [
        r#""loud""#,
        r#"{"line":{},"quiet":null}"#,
        "{}",
        r#"{"answer":{"id":1}}"#,
    ] {
        assert_eq!(from_text::<Message>(text), None, "{text}");
    }
    assert_eq!(read::<WireWord>(Value::Number("1".into())), None);
    assert_eq!(read::<bool>(Value::Text("true".into())), None);
}
