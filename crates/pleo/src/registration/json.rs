//! JSON for people: one field to a line.

use outlay_wire::{Value, to_text};

/// An object of these fields.
pub(super) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(super) fn list<'a>(items: impl IntoIterator<Item = &'a str>) -> Value {
    Value::List(items.into_iter().map(text).collect())
}

/// The text of a value, indented by two spaces, with a line break at its end.
pub(super) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, "\n", &mut out);
    out.push('\n');
    out
}

/// `line` is a line break and the present indentation.
fn write(value: &Value, line: &str, out: &mut String) {
    let inner = [line, "  "].concat();
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (at, (name, value)) in fields.iter().enumerate() {
                out.push_str(if at == 0 { "{" } else { "," });
                out.push_str(&inner);
                out.push_str(&to_text(name));
                out.push_str(": ");
                write(value, &inner, out);
            }
            out.push_str(line);
            out.push('}');
        }
        Value::List(items) if !items.is_empty() => {
            for (at, value) in items.iter().enumerate() {
                out.push_str(if at == 0 { "[" } else { "," });
                out.push_str(&inner);
                write(value, &inner, out);
            }
            out.push_str(line);
            out.push(']');
        }
        _ => out.push_str(&to_text(value)),
    }
}
