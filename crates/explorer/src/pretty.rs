//! A small value as text with lines and indents, to be edited.

use outlay_wire::{Value, to_text};

/// Returns JSON text with two spaces for each level.
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    put(&mut out, value, 0);
    out
}

fn put(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::List(items) if !items.is_empty() => {
            let items = items.iter().map(|value| (None, value));
            block(out, ['[', ']'], items, depth);
        }
        Value::Object(fields) if !fields.is_empty() => {
            let fields = fields.iter().map(|(name, value)| (Some(name), value));
            block(out, ['{', '}'], fields, depth);
        }
        other => out.push_str(&to_text(other)),
    }
}

fn block<'a>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl Iterator<Item = (Option<&'a String>, &'a Value)>,
    depth: usize,
) {
    out.push(open);
    for (number, (name, value)) in items.enumerate() {
        out.push_str(if number == 0 { "\n" } else { ",\n" });
        indent(out, depth + 1);
        if let Some(name) = name {
            out.push_str(&to_text(name));
            out.push_str(": ");
        }
        put(out, value, depth + 1);
    }
    out.push('\n');
    indent(out, depth);
    out.push(close);
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}
