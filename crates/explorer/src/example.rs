//! Example values of a schema: what a request and a response look like, before anything is sent.

use outlay_pleo::catalogue::{Catalogue, Format, Schema, SchemaShape, TextShape};
use outlay_wire::Value;

/// Objects deeper than this are left empty, so that a schema that contains itself ends.
const DEEPEST: usize = 8;

/// Returns a value that the schema allows, the same for each call. `name` is that of its field; it
/// selects the example of a text.
pub fn example(catalogue: &Catalogue, schema: &Schema, name: &str) -> Value {
    at_depth(catalogue, schema, name, 0)
}

fn at_depth(catalogue: &Catalogue, schema: &Schema, name: &str, depth: usize) -> Value {
    let inner = catalogue.resolve(schema).0;
    let default = [&schema.default, &inner.default];
    if let Some(default) = default.into_iter().find(|it| **it != Value::Null) {
        return default.clone();
    }
    match &inner.shape {
        SchemaShape::Any | SchemaShape::Named(_) => Value::Text("text".to_owned()),
        SchemaShape::Object(object) => {
            let mut fields = Vec::new();
            for field in &object.fields {
                if depth < DEEPEST || field.required {
                    let value = at_depth(catalogue, &field.schema, &field.name, depth + 1);
                    fields.push((field.name.clone(), value));
                }
            }
            if let Some(others) = object.others.as_ref().filter(|_| fields.is_empty()) {
                let value = at_depth(catalogue, others, "name", depth + 1);
                fields.push(("name".to_owned(), value));
            }
            Value::Object(fields)
        }
        SchemaShape::List(list) if depth >= DEEPEST && list.fewest.unwrap_or(0) == 0 => {
            Value::List(Vec::new())
        }
        SchemaShape::List(list) => {
            Value::List(vec![at_depth(catalogue, &list.items, name, depth + 1)])
        }
        SchemaShape::Text(text) => Value::Text(of_text(text, name)),
        SchemaShape::Integer(number) | SchemaShape::Number(number) => {
            let low = number.smallest.unwrap_or(i64::MIN);
            let high = number.largest.unwrap_or(i64::MAX);
            let usual = match name {
                "value" | "minors" => 12_500,
                "limit" => 20,
                "expiresIn" => 3_600,
                _ => 1,
            };
            Value::Number(usual.clamp(low, high).to_string())
        }
        SchemaShape::Boolean => Value::Bool(true),
    }
}

fn of_text(text: &TextShape, name: &str) -> String {
    if let Some(first) = text.enum_values.first() {
        return first.clone();
    }
    match text.format {
        Some(Format::Uuid) => return "0f8fad5b-d9cb-469f-a165-70867728950e".to_owned(),
        Some(Format::Date) => return "2026-01-15".to_owned(),
        Some(Format::DateTime) => return "2026-01-15T09:30:00Z".to_owned(),
        Some(Format::Password) => return "…".to_owned(),
        _ => {}
    }
    let lower = name.to_ascii_lowercase();
    let known = [
        ("email", "name@company.example"),
        ("url", "https://files.example/1"),
        ("currency", "EUR"),
        ("currencies", "EUR"),
        ("defaultcurrency", "EUR"),
        ("country", "DK"),
        ("countries", "DK"),
        (
            "urn",
            "urn:pleo:company:0f8fad5b-d9cb-469f-a165-70867728950e",
        ),
        ("eventtypes", "v1.export-job.created"),
        ("cursor", "MTU"),
        ("code", "4100"),
        ("date", "2026-01-15"),
    ];
    let known = known.iter().find(|(end, _)| lower.ends_with(end));
    let mut example = known.map_or("text", |(_, example)| example).to_owned();
    if let Some(pattern) = &text.pattern {
        example = of_pattern(pattern, text).unwrap_or(example);
    }
    let longest = text.longest.unwrap_or(u32::MAX) as usize;
    let shortest = text.shortest.unwrap_or(0) as usize;
    let mut example: String = example.chars().take(longest).collect();
    while example.chars().count() < shortest {
        example.push('x');
    }
    example
}

/// A text for the patterns of the document: sets of characters between `^` and `$`.
fn of_pattern(pattern: &str, text: &TextShape) -> Option<String> {
    if pattern.contains("[0-9]{4}-") || pattern.contains("\\d{4}-") {
        return Some("2026-01-15".to_owned());
    }
    let one = if pattern.contains("A-Z") {
        'A'
    } else if pattern.contains("a-z") {
        'a'
    } else if pattern.contains("0-9") || pattern.contains("\\d") {
        '1'
    } else {
        return None;
    };
    let count = pattern
        .split_once('{')
        .and_then(|(_, rest)| rest.split(['}', ',']).next()?.parse().ok());
    let count = count.unwrap_or(text.shortest.unwrap_or(1).max(1) as usize);
    Some(core::iter::repeat_n(one, count).collect())
}
