//! Forms and JSON, there and back.

use outlay_pleo::catalogue::{Code, Place, Schema, Shape};
use outlay_wire::{Value, parse};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{COMPANY, SUBJECT, catalogue, operation};
use crate::draft::Draft;
use crate::draft::read::draft;
use crate::draft::write::value;
use crate::form::Form;

/// Values of a schema by chance, some fields left out, some `null`.
fn values(schema: &Schema, deep: u32) -> BoxedStrategy<Value> {
    let (schema, nullable) = catalogue().resolve(schema);
    let own = match &schema.shape {
        Shape::Object(object) => {
            let fields = object.fields.iter().map(|field| {
                let inner = values(&field.schema, deep + 1);
                let name = field.name.clone();
                let inner = inner.prop_map(move |it| (name.clone(), it));
                match field.required {
                    true => inner.prop_map(Some).boxed(),
                    false => proptest::option::weighted(0.4, inner).boxed(),
                }
            });
            let fields: Vec<_> = fields.collect();
            let others = match &object.others {
                Some(inner) => {
                    let named = ("k[a-z]{1,5}", values(inner, deep + 1));
                    proptest::collection::vec(named, 0..3).boxed()
                }
                None => Just(Vec::new()).boxed(),
            };
            (fields, others)
                .prop_map(|(fields, mut others)| {
                    others.sort_by(|a, b| a.0.cmp(&b.0));
                    others.dedup_by(|a, b| a.0 == b.0);
                    Value::Object(fields.into_iter().flatten().chain(others).collect())
                })
                .boxed()
        }
        Shape::List(list) => proptest::collection::vec(values(&list.items, deep + 1), 0..4)
            .prop_map(Value::List)
            .boxed(),
        Shape::Text(text) if !text.words.is_empty() => proptest::sample::select(text.words.clone())
            .prop_map(Value::Text)
            .boxed(),
        Shape::Text(_) => "[ -~é]{0,6}".prop_map(Value::Text).boxed(),
        Shape::Integer(_) => any::<i32>()
            .prop_map(|n| Value::Number(n.to_string()))
            .boxed(),
        Shape::Number(_) => (any::<i32>(), 0..100u32)
            .prop_map(|(a, b)| Value::Number(format!("{a}.{b:02}")))
            .boxed(),
        Shape::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
        Shape::Any | Shape::Named(_) => prop_oneof![
            any::<bool>().prop_map(Value::Bool),
            any::<u16>().prop_map(|n| Value::Number(n.to_string())),
            "[a-z]{0,4}".prop_map(Value::Text),
            Just(Value::List(vec![Value::Null, Value::Text(String::new())])),
        ]
        .boxed(),
    };
    if nullable && deep > 0 {
        prop_oneof![4 => own, 1 => Just(Value::Null)].boxed()
    } else {
        own
    }
}

/// Fields in one order: a form writes them in the schema's.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields
                .iter()
                .map(|(n, it)| (n.clone(), sorted(it)))
                .collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(fields)
        }
        Value::List(items) => Value::List(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[test]
fn a_body_that_a_form_shows_comes_back_whole_and_any_other_says_why() {
    let mut runner = TestRunner::deterministic();
    let (mut shown, mut refused) = (0, 0);
    for operation in &catalogue().operations {
        let Some(body) = &operation.body else {
            continue;
        };
        for _ in 0..60 {
            let one = values(&body.schema, 0)
                .new_tree(&mut runner)
                .unwrap()
                .current();
            match draft(catalogue(), &body.schema, &one) {
                Ok(draft) => {
                    let (back, faults) = value(catalogue(), &body.schema, &draft);
                    assert_eq!(faults, []);
                    assert_eq!(sorted(&back.unwrap()), sorted(&one), "{}", operation.id);
                    shown += 1;
                }
                Err(unshown) => {
                    assert!(!unshown.why.is_empty());
                    assert!(
                        outlay_wire::to_text(&one).contains("\"\""),
                        "{}: {one:?}",
                        unshown.at
                    );
                    refused += 1;
                }
            }
        }
    }
    assert!(
        shown > 500 && refused > 50,
        "{shown} shown, {refused} refused"
    );
}

#[test]
fn what_a_form_cannot_show_is_named() {
    let body = &operation("createAccountV1").body.as_ref().unwrap().schema;
    for (json, at, why) in [
        (r#"{"name":""}"#, "name", "empty"),
        (r#"{"name":null}"#, "name", "null"),
        (r#"{"name":7}"#, "name", "another kind"),
        (r#"{"nme":"x"}"#, "nme", "no such field"),
        (r#"{"name":"a","name":"b"}"#, "name", "twice"),
        ("[]", "", "another kind"),
    ] {
        let unshown = draft(catalogue(), body, &parse(json).unwrap()).unwrap_err();
        assert_eq!(unshown.at, at, "{json}");
        assert!(unshown.why.contains(why), "{json}: {}", unshown.why);
    }
}

#[test]
fn every_form_begins_with_the_company_and_the_defaults() {
    for operation in &catalogue().operations {
        let form = Form::blank(catalogue(), operation, Some(SUBJECT));
        assert_eq!(form.parameters.len(), operation.parameters.len());
        for (one, draft) in operation.parameters.iter().zip(&form.parameters) {
            let company = ["company_id", "companyId"].contains(&one.name.as_str());
            assert_eq!(
                draft.text() == COMPANY,
                company,
                "{}: {}",
                operation.id,
                one.name
            );
        }
    }
    // As soon as it opens, the search of entries can be sent.
    let search = operation("externalSearchAccountingEntriesV1");
    let form = Form::blank(catalogue(), search, Some(SUBJECT));
    assert_eq!(form.faults(catalogue(), search), []);
    let (body, _) = form.value(catalogue(), search);
    assert_eq!(
        outlay_wire::to_text(&body.unwrap()),
        r#"{"includeDeleted":false}"#
    );
    let accounts = operation("searchAccountsV1");
    let form = Form::blank(catalogue(), accounts, Some(SUBJECT));
    assert_eq!(form.faults(catalogue(), accounts), []);
}

#[test]
fn faults_stand_at_their_fields() {
    let create = operation("createAccountsBatchV1");
    let mut form = Form::blank(catalogue(), create, Some(SUBJECT));
    form.raw =
        Some(r#"{"companyId":"x","items":[{"externalId":"1","name":"a","archived":"no"}]}"#.into());
    let at = |form: &Form| -> Vec<_> {
        let faults = form.faults(catalogue(), create).into_iter();
        faults
            .map(|it| (it.place, it.fault.at, it.fault.code))
            .collect()
    };
    assert_eq!(
        at(&form),
        [
            (Place::Body, "companyId".to_owned(), Code::Format),
            (Place::Body, "items[0].archived".to_owned(), Code::Kind),
        ]
    );
    form.raw = Some("{\n\"companyId\": ?}".into());
    assert_eq!(at(&form), [(Place::Body, String::new(), Code::Kind)]);
    let tag = operation("getTag");
    let form = Form::blank(catalogue(), tag, None);
    let found = form.faults(catalogue(), tag);
    assert_eq!(
        (found[0].place, &*found[0].fault.at),
        (Place::Path, "tagId")
    );
}

#[test]
fn what_was_typed_survives_both_ways() {
    let create = operation("createAccountV1");
    let mut form = Form::blank(catalogue(), create, Some(SUBJECT));
    let Draft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    fields[2] = Draft::Text("Travel \"abroad\"".into());
    // Neither true nor false: it is wrong, and stays what it is.
    fields[3] = Draft::Text("maybe".into());
    form.as_text(catalogue(), create);
    let raw = form.raw.clone().unwrap();
    assert!(
        raw.contains(r#""name": "Travel \"abroad\"""#) && raw.contains("\"maybe\""),
        "{raw}"
    );
    let refused = form.as_fields(catalogue(), create).unwrap_err();
    assert_eq!(refused.at, "archived");
    assert_eq!(form.raw.as_ref(), Some(&raw));
    form.raw = Some(raw.replace("\"maybe\"", "true"));
    form.as_fields(catalogue(), create).unwrap();
    assert_eq!(form.body.seen(&[2]).unwrap().text(), "Travel \"abroad\"");
    assert_eq!(form.body.seen(&[3]).unwrap().text(), "true");
}

#[test]
fn json_where_anything_goes_must_be_json() {
    let create = operation("createAccountV1");
    let mut form = Form::blank(catalogue(), create, Some(SUBJECT));
    let Draft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    let metadata = fields.len() - 1;
    fields[metadata] = Draft::Object(vec![], vec![("cost".into(), Draft::Text("12.".into()))]);
    let (_, faults) = form.value(catalogue(), create);
    assert_eq!(faults[0].at, "metadata.cost");
    let draft = form.body.at(&[metadata, 0]).unwrap();
    *draft = Draft::Text("[1, null]".into());
    let (body, faults) = form.value(catalogue(), create);
    assert_eq!(faults, []);
    assert!(outlay_wire::to_text(&body.unwrap()).contains(r#""metadata":{"cost":[1,null]}"#));
}

#[test]
fn a_name_of_ones_own_is_there_once_and_has_a_value() {
    let create = operation("createAccountV1");
    let mut form = Form::blank(catalogue(), create, Some(SUBJECT));
    let Draft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    let text = |text: &str| Draft::Text(text.into());
    let others = [("a", "1"), ("a", "2"), ("", "3"), ("b", "")];
    let others = others.map(|(name, value)| (name.to_owned(), text(value)));
    *fields.last_mut().unwrap() = Draft::Object(vec![], others.into());
    let (_, faults) = form.value(catalogue(), create);
    let told: Vec<_> = faults.iter().map(|it| (&*it.at, it.code)).collect();
    assert_eq!(
        told,
        [
            ("metadata.a", Code::Repeated),
            ("metadata.", Code::Missing),
            ("metadata.b", Code::Missing)
        ]
    );
}

#[test]
fn a_gap_in_a_list_is_told_where_it_is() {
    let search = operation("externalSearchAccountingEntriesV1");
    let mut form = Form::blank(catalogue(), search, Some(SUBJECT));
    form.raw = Some(r#"{"includeDeleted":false,"taxCodeIds":["zzz"]}"#.into());
    form.as_fields(catalogue(), search).unwrap();
    let Draft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    for draft in fields {
        if let Draft::List(items) = draft {
            items.insert(0, Draft::Text(String::new()));
        }
    }
    let at = |form: &Form| -> Vec<_> {
        let faults = form.faults(catalogue(), search).into_iter();
        faults.map(|it| (it.fault.at, it.fault.code)).collect()
    };
    assert_eq!(at(&form), [("taxCodeIds[0]".to_owned(), Code::Missing)]);
    let Draft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    for draft in fields {
        if let Draft::List(items) = draft {
            items[0] = Draft::Text("yyy".into());
        }
    }
    let found = at(&form);
    assert!(
        found.contains(&("taxCodeIds[1]".to_owned(), Code::Format)),
        "{found:?}"
    );
}
