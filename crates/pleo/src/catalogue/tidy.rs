//! A schema of the document made into one of the catalogue.

use outlay_wire::{Value, read};

use super::openapi::{Misread, misread};
use super::schema::Schema;

type ParseResult<T> = Result<T, Misread>;

/// The schema of a body; `None` without a body.
pub(super) fn content(at: &str, json: &Value) -> ParseResult<Option<Schema>> {
    let content = json
        .get("content")
        .and_then(|it| it.get("application/json"));
    let schema = content.and_then(|it| it.get("schema")).cloned();
    schema.map(|json| schema_of(at, json)).transpose()
}

/// Reads a schema, after making its words those of the catalogue.
pub(super) fn schema_of(at: &str, mut json: Value) -> ParseResult<Schema> {
    tidy(at, &mut json)?;
    read(json).ok_or_else(|| misread(at, "a schema that cannot be read"))
}

/// References by name alone, and `allOf` of one as that one. Keywords of which a catalogue would say
/// nothing are refused.
fn tidy(at: &str, json: &mut Value) -> ParseResult<()> {
    const KEYWORDS: &[&str] = &[
        "$ref",
        "additionalProperties",
        "allOf",
        "default",
        "description",
        "enum",
        "format",
        "items",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minLength",
        "minimum",
        "nullable",
        "pattern",
        "properties",
        "required",
        "type",
        "uniqueItems",
    ];
    let Value::Object(keywords) = json else {
        return Err(misread(at, "a schema that is no object"));
    };
    if let Some(place) = keywords.iter().position(|(name, _)| name == "allOf") {
        match keywords.remove(place).1 {
            Value::List(only) if only.len() == 1 => {
                keywords.extend(only.into_iter().filter_map(fields_of).flatten());
            }
            _ => return Err(misread(at, "allOf of several")),
        }
    }
    for (name, value) in keywords {
        match (name.as_str(), value) {
            ("$ref", Value::Text(reference)) => {
                let name = reference.strip_prefix("#/components/schemas/");
                *reference = name
                    .ok_or_else(|| misread(at, "a foreign reference"))?
                    .to_owned();
            }
            ("properties", Value::Object(all)) => {
                all.iter_mut()
                    .try_for_each(|(_, schema)| tidy(at, schema))?;
            }
            ("items" | "additionalProperties", schema) => tidy(at, schema)?,
            (known, _) if KEYWORDS.contains(&known) => {}
            _ => return Err(misread(at, "an unknown keyword")),
        }
    }
    Ok(())
}

fn fields_of(value: Value) -> Option<Vec<(String, Value)>> {
    match value {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}
