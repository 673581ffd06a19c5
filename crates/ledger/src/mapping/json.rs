//! JSON with line breaks, for files that people read.

use outlay_wire::{Value, to_text};

/// The value on several lines, with two spaces for each level and a line break at the end. Objects
/// without lists and objects inside are on one line.
#[must_use]
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    put(value, 0, &mut out);
    out.push('\n');
    out
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn number(number: impl ToString) -> Value {
    Value::Number(number.to_string())
}

pub(crate) fn object(fields: Vec<(&str, Value)>) -> Value {
    let named = |(name, value): (&str, Value)| (name.to_owned(), value);
    Value::Object(fields.into_iter().map(named).collect())
}

fn put(value: &Value, level: usize, out: &mut String) {
    let inner = |out: &mut String, at: usize| {
        if at > 0 {
            out.push(',');
        }
        out.push('\n');
        out.push_str(&"  ".repeat(level + 1));
    };
    let end = |out: &mut String, bracket| {
        out.push('\n');
        out.push_str(&"  ".repeat(level));
        out.push(bracket);
    };
    match value {
        Value::Object(fields) if level == 0 || fields.iter().any(|(_, value)| is_long(value)) => {
            out.push('{');
            for (at, (name, value)) in fields.iter().enumerate() {
                inner(out, at);
                out.push_str(&to_text(name));
                out.push_str(": ");
                put(value, level + 1, out);
            }
            end(out, '}');
        }
        Value::Object(fields) => {
            out.push('{');
            for (at, (name, value)) in fields.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { " " });
                out.push_str(&to_text(name));
                out.push_str(": ");
                put(value, level + 1, out);
            }
            out.push_str(" }");
        }
        Value::List(items)
            if items
                .iter()
                .any(|item| matches!(item, Value::Object(_) | Value::List(_))) =>
        {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                inner(out, at);
                put(item, level + 1, out);
            }
            end(out, ']');
        }
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                put(item, level + 1, out);
            }
            out.push(']');
        }
        other => out.push_str(&to_text(other)),
    }
}

fn is_long(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::List(items) => items
            .iter()
            .any(|item| matches!(item, Value::Object(_) | Value::List(_))),
        _ => false,
    }
}
