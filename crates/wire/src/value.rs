//! JSON as a tree.

/// Any JSON value. A number keeps the digits it was written with: nothing here counts in floating
/// point, and money least of all. An object keeps its fields in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object; of two fields of one name the later counts.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// A string's text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A truth value.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A whole number of 64 bits, written without fraction and exponent.
    #[must_use]
    #[inline(never)]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// A whole number of 64 bits that is not negative, written without fraction and exponent.
    #[must_use]
    #[inline(never)]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// An array's items.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// An object's fields.
    #[must_use]
    pub fn as_object(&self) -> Option<&[(String, Value)]> {
        match self {
            Value::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// An object's field; none where this is no object.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let fields = self.as_object()?.iter().rev();
        fields
            .into_iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Takes an object's field out and leaves `null` in its place; `null` if there is none.
    #[must_use]
    #[inline(never)]
    pub fn take(&mut self, name: &str) -> Value {
        let Value::Object(fields) = self else {
            return Value::Null;
        };
        let found = fields.iter_mut().rev().find(|(known, _)| known == name);
        found.map_or(Value::Null, |(_, value)| core::mem::take(value))
    }
}
