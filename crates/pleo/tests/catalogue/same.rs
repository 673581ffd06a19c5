//! When two JSON values say the same.

use outlay_pleo::number::Decimal;
use outlay_wire::{Value, to_text};

/// A value in its one form: fields in order and without nulls, numbers however they are written.
pub fn settled(value: &Value) -> Value {
    match value {
        Value::Number(digits) => Value::Number(to_text(&Decimal::parse(digits).unwrap())),
        Value::List(items) => Value::List(items.iter().map(settled).collect()),
        Value::Object(fields) => {
            let there = fields.iter().filter(|(_, value)| *value != Value::Null);
            let mut fields: Vec<_> = there
                .map(|(name, value)| (name.clone(), settled(value)))
                .collect();
            fields.sort_by(|one, two| one.0.cmp(&two.0));
            Value::Object(fields)
        }
        other => other.clone(),
    }
}
