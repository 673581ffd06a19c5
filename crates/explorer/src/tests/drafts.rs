//! Forms and JSON, there and back.

use outlay_pleo::catalogue::{FaultCode, ParameterLocation, Schema, SchemaShape};
use outlay_wire::{Value, parse};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{COMPANY, SUBJECT, catalogue, operation};
use crate::draft::FieldDraft;
use crate::draft::read::draft;
use crate::draft::write::value;
use crate::form::OperationForm;

/// Values of a schema by chance, some fields left out, some `null`.
fn values(schema: &Schema, deep: u32) -> BoxedStrategy<Value> {
    let (schema, nullable) = catalogue().resolve(schema);
    let own = match &schema.shape {
        SchemaShape::Object(object) => {
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
        SchemaShape::List(list) => proptest::collection::vec(values(&list.items, deep + 1), 0..4)
            .prop_map(Value::List)
            .boxed(),
        SchemaShape::Text(text) if !text.enum_values.is_empty() => {
            proptest::sample::select(text.enum_values.clone())
                .prop_map(Value::Text)
                .boxed()
        }
        SchemaShape::Text(_) => "[ -~é]{0,6}".prop_map(Value::Text).boxed(),
        SchemaShape::Integer(_) => any::<i32>()
            .prop_map(|n| Value::Number(n.to_string()))
            .boxed(),
        SchemaShape::Number(_) => (any::<i32>(), 0..100u32)
            .prop_map(|(a, b)| Value::Number(format!("{a}.{b:02}")))
            .boxed(),
        SchemaShape::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
        SchemaShape::Any | SchemaShape::Named(_) => prop_oneof![
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
fn representable_body_round_trips_and_others_state_the_reason() {
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
fn unrepresentable_parts_are_named() {
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
fn every_form_is_prefilled_with_company_and_defaults() {
    for operation in &catalogue().operations {
        let form = OperationForm::blank(catalogue(), operation, Some(SUBJECT));
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
    let form = OperationForm::blank(catalogue(), search, Some(SUBJECT));
    assert_eq!(form.faults(catalogue(), search), []);
    let (body, _) = form.value(catalogue(), search);
    assert_eq!(
        outlay_wire::to_text(&body.unwrap()),
        r#"{"includeDeleted":false}"#
    );
    let accounts = operation("searchAccountsV1");
    let form = OperationForm::blank(catalogue(), accounts, Some(SUBJECT));
    assert_eq!(form.faults(catalogue(), accounts), []);
}

#[test]
fn errors_are_attached_to_their_fields() {
    let create = operation("createAccountsBatchV1");
    let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
    form.raw =
        Some(r#"{"companyId":"x","items":[{"externalId":"1","name":"a","archived":"no"}]}"#.into());
    let at = |form: &OperationForm| -> Vec<_> {
        let faults = form.faults(catalogue(), create).into_iter();
        faults
            .map(|it| (it.place, it.fault.at, it.fault.code))
            .collect()
    };
    assert_eq!(
        at(&form),
        [
            (
                ParameterLocation::Body,
                "companyId".to_owned(),
                FaultCode::Format
            ),
            (
                ParameterLocation::Body,
                "items[0].archived".to_owned(),
                FaultCode::Kind
            ),
        ]
    );
    form.raw = Some("{\n\"companyId\": ?}".into());
    assert_eq!(
        at(&form),
        [(ParameterLocation::Body, String::new(), FaultCode::Kind)]
    );
    let tag = operation("getTag");
    let form = OperationForm::blank(catalogue(), tag, None);
    let found = form.faults(catalogue(), tag);
    assert_eq!(
        (found[0].place, &*found[0].fault.at),
        (ParameterLocation::Path, "tagId")
    );
}

#[test]
fn typed_values_round_trip() {
    let create = operation("createAccountV1");
    let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
    let FieldDraft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    fields[2] = FieldDraft::Text("Travel \"abroad\"".into());
    // Neither true nor false: it is wrong, and stays what it is.
    fields[3] = FieldDraft::Text("maybe".into());
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
fn free_form_json_field_must_be_valid_json() {
    let create = operation("createAccountV1");
    let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
    let FieldDraft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    let metadata = fields.len() - 1;
    fields[metadata] = FieldDraft::Object(
        vec![],
        vec![("cost".into(), FieldDraft::Text("12.".into()))],
    );
    let (_, faults) = form.value(catalogue(), create);
    assert_eq!(faults[0].at, "metadata.cost");
    let draft = form.body.at(&[metadata, 0]).unwrap();
    *draft = FieldDraft::Text("[1, null]".into());
    let (body, faults) = form.value(catalogue(), create);
    assert_eq!(faults, []);
    assert!(outlay_wire::to_text(&body.unwrap()).contains(r#""metadata":{"cost":[1,null]}"#));
}

#[test]
fn custom_name_must_be_unique_and_have_a_value() {
    let create = operation("createAccountV1");
    let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
    let FieldDraft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    let text = |text: &str| FieldDraft::Text(text.into());
    let others = [("a", "1"), ("a", "2"), ("", "3"), ("b", "")];
    let others = others.map(|(name, value)| (name.to_owned(), text(value)));
    *fields.last_mut().unwrap() = FieldDraft::Object(vec![], others.into());
    let (_, faults) = form.value(catalogue(), create);
    let reported: Vec<_> = faults.iter().map(|it| (&*it.at, it.code)).collect();
    assert_eq!(
        reported,
        [
            ("metadata.a", FaultCode::Repeated),
            ("metadata.", FaultCode::Missing),
            ("metadata.b", FaultCode::Missing)
        ]
    );
}

#[test]
fn empty_list_item_is_reported_at_its_index() {
    let search = operation("externalSearchAccountingEntriesV1");
    let mut form = OperationForm::blank(catalogue(), search, Some(SUBJECT));
    form.raw = Some(r#"{"includeDeleted":false,"taxCodeIds":["zzz"]}"#.into());
    form.as_fields(catalogue(), search).unwrap();
    let FieldDraft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    for draft in fields {
        if let FieldDraft::List(items) = draft {
            items.insert(0, FieldDraft::Text(String::new()));
        }
    }
    let at = |form: &OperationForm| -> Vec<_> {
        let faults = form.faults(catalogue(), search).into_iter();
        faults.map(|it| (it.fault.at, it.fault.code)).collect()
    };
    assert_eq!(
        at(&form),
        [("taxCodeIds[0]".to_owned(), FaultCode::Missing)]
    );
    let FieldDraft::Object(fields, _) = &mut form.body else {
        panic!()
    };
    for draft in fields {
        if let FieldDraft::List(items) = draft {
            items[0] = FieldDraft::Text("yyy".into());
        }
    }
    let found = at(&form);
    assert!(
        found.contains(&("taxCodeIds[1]".to_owned(), FaultCode::Format)),
        "{found:?}"
    );
}
