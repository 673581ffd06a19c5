//! Converts a draft to JSON.

use outlay_pleo::catalogue::{Catalogue, FaultCode, Schema, SchemaShape, ValueFault};
use outlay_wire::{Value, parse};

use super::{FieldDraft, field, item, number};

/// Returns the value of a draft, `None` if everything is left out, and the parts that are no valid value.
/// Input that is no number in a number field is text in the value, so that it is not lost.
pub fn value(
    catalogue: &Catalogue,
    schema: &Schema,
    draft: &FieldDraft,
) -> (Option<Value>, Vec<ValueFault>) {
    let mut writing = Writing {
        catalogue,
        faults: Vec::new(),
    };
    let value = writing.value("", schema, draft);
    (value, writing.faults)
}

struct Writing<'a> {
    catalogue: &'a Catalogue,
    faults: Vec<ValueFault>,
}

impl Writing<'_> {
    fn value(&mut self, at: &str, schema: &Schema, draft: &FieldDraft) -> Option<Value> {
        let catalogue = self.catalogue;
        let shape = &catalogue.resolve(schema).0.shape;
        match (draft, shape) {
            (FieldDraft::Absent, _) => None,
            (FieldDraft::Null, _) => Some(Value::Null),
            (FieldDraft::Text(text), _) if text.is_empty() => None,
            (FieldDraft::Text(text), shape) => Some(self.scalar(at, shape, text)),
            (FieldDraft::List(items), SchemaShape::List(list)) => {
                let mut all = Vec::new();
                for (number, draft) in items.iter().enumerate() {
                    let place = item(at, number);
                    match self.value(&place, &list.items, draft) {
                        Some(value) => all.push(value),
                        None => self.fault(&place, FaultCode::Missing),
                    }
                }
                Some(Value::List(all))
            }
            (FieldDraft::Object(fields, others), SchemaShape::Object(object)) => {
                let mut all = Vec::new();
                for (known, draft) in object.fields.iter().zip(fields) {
                    let value = self.value(&field(at, &known.name), &known.schema, draft);
                    all.extend(value.map(|value| (known.name.clone(), value)));
                }
                for (number, (name, draft)) in others.iter().enumerate() {
                    let schema = object.others.as_deref().unwrap_or(schema);
                    let known = object.fields.iter().any(|it| it.name == *name);
                    let earlier = others.iter().take(number).any(|(other, _)| other == name);
                    let place = field(at, name);
                    let value = self.value(&place, schema, draft);
                    // A row that the user has started must not be dropped silently.
                    if name.is_empty() || value.is_none() {
                        self.fault(&place, FaultCode::Missing);
                    } else if known || earlier {
                        self.fault(&place, FaultCode::Repeated);
                    }
                    all.extend(value.map(|value| (name.clone(), value)));
                }
                Some(Value::Object(all))
            }
            (FieldDraft::List(_) | FieldDraft::Object(..), _) => None,
        }
    }

    fn fault(&mut self, at: &str, code: FaultCode) {
        self.faults.push(ValueFault {
            at: at.to_owned(),
            code,
            values: Vec::new(),
        });
    }

    fn scalar(&mut self, at: &str, shape: &SchemaShape, text: &str) -> Value {
        let words = || Value::Text(text.to_owned());
        match shape {
            SchemaShape::Boolean if text == "true" => Value::Bool(true),
            SchemaShape::Boolean if text == "false" => Value::Bool(false),
            SchemaShape::Integer(_) | SchemaShape::Number(_) => {
                number(text).map_or_else(words, Value::Number)
            }
            SchemaShape::Any | SchemaShape::Named(_) => parse(text).unwrap_or_else(|_| {
                self.faults.push(ValueFault {
                    at: at.to_owned(),
                    code: FaultCode::Kind,
                    values: vec!["json".to_owned()],
                });
                words()
            }),
            _ => words(),
        }
    }
}
