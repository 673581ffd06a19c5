//! What was typed into a form, beside the schema that the form was made of. [`mod@write`] makes JSON of
//! it, [`read`] makes one of JSON.

pub mod read;
pub mod write;

use outlay_pleo::catalogue::{Catalogue, Schema, Shape};
use outlay_pleo::text::{figure, trim_pasted};
use outlay_wire::{Value, parse, to_text};

/// What was typed for one value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Draft {
    /// Left out.
    #[default]
    Absent,
    /// `null`, on purpose.
    Null,
    /// The text in a field; an empty one is left out.
    Text(String),
    /// The items of a list.
    List(Vec<Draft>),
    /// An object: one draft for each field of the schema in its order, then the named ones.
    Object(Vec<Draft>, Vec<(String, Draft)>),
}

impl Draft {
    /// What a form begins with: defaults filled in where a value is needed, the rest empty.
    pub fn blank(catalogue: &Catalogue, schema: &Schema, required: bool) -> Draft {
        let default = match &schema.default {
            Value::Null => &catalogue.resolve(schema).0.default,
            own => own,
        };
        let schema = catalogue.resolve(schema).0;
        match &schema.shape {
            Shape::Object(_) | Shape::List(_) if !required => Draft::Absent,
            Shape::Object(object) => {
                let fields = object.fields.iter();
                let fields = fields.map(|it| Draft::blank(catalogue, &it.schema, it.required));
                Draft::Object(fields.collect(), Vec::new())
            }
            Shape::List(list) => Draft::List(vec![Draft::blank(catalogue, &list.items, true)]),
            _ => Draft::Text(match default {
                Value::Text(text) if required => text.clone(),
                Value::Null => String::new(),
                other if required => to_text(other),
                _ => String::new(),
            }),
        }
    }

    /// What a person typed or pasted into a field, without invisible characters at its ends.
    pub fn typed(text: &str) -> Draft {
        Draft::Text(trim_pasted(text).to_owned())
    }

    /// The draft at the end of a way of positions; in an object the named ones follow the fields.
    pub fn at(&mut self, way: &[usize]) -> Option<&mut Draft> {
        let Some((first, rest)) = way.split_first() else {
            return Some(self);
        };
        let inner = match self {
            Draft::List(items) => items.get_mut(*first)?,
            Draft::Object(fields, others) => match first.checked_sub(fields.len()) {
                None => fields.get_mut(*first)?,
                Some(at) => &mut others.get_mut(at)?.1,
            },
            _ => return None,
        };
        inner.at(rest)
    }

    /// The same to look at.
    pub fn seen(&self, way: &[usize]) -> Option<&Draft> {
        let Some((first, rest)) = way.split_first() else {
            return Some(self);
        };
        let inner = match self {
            Draft::List(items) => items.get(*first)?,
            Draft::Object(fields, others) => match first.checked_sub(fields.len()) {
                None => fields.get(*first)?,
                Some(at) => &others.get(at)?.1,
            },
            _ => return None,
        };
        inner.seen(rest)
    }

    /// The text of a field.
    pub fn text(&self) -> &str {
        match self {
            Draft::Text(text) => text,
            _ => "",
        }
    }
}

/// The number that a person wrote, as JSON writes it: digits stay as they are, and a figure in the
/// manner of any locale becomes one. `None` if it is no number.
pub fn number(text: &str) -> Option<String> {
    let exact = |text: &str| parse(text).ok() == Some(Value::Number(text.to_owned()));
    if exact(text) {
        return Some(text.to_owned());
    }
    figure(text).filter(|it| exact(it))
}

/// The place of a field inside `at`, as faults name it.
pub fn field(at: &str, name: &str) -> String {
    match at {
        "" => name.to_owned(),
        at => [at, ".", name].concat(),
    }
}

/// The place of an item of the list `at`.
pub fn item(at: &str, number: usize) -> String {
    format!("{at}[{number}]")
}
