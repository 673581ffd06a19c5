//! The tools on responses: difference, search, folding, table, links of ids, merged pages.

use std::collections::BTreeSet;

use outlay_wire::{Value, parse, to_text};
use proptest::prelude::*;

use super::{catalogue, operation};
use crate::answer::fold::Folds;
use crate::answer::merge;
use crate::answer::search::{lines_with, rows_with};
use crate::answer::text::{MASK, ResponseText};
use crate::chain::{self, Refused, Variables};
use crate::difference::{ChangeKind, difference};
use crate::id_links;
use crate::list_table::ListTable;
use crate::marks::SecretMarks;

fn json(text: &str) -> Value {
    parse(text).unwrap()
}

pub fn response(text: &str) -> ResponseText {
    let mut out = ResponseText::new(text.to_owned(), SecretMarks::of(catalogue(), None));
    while out.advance(usize::MAX) {}
    out
}

fn changes(before: &str, after: &str) -> Vec<(String, ChangeKind, String, String)> {
    let found = difference(&json(before), &json(after), 100)
        .changes
        .into_iter();
    found
        .map(|it| (it.at, it.kind, it.before, it.after))
        .collect()
}

#[test]
fn difference_matches_items_by_id_and_fields_by_name() {
    use ChangeKind::{Added, Changed, Removed, Reordered};
    type Changes<'a> = &'a [(&'a str, ChangeKind, &'a str, &'a str)];
    let cases: [(&str, &str, Changes<'_>); 9] = [
        ("{}", "{}", &[]),
        (r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, &[]),
        (r#"{"a":1}"#, r#"{"a":1.0}"#, &[("a", Changed, "1", "1.0")]),
        (
            r#"{"a":1}"#,
            r#"{"b":1}"#,
            &[("b", Added, "", "1"), ("a", Removed, "1", "")],
        ),
        (
            r#"{"data":[{"id":"x","n":1},{"id":"y","n":2}]}"#,
            r#"{"data":[{"id":"z","n":0},{"id":"x","n":1},{"id":"y","n":3}]}"#,
            &[
                ("data[id=z]", Added, "", r#"{"id":"z","n":0}"#),
                ("data[id=y].n", Changed, "2", "3"),
            ],
        ),
        (
            r#"[{"id":1},{"id":2}]"#,
            r#"[{"id":2},{"id":1}]"#,
            &[("", Reordered, "", "")],
        ),
        ("[1,2,3,4]", "[1,9,2,3,4]", &[("[1]", Added, "", "9")]),
        ("[1,2,3]", "[1,5,3]", &[("[1]", Changed, "2", "5")]),
        (
            "[]",
            r#"[{"id":1}]"#,
            &[("[id=1]", Added, "", r#"{"id":1}"#)],
        ),
    ];
    for (before, after, expected) in cases {
        let found = changes(before, after);
        let found: Vec<_> = found
            .iter()
            .map(|(a, k, b, c)| (&**a, *k, &**b, &**c))
            .collect();
        assert_eq!(found, expected, "{before} {after}");
    }
    let many = difference(&json("[1,2,3]"), &json("[4,5,6]"), 2);
    assert_eq!((many.changes.len(), many.total), (2, 3));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (0..100_i32).prop_map(|it| Value::Number(it.to_string())),
        "[a-zäß\"\\\\{]{0,6}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let named = ("(id|a|b|c|data)", inner.clone());
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(Value::List),
            // Of two fields with one name only the later one counts, so each has a name of its own.
            proptest::collection::vec(named, 0..4).prop_map(|mut fields| {
                let mut known = BTreeSet::new();
                fields.retain(|(name, _)| known.insert(name.clone()));
                Value::Object(fields)
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn difference_is_empty_only_for_equal_values(one in any_value(), two in any_value()) {
        prop_assert_eq!(difference(&one, &one, 9).total, 0);
        let same_but_order = sorted(&one) == sorted(&two);
        let total = difference(&one, &two, 9).total;
        prop_assert_eq!(total == 0, same_but_order, "{} {}", to_text(&one), to_text(&two));
        let back = difference(&two, &one, 9).total;
        prop_assert_eq!(total == 0, back == 0);
    }

    #[test]
    fn unfolded_text_shows_every_line_and_folding_hides_whole_blocks(value in any_value(), depth in 0_u16..3) {
        let text = response(&to_text(&value));
        let lines = &text.scan.lines;
        let mut folds = Folds::default();
        prop_assert_eq!(folds.visible(lines), (0..lines.len()).collect::<Vec<_>>());
        folds.fold_below(lines, depth);
        for number in folds.visible(lines) {
            prop_assert!(lines[number].depth <= depth);
        }
        for number in 0..lines.len() {
            let mut opened = folds.clone();
            opened.reveal(lines, number);
            // The line of a closing bracket is part of its own block.
            let closes = text.whole[lines[number].from as usize..].starts_with([']', '}']);
            let is_visible = closes || opened.visible(lines).contains(&number);
            prop_assert!(is_visible);
        }
    }

    #[test]
    fn search_finds_each_line_with_the_text(value in any_value(), needle in "[aä\"id]{1,2}") {
        let text = response(&to_text(&value));
        let expected = |number: &usize| {
            let line = text.scan.lines[*number];
            text.whole[line.from as usize..line.to as usize].to_lowercase().contains(&needle)
        };
        let expected: Vec<usize> = (0..text.scan.lines.len()).filter(expected).collect();
        let found = lines_with(&text, &needle, true);
        prop_assert!(expected.iter().all(|line| found.contains(line)), "{} {found:?}", text.whole);
    }
}

/// The value with the fields of each object in the order of their names.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| (name.clone(), sorted(value)));
            let mut fields: Vec<_> = fields.collect();
            fields.sort_by(|one, two| one.0.cmp(&two.0));
            Value::Object(fields)
        }
        Value::List(items) => Value::List(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[test]
fn search_ignores_case_and_does_not_disclose_secrets() {
    let text = response("{\"name\":\"Ärger AG\",\n\"password\":\"Hidden1\",\"other\":\"hidden\"}");
    assert_eq!(lines_with(&text, "ärger", false), [1]);
    assert_eq!(lines_with(&text, "HIDDEN", false), [3]);
    assert_eq!(lines_with(&text, "HIDDEN", true), [2, 3]);
    assert_eq!(lines_with(&text, "", false), [0_usize; 0]);
    assert_eq!(rows_with(&text, "hidden", false), [1]);
    assert_eq!(lines_with(&text, "no such text", false), [0_usize; 0]);
}

#[test]
fn masked_value_has_no_secret() {
    let text = response(
        r#"{"token":"abc","api_key":1234,"list":{"password":["x","y"]},"note":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","n":5}"#,
    );
    let value = text.masked_value().unwrap();
    let masked = to_text(&value);
    for secret in ["abc", "1234", "\"x\"", "MfKQ9"] {
        assert!(!masked.contains(secret), "{masked}");
    }
    assert_eq!(value.get("n").and_then(Value::as_i64), Some(5));
    assert_eq!(value.get("api_key").and_then(Value::as_str), Some(MASK));
}

#[test]
fn table_has_a_column_for_each_field() {
    let table = ListTable::of(json(
        r#"{"data":[{"id":"1","amount":{"value":5,"currency":"EUR"}},{"id":"2","tags":[1,2],"note":null}],"pagination":{}}"#,
    ));
    let table = table.unwrap();
    assert_eq!(
        table.columns,
        ["id", "amount.value", "amount.currency", "tags", "note"]
    );
    assert_eq!(table.rows(), 2);
    let row = |row| {
        table
            .columns
            .iter()
            .map(|it| table.cell(row, it))
            .collect::<Vec<_>>()
    };
    assert_eq!(row(0), ["1", "5", "EUR", "", ""]);
    assert_eq!(row(1), ["2", "", "", "[1,2]", "null"]);
    for none in ["5", "[]", "[1,2]", "{}", r#"{"data":{"a":1}}"#] {
        assert!(ListTable::of(json(none)).is_none(), "{none}");
    }
    let wide = (0..80)
        .map(|it| format!("\"f{it}\":1"))
        .collect::<Vec<_>>()
        .join(",");
    let wide = ListTable::of(json(&format!("[{{{wide}}}]"))).unwrap();
    assert_eq!((wide.columns.len(), wide.left_out), (60, 20));
}

#[test]
fn ids_open_the_operation_that_takes_them() {
    let targets = id_links::targets(catalogue());
    let text = response(
        r#"{"data":[{"id":"a1","employeeId":"e1","account":{"id":"c1"},"taxCode":{"id":"t1"},"name":"x","tagId":"bad id"}]}"#,
    );
    let link = |called: &str, number| {
        let link = id_links::of_line(&targets, operation(called), &text, number);
        link.map(|it| it.query)
    };
    let called = "externalSearchAccountingEntriesV1";
    let all: Vec<_> = (0..text.scan.lines.len())
        .filter_map(|it| link(called, it))
        .collect();
    assert_eq!(
        all,
        [
            "op=externalGetAccountingEntryV1&accountingEntryId=a1",
            "op=getEmployee&employeeId=e1",
            "op=getAccountV1&accountId=c1",
            "op=getTaxCode&taxCodeId=t1",
        ]
    );
    let column = |column, id| {
        let link = id_links::of_column(&targets, operation("searchEmployees"), column, id);
        link.map(|it| it.operation)
    };
    assert_eq!(column("id", "e1").as_deref(), Some("getEmployee"));
    assert_eq!(column("companyId", "c1").as_deref(), Some("getCompany"));
    assert_eq!(column("name", "e1"), None);
    // Every target is an operation with that parameter.
    for target in &targets {
        let rest = id_links::of_column(&targets, operation("introspect"), &target.parameter, "x1");
        assert!(target.parameter == "id" || rest.is_some(), "{target:?}");
    }
}

#[test]
fn merged_pages_keep_every_row() {
    let pages = [
        r#"{"data":[{"a":1.10},{"a":[{}]}],"pagination":{}}"#,
        r#"{"pagination":{},"data": [ ]}"#,
        r#"{"data":["x"]}"#,
    ];
    let pages = pages.map(response);
    assert_eq!(pages.each_ref().map(merge::count), [2, 0, 1]);
    let rows = pages.iter().map(|page| merge::rows(page).unwrap());
    let merged = merge::merged(rows);
    assert_eq!(merged, r#"{"data":[{"a":1.10},{"a":[{}]},"x"]}"#);
    assert!(merge::rows(&response("[1]")).is_none());
    assert_eq!(merge::merged([]), r#"{"data":[]}"#);
}

#[test]
fn values_are_stored_by_path_and_replace_names_in_forms() {
    let value = json(r#"{"data":[{"id":"j\"1","n":5},{"id":"k"}],"secretKey":"s"}"#);
    let at = |path| chain::value_at(&value, path);
    assert_eq!(at("data[0].id").as_deref(), Ok("j\"1"));
    assert_eq!(at("data[id=k].id").as_deref(), Ok("k"));
    assert_eq!(at("data[0].n").as_deref(), Ok("5"));
    assert_eq!(at("data[2].id"), Err(Refused::Path));
    assert_eq!(at("data[0"), Err(Refused::Path));
    assert_eq!(at("data"), Err(Refused::NotScalar));
    assert_eq!(at("secretKey"), Err(Refused::Secret));
    assert_eq!(
        chain::paths(&value, 9),
        ["data[0].id", "data[0].n", "secretKey"]
    );

    let mut variables = Variables::default();
    assert_eq!(variables.set("job", "j\"1"), Ok(()));
    assert_eq!(variables.set("1x", "a"), Err(Refused::Name));
    assert_eq!(variables.set("access_token", "a"), Err(Refused::Secret));
    assert_eq!(variables.set("a", MASK), Err(Refused::Secret));
    assert_eq!(
        variables.set("a", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        Err(Refused::Secret)
    );
    let one = operation("createExportJobEventV3");
    let mut form = crate::form::OperationForm::blank(catalogue(), one, None);
    form.raw = Some(r#"{"jobId":"{{job}}","event":"{{ other }}"}"#.to_owned());
    let filled = chain::filled(&form, &variables);
    assert_eq!(
        filled.raw.as_deref(),
        Some(r#"{"jobId":"j\"1","event":"{{ other }}"}"#)
    );
    let one = operation("getExportJobByIdV3");
    let mut form = crate::form::OperationForm::blank(catalogue(), one, None);
    form.fill(catalogue(), one, "jobId", "a{{job}}b{{");
    assert_eq!(
        chain::filled(&form, &variables).parameters[0].text(),
        "aj\"1b{{"
    );
}
