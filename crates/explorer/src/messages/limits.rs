//! The type and limits of a value, in a few words next to its field.

use outlay_pleo::catalogue::{
    Catalogue, Format, ListShape, Number, Schema, SchemaShape, TextShape,
};
use outlay_wire::{Value, to_text};

use super::faults::format_label;
use super::unit;

/// Returns type and limits of a field, then the document's description.
pub fn description(catalogue: &Catalogue, schema: &Schema, required: bool) -> String {
    let (inner, nullable) = catalogue.resolve(schema);
    let mut parts = vec![kind(catalogue, &inner.shape)];
    parts.extend(required.then(|| "required".to_owned()));
    parts.extend(nullable.then(|| "or null".to_owned()));
    let default = [&schema.default, &inner.default]
        .into_iter()
        .find(|it| **it != Value::Null);
    parts.extend(default.map(|it| match it {
        Value::Text(text) => format!("default {text}"),
        other => format!("default {}", to_text(other)),
    }));
    // The document's own description may repeat the limits.
    let note = [&schema.note, &inner.note]
        .into_iter()
        .find(|it| !it.is_empty());
    parts.extend(note.filter(|note| !parts.contains(note)).cloned());
    parts.join(" · ")
}

/// Returns type and limits of a value, for example `integer, 1 to 100`.
pub fn kind(catalogue: &Catalogue, shape: &SchemaShape) -> String {
    match shape {
        SchemaShape::Any | SchemaShape::Named(_) => "any JSON".to_owned(),
        SchemaShape::Object(_) => "object".to_owned(),
        SchemaShape::List(list) => of_list(catalogue, list),
        SchemaShape::Text(text) => of_text(text),
        SchemaShape::Integer(number) => of_number("integer", number),
        SchemaShape::Number(number) => of_number("number", number),
        SchemaShape::Boolean => "boolean".to_owned(),
    }
}

fn of_list(catalogue: &Catalogue, list: &ListShape) -> String {
    let items = kind(catalogue, &catalogue.resolve(&list.items).0.shape);
    let mut description = format!("list of {}", plural(&items));
    description += &range("", list.fewest.map(i64::from), list.most.map(i64::from));
    if list.unique {
        description += ", unique";
    }
    description
}

/// `integer, 1 to 100` as `integers, 1 to 100`.
fn plural(kind: &str) -> String {
    match kind.split_once(',') {
        _ if kind.starts_with("any") || kind.starts_with("list") => kind.to_owned(),
        Some((name, limits)) => [name, "s,", limits].concat(),
        None => [kind, "s"].concat(),
    }
}

fn of_text(text: &TextShape) -> String {
    let mut description = match text.format {
        _ if !text.enum_values.is_empty() => "value".to_owned(),
        Some(Format::Password) => "secret string".to_owned(),
        Some(Format::Uuid) => "UUID".to_owned(),
        Some(Format::DateTime) => "date and time".to_owned(),
        Some(format) => format_label(format.word())
            .trim_start_matches("a ")
            .to_owned(),
        None => "string".to_owned(),
    };
    let (low, high) = (text.shortest.map(i64::from), text.longest.map(i64::from));
    description += &range("character", low, high);
    if let Some(pattern) = &text.pattern {
        description += &format!(", {pattern}");
    }
    description
}

fn of_number(kind: &str, number: &Number) -> String {
    [kind, &range("", number.smallest, number.largest)].concat()
}

/// Returns the bounds, each included. `noun` is the unit in the singular; empty for none.
fn range(noun: &str, low: Option<i64>, high: Option<i64>) -> String {
    let counted = |number: i64| {
        let number = number.to_string();
        match noun {
            "" => number,
            noun => [&*number, &unit(&number, noun)].concat(),
        }
    };
    match (low, high) {
        (None, None) => String::new(),
        (Some(low), Some(high)) if low == high => [", ", &counted(low)].concat(),
        (Some(low), Some(high)) => format!(", {low} to {}", counted(high)),
        (Some(low), None) => [", at least ", &counted(low)].concat(),
        (None, Some(high)) => [", at most ", &counted(high)].concat(),
    }
}
