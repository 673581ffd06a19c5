//! The same values before the catalogue and before the `jsonschema` crate.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use outlay_pleo::catalogue::{FaultCode, Schema, ValueFault};
use outlay_wire::to_text;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::CATALOGUE;
use crate::generate::{Choices, value};

static VALIDATORS: LazyLock<BTreeMap<&'static str, jsonschema::Validator>> = LazyLock::new(|| {
    let schemas = CATALOGUE.schemas.iter().map(|(name, schema)| {
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        (name.as_str(), options.build(&standard(schema)).unwrap())
    });
    schemas.collect()
});

/// A schema in the words of JSON Schema 2020-12, every name replaced by what it stands for.
fn standard(schema: &Schema) -> Json {
    let mut json: Json = serde_json::from_str(&to_text(schema)).unwrap();
    let keywords = json.as_object_mut().unwrap();
    let nullable = keywords.remove("nullable").is_some();
    let mut json = match keywords.get("$ref").and_then(Json::as_str) {
        Some(name) => standard(CATALOGUE.schema(name).unwrap()),
        None => inside(json),
    };
    if nullable && json["type"].is_string() {
        json["type"] = json!([json["type"], "null"]);
        if let Some(words) = json.get_mut("enum") {
            words.as_array_mut().unwrap().push(Json::Null);
        }
    }
    json
}

fn inside(mut json: Json) -> Json {
    let again =
        |json: &Json| standard(&outlay_wire::from_text::<Schema>(&json.to_string()).unwrap());
    for name in ["items", "additionalProperties"] {
        if let Some(inner) = json.get_mut(name) {
            *inner = again(inner);
        }
    }
    if let Some(fields) = json.get_mut("properties") {
        for (_, inner) in fields.as_object_mut().unwrap() {
            *inner = again(inner);
        }
    }
    let (low, high) = match json["format"].as_str() {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("int64") => (i64::MIN, i64::MAX),
        _ => return json,
    };
    let larger = json["minimum"].as_i64().map_or(low, |own| own.max(low));
    let smaller = json["maximum"].as_i64().map_or(high, |own| own.min(high));
    json["minimum"] = larger.into();
    json["maximum"] = smaller.into();
    json
}

/// `data[3].name` as `/data/3/name`; a duplicate is reported at its list.
fn pointer(fault: &ValueFault) -> String {
    let at = match fault.code {
        FaultCode::Repeated => fault.at.rsplit_once('[').unwrap().0,
        _ => &fault.at,
    };
    let at = at.replace('[', ".").replace(']', "");
    at.split('.')
        .filter(|step| !step.is_empty())
        .map(|step| format!("/{step}"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn validator_and_oracle_report_the_same_paths(schema in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (name, schema) = schema.get(&CATALOGUE.schemas);
        let value = value(&CATALOGUE, schema, &mut Choices(&bytes));
        let text = to_text(&value);
        let faults = CATALOGUE.validate(schema, &value);
        let ours: BTreeSet<_> = faults.iter().map(pointer).collect();
        let json: Json = serde_json::from_str(&text).unwrap();
        let theirs = VALIDATORS[name.as_str()].iter_errors(&json).map(|error| match error.kind() {
            ValidationErrorKind::Required { property } => {
                format!("{}/{}", error.instance_path(), property.as_str().unwrap())
            }
            _ => error.instance_path().to_string(),
        });
        let theirs: BTreeSet<_> = theirs.collect();
        prop_assert_eq!(ours, theirs, "{}: {}\n{:?}", name, text, faults);
    }

    #[test]
    fn strict_validation_adds_only_unknown_fields(schema in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (_, schema) = schema.get(&CATALOGUE.schemas);
        let value = value(&CATALOGUE, schema, &mut Choices(&bytes));
        let mut strict = CATALOGUE.validate_strictly(schema, &value);
        strict.retain(|fault| fault.code != FaultCode::Unknown);
        prop_assert_eq!(strict, CATALOGUE.validate(schema, &value));
    }
}

#[test]
fn generator_makes_valid_and_invalid_values() {
    let mut sound = 0;
    let mut codes = BTreeSet::new();
    for (at, (_, schema)) in CATALOGUE.schemas.iter().cycle().take(20_000).enumerate() {
        let bytes: Vec<u8> = (0..200_u64)
            .map(|n| (((at as u64 + 1) * (n + 7) * 2_654_435_761) >> 13) as u8)
            .collect();
        let value = value(&CATALOGUE, schema, &mut Choices(&bytes));
        let faults = CATALOGUE.validate_strictly(schema, &value);
        sound += usize::from(faults.is_empty());
        codes.extend(faults.iter().map(|fault| fault.code.word()));
    }
    assert!(sound > 1000, "{sound}");
    let all = [
        "format",
        "kind",
        "missing",
        "null",
        "repeated",
        "too_few",
        "too_large",
        "too_long",
        "too_many",
        "too_short",
        "unknown",
        "word",
    ];
    assert!(all.iter().all(|code| codes.contains(code)), "{codes:?}");
}
