//! The input of a form, separate from the schema that the form was made from. [`mod@write`]
//! converts it to JSON, [`read`] converts JSON to it.

pub mod read;
pub mod write;

use outlay_pleo::catalogue::{Catalogue, Schema, SchemaShape};
use outlay_pleo::text::{figure, trim_pasted};
use outlay_wire::{Value, parse, to_text};

/// The typed input for one value, before it becomes JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FieldDraft {
    /// The value is left out of the request.
    #[default]
    Absent,
    /// `null`, chosen explicitly.
    Null,
    /// The text in a field; an empty one is left out.
    Text(String),
    /// The items of an array.
    List(Vec<FieldDraft>),
    /// An object: one draft for each field of the schema in its order, then the named ones.
    Object(Vec<FieldDraft>, Vec<(String, FieldDraft)>),
}

impl FieldDraft {
    /// Returns the initial draft: defaults where a value is required, the rest empty.
    pub fn blank(catalogue: &Catalogue, schema: &Schema, required: bool) -> FieldDraft {
        let default = match &schema.default {
            Value::Null => &catalogue.resolve(schema).0.default,
            own => own,
        };
        let schema = catalogue.resolve(schema).0;
        match &schema.shape {
            SchemaShape::Object(_) | SchemaShape::List(_) if !required => FieldDraft::Absent,
            SchemaShape::Object(object) => {
                let fields = object.fields.iter();
                let fields = fields.map(|it| FieldDraft::blank(catalogue, &it.schema, it.required));
                FieldDraft::Object(fields.collect(), Vec::new())
            }
            SchemaShape::List(list) => {
                FieldDraft::List(vec![FieldDraft::blank(catalogue, &list.items, true)])
            }
            _ => FieldDraft::Text(match default {
                Value::Text(text) if required => text.clone(),
                Value::Null => String::new(),
                other if required => to_text(other),
                _ => String::new(),
            }),
        }
    }

    /// Returns the user's input without invisible characters at its ends.
    pub fn typed(text: &str) -> FieldDraft {
        FieldDraft::Text(trim_pasted(text).to_owned())
    }

    /// Returns the draft at a path of indexes; in an object the named fields follow those of the
    /// schema.
    pub fn at(&mut self, path: &[usize]) -> Option<&mut FieldDraft> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self);
        };
        let inner = match self {
            FieldDraft::List(items) => items.get_mut(*first)?,
            FieldDraft::Object(fields, others) => match first.checked_sub(fields.len()) {
                None => fields.get_mut(*first)?,
                Some(at) => &mut others.get_mut(at)?.1,
            },
            _ => return None,
        };
        inner.at(rest)
    }

    /// Returns the draft at a path of indexes; `None` if there is none.
    pub fn seen(&self, path: &[usize]) -> Option<&FieldDraft> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self);
        };
        let inner = match self {
            FieldDraft::List(items) => items.get(*first)?,
            FieldDraft::Object(fields, others) => match first.checked_sub(fields.len()) {
                None => fields.get(*first)?,
                Some(at) => &others.get(at)?.1,
            },
            _ => return None,
        };
        inner.seen(rest)
    }

    /// Returns the text of a text draft; empty for other drafts.
    pub fn text(&self) -> &str {
        match self {
            FieldDraft::Text(text) => text,
            _ => "",
        }
    }
}

/// Returns the number that a user wrote as JSON: digits stay as they are, and the format of any
/// locale is accepted. `None` if it is no number.
pub fn number(text: &str) -> Option<String> {
    let exact = |text: &str| parse(text).ok() == Some(Value::Number(text.to_owned()));
    if exact(text) {
        return Some(text.to_owned());
    }
    figure(text).filter(|it| exact(it))
}

/// Returns the path of a field inside `at`, for example `address.country`.
pub fn field(at: &str, name: &str) -> String {
    match at {
        "" => name.to_owned(),
        at => [at, ".", name].concat(),
    }
}

/// Returns the path of an item of the list `at`, for example `tags[0]`.
pub fn item(at: &str, number: usize) -> String {
    format!("{at}[{number}]")
}
