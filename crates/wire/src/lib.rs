//! Records to and from JSON, by way of `serde_json::Value`.
//!
//! Why not serde's derive: it writes a parser for every type, and those parsers were a third of
//! the vault's download. Here the one parser is `Value`'s, and a record costs a call per field.
//!
//! A type says its shape once, with [`record!`], [`union!`] or [`words!`]; [`Wire`] does the rest.
//! Reading is strict about types and lenient about presence: unknown fields are ignored, and an
//! absent field reads like `null`, which only `Option`, `Vec` and `Value` accept.

#![deny(missing_docs)]

mod shapes;

pub use serde_json::Value;

/// A value that goes to JSON and comes back.
pub trait Wire: Sized {
    /// The value as JSON.
    fn write(&self) -> Value;

    /// Takes the value out of JSON; `None` if it is not one.
    fn read(json: Value) -> Option<Self>;
}

/// JSON text of a value.
#[must_use]
pub fn to_text(value: &impl Wire) -> String {
    value.write().to_string()
}

/// The value of a JSON text; `None` if it is not JSON or not such a value.
#[must_use]
pub fn from_text<T: Wire>(text: &str) -> Option<T> {
    T::read(serde_json::from_str(text).ok()?)
}

/// The value of JSON bytes; `None` if they are not JSON or not such a value.
#[must_use]
pub fn from_bytes<T: Wire>(bytes: &[u8]) -> Option<T> {
    T::read(serde_json::from_slice(bytes).ok()?)
}

/// An object of these fields; for the macros.
#[doc(hidden)]
#[must_use]
#[inline(never)]
pub fn object(fields: Vec<(&'static str, Value)>) -> Value {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(
        fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// Takes a field out of an object, `null` if it has none; for the macros.
#[doc(hidden)]
#[must_use]
#[inline(never)]
pub fn take(object: &mut Value, name: &str) -> Value {
    object.get_mut(name).map_or(Value::Null, Value::take)
}

/// The variant that a union's JSON names, and what it holds; for the macros.
#[doc(hidden)]
#[must_use]
#[inline(never)]
pub fn variant(json: Value) -> Option<(String, Value)> {
    match json {
        Value::String(name) => Some((name, Value::Null)),
        Value::Object(fields) if fields.len() == 1 => fields.into_iter().next(),
        _ => None,
    }
}

/// The shape of a struct: its fields, each with its JSON name where that differs.
///
/// ```
/// struct Line { row_id: u32, note: Option<String> }
/// outlay_wire::record!(Line { row_id = "rowId", note = "note" });
/// let line: Line = outlay_wire::from_text(r#"{"rowId":7}"#).unwrap();
/// assert_eq!((line.row_id, line.note), (7, None));
/// ```
#[macro_export]
macro_rules! record {
    ($type:ident $(<$of:ident>)? { $($field:ident = $name:literal),* $(,)? }) => {
        impl$(<$of>)? $type$(<$of>)? {
            /// The JSON names of the fields.
            pub const FIELDS: &'static [&'static str] = &[$($name),*];
        }

        impl$(<$of: $crate::Wire>)? $crate::Wire for $type$(<$of>)? {
            fn write(&self) -> $crate::Value {
                $crate::object(vec![$(($name, $crate::Wire::write(&self.$field))),*])
            }

            fn read(mut json: $crate::Value) -> Option<Self> {
                if !json.is_object() {
                    return None;
                }
                Some(Self { $($field: $crate::Wire::read($crate::take(&mut json, $name))?),* })
            }
        }
    };
}

/// The shape of an enum with data: `"unit"`, `{"one": …}` or `{"fields": {…}}` by variant.
#[macro_export]
macro_rules! union {
    ($type:ident {
        units { $($unit:ident = $unit_name:literal),* $(,)? }
        ones { $($one:ident = $one_name:literal),* $(,)? }
        records { $($record:ident = $record_name:literal { $($field:ident),* $(,)? }),* $(,)? }
    }) => {
        impl $crate::Wire for $type {
            fn write(&self) -> $crate::Value {
                match self {
                    $(Self::$unit => $crate::Value::from($unit_name),)*
                    $(Self::$one(it) => $crate::object(vec![($one_name, $crate::Wire::write(it))]),)*
                    $(Self::$record { $($field),* } => $crate::object(vec![(
                        $record_name,
                        $crate::object(vec![$((stringify!($field), $crate::Wire::write($field))),*]),
                    )]),)*
                }
            }

            fn read(json: $crate::Value) -> Option<Self> {
                #[allow(unused_mut, unused_variables)]
                let (name, mut held) = $crate::variant(json)?;
                match name.as_str() {
                    $($unit_name => Some(Self::$unit),)*
                    $($one_name => Some(Self::$one($crate::Wire::read(held)?)),)*
                    $($record_name => Some(Self::$record {
                        $($field: $crate::Wire::read($crate::take(&mut held, stringify!($field)))?),*
                    }),)*
                    _ => None,
                }
            }
        }
    };
}

/// The shape of an enum without data: one word per variant.
#[macro_export]
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $crate::Wire for $type {
            fn write(&self) -> $crate::Value {
                $crate::Value::from(match self { $(Self::$variant => $word),* })
            }

            fn read(json: $crate::Value) -> Option<Self> {
                match json.as_str()? {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}
