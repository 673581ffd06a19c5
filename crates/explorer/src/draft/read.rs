//! A draft of JSON, and why there is none.

use outlay_pleo::catalogue::{Catalogue, Object, Schema, Shape};
use outlay_wire::{Value, to_text};

use super::{Draft, field, item};

/// What a form cannot show, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unshown {
    /// The place, as faults name it.
    pub at: String,
    /// Why, after "…, since".
    pub why: &'static str,
}

/// The draft of a value. A form that showed less than the value would lose the rest of it.
pub fn draft(catalogue: &Catalogue, schema: &Schema, value: &Value) -> Result<Draft, Unshown> {
    inside(catalogue, "", schema, value)
}

fn inside(
    catalogue: &Catalogue,
    at: &str,
    schema: &Schema,
    value: &Value,
) -> Result<Draft, Unshown> {
    let no = |why| {
        let at = at.to_owned();
        Err(Unshown { at, why })
    };
    let (schema, nullable) = catalogue.resolve(schema);
    Ok(match (&schema.shape, value) {
        (Shape::Any | Shape::Named(_), value) => Draft::Text(to_text(value)),
        (_, Value::Null) if nullable => Draft::Null,
        (_, Value::Null) => return no("it is null where the field knows none"),
        (Shape::Text(_), Value::Text(text)) if text.is_empty() => {
            return no("it is an empty text, which a form leaves out");
        }
        (Shape::Text(_), Value::Text(text)) => Draft::Text(text.clone()),
        (Shape::Boolean, Value::Bool(true)) => Draft::Text("true".to_owned()),
        (Shape::Boolean, Value::Bool(false)) => Draft::Text("false".to_owned()),
        (Shape::Integer(_) | Shape::Number(_), Value::Number(digits)) => {
            Draft::Text(digits.clone())
        }
        (Shape::List(list), Value::List(items)) => {
            let items = items.iter().enumerate();
            let items = items.map(|(n, it)| inside(catalogue, &item(at, n), &list.items, it));
            Draft::List(items.collect::<Result<_, _>>()?)
        }
        (Shape::Object(object), Value::Object(all)) => fields(catalogue, at, object, all)?,
        _ => return no("it is of another kind than the field"),
    })
}

fn fields(
    catalogue: &Catalogue,
    at: &str,
    object: &Object,
    all: &[(String, Value)],
) -> Result<Draft, Unshown> {
    let mut known = Vec::new();
    for it in &object.fields {
        known.push(match all.iter().find(|(name, _)| *name == it.name) {
            Some((name, value)) => inside(catalogue, &field(at, name), &it.schema, value)?,
            None => match &catalogue.resolve(&it.schema).0.shape {
                Shape::Object(_) | Shape::List(_) => Draft::Absent,
                _ => Draft::Text(String::new()),
            },
        });
    }
    let mut others = Vec::new();
    for (number, (name, value)) in all.iter().enumerate() {
        let no = |why| {
            let at = field(at, name);
            Err(Unshown { at, why })
        };
        if all.iter().skip(number + 1).any(|(later, _)| later == name) {
            return no("it stands there twice");
        }
        if object.fields.iter().any(|it| it.name == *name) {
            continue;
        }
        match &object.others {
            Some(schema) => {
                let draft = inside(catalogue, &field(at, name), schema, value)?;
                others.push((name.clone(), draft));
            }
            None => return no("the form has no such field"),
        }
    }
    Ok(Draft::Object(known, others))
}
