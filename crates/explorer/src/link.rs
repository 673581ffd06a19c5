//! The link to a call: the operation, and the parameters that may be public. Opening one
//! fills a form in and never sends.

use outlay_pleo::catalogue::{Catalogue, Endpoint, Format, ParameterLocation, Schema, SchemaShape};
use outlay_wire::{Value, to_text};

use crate::draft::{field, item};
use crate::form::OperationForm;
use crate::marks::SecretMarks;
use crate::request::query;
use crate::shareable::{Reason, shareable};

/// The query parameter that names the operation.
const OPERATION: &str = "op";

/// The query parameter with the body, as JSON.
pub const BODY: &str = "body";

/// Most bytes of a body in a link.
const LONGEST_BODY: usize = 2_000;

/// A part of a form that its link does not contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Name of the parameter, or `body.` and the path of the field.
    pub name: String,
    /// Why the link does not contain it.
    pub why: NotInLink,
}

/// Why a link does not contain a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotInLink {
    /// It is free text, which may be a name, an address or a secret.
    FreeText,
    /// It is a secret or looks like one.
    Secret,
    /// It is not written as its type.
    Type,
    /// The body is longer than a link can be.
    TooLong,
}

/// Returns the query of the link. It contains no free text, which may be a name, an address or a
/// secret. It contains ids, words of a list, numbers and dates of parameters and body, if they parse
/// as that.
pub fn link(catalogue: &Catalogue, operation: &Endpoint, form: &OperationForm) -> String {
    let (form, _) = shareable(catalogue, operation, form);
    let mut pairs = vec![(OPERATION.to_owned(), operation.id.clone())];
    for place in [ParameterLocation::Path, ParameterLocation::Query] {
        let given = form.pairs(catalogue, operation, place).into_iter();
        pairs.extend(given.filter(|(name, value)| {
            let one = operation.parameter(place, name);
            one.is_some_and(|one| {
                place == ParameterLocation::Path || is_shareable(catalogue, &one.schema, value)
            })
        }));
    }
    pairs.extend(
        body_of(catalogue, operation, &form)
            .0
            .map(|body| (BODY.to_owned(), body)),
    );
    query(&pairs)
}

/// Returns the parts of a form that [`link`] leaves out.
pub fn not_in_link(
    catalogue: &Catalogue,
    operation: &Endpoint,
    form: &OperationForm,
) -> Vec<LeftOut> {
    let (kept, withheld) = shareable(catalogue, operation, form);
    let mut out: Vec<LeftOut> = Vec::new();
    for one in withheld {
        out.push(LeftOut {
            name: one.name,
            why: match one.reason {
                Reason::Type => NotInLink::Type,
                Reason::Secret => NotInLink::Secret,
            },
        });
    }
    for (name, value) in kept.pairs(catalogue, operation, ParameterLocation::Query) {
        let one = operation.parameter(ParameterLocation::Query, &name);
        let is_shared = one.is_some_and(|one| is_shareable(catalogue, &one.schema, &value));
        if !is_shared && !out.iter().any(|known| known.name == name) {
            out.push(LeftOut {
                name,
                why: NotInLink::FreeText,
            });
        }
    }
    out.extend(body_of(catalogue, operation, form).1);
    out
}

/// Returns a sentence about the parts that a link leaves out; `None` if there are none.
pub fn left_out_of_link(left: &[LeftOut]) -> Option<String> {
    let reasons = [
        (NotInLink::FreeText, " (free text)"),
        (NotInLink::Secret, " (looks like a secret)"),
        (NotInLink::Type, " (not written as its type)"),
        (NotInLink::TooLong, " (too long for a link)"),
    ];
    let parts = reasons.into_iter().filter_map(|(why, label)| {
        let names = left.iter().filter(|it| it.why == why);
        let names: Vec<&str> = names.map(|it| &*it.name).collect();
        (!names.is_empty()).then(|| [&*names.join(", "), label].concat())
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| ["Not in the link: ", &parts.join("; "), "."].concat())
}

/// The JSON text of the body's part that a link contains, and what it leaves out.
fn body_of(
    catalogue: &Catalogue,
    operation: &Endpoint,
    form: &OperationForm,
) -> (Option<String>, Vec<LeftOut>) {
    let whole = |why| LeftOut {
        name: BODY.to_owned(),
        why,
    };
    let Some(body) = &operation.body else {
        return (None, Vec::new());
    };
    let value = match form.value(catalogue, operation) {
        (Some(value), _) => value,
        (None, faults) if faults.is_empty() => return (None, Vec::new()),
        (None, _) => return (None, vec![whole(NotInLink::Type)]),
    };
    let marks = SecretMarks::of(catalogue, Some(&body.schema));
    let mut left = Vec::new();
    let scrubbed = marks.scrubbed(&value);
    secrets(&value, Some(&scrubbed), BODY.to_owned(), &mut left);
    let shared = shared_part(
        catalogue,
        &body.schema,
        &scrubbed,
        BODY.to_owned(),
        &mut left,
    );
    let Some(shared) = shared else {
        return (None, left);
    };
    let text = to_text(&shared);
    if matches!(&*text, "{}" | "[]") {
        return (None, left);
    }
    if text.len() > LONGEST_BODY {
        return (None, vec![whole(NotInLink::TooLong)]);
    }
    (Some(text), left)
}

/// Names the values that `scrubbed` lacks.
fn secrets(value: &Value, scrubbed: Option<&Value>, at: String, left: &mut Vec<LeftOut>) {
    match (value, scrubbed) {
        (Value::Object(fields), Some(kept)) => {
            for (name, inner) in fields {
                secrets(inner, kept.get(name), field(&at, name), left);
            }
        }
        // The items that stay have lost their numbers; a list with a secret is named as a whole.
        (Value::List(items), Some(Value::List(kept))) if items.len() == kept.len() => {
            for (number, (inner, kept)) in items.iter().zip(kept).enumerate() {
                secrets(inner, Some(kept), item(&at, number), left);
            }
        }
        (_, Some(kept)) if value == kept => {}
        _ => left.push(LeftOut {
            name: at,
            why: NotInLink::Secret,
        }),
    }
}

/// The part of a value that leaves no room for a secret.
fn shared_part(
    catalogue: &Catalogue,
    schema: &Schema,
    value: &Value,
    at: String,
    left: &mut Vec<LeftOut>,
) -> Option<Value> {
    let shape = &catalogue.resolve(schema).0.shape;
    let is_shared = match (shape, value) {
        (SchemaShape::Object(object), Value::Object(fields)) => {
            let mut out = Vec::new();
            for (name, inner) in fields {
                let known = object.fields.iter().find(|it| it.name == *name);
                let at = field(&at, name);
                let kept = match known {
                    Some(known) => shared_part(catalogue, &known.schema, inner, at, left),
                    None => {
                        left.push(LeftOut {
                            name: at,
                            why: NotInLink::FreeText,
                        });
                        None
                    }
                };
                out.extend(kept.map(|kept| (name.clone(), kept)));
            }
            return (!out.is_empty() || fields.is_empty()).then_some(Value::Object(out));
        }
        (SchemaShape::List(list), Value::List(items)) => {
            let mut out = Vec::new();
            for (number, inner) in items.iter().enumerate() {
                let at = item(&at, number);
                out.extend(shared_part(catalogue, &list.items, inner, at, left));
            }
            return (!out.is_empty() || items.is_empty()).then_some(Value::List(out));
        }
        (_, Value::Null | Value::Bool(_)) => true,
        (SchemaShape::Integer(_) | SchemaShape::Number(_), Value::Number(_)) => true,
        (SchemaShape::Text(_), Value::Text(text)) => {
            is_shareable(catalogue, schema, text) && catalogue.validate(schema, value).is_empty()
        }
        _ => false,
    };
    if !is_shared {
        left.push(LeftOut {
            name: at,
            why: NotInLink::FreeText,
        });
    }
    is_shared.then(|| value.clone())
}

/// Whether a value is written in a way that leaves no room for a secret.
fn is_shareable(catalogue: &Catalogue, schema: &Schema, value: &str) -> bool {
    match &catalogue.resolve(schema).0.shape {
        SchemaShape::Text(text) => {
            let format = matches!(
                text.format,
                Some(Format::Date | Format::DateTime | Format::Uuid)
            );
            format || text.enum_values.iter().any(|word| word == value)
        }
        SchemaShape::List(list) => value
            .split(',')
            .all(|item| is_shareable(catalogue, &list.items, item)),
        SchemaShape::Integer(_) | SchemaShape::Number(_) | SchemaShape::Boolean => true,
        SchemaShape::Any | SchemaShape::Named(_) | SchemaShape::Object(_) => false,
    }
}

/// Parses a link's query into `operationId` and parameters; `None` if it names no operation.
pub fn opened(query: &str) -> Option<(String, Vec<(String, String)>)> {
    let pairs = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        });
    let mut pairs: Vec<_> = pairs.collect();
    let at = pairs.iter().position(|(name, _)| name == OPERATION)?;
    let (_, operation) = pairs.remove(at);
    Some((operation, pairs))
}

/// Percent-decoded, `+` as a space; an invalid escape is unchanged.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let two = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = two
            .and_then(|two| core::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        rest = after;
        match (byte, first) {
            (Some(byte), _) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            (None, b'+') => bytes.push(b' '),
            (None, first) => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
