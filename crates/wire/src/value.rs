//! JSON as a tree.

/// Any JSON value. A number keeps the digits it was written with: nothing here counts in floating
/// point, and money least of all. An object keeps its fields in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`; also the default.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as the digits in the text, so that no precision is lost.
    Number(String),
    /// A string, with escapes resolved.
    Text(String),
    /// An array, in the order of the text.
    List(Vec<Value>),
    /// An object in order; of two fields with one name the later one counts.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Returns the text of a string; `None` for other values.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a boolean; `None` for other values.
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

    /// Returns the items of an array; `None` for other values.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the fields of an object in order; `None` for other values.
    #[must_use]
    pub fn as_object(&self) -> Option<&[(String, Value)]> {
        match self {
            Value::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// Returns a field of an object; `None` without it, or for other values.
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
