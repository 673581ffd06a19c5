//! Every shape, there and back, and what is refused.

use outlay_wire::{Value, from_bytes, from_text, read, record, to_text, union, words};

#[derive(Debug, Clone, PartialEq)]
struct Line {
    row_id: u32,
    note: Option<String>,
    tags: Vec<String>,
    pairs: Vec<(String, i64)>,
}
record!(Line { row_id = "rowId", note = "note", tags = "tags", pairs = "pairs" });

#[derive(Debug, Clone, PartialEq)]
enum Message {
    Quiet,
    Line(Line),
    Answer {
        id: u64,
        result: Result<Word, String>,
    },
    Nothing {},
}
union!(Message {
    units { Quiet = "quiet" }
    ones { Line = "line" }
    records { Answer = "answer" { id, result }, Nothing = "nothing" {} }
    else Quiet
});

#[derive(Debug, Clone, PartialEq)]
enum Word {
    Yes,
    No,
}
words!(Word { Yes = "YES", No = "NO" });

fn line() -> Line {
    Line {
        row_id: 7,
        note: Some("\"ö\"".to_owned()),
        tags: vec!["a".to_owned()],
        pairs: vec![("b".to_owned(), i64::MIN)],
    }
}

#[test]
fn everything_comes_back_as_it_went() {
    for message in [
        Message::Quiet,
        Message::Line(line()),
        Message::Line(Line {
            note: None,
            ..line()
        }),
        Message::Answer {
            id: u64::MAX,
            result: Ok(Word::Yes),
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
fn the_texts_are_what_other_programs_expect() {
    assert_eq!(to_text(&Message::Quiet), "\"quiet\"");
    assert_eq!(
        to_text(&Message::Answer {
            id: 1,
            result: Ok(Word::No)
        }),
        r#"{"answer":{"id":1,"result":{"Ok":"NO"}}}"#
    );
    assert_eq!(
        to_text(&Line {
            note: None,
            pairs: vec![],
            tags: vec![],
            row_id: 1
        }),
        r#"{"rowId":1,"tags":[],"pairs":[]}"#
    );
}

#[test]
fn absent_and_null_read_alike_and_the_unknown_is_ignored() {
    let expected = Line {
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
fn a_fault_is_named_by_the_path_of_its_field() {
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
            outlay_wire::read_text::<Line>(text),
            Err(malformed),
            "{text}"
        );
    }
    let malformed = outlay_wire::Malformed::Field("id".to_owned());
    let text = r#"{"answer":{"result":{"Ok":"YES"}}}"#;
    assert_eq!(outlay_wire::read_text::<Message>(text), Err(malformed));
    let malformed = outlay_wire::Malformed::NoJson(1);
    assert_eq!(outlay_wire::read_text::<Line>("{"), Err(malformed));
}

#[test]
fn wrong_types_are_refused() {
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
        assert_eq!(from_text::<Line>(text), None, "{text}");
    }
    for text in [
        r#""loud""#,
        r#"{"line":{},"quiet":null}"#,
        "{}",
        r#"{"answer":{"id":1}}"#,
    ] {
        assert_eq!(from_text::<Message>(text), None, "{text}");
    }
    assert_eq!(read::<Word>(Value::Number("1".into())), None);
    assert_eq!(read::<bool>(Value::Text("true".into())), None);
}
