//! Makes a draft of JSON, or states why a form cannot show it.

use outlay_pleo::catalogue::{Catalogue, Object, Schema, SchemaShape};
use outlay_wire::{Value, to_text};

use super::{FieldDraft, field, item};

/// The first part of a value that a form cannot show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unshown {
    /// Path of the part, in the notation of
    /// [`ValueFault::at`](outlay_pleo::catalogue::ValueFault::at).
    pub at: String,
    /// Reason, as a clause after "since".
    pub why: &'static str,
}

/// Makes the draft of a value. A form that showed less than the value would lose the rest of it.
///
/// # Errors
///
/// [`Unshown`] with the first place at which the value is `null` without being nullable, is an empty
/// text, has a field that the schema does not list, or has another JSON type than the schema.
pub fn draft(catalogue: &Catalogue, schema: &Schema, value: &Value) -> Result<FieldDraft, Unshown> {
    inside(catalogue, "", schema, value)
}

fn inside(
    catalogue: &Catalogue,
    at: &str,
    schema: &Schema,
    value: &Value,
) -> Result<FieldDraft, Unshown> {
    let no = |why| {
        let at = at.to_owned();
        Err(Unshown { at, why })
    };
    let (schema, nullable) = catalogue.resolve(schema);
    Ok(match (&schema.shape, value) {
        (SchemaShape::Any | SchemaShape::Named(_), value) => FieldDraft::Text(to_text(value)),
        (_, Value::Null) if nullable => FieldDraft::Null,
        (_, Value::Null) => return no("it is null where the field knows none"),
        (SchemaShape::Text(_), Value::Text(text)) if text.is_empty() => {
            return no("it is an empty text, which a form leaves out");
        }
        (SchemaShape::Text(_), Value::Text(text)) => FieldDraft::Text(text.clone()),
        (SchemaShape::Boolean, Value::Bool(true)) => FieldDraft::Text("true".to_owned()),
        (SchemaShape::Boolean, Value::Bool(false)) => FieldDraft::Text("false".to_owned()),
        (SchemaShape::Integer(_) | SchemaShape::Number(_), Value::Number(digits)) => {
            FieldDraft::Text(digits.clone())
        }
        (SchemaShape::List(list), Value::List(items)) => {
            let items = items.iter().enumerate();
            let items = items.map(|(n, it)| inside(catalogue, &item(at, n), &list.items, it));
            FieldDraft::List(items.collect::<Result<_, _>>()?)
        }
        (SchemaShape::Object(object), Value::Object(all)) => fields(catalogue, at, object, all)?,
        _ => return no("it is of another kind than the field"),
    })
}

fn fields(
    catalogue: &Catalogue,
    at: &str,
    object: &Object,
    all: &[(String, Value)],
) -> Result<FieldDraft, Unshown> {
    let mut known = Vec::new();
    for it in &object.fields {
        known.push(match all.iter().find(|(name, _)| *name == it.name) {
            Some((name, value)) => inside(catalogue, &field(at, name), &it.schema, value)?,
            None => match &catalogue.resolve(&it.schema).0.shape {
                SchemaShape::Object(_) | SchemaShape::List(_) => FieldDraft::Absent,
                _ => FieldDraft::Text(String::new()),
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
    Ok(FieldDraft::Object(known, others))
}
