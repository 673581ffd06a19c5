//! The link to a call: the operation, and the parameters that may be public. Opening one
//! fills a form in and never sends.

use outlay_pleo::catalogue::{Catalogue, Endpoint, Format, ParameterLocation, Schema, SchemaShape};

use crate::form::OperationForm;
use crate::request::query;
use crate::shareable::shareable;

/// The query parameter that names the operation.
const OPERATION: &str = "op";

/// Returns the query of the link. It contains neither the body nor free text, which may be a name,
/// an address or a secret. It contains ids, words of a list, numbers and dates, if they parse as
/// that.
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
    query(&pairs)
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
