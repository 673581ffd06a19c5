//! JSON, and records to and from it.
//!
//! Why not a library: `cargo xtask bench json` measures three. `serde_json` and `nanoserde` derive a
//! parser for every type; a program that reads entries and tokens grows by 18 and 16 kB (brotli) more
//! than with this crate, with `miniserde` by 3 kB more. `miniserde` needs a third of the time, but it rejects a whole document for one
//! unpaired surrogate, reads decimals as floating point, and reports neither the byte nor the field of
//! an error; the readers of odd answers rest on all three. Here one parser makes a [`Value`], and a
//! record costs a call per field.
//!
//! A type says its shape once, with [`record!`], [`union!`] or [`string_enum!`]; [`Wire`] does the rest.
//! Reading is strict about types and lenient about presence: unknown fields are ignored, and an
//! absent field reads like `null`, which only `Option`, `Vec` and `Value` accept. A faulty value is
//! noted in a [`Reading`] and read on past, so that no field needs a way out of its own; the whole is
//! then refused, by the path of its first faulty field.

#![deny(missing_docs)]

mod method;
mod reader;
mod reading;
mod shapes;

pub use method::Method;
pub use shapes::decimal;
mod value;
mod writer;

pub use reader::parse;
pub use reading::{Malformed, Reading};
pub use value::Value;
pub use writer::Writer;

/// A value that can be written as JSON and read from it.
pub trait Wire: Sized {
    /// Appends the value.
    fn write(&self, out: &mut Writer);

    /// Takes the value out of JSON. What is not one fails the `reading` and gives any value.
    fn take(json: Value, reading: &mut Reading) -> Self;

    /// Whether a record leaves the field out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Returns the JSON text of a value, without white space.
#[must_use]
pub fn to_text(value: &impl Wire) -> String {
    let mut out = Writer::default();
    value.write(&mut out);
    out.into_text()
}

/// The value that is this JSON; `None` if it is not such a value.
#[must_use]
pub fn read<T: Wire>(json: Value) -> Option<T> {
    let mut reading = Reading::default();
    let value = T::take(json, &mut reading);
    reading.fault().is_none().then_some(value)
}

/// The value of a JSON text; `None` if it is not JSON or not such a value.
#[must_use]
pub fn from_text<T: Wire>(text: &str) -> Option<T> {
    read(parse(text).ok()?)
}

/// The value of JSON bytes; `None` if they are not JSON or not such a value. Bytes that are not
/// UTF-8 become U+FFFD, as in [`String::from_utf8_lossy`]: within a string they change that string,
/// elsewhere the text is not JSON.
#[must_use]
pub fn from_bytes<T: Wire>(bytes: &[u8]) -> Option<T> {
    from_text(&String::from_utf8_lossy(bytes))
}

/// As [`from_text`], with the reason for a failure.
///
/// # Errors
///
/// The byte at which the text stops being JSON, or the path of the first faulty field.
pub fn read_text<T: Wire>(text: &str) -> Result<T, Malformed> {
    let json = parse(text).map_err(Malformed::NoJson)?;
    let mut reading = Reading::default();
    let value = T::take(json, &mut reading);
    match reading.into_fault() {
        Some(path) => Err(Malformed::Field(path)),
        None => Ok(value),
    }
}

/// Splits the JSON of a union into the variant's name and its content; for the macros of this
/// crate.
#[doc(hidden)]
#[must_use]
#[inline(never)]
pub fn variant(json: Value) -> (String, Value) {
    match json {
        Value::Text(name) => (name, Value::Null),
        Value::Object(fields) if fields.len() == 1 => fields.into_iter().next().unwrap_or_default(),
        _ => (String::new(), Value::Null),
    }
}

/// The shape of a struct: its fields, each with its JSON name.
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
            /// JSON names of the fields, in the order in which they are written.
            pub const FIELDS: &'static [&'static str] = &[$($name),*];
        }

        impl$(<$of: $crate::Wire>)? $crate::Wire for $type$(<$of>)? {
            fn write(&self, out: &mut $crate::Writer) {
                out.open();
                $(out.field($name, &self.$field);)*
                out.close();
            }

            fn take(mut json: $crate::Value, reading: &mut $crate::Reading) -> Self {
                reading.require(json.as_object().is_some());
                Self { $($field: reading.field(&mut json, $name)),* }
            }
        }
    };
}

/// The shape of an enum with data: `"unit"`, `{"one": …}` or `{"fields": {…}}` by variant. `else`
/// names what a faulty value reads as until the whole is refused.
#[macro_export]
macro_rules! union {
    ($type:ident {
        units { $($unit:ident = $unit_name:literal),* $(,)? }
        ones { $($one:ident = $one_name:literal),* $(,)? }
        records { $($record:ident = $record_name:literal { $($field:ident),* $(,)? }),* $(,)? }
        else $else:ident
    }) => {
        impl $crate::Wire for $type {
            fn write(&self, out: &mut $crate::Writer) {
                match self {
                    $(Self::$unit => out.text($unit_name),)*
                    $(Self::$one(it) => {
                        out.open();
                        out.field($one_name, it);
                        out.close();
                    })*
                    $(Self::$record { $($field),* } => {
                        out.open();
                        out.name($record_name);
                        out.open();
                        $(out.field(stringify!($field), $field);)*
                        out.close();
                        out.close();
                    })*
                }
            }

            fn take(json: $crate::Value, reading: &mut $crate::Reading) -> Self {
                #[allow(unused_mut, unused_variables)]
                let (name, mut held) = $crate::variant(json);
                match name.as_str() {
                    $($unit_name => Self::$unit,)*
                    $($one_name => Self::$one($crate::Wire::take(held, reading)),)*
                    $($record_name => Self::$record {
                        $($field: reading.field(&mut held, stringify!($field))),*
                    },)*
                    _ => {
                        reading.fail();
                        Self::$else
                    }
                }
            }
        }
    };
}

/// The shape of an enum without data, which must be `Copy`: one word per variant. Its values are listed
/// as `ALL`.
#[macro_export]
macro_rules! string_enum {
    ($type:ident { $first:ident = $first_word:literal $(, $variant:ident = $word:literal)* $(,)? }) => {
        impl $type {
            /// Every value, in the order of the definition.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// Returns the word of the value in JSON.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word),*
                }
            }

            /// The variant of this word; `None` if it is not one.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                // A search in a list is smaller than a comparison for each word.
                Self::ALL.iter().find(|one| one.word() == word).copied()
            }
        }

        impl $crate::Wire for $type {
            fn write(&self, out: &mut $crate::Writer) {
                out.text(self.word());
            }

            fn take(json: $crate::Value, reading: &mut $crate::Reading) -> Self {
                json.as_str().and_then(Self::from_word).unwrap_or_else(|| {
                    reading.fail();
                    Self::$first
                })
            }
        }
    };
}
