//! Answers of every size and shape.

use std::time::Instant;

use outlay_pleo::Incomplete;
use outlay_pleo::catalogue::ParameterLocation;
use proptest::prelude::*;

use super::{catalogue, operation};
use crate::answer::lines::Scan;
use crate::answer::paging::{Neighbours, Trail, Turn, neighbours};
use crate::answer::text::ResponseText;
use crate::answer::window::{LINE, window};
use crate::form::OperationForm;
use crate::marks::SecretMarks;

fn no_marks() -> SecretMarks {
    SecretMarks::of(catalogue(), None)
}

fn read(json: &str, marks: SecretMarks, slice: usize) -> ResponseText {
    let mut text = ResponseText::new(json.to_owned(), marks);
    while text.advance(slice) {}
    text
}

/// The pretty form as the screen shows it.
fn shown(text: &ResponseText) -> String {
    let lines = (0..text.scan.lines.len()).map(|number| {
        let line = text.line(number, true).unwrap();
        let colon = if line.name.is_empty() { "" } else { ": " };
        let comma = if line.comma { "," } else { "" };
        let indent = "  ".repeat(line.depth.into());
        [&indent, &*line.name, colon, &line.value, comma].concat()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "\\PC{0,8}".prop_map(serde_json::Value::String),
        "[\"\\\\\n]{0,4}".prop_map(serde_json::Value::String),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            proptest::collection::btree_map("\\PC{0,5}", inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn lines_match_the_serde_json_printer(value in json(), slice in 1..40usize) {
        for text in [value.to_string(), format!(" {value:#} \n")] {
            let read = read(&text, no_marks(), slice);
            prop_assert!(read.scan.is_json());
            prop_assert_eq!(shown(&read), format!("{value:#}"));
        }
    }

    #[test]
    fn any_text_is_split_without_loss_or_panic(text in "\\PC{0,300}|[\\[\\]{}\",:a\\\\1 \n]{0,60}", slice in 1..40usize) {
        let read = read(&text, no_marks(), slice);
        let known = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        prop_assert!(!known || read.scan.is_json());
        let rows: String = (0..read.rows()).map(|n| read.row(n, true).unwrap()).collect();
        prop_assert_eq!(rows.replace(['\n', '\r'], ""), text.replace(['\n', '\r'], ""));
    }

    #[test]
    fn line_window_covers_the_visible_lines(lines in 0..3_000_000usize, part in 0..=1_000u32, sight in 0..2_000u32) {
        let whole = window(lines, 0, sight).height;
        let path = whole.saturating_sub(sight);
        let scrolled = (u64::from(path) * u64::from(part) / 1_000) as u32;
        let seen = window(lines, scrolled, sight);
        prop_assert!(seen.count <= (sight / LINE) as usize + 20);
        prop_assert!(seen.first + seen.count <= lines);
        if lines > 0 {
            // The upper and the lower edge lie within what is drawn.
            prop_assert!(seen.top <= scrolled);
            let end = seen.top + seen.count as u32 * LINE;
            prop_assert!(end >= (scrolled + sight).min(whole) || seen.first + seen.count == lines, "{seen:?}");
        }
        if part == 1_000 {
            prop_assert_eq!(seen.first + seen.count, lines);
        }
    }
}

#[test]
fn ten_megabytes_are_scanned_in_short_slices() {
    let row = r#"{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","amount":{"value":"12.50","currency":"DKK"},"note":"Lunch with \"Ada\""}"#;
    let count = 10_000_000 / row.len();
    let body = format!("{{\"data\":[{}]}}", vec![row; count].join(","));
    let mut text = ResponseText::new(body, no_marks());
    let mut longest = 0;
    loop {
        let begun = Instant::now();
        let more = text.advance(256_000);
        longest = longest.max(begun.elapsed().as_millis());
        if !more {
            break;
        }
    }
    assert!(text.scan.is_json());
    assert_eq!(text.scan.lines.len(), count * 8 + 4);
    // A debug build on a busy machine; in the browser it is a tenth of it.
    assert!(longest < 1_000, "{longest} ms");
}

#[test]
fn overlong_value_is_truncated_with_a_notice() {
    let text = read(
        &format!("[\"{}\"]", "é".repeat(10_000)),
        no_marks(),
        usize::MAX,
    );
    let line = text.line(1, true).unwrap();
    assert!(line.cut && line.value.chars().count() == 2_000);
}

fn neighbours_of(json: &str, followed: &[&str]) -> Option<Neighbours> {
    let followed: Vec<String> = followed.iter().map(|it| (*it).to_owned()).collect();
    neighbours(&read(json, no_marks(), usize::MAX), &followed)
}

#[test]
fn next_and_previous_page_are_found_in_the_pagination() {
    let page = |next: bool, before: bool| {
        let json = format!(
            r#"{{"data":[{{"pagination":{{"hasNextPage":true}}}}],"pagination":{{"hasNextPage":{next},
            "hasPreviousPage":{before},"startCursor":"A","endCursor":"B","total":7,
            "currentRequestPagination":{{"parameters":{{}}}}}}}}"#
        );
        neighbours_of(&json, &[]).unwrap()
    };
    let both = page(true, true);
    assert_eq!(
        (both.previous, both.next),
        (Turn::To("A".into()), Turn::To("B".into()))
    );
    assert_eq!(both.total.as_deref(), Some("7"));
    let last = page(false, true);
    assert_eq!(
        (last.previous, last.next),
        (Turn::To("A".into()), Turn::End)
    );
    for other in [r#"{"data":{}}"#, "[1]", r#"{"pagination":{}}"#, "<html>"] {
        assert_eq!(neighbours_of(other, &[]), None, "{other}");
    }
}

#[test]
fn page_with_unusable_next_cursor_states_the_reason() {
    let page = |data: &str, rest: &str| {
        format!(
            r#"{{"data":{data},"pagination":{{"hasPreviousPage":false,"startCursor":"A",{rest}}}}}"#
        )
    };
    for (data, rest, followed, next) in [
        (
            "[1]",
            r#""hasNextPage":true,"endCursor":"B""#,
            &[][..],
            Turn::To("B".into()),
        ),
        (
            "[1]",
            r#""hasNextPage":true,"endCursor":"B""#,
            &["A"],
            Turn::To("B".into()),
        ),
        (
            "[1]",
            r#""hasNextPage":false,"endCursor":null"#,
            &[],
            Turn::End,
        ),
        (
            "[1]",
            r#""hasNextPage":true,"endCursor":null,"total":312"#,
            &[],
            Turn::Blocked(Incomplete::NoCursor),
        ),
        (
            "[1]",
            r#""hasNextPage":true,"endCursor":"""#,
            &[],
            Turn::Blocked(Incomplete::NoCursor),
        ),
        (
            "[1]",
            r#""hasNextPage":true,"endCursor":7"#,
            &[],
            Turn::Blocked(Incomplete::NoCursor),
        ),
        (
            "[1]",
            r#""hasNextPage":true"#,
            &[],
            Turn::Blocked(Incomplete::NoCursor),
        ),
        (
            "[1]",
            r#""hasNextPage":true,"endCursor":"B""#,
            &["B"],
            Turn::Blocked(Incomplete::RepeatedCursor),
        ),
        (
            "[1]",
            r#""hasNextPage":true,"endCursor":"B""#,
            &["A", "B", "C"],
            Turn::Blocked(Incomplete::RepeatedCursor),
        ),
        (
            "[ ]",
            r#""hasNextPage":true,"endCursor":"B""#,
            &[],
            Turn::Blocked(Incomplete::EmptyPage),
        ),
        (
            "[]",
            r#""hasNextPage":true,"endCursor":"B""#,
            &["A"],
            Turn::Blocked(Incomplete::EmptyPage),
        ),
        (
            "[]",
            r#""hasNextPage":false,"endCursor":"B""#,
            &["A"],
            Turn::End,
        ),
    ] {
        let json = page(data, rest);
        for mark in ["", "\u{feff}"] {
            let known = neighbours_of(&[mark, &json].concat(), followed).unwrap();
            assert_eq!(known.next, next, "{json}");
            assert_eq!(known.previous, Turn::End);
        }
    }
    let before =
        r#"{"data":[1],"pagination":{"hasNextPage":false,"hasPreviousPage":true,"endCursor":"B"}}"#;
    assert_eq!(
        neighbours_of(before, &[]).unwrap().previous,
        Turn::Blocked(Incomplete::NoCursor)
    );
}

#[test]
fn previous_page_follows_the_same_rule_as_the_next() {
    let page = |data: &str, cursor: &str| {
        format!(
            r#"{{"data":{data},"pagination":{{"hasNextPage":false,"hasPreviousPage":true,"startCursor":{cursor}}}}}"#
        )
    };
    for (data, cursor, followed, previous) in [
        ("[1]", r#""A""#, &[][..], Turn::To("A".into())),
        ("[1]", "null", &[], Turn::Blocked(Incomplete::NoCursor)),
        ("[]", r#""A""#, &[], Turn::Blocked(Incomplete::EmptyPage)),
        (
            "[1]",
            r#""A""#,
            &["A"],
            Turn::Blocked(Incomplete::RepeatedCursor),
        ),
    ] {
        let known = neighbours_of(&page(data, cursor), followed).unwrap();
        assert_eq!((known.previous, known.next), (previous, Turn::End));
    }
}

#[test]
fn cursor_trail_is_kept_until_request_or_direction_changes() {
    let list = operation("getExportJobsListV3");
    let mut trail = Trail::default();
    let mut send = |after: &str, before: &str, limit: &str| {
        let mut form = OperationForm::blank(catalogue(), list, None);
        for (name, text) in [("after", after), ("before", before), ("limit", limit)] {
            form.fill(catalogue(), list, name, text);
        }
        trail.sent(catalogue(), list, &form);
        trail.cursors().join(" ")
    };
    assert_eq!(send("", "", "5"), "");
    assert_eq!(send("A", "", "5"), "A");
    assert_eq!(send("B", "", "5"), "A B");
    assert_eq!(send("B", "", "5"), "A B");
    assert_eq!(send("A", "", "5"), "A");
    assert_eq!(send("", "S", "5"), "S");
    assert_eq!(send("B", "", "5"), "B");
    assert_eq!(send("C", "", "6"), "C");
    assert_eq!(send("", "", "6"), "");
}

#[test]
fn every_paged_operation_accepts_both_cursors() {
    for operation in catalogue().operations.iter().filter(|one| one.paged) {
        for name in ["before", "after"] {
            assert!(
                operation
                    .parameter(ParameterLocation::Query, name)
                    .is_some(),
                "{}",
                operation.id
            );
        }
    }
}

#[test]
fn secret_paths_of_a_response_match_its_schema() {
    let secret = operation("getSubscriptionSecret").answer(200).unwrap();
    let marks = SecretMarks::of(catalogue(), secret.schema.as_ref());
    let mut scan = Scan::new(marks);
    let body = r#"{"data":{"secretKey":"k\"ey"}}"#;
    while scan.advance(body, 3) {}
    let hidden: Vec<_> = scan
        .secrets
        .iter()
        .map(|(from, to)| &body[*from..*to])
        .collect();
    assert_eq!(hidden, [r#"k\"ey"#]);
}
