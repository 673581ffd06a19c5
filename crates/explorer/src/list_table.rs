//! A response's list as a table: one row for each item, one column for each field.

use outlay_wire::{Value, to_text};

/// Nested objects become columns down to this depth; deeper ones are JSON text.
const DEEPEST: usize = 3;

/// Most columns; further fields are left out and counted.
const MOST_COLUMNS: usize = 60;

/// Most characters of a cell.
const LONGEST: usize = 200;

/// The table of one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListTable {
    /// Paths of the fields, for example `amount.value`, in the order of their first appearance.
    pub columns: Vec<String>,
    /// How many columns are left out.
    pub left_out: usize,
    /// The items.
    items: Vec<Value>,
}

impl ListTable {
    /// Makes the table of the list in a response: the value itself, its `data`, or its only list.
    /// `None` without a list of at least one object.
    pub fn of(mut value: Value) -> Option<ListTable> {
        let items = match &mut value {
            Value::List(items) => core::mem::take(items),
            Value::Object(fields) => {
                let is_list = |value: &Value| matches!(value, Value::List(_));
                let named = fields
                    .iter()
                    .position(|(name, it)| name == "data" && is_list(it));
                let mut lists = fields.iter().enumerate().filter(|(_, (_, it))| is_list(it));
                let only = lists.next().filter(|_| lists.next().is_none());
                let at = named.or(only.map(|(at, _)| at))?;
                match fields.swap_remove(at).1 {
                    Value::List(items) => items,
                    _ => return None,
                }
            }
            _ => return None,
        };
        items
            .iter()
            .any(|item| item.as_object().is_some())
            .then_some(())?;
        let mut columns = Columns::default();
        for item in &items {
            columns.add(item, String::new(), 0);
        }
        Some(ListTable {
            columns: columns.names,
            left_out: columns.left_out.len(),
            items,
        })
    }

    /// How many rows the table has.
    pub fn rows(&self) -> usize {
        self.items.len()
    }

    /// Returns the text of a cell; empty if the item has no such field.
    pub fn cell(&self, row: usize, column: &str) -> String {
        let mut value = match self.items.get(row) {
            Some(value) => value,
            None => return String::new(),
        };
        if !column.is_empty() {
            for name in column.split('.') {
                match value.get(name) {
                    Some(inner) => value = inner,
                    None => return String::new(),
                }
            }
        }
        let text = match value {
            Value::Text(text) => text.clone(),
            Value::Null => return "null".to_owned(),
            other => to_text(other),
        };
        match text.char_indices().nth(LONGEST) {
            Some((at, _)) => [text.get(..at).unwrap_or_default(), "…"].concat(),
            None => text,
        }
    }
}

#[derive(Default)]
struct Columns {
    names: Vec<String>,
    left_out: Vec<String>,
}

impl Columns {
    fn add(&mut self, value: &Value, at: String, depth: usize) {
        match value.as_object() {
            // A name with a dot would read as a path.
            Some(fields) if depth < DEEPEST && !fields.is_empty() => {
                for (name, inner) in fields.iter().filter(|(name, _)| !name.contains('.')) {
                    let at = if at.is_empty() {
                        name.clone()
                    } else {
                        [&at, ".", name].concat()
                    };
                    self.add(inner, at, depth + 1);
                }
            }
            _ if self.names.contains(&at) || self.left_out.contains(&at) => {}
            _ if self.names.len() < MOST_COLUMNS => self.names.push(at),
            _ => self.left_out.push(at),
        }
    }
}
