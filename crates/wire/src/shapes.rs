//! The shapes that records are made of.

use serde_json::Value;

use crate::{Wire, object, variant};

impl Wire for Value {
    fn write(&self) -> Value {
        self.clone()
    }

    fn read(json: Value) -> Option<Value> {
        Some(json)
    }
}

impl Wire for String {
    fn write(&self) -> Value {
        Value::String(self.clone())
    }

    fn read(json: Value) -> Option<String> {
        match json {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Wire for bool {
    fn write(&self) -> Value {
        Value::Bool(*self)
    }

    fn read(json: Value) -> Option<bool> {
        json.as_bool()
    }
}

macro_rules! integers {
    ($($type:ident through $as:ident),*) => {$(
        impl Wire for $type {
            fn write(&self) -> Value {
                Value::from(*self)
            }

            fn read(json: Value) -> Option<$type> {
                json.$as()?.try_into().ok()
            }
        }
    )*};
}

integers!(
    i32 through as_i64,
    i64 through as_i64,
    u16 through as_u64,
    u32 through as_u64,
    u64 through as_u64
);

impl<T: Wire> Wire for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Wire::write)
    }

    fn read(json: Value) -> Option<Option<T>> {
        match json {
            Value::Null => Some(None),
            json => T::read(json).map(Some),
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self) -> Value {
        Value::Array(self.iter().map(Wire::write).collect())
    }

    fn read(json: Value) -> Option<Vec<T>> {
        match json {
            Value::Null => Some(Vec::new()),
            Value::Array(items) => items.into_iter().map(T::read).collect(),
            _ => None,
        }
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self) -> Value {
        Value::Array(vec![self.0.write(), self.1.write()])
    }

    fn read(json: Value) -> Option<(A, B)> {
        match json {
            Value::Array(items) => {
                let [first, second] = <[Value; 2]>::try_from(items).ok()?;
                Some((A::read(first)?, B::read(second)?))
            }
            _ => None,
        }
    }
}

/// As serde writes it: `{"Ok": …}` or `{"Err": …}`.
impl<T: Wire, E: Wire> Wire for Result<T, E> {
    fn write(&self) -> Value {
        match self {
            Ok(value) => object(vec![("Ok", value.write())]),
            Err(error) => object(vec![("Err", error.write())]),
        }
    }

    fn read(json: Value) -> Option<Result<T, E>> {
        let (name, held) = variant(json)?;
        match name.as_str() {
            "Ok" => T::read(held).map(Ok),
            "Err" => E::read(held).map(Err),
            _ => None,
        }
    }
}
