//! Values that a schema allows, made of bytes: with nulls, gaps, unknown words and odd numbers.

use outlay_pleo::catalogue::{Catalogue, Format, Schema, SchemaShape};
use outlay_wire::Value;

use crate::generate::Choices;

const ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const TEXTS: &[&str] = &["", "ABC", "a \"b\" \\ ", "ÆØÅ 😀", "UNKNOWN_TO_ALL"];
const CODES: &[&str] = &["EUR", "ISK", "KWD", "UNDEFINED", "X"];
const INSTANTS: &[&str] = &[
    "2025-02-21T10:05:43Z",
    "2025-02-21T10:05:43.000Z",
    "2025-02-21T10:05:43.530450712Z",
    "2025-02-21T10:05:43.5+02:00",
];

/// A sound value for the field of this name.
pub fn sound(
    catalogue: &Catalogue,
    name: &str,
    schema: &Schema,
    choices: &mut Choices<'_>,
) -> Value {
    let (schema, nullable) = catalogue.resolve(schema);
    if nullable && choices.next() > 190 {
        return Value::Null;
    }
    match &schema.shape {
        SchemaShape::Any | SchemaShape::Named(_) => {
            outlay_wire::parse(choices.of(&["{\"a\":[1,\"b\"]}", "7", "1.50e3", "true"])).unwrap()
        }
        SchemaShape::Boolean => Value::Bool(choices.next() > 127),
        SchemaShape::Integer(_) if name == "minors" => {
            number(choices.of(&["7", "0", "-350", "1e2", "30.0", "-9223372036854775808"]))
        }
        SchemaShape::Integer(_) => number(choices.of(&["7", "0", "100", "2147483647"])),
        SchemaShape::Number(_) => {
            number(choices.of(&["0.2", "0.20", "0", "-1.5e0", "89696", "12e-9", "1e99"]))
        }
        SchemaShape::Text(it) => Value::Text(match it.format {
            Some(Format::Uuid) => ID.to_owned(),
            Some(Format::Date) => "2026-11-15".to_owned(),
            Some(Format::DateTime) => choices.of(INSTANTS).to_owned(),
            _ if !it.enum_values.is_empty() => {
                it.enum_values[usize::from(choices.next()) % it.enum_values.len()].clone()
            }
            _ if it.shortest.is_some() => "EUR".to_owned(),
            _ if name.to_lowercase().contains("currency") => choices.of(CODES).to_owned(),
            _ => choices.of(TEXTS).to_owned(),
        }),
        SchemaShape::List(it) => {
            let most = if it.unique { 1 } else { 3 };
            let count = (choices.next() % (most + 1)).max(it.fewest.unwrap_or(0) as u8);
            Value::List(
                (0..count)
                    .map(|_| sound(catalogue, name, &it.items, choices))
                    .collect(),
            )
        }
        SchemaShape::Object(it) => {
            let mut fields = Vec::new();
            for field in &it.fields {
                if field.required || choices.next() > 100 {
                    let value = sound(catalogue, &field.name, &field.schema, choices);
                    fields.push((field.name.clone(), value));
                }
            }
            if let Some(others) = &it.others {
                for name in ["x-one", "two"] {
                    fields.push((name.to_owned(), sound(catalogue, name, others, choices)));
                }
            }
            Value::Object(fields)
        }
    }
}

fn number(digits: &str) -> Value {
    Value::Number(digits.to_owned())
}
