//! The documentation of an operation: one row for each parameter and field, of the request and of
//! the response.

use outlay_pleo::catalogue::{
    Catalogue, Endpoint, ParameterLocation, ResponseSchema, Schema, SchemaShape,
};
use outlay_wire::{Value, to_text};

use crate::draft::field;
use crate::messages::limits::kind;

/// Fields deeper than this are not listed.
const DEEPEST: u16 = 6;

/// A parameter or field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRow {
    /// Path of the field, for example `data[].amount.value`; the name of a parameter.
    pub name: String,
    /// Levels below the parameter or the body.
    pub depth: u16,
    /// Type and limits, for example `string, 1 to 255 characters`.
    pub kind: String,
    /// Whether it must be present.
    pub required: bool,
    /// Whether `null` is allowed.
    pub nullable: bool,
    /// The values that Pleo documents; empty for any.
    pub values: Vec<String>,
    /// JSON text of the default; empty without one.
    pub default: String,
    /// The document's description; empty without one.
    pub note: String,
}

/// Returns the rows of the parameters in one location.
pub fn parameters(
    catalogue: &Catalogue,
    operation: &Endpoint,
    place: ParameterLocation,
) -> Vec<ReferenceRow> {
    let mut rows = Vec::new();
    for one in operation.parameters.iter().filter(|one| one.place == place) {
        rows.push(row(
            catalogue,
            &one.schema,
            one.name.clone(),
            0,
            one.required,
        ));
    }
    rows
}

/// Returns the rows of a body's fields.
pub fn fields(catalogue: &Catalogue, schema: &Schema) -> Vec<ReferenceRow> {
    let mut rows = Vec::new();
    let mut around = Vec::new();
    inside(catalogue, schema, "", 0, &mut around, &mut rows);
    rows
}

/// Returns the documented response of a success, if there is one.
pub fn success(operation: &Endpoint) -> Option<&ResponseSchema> {
    let is_success = |one: &&ResponseSchema| match one.status {
        Some(status) => (200..300).contains(&status),
        None => true,
    };
    let mut all = operation.answers.iter().filter(is_success);
    let first = all.next()?;
    Some(
        core::iter::once(first)
            .chain(all)
            .find(|it| it.schema.is_some())
            .unwrap_or(first),
    )
}

/// Returns the names of all parameters and fields of an operation, each once.
pub fn names<'a>(catalogue: &'a Catalogue, operation: &'a Endpoint) -> Vec<&'a str> {
    let mut out: Vec<&str> = operation.parameters.iter().map(|one| &*one.name).collect();
    let mut known = Vec::new();
    let bodies = operation.body.iter().map(|body| &body.schema);
    let answers = operation
        .answers
        .iter()
        .filter_map(|one| one.schema.as_ref());
    for schema in bodies.chain(answers) {
        collect(catalogue, schema, &mut known, &mut out);
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn collect<'a>(
    catalogue: &'a Catalogue,
    schema: &'a Schema,
    known: &mut Vec<&'a str>,
    out: &mut Vec<&'a str>,
) {
    if let SchemaShape::Named(name) = &schema.shape {
        if known.contains(&&**name) {
            return;
        }
        known.push(name);
    }
    match &catalogue.resolve(schema).0.shape {
        SchemaShape::Object(object) => {
            for one in &object.fields {
                out.push(&one.name);
                collect(catalogue, &one.schema, known, out);
            }
            if let Some(others) = &object.others {
                collect(catalogue, others, known, out);
            }
        }
        SchemaShape::List(list) => collect(catalogue, &list.items, known, out),
        _ => {}
    }
}

fn inside<'a>(
    catalogue: &'a Catalogue,
    schema: &'a Schema,
    at: &str,
    depth: u16,
    around: &mut Vec<&'a str>,
    rows: &mut Vec<ReferenceRow>,
) {
    let named = match &schema.shape {
        SchemaShape::Named(name) => Some(&**name),
        _ => None,
    };
    if depth > DEEPEST || named.is_some_and(|name| around.contains(&name)) {
        return;
    }
    around.extend(named);
    match &catalogue.resolve(schema).0.shape {
        SchemaShape::Object(object) => {
            for one in &object.fields {
                let name = field(at, &one.name);
                rows.push(row(
                    catalogue,
                    &one.schema,
                    name.clone(),
                    depth,
                    one.required,
                ));
                inside(catalogue, &one.schema, &name, depth + 1, around, rows);
            }
            if let Some(others) = &object.others {
                let name = field(at, "*");
                rows.push(row(catalogue, others, name.clone(), depth, false));
                inside(catalogue, others, &name, depth + 1, around, rows);
            }
        }
        SchemaShape::List(list) => {
            let at = [at, "[]"].concat();
            inside(catalogue, &list.items, &at, depth, around, rows);
        }
        _ => {}
    }
    if named.is_some() {
        around.pop();
    }
}

fn row(
    catalogue: &Catalogue,
    schema: &Schema,
    name: String,
    depth: u16,
    required: bool,
) -> ReferenceRow {
    let (inner, nullable) = catalogue.resolve(schema);
    let notes = [&schema.note, &inner.note];
    let note = notes.into_iter().find(|it| !it.is_empty());
    let note = note.map_or("", |note| &**note);
    let default = [&schema.default, &inner.default];
    let default = default.into_iter().find(|it| **it != Value::Null);
    let (values, note) = match listed(catalogue, &inner.shape, note) {
        // The note is the name of the list of values.
        (values, true) => (values, ""),
        (values, false) => (values, note),
    };
    ReferenceRow {
        name,
        depth,
        kind: kind(catalogue, &inner.shape),
        required,
        nullable,
        values,
        default: default.map(to_text).unwrap_or_default(),
        note: if is_limit(note) {
            String::new()
        } else {
            note.to_owned()
        },
    }
}

/// The values of an enumeration: the schema's own, or those that its note names (`one of TaxType`).
/// The second part states whether the note names them.
fn listed(catalogue: &Catalogue, shape: &SchemaShape, note: &str) -> (Vec<String>, bool) {
    let own = match shape {
        SchemaShape::Text(text) => text.enum_values.clone(),
        SchemaShape::List(list) => match &catalogue.resolve(&list.items).0.shape {
            SchemaShape::Text(text) => text.enum_values.clone(),
            _ => Vec::new(),
        },
        _ => return (Vec::new(), false),
    };
    let named = catalogue.schema(note.strip_prefix("one of ").unwrap_or(note));
    match named.map(|it| &it.shape) {
        Some(SchemaShape::Text(text)) if own.is_empty() => (text.enum_values.clone(), true),
        Some(_) => (own, true),
        None => (own, false),
    }
}

/// Whether a note only repeats limits, which `kind` states in words.
fn is_limit(note: &str) -> bool {
    let starts = [
        "max ",
        "unique",
        "default ",
        "1..",
        "at least one line",
        "from 1",
    ];
    starts.iter().any(|start| note.starts_with(start)) && note.len() < 40
}
