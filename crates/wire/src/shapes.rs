//! The shapes that records are made of.

use crate::{Reading, Value, Wire, Writer, variant};

impl Wire for Value {
    fn write(&self, out: &mut Writer) {
        match self {
            Value::Null => out.raw("null"),
            Value::Bool(value) => value.write(out),
            Value::Number(digits) => out.raw(digits),
            Value::Text(text) => out.text(text),
            Value::List(items) => items.write(out),
            Value::Object(fields) => {
                out.open();
                for (name, value) in fields {
                    out.name(name);
                    value.write(out);
                }
                out.close();
            }
        }
    }

    fn take(json: Value, _: &mut Reading) -> Value {
        json
    }

    fn is_absent(&self) -> bool {
        *self == Value::Null
    }
}

impl Wire for String {
    fn write(&self, out: &mut Writer) {
        out.text(self);
    }

    #[inline(never)]
    fn take(json: Value, reading: &mut Reading) -> String {
        match json {
            Value::Text(text) => text,
            _ => {
                reading.fail();
                String::new()
            }
        }
    }
}

impl Wire for bool {
    fn write(&self, out: &mut Writer) {
        out.raw(if *self { "true" } else { "false" });
    }

    fn take(json: Value, reading: &mut Reading) -> bool {
        let read = json.as_bool();
        reading.require(read.is_some());
        read == Some(true)
    }
}

macro_rules! integers {
    ($($type:ident through $as:ident, $sign:expr, $magnitude:expr;)*) => {$(
        impl Wire for $type {
            fn write(&self, out: &mut Writer) {
                let number = *self;
                out.raw(&[$sign(number), &decimal($magnitude(number))].concat());
            }

            fn take(json: Value, reading: &mut Reading) -> $type {
                let read = json.$as().and_then(|number| number.try_into().ok());
                reading.require(read.is_some());
                read.unwrap_or_default()
            }
        }
    )*};
}

integers!(
    i32 through as_i64, |number| if number < 0 { "-" } else { "" }, |number: i32| number.unsigned_abs().into();
    i64 through as_i64, |number| if number < 0 { "-" } else { "" }, i64::unsigned_abs;
    u16 through as_u64, |_| "", u64::from;
    u32 through as_u64, |_| "", u64::from;
    u64 through as_u64, |_| "", u64::from;
);

/// The decimal digits of a number. The standard library's way to the same brings its whole formatting
/// along: a kilobyte of the vault.
#[must_use]
pub fn decimal(mut number: u64) -> String {
    let mut digits = [b'0'; 20];
    let mut from = digits.len();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
        from -= 1;
        if number == 0 {
            break;
        }
    }
    digits.iter().skip(from).copied().map(char::from).collect()
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut Writer) {
        match self {
            Some(value) => value.write(out),
            None => out.raw("null"),
        }
    }

    fn take(json: Value, reading: &mut Reading) -> Option<T> {
        (json != Value::Null).then(|| T::take(json, reading))
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.open_list();
        for item in self {
            item.write(out);
        }
        out.close_list();
    }

    fn take(json: Value, reading: &mut Reading) -> Vec<T> {
        match json {
            Value::Null => Vec::new(),
            Value::List(items) => items
                .into_iter()
                .enumerate()
                .map(|(at, item)| reading.item(item, at))
                .collect(),
            _ => {
                reading.fail();
                Vec::new()
            }
        }
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, out: &mut Writer) {
        out.open_list();
        self.0.write(out);
        self.1.write(out);
        out.close_list();
    }

    fn take(json: Value, reading: &mut Reading) -> (A, B) {
        let mut items = Vec::<Value>::take(json, reading).into_iter();
        let pair = (items.next(), items.next());
        reading.require(pair.1.is_some() && items.next().is_none());
        let first = A::take(pair.0.unwrap_or_default(), reading);
        (first, B::take(pair.1.unwrap_or_default(), reading))
    }
}

/// `{"Ok": …}` or `{"Err": …}`.
impl<T: Wire, E: Wire> Wire for Result<T, E> {
    fn write(&self, out: &mut Writer) {
        out.open();
        match self {
            Ok(value) => out.field("Ok", value),
            Err(error) => out.field("Err", error),
        }
        out.close();
    }

    fn take(json: Value, reading: &mut Reading) -> Result<T, E> {
        let (name, held) = variant(json);
        reading.require(name == "Ok" || name == "Err");
        if name == "Ok" {
            Ok(T::take(held, reading))
        } else {
            Err(E::take(held, reading))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn decimal_matches_the_standard_library(
            number in any::<u64>(),
            signed in any::<i64>(),
            small in any::<i32>(),
        ) {
            prop_assert_eq!(decimal(number), number.to_string());
            prop_assert_eq!(crate::to_text(&signed), signed.to_string());
            prop_assert_eq!(crate::to_text(&small), small.to_string());
        }
    }

    #[test]
    fn boundary_numbers_are_written_exactly() {
        for number in [0, 1, 9, 10, 99, 100, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
        assert_eq!(crate::to_text(&i64::MIN), i64::MIN.to_string());
    }
}
