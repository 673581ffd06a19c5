//! Rules for request bodies beyond their schemas, the same for every operation.

use outlay_pleo::catalogue::{Endpoint, SchemaShape};
use outlay_wire::Value;

use crate::api::catalogue::CATALOGUE;

/// The first name that an object has twice: the meaning of such an object is undefined (RFC 8259
/// section 4).
pub fn repeated(value: &Value) -> Option<&str> {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
            names.sort_unstable();
            let twice = names.windows(2).find(|pair| pair.first() == pair.last());
            let twice = twice.and_then(|pair| pair.first().copied());
            twice.or_else(|| fields.iter().find_map(|(_, value)| repeated(value)))
        }
        Value::List(items) => items.iter().find_map(repeated),
        _ => None,
    }
}

/// The first of the fields `name` and `code` that the operation needs and that is empty.
pub fn empty(endpoint: &'static Endpoint, body: &Value) -> Option<&'static str> {
    let schema = &endpoint.body.as_ref()?.schema;
    let SchemaShape::Object(wanted) = &CATALOGUE.resolve(schema).0.shape else {
        return None;
    };
    let needed = wanted.fields.iter().filter(|field| field.required);
    let mut needed = needed.map(|field| field.name.as_str());
    needed.find(|name| {
        let is_empty = body.get(name).and_then(Value::as_str) == Some("");
        ["name", "code"].contains(name) && is_empty
    })
}
