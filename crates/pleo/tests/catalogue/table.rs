//! Faults by table: place, word and figures.

use outlay_pleo::catalogue::{FaultCode, Schema, ValueFault};
use outlay_wire::{from_text, parse, to_text};

use crate::{CATALOGUE, fault_lines};

#[test]
fn validation_errors_have_path_and_reason() {
    let id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    for (schema, value, faults) in [
        (
            "AccountUpdate",
            r#"{"name":"N","archived":false}"#.to_owned(),
            &[][..],
        ),
        (
            "AccountUpdate",
            r#"{"name":"N","archived":false,"code":null}"#.to_owned(),
            &[],
        ),
        (
            "AccountUpdate",
            r#"{"name":null}"#.to_owned(),
            &["name null", "archived missing"],
        ),
        ("AccountUpdate", "7".to_owned(), &["kind object"]),
        ("AccountUpdate", "null".to_owned(), &["null"]),
        (
            "AccountUpdate",
            format!(r#"{{"name":"{}","archived":0}}"#, "é".repeat(256)),
            &["name too_long 255", "archived kind boolean"],
        ),
        (
            "AccountUpdate",
            r#"{"name":"N","archived":true,"colour":1,"colour":2}"#.to_owned(),
            &["colour unknown"],
        ),
        (
            "AccountBatchCreate",
            format!(r#"{{"companyId":"{id}","items":[]}}"#),
            &["items too_few 1"],
        ),
        (
            "AccountBatchCreate",
            format!(r#"{{"companyId":"{id}","items":[{{"externalId":"a","name":"b"}}]}}"#),
            &["items[0].archived missing"],
        ),
        (
            "BulkTagDelete",
            format!(r#"{{"companyId":"x","tagIds":["{id}",3]}}"#),
            &["companyId format uuid", "tagIds[1] kind string"],
        ),
        (
            "CompositeTagSearchRequest",
            format!(r#"{{"tagIds":["{id}","{id}"]}}"#),
            &["tagIds[1] repeated"],
        ),
        (
            "VendorSearchRequest",
            r#"{"states":["LIVE"]}"#.to_owned(),
            &["states[0] word DRAFT ACTIVE ARCHIVED"],
        ),
        (
            "TagGroupCreate",
            r#"{"archived":false,"code":"c","name":"n","metadata":{"a":1}}"#.to_owned(),
            &["metadata.a kind string"],
        ),
        (
            "Money",
            r#"{"currency":"EUR","minors":1.5}"#.to_owned(),
            &["minors kind integer"],
        ),
        (
            "Money",
            r#"{"currency":"EUR","minors":1.50e1}"#.to_owned(),
            &[],
        ),
        (
            "Money",
            r#"{"currency":"EUR","minors":1e99}"#.to_owned(),
            &["minors too_large 9223372036854775807"],
        ),
        (
            "Money",
            r#"{"currency":"EUR","minors":-9223372036854775809}"#.to_owned(),
            &["minors too_small -9223372036854775808"],
        ),
        (
            "ExportJob.expiresIn",
            "2147483648".to_owned(),
            &["too_large 2147483647"],
        ),
    ] {
        let schema = schema_at(schema);
        let value = parse(&value).unwrap();
        assert_eq!(
            fault_lines(&CATALOGUE.validate_strictly(schema, &value)),
            faults,
            "{value:?}"
        );
    }
}

/// `Schema` or `Schema.field`.
fn schema_at(path: &str) -> &'static Schema {
    let (name, field) = path.split_once('.').unwrap_or((path, ""));
    let schema = CATALOGUE.schema(name).unwrap();
    match &schema.shape {
        outlay_pleo::catalogue::SchemaShape::Object(it) => it
            .fields
            .iter()
            .find(|one| one.name == field)
            .map_or(schema, |one| &one.schema),
        _ => schema,
    }
}

#[test]
fn typed_text_becomes_a_json_value() {
    for (schema, text, value) in [
        (r#"{"type":"integer"}"#, "12", "12"),
        (r#"{"type":"integer"}"#, "-3e2", "-3e2"),
        (r#"{"type":"boolean"}"#, "true", "true"),
        (r#"{"type":"string"}"#, "12", "\"12\""),
        (r#"{"type":"string"}"#, "", "\"\""),
        (r#"{"$ref":"PageOrder"}"#, "ASC", "\"ASC\""),
        (
            r#"{"type":"array","items":{"$ref":"PageOrder"}}"#,
            "DESC",
            "[\"DESC\"]",
        ),
        (r#"{"type":"object"}"#, r#"{"a": 1}"#, r#"{"a":1}"#),
    ] {
        let schema: Schema = from_text(schema).unwrap();
        let found = CATALOGUE.of_text(&schema, text).unwrap();
        assert_eq!(to_text(&found), value, "{text}");
    }
    for (schema, text, fault) in [
        (r#"{"type":"integer"}"#, "1.5", "kind integer"),
        (r#"{"type":"integer"}"#, " 1", "kind integer"),
        (r#"{"type":"integer"}"#, "01", "kind integer"),
        (r#"{"type":"integer"}"#, "null", "kind integer"),
        (
            r#"{"type":"integer","maximum":100}"#,
            "101",
            "too_large 100",
        ),
        (r#"{"type":"number"}"#, "1,5", "kind number"),
        (r#"{"type":"boolean"}"#, "True", "kind boolean"),
        (
            r#"{"type":"string","pattern":"^[A-Z2-7=~]+$"}"#,
            "a",
            "pattern ^[A-Z2-7=~]+$",
        ),
        (
            r#"{"type":"array","items":{"type":"boolean"}}"#,
            "1",
            "kind boolean",
        ),
        (r#"{"type":"object"}"#, "[]", "kind object"),
        (r#"{"type":"object"}"#, "{", "kind object"),
    ] {
        let schema: Schema = from_text(schema).unwrap();
        assert_eq!(
            fault_lines(&CATALOGUE.of_text(&schema, text).unwrap_err()),
            [fault],
            "{text}"
        );
    }
}

#[test]
fn unresolved_or_cyclic_reference_allows_any_value() {
    let mut catalogue = outlay_pleo::catalogue::Catalogue::default();
    let round: Schema = from_text(r#"{"$ref":"A"}"#).unwrap();
    assert_eq!(catalogue.validate(&round, &parse("7").unwrap()), []);
    catalogue.schemas.push(("A".to_owned(), round.clone()));
    assert_eq!(catalogue.validate(&round, &parse("null").unwrap()), []);
}

#[test]
fn validation_error_round_trips() {
    let fault = ValueFault {
        at: "a[0]".to_owned(),
        code: FaultCode::TooLong,
        values: vec!["255".to_owned()],
    };
    let text = to_text(&fault);
    assert_eq!(text, r#"{"at":"a[0]","code":"too_long","values":["255"]}"#);
    assert_eq!(from_text::<ValueFault>(&text), Some(fault));
}
