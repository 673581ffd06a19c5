//! What a value may be, in a few words beside its field.

use outlay_pleo::catalogue::{Catalogue, Format, List, Number, Schema, Shape, Text};
use outlay_wire::{Value, to_text};

use super::faults::format_words;

/// The type and limits, then what the document says about the field.
pub fn words(catalogue: &Catalogue, schema: &Schema, required: bool) -> String {
    let (inner, nullable) = catalogue.resolve(schema);
    let mut parts = vec![kind(catalogue, &inner.shape)];
    parts.extend(required.then(|| "needed".to_owned()));
    parts.extend(nullable.then(|| "or null".to_owned()));
    let default = [&schema.default, &inner.default]
        .into_iter()
        .find(|it| **it != Value::Null);
    parts.extend(default.map(|it| match it {
        Value::Text(text) => format!("default {text}"),
        other => format!("default {}", to_text(other)),
    }));
    // The document's own words may say the limits once more.
    let note = [&schema.note, &inner.note]
        .into_iter()
        .find(|it| !it.is_empty());
    parts.extend(note.filter(|note| !parts.contains(note)).cloned());
    parts.join(" · ")
}

fn kind(catalogue: &Catalogue, shape: &Shape) -> String {
    match shape {
        Shape::Any | Shape::Named(_) => "any JSON".to_owned(),
        Shape::Object(_) => "object".to_owned(),
        Shape::List(list) => of_list(catalogue, list),
        Shape::Text(text) => of_text(text),
        Shape::Integer(number) => of_number("whole number", number),
        Shape::Number(number) => of_number("number", number),
        Shape::Boolean => "true or false".to_owned(),
    }
}

fn of_list(catalogue: &Catalogue, list: &List) -> String {
    let items = kind(catalogue, &catalogue.resolve(&list.items).0.shape);
    let mut words = format!("list of {items}");
    words += &range("", list.fewest.map(i64::from), list.most.map(i64::from));
    if list.unique {
        words += ", none twice";
    }
    words
}

fn of_text(text: &Text) -> String {
    let mut words = match text.format {
        _ if !text.words.is_empty() => "word".to_owned(),
        Some(Format::Password) => "secret text".to_owned(),
        Some(Format::Uuid) => "UUID".to_owned(),
        Some(Format::DateTime) => "date and time".to_owned(),
        Some(format) => format_words(format.word())
            .trim_start_matches("a ")
            .to_owned(),
        None => "text".to_owned(),
    };
    let (low, high) = (text.shortest.map(i64::from), text.longest.map(i64::from));
    words += &range(" characters", low, high);
    if let Some(pattern) = &text.pattern {
        words += &format!(", {pattern}");
    }
    words
}

fn of_number(kind: &str, number: &Number) -> String {
    [kind, &range("", number.smallest, number.largest)].concat()
}

fn range(unit: &str, low: Option<i64>, high: Option<i64>) -> String {
    match (low, high) {
        (None, None) => String::new(),
        (Some(low), Some(high)) if low == high => format!(", {low}{unit}"),
        (Some(low), Some(high)) => format!(", {low} to {high}{unit}"),
        (Some(low), None) => format!(", at least {low}{unit}"),
        (None, Some(high)) => format!(", at most {high}{unit}"),
    }
}
