//! Values of one response as input of the next request. A field of a form may contain `{{name}}`;
//! it is replaced by the value of this name when the request is made.

use outlay_wire::{Value, to_text};

use crate::draft::FieldDraft;
use crate::form::OperationForm;
use crate::marks::{holds_secret, is_secret_name};

/// Most bytes of a stored value.
pub const LONGEST_VALUE: usize = 1_000;

/// Named values; only in memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables(Vec<(String, String)>);

/// Why a value cannot be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The name is not made of ASCII letters, digits and `_`, or begins with a digit.
    Name,
    /// The path leads to no value of the response.
    Path,
    /// The value is an object or a list.
    NotScalar,
    /// The value is a secret or looks like one.
    Secret,
    /// The value is longer than [`LONGEST_VALUE`].
    TooLong,
}

impl Refused {
    /// Returns the reason as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Refused::Name => {
                "A name has only letters, digits and underscores, and begins with a letter."
            }
            Refused::Path => "The response has no value at this path.",
            Refused::NotScalar => {
                "The path leads to an object or a list. Choose a value inside it."
            }
            Refused::Secret => "The value is a secret or looks like one. Secrets are not stored.",
            Refused::TooLong => "The value is longer than 1,000 bytes.",
        }
    }
}

impl Variables {
    /// Stores a value under a name; replaces the one that has the name.
    ///
    /// # Errors
    ///
    /// Why it cannot be stored.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Refused> {
        if !is_name(name) {
            return Err(Refused::Name);
        }
        if is_secret_name(name) || holds_secret(value) || value.contains('•') {
            return Err(Refused::Secret);
        }
        if value.len() > LONGEST_VALUE {
            return Err(Refused::TooLong);
        }
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    /// Returns the value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find_map(|(known, value)| (known == name).then_some(&**value))
    }

    /// Removes a value.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// Returns names and values, the oldest first.
    pub fn all(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Whether a text is a name of a variable.
pub fn is_name(name: &str) -> bool {
    let first = name.bytes().next();
    first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a text is the name of a value in braces and nothing else: `{{name}}`.
pub fn is_placeholder(text: &str) -> bool {
    let inner = text.strip_prefix("{{").and_then(|it| it.strip_suffix("}}"));
    inner.is_some_and(|name| is_name(name.trim()))
}

/// Returns the form with the values of its variables. An unknown name stays as it is written, so
/// that the form's check reports it.
pub fn filled(form: &OperationForm, variables: &Variables) -> OperationForm {
    let mut form = form.clone();
    for draft in &mut form.parameters {
        fill_draft(draft, variables);
    }
    fill_draft(&mut form.body, variables);
    if let Some(raw) = &mut form.raw
        && raw.contains("{{")
    {
        // Inside a JSON text the value must keep its escapes.
        *raw = replaced(raw, |name| {
            let text = to_text(&Value::Text(variables.get(name)?.to_owned()));
            Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned())
        });
    }
    form
}

fn fill_draft(draft: &mut FieldDraft, variables: &Variables) {
    match draft {
        FieldDraft::Text(text) if text.contains("{{") => {
            *text = replaced(text, |name| variables.get(name).map(str::to_owned));
        }
        FieldDraft::List(items) => items.iter_mut().for_each(|it| fill_draft(it, variables)),
        FieldDraft::Object(fields, others) => {
            fields.iter_mut().for_each(|it| fill_draft(it, variables));
            others
                .iter_mut()
                .for_each(|(_, it)| fill_draft(it, variables));
        }
        _ => {}
    }
}

fn replaced(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let named = after.split_once("}}");
        match named.and_then(|(name, later)| Some((value(name.trim())?, later))) {
            Some((value, later)) => {
                out.push_str(&value);
                rest = later;
            }
            None => {
                out.push_str("{{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Returns the value at a path such as `data[0].id`, as text for a field. The paths are those that
/// a search, a difference and a list show; `data[id=7f…].name` selects an item by its id.
///
/// # Errors
///
/// Why there is no value that a field can take.
pub fn value_at(value: &Value, path: &str) -> Result<String, Refused> {
    let mut at = value;
    let mut rest = path.trim();
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (index, later) = inner.split_once(']').ok_or(Refused::Path)?;
            let items = at.as_list().ok_or(Refused::Path)?;
            let item = match index.strip_prefix("id=") {
                Some(id) => items.iter().find(|item| match item.get("id") {
                    Some(Value::Text(known) | Value::Number(known)) => known == id,
                    _ => false,
                }),
                None => index.parse().ok().and_then(|index: usize| items.get(index)),
            };
            at = item.ok_or(Refused::Path)?;
            rest = later.strip_prefix('.').unwrap_or(later);
            continue;
        }
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, later) = rest.split_at(end);
        at = at.get(name).ok_or(Refused::Path)?;
        if is_secret_name(name) {
            return Err(Refused::Secret);
        }
        rest = later.strip_prefix('.').unwrap_or(later);
    }
    match at {
        Value::Text(text) => Ok(text.clone()),
        Value::Number(digits) => Ok(digits.clone()),
        Value::Bool(flag) => Ok(flag.to_string()),
        _ => Err(Refused::NotScalar),
    }
}

/// Returns the paths of the scalar values of a response, of its lists the first item's only; at
/// most `most`.
pub fn paths(value: &Value, most: usize) -> Vec<String> {
    let mut out = Vec::new();
    collect(value, String::new(), most, &mut out);
    out
}

fn collect(value: &Value, at: String, most: usize, out: &mut Vec<String>) {
    if out.len() >= most {
        return;
    }
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                collect(inner, crate::draft::field(&at, name), most, out);
            }
        }
        Value::List(items) => {
            if let Some(first) = items.first() {
                collect(first, crate::draft::item(&at, 0), most, out);
            }
        }
        Value::Null => {}
        _ if !at.is_empty() => out.push(at),
        _ => {}
    }
}
