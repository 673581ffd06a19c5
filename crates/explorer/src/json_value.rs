//! Makes JSON values for files.

use outlay_wire::Value;

/// An object with these fields, in this order.
pub fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let fields = fields.into_iter();
    Value::Object(
        fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// A text.
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
