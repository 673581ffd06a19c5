//! Parses the text of an input field or a query parameter as a value.

use outlay_wire::{Value, parse};

use super::Catalogue;
use super::fault::{FaultCode, ValueFault};
use super::schema::{Schema, SchemaShape};

impl Catalogue {
    /// The value that a text is under a schema: `12` for an integer, `true` for a boolean, the text
    /// itself for a string, JSON for anything else. A list is made of its one item.
    ///
    /// # Errors
    ///
    /// What is wrong with the value, as [`Catalogue::validate`] says it.
    pub fn of_text(&self, schema: &Schema, text: &str) -> Result<Value, Vec<ValueFault>> {
        let shape = &self.resolve(schema).0.shape;
        let value = match shape {
            SchemaShape::Text(_) => Some(Value::Text(text.to_owned())),
            SchemaShape::Boolean => match text {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            SchemaShape::List(bounds) => {
                return self
                    .of_text(&bounds.items, text)
                    .map(|item| Value::List(vec![item]));
            }
            SchemaShape::Integer(_) | SchemaShape::Number(_) => {
                // JSON with nothing around it: no space, no zero before the digits.
                let number = Value::Number(text.to_owned());
                parse(text).ok().filter(|read| *read == number)
            }
            _ => parse(text).ok(),
        };
        let Some(value) = value else {
            return Err(vec![ValueFault {
                at: String::new(),
                code: FaultCode::Kind,
                values: vec![shape.word().to_owned()],
            }]);
        };
        let faults = self.validate(schema, &value);
        if faults.is_empty() {
            Ok(value)
        } else {
            Err(faults)
        }
    }
}
