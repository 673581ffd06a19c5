//! Records that leave default values out, so that the file stays small.

use outlay_wire::{Reading, Value, Wire, Writer};

/// Writes a field unless its value is the default.
pub(super) fn put<T: Wire + Default + PartialEq>(out: &mut Writer, name: &str, value: &T) {
    if *value != T::default() {
        out.field(name, value);
    }
}

/// Takes a field out; one that is not there is the default.
pub(super) fn get<T: Wire + Default>(json: &mut Value, name: &str, reading: &mut Reading) -> T {
    match json.take(name) {
        Value::Null => T::default(),
        value => T::take(value, reading),
    }
}

/// The shape of a struct, like `outlay_wire::record!`, but without its default values.
macro_rules! lean {
    ($type:ident { $($field:ident = $name:literal),* $(,)? }) => {
        impl outlay_wire::Wire for $type {
            fn write(&self, out: &mut outlay_wire::Writer) {
                out.open();
                $($crate::catalogue::lean::put(out, $name, &self.$field);)*
                out.close();
            }

            fn take(mut json: outlay_wire::Value, reading: &mut outlay_wire::Reading) -> Self {
                reading.require(json.as_object().is_some());
                Self { $($field: $crate::catalogue::lean::get(&mut json, $name, reading)),* }
            }
        }
    };
}

pub(super) use lean;
