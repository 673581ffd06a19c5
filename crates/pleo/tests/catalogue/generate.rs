//! Values made of bytes: mostly what a schema allows, sometimes not.

use outlay_pleo::catalogue::{Catalogue, Format, Schema, SchemaShape};
use outlay_wire::Value;

/// A supply of choices; when it has run out, the first of everything.
pub struct Choices<'a>(pub &'a [u8]);

impl Choices<'_> {
    pub fn next(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    pub fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[usize::from(self.next()) % all.len()]
    }
}

const STRANGE: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "2147483648",
    "-2147483649",
    "9223372036854775808",
    "1e2",
    "30.0",
    "0.5",
    "1e-1",
    "\"\"",
    "\"x\"",
    "\"ÆØÅ\"",
    "[]",
    "[[]]",
    "{}",
    "{\"a\":null}",
    "[1,1]",
];

/// A value for a schema, wrong now and then.
pub fn value(catalogue: &Catalogue, schema: &Schema, choices: &mut Choices<'_>) -> Value {
    if choices.next() > 235 {
        return outlay_wire::parse(choices.of(STRANGE)).unwrap();
    }
    let text = |text: &str| Value::Text(text.to_owned());
    match &catalogue.resolve(schema).0.shape {
        SchemaShape::Any | SchemaShape::Named(_) => {
            outlay_wire::parse(choices.of(STRANGE)).unwrap()
        }
        SchemaShape::Boolean => Value::Bool(choices.next() > 127),
        SchemaShape::Integer(_) => {
            number(choices.of(&["7", "0", "-3", "100", "101", "1e1", "20.0", "1.5"]))
        }
        SchemaShape::Number(_) => number(choices.of(&["0.2", "0", "-1.50", "1e-3", "89696"])),
        SchemaShape::Text(it) => {
            if let Some(length) = [it.shortest, it.longest].into_iter().flatten().max()
                && choices.next() > 100
            {
                let more = usize::from(choices.next() % 3);
                return Value::Text("é".repeat(length as usize - 1 + more));
            }
            let plain = ["ABC", "A=~7", "a b", "\u{0}", "😀😀😀"];
            match it.format {
                Some(Format::Uuid) => text(choices.of(&[
                    "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
                    "00000000-0000-0000-0000-000000000000",
                    "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
                    "3f2504e0-4f89-41d3-9a0c-0305e82c330",
                    "3f2504e04f8941d39a0c0305e82c3301",
                ])),
                Some(Format::Date) => {
                    text(choices.of(&["2026-11-15", "2024-02-29", "2025-02-29", "15.11.2026"]))
                }
                Some(Format::DateTime) => text(choices.of(&[
                    "2025-02-21T10:05:43Z",
                    "2025-02-21T10:05:43.530450712Z",
                    "2025-02-21T10:05:43+02:00",
                    "2025-02-21",
                    "2025-02-21T10:05:43",
                    "2025-02-30T10:05:43Z",
                    "2025-02-21T25:05:43Z",
                ])),
                _ if !it.enum_values.is_empty() && choices.next() < 200 => {
                    let at = usize::from(choices.next()) % it.enum_values.len();
                    text(&it.enum_values[at])
                }
                _ => text(choices.of(&plain)),
            }
        }
        SchemaShape::List(it) => {
            let count = usize::from(choices.next() % 4);
            let mut items: Vec<_> = (0..count)
                .map(|_| value(catalogue, &it.items, choices))
                .collect();
            if let (Some(most), Some(first), true) =
                (it.most, items.first().cloned(), choices.next() > 200)
            {
                items.resize(most as usize - 1 + usize::from(choices.next() % 3), first);
            }
            Value::List(items)
        }
        SchemaShape::Object(it) => {
            let mut fields = Vec::new();
            for field in &it.fields {
                let chance = if field.required { 245 } else { 160 };
                if choices.next() < chance {
                    fields.push((field.name.clone(), value(catalogue, &field.schema, choices)));
                }
            }
            if choices.next() > 180 {
                let others = it.others.as_deref().cloned().unwrap_or_default();
                for name in ["extra", "more"] {
                    fields.push((name.to_owned(), value(catalogue, &others, choices)));
                }
            }
            Value::Object(fields)
        }
    }
}

fn number(digits: &str) -> Value {
    Value::Number(digits.to_owned())
}
