//! The form of one operation: its input, its faults, and the conversion between the fields
//! and the body as text.

use outlay_pleo::catalogue::{
    Catalogue, Endpoint, FaultCode, ListStyle, ParameterLocation, Schema, SchemaShape, ValueFault,
};
use outlay_pleo::subject::Subject;
use outlay_pleo::text::{Piece, invisible_inside, marks, name, trim_invisible};
use outlay_wire::{Value, parse};

use crate::draft::read::{Unshown, draft};
use crate::draft::write::value;
use crate::draft::{self, FieldDraft, number};
use crate::pretty::pretty;

/// The input for one operation: parameters and body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationForm {
    /// One draft for each parameter, in the operation's order.
    pub parameters: Vec<FieldDraft>,
    /// Draft of the JSON body; `Absent` if the operation takes none.
    pub body: FieldDraft,
    /// Body as JSON text while it is edited as text; `None` while it is edited in fields.
    pub raw: Option<String>,
}

/// A fault with the part of the request that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The part of the request: path, query or body.
    pub place: ParameterLocation,
    /// The difference from the schema.
    pub fault: ValueFault,
}

impl OperationForm {
    /// Makes an empty form; fills in the company that the token acts for.
    pub fn blank(
        catalogue: &Catalogue,
        operation: &Endpoint,
        subject: Option<&str>,
    ) -> OperationForm {
        let parameters = operation.parameters.iter();
        let parameters =
            parameters.map(|one| FieldDraft::blank(catalogue, &one.schema, one.required));
        let body = operation.body.as_ref();
        let body = body.map(|body| FieldDraft::blank(catalogue, &body.schema, body.required));
        let mut form = OperationForm {
            parameters: parameters.collect(),
            body: body.unwrap_or_default(),
            raw: None,
        };
        form.prefill(catalogue, operation, subject);
        form
    }

    /// Fills the company that a token acts for into the fields that ask for it and are empty.
    pub fn prefill(&mut self, catalogue: &Catalogue, operation: &Endpoint, subject: Option<&str>) {
        let subject = subject.and_then(Subject::parse);
        let fill = |name: &str, draft: &mut FieldDraft| match own(subject.as_ref(), name) {
            Some(id) if draft.text().is_empty() => *draft = FieldDraft::Text(id.to_owned()),
            _ => {}
        };
        for (one, draft) in operation.parameters.iter().zip(&mut self.parameters) {
            fill(&one.name, draft);
        }
        let body = operation
            .body
            .as_ref()
            .map(|body| &catalogue.resolve(&body.schema).0.shape);
        if let (Some(SchemaShape::Object(object)), FieldDraft::Object(fields, _)) =
            (body, &mut self.body)
        {
            for (it, draft) in object.fields.iter().zip(fields) {
                fill(&it.name, draft);
            }
        }
    }

    /// Sets the parameter of this name; does nothing if the operation has none.
    pub fn fill(&mut self, catalogue: &Catalogue, operation: &Endpoint, name: &str, text: &str) {
        let all = operation.parameters.iter().zip(&mut self.parameters);
        for (_, draft) in all.filter(|(one, _)| one.name == name) {
            let one = operation.parameters.iter().find(|one| one.name == name);
            let listed = one.is_some_and(|one| is_list(catalogue, &one.schema));
            let typed = FieldDraft::Text(text.to_owned());
            match draft {
                FieldDraft::List(items) => items.push(typed),
                draft if listed => *draft = FieldDraft::List(vec![typed]),
                draft => *draft = typed,
            }
        }
    }

    /// Empties the parameter of this name.
    pub fn clear(&mut self, operation: &Endpoint, name: &str) {
        let all = operation.parameters.iter().zip(&mut self.parameters);
        for (_, draft) in all.filter(|(one, _)| one.name == name) {
            *draft = FieldDraft::Text(String::new());
        }
    }

    /// Returns the given parameters of one location as names and unencoded values.
    pub fn pairs(
        &self,
        catalogue: &Catalogue,
        operation: &Endpoint,
        place: ParameterLocation,
    ) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let all = operation.parameters.iter().zip(&self.parameters);
        for (one, draft) in all.filter(|(one, _)| one.place == place) {
            let texts: Vec<&str> = match draft {
                FieldDraft::List(items) => items.iter().map(FieldDraft::text).collect(),
                other => vec![other.text()],
            };
            // Without invisible characters that were pasted with it.
            let texts = texts.into_iter().map(trim_invisible);
            let texts = texts.filter(|text| !text.is_empty());
            let is_number = is_number(catalogue, &one.schema);
            let texts: Vec<String> = texts
                .map(|text| match is_number.then(|| number(text)).flatten() {
                    Some(number) => number,
                    None => text.to_owned(),
                })
                .collect();
            let commas = one.style == ListStyle::Commas && is_list(catalogue, &one.schema);
            if commas && !texts.is_empty() {
                pairs.push((one.name.clone(), texts.join(",")));
            } else {
                pairs.extend(texts.into_iter().map(|text| (one.name.clone(), text)));
            }
        }
        pairs
    }

    /// Returns the body that would be sent, and the parts that are no valid value. Text that is not
    /// JSON is a fault of the whole body.
    pub fn value(
        &self,
        catalogue: &Catalogue,
        operation: &Endpoint,
    ) -> (Option<Value>, Vec<ValueFault>) {
        match (&self.raw, &operation.body) {
            (_, None) => (None, Vec::new()),
            (Some(raw), _) if trim_invisible(raw).is_empty() => (None, Vec::new()),
            (Some(raw), _) => match parse(trim_invisible(raw)) {
                Ok(value) => (Some(value), Vec::new()),
                Err(at) => (None, vec![no_json(trim_invisible(raw), at)]),
            },
            (None, Some(body)) => value(catalogue, &body.schema, &self.body),
        }
    }

    /// Returns every difference between the input and the operation's schema.
    pub fn faults(&self, catalogue: &Catalogue, operation: &Endpoint) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        for place in [ParameterLocation::Path, ParameterLocation::Query] {
            let pairs = self.pairs(catalogue, operation, place);
            let mut found = catalogue.check_parameters(operation, place, &pairs);
            for (name, text) in &pairs {
                invisible(name, text, &mut found);
            }
            faults.extend(found.into_iter().map(|fault| FieldFault { place, fault }));
        }
        let (body, mut found) = self.value(catalogue, operation);
        // What is not there yet has no number among the items: first the gaps, then the rest.
        let whole = found.iter().all(|it| it.code != FaultCode::Missing);
        if whole && (body.is_some() || found.is_empty()) {
            found.extend(catalogue.check_body(operation, body.as_ref()));
        }
        match (&body, &self.raw) {
            (Some(body), _) => invisible_in(String::new(), body, &mut found),
            (None, Some(raw)) => {
                // Keeps its lines and indentation.
                invisible("", &raw.replace(['\n', '\r', '\t'], " "), &mut found);
            }
            (None, None) => {}
        }
        let place = ParameterLocation::Body;
        faults.extend(found.into_iter().map(|fault| FieldFault { place, fault }));
        faults
    }

    /// Switches the body to JSON text with the content of the fields.
    pub fn as_text(&mut self, catalogue: &Catalogue, operation: &Endpoint) {
        let (body, _) = self.value(catalogue, operation);
        self.raw = Some(body.as_ref().map(pretty).unwrap_or_default());
    }

    /// Switches the body to fields.
    ///
    /// # Errors
    ///
    /// The part that the fields cannot show; the text stays.
    pub fn as_fields(
        &mut self,
        catalogue: &Catalogue,
        operation: &Endpoint,
    ) -> Result<(), Unshown> {
        let (Some(raw), Some(body)) = (&self.raw, &operation.body) else {
            return Ok(());
        };
        let raw = trim_invisible(raw);
        self.body = if raw.is_empty() {
            FieldDraft::blank(catalogue, &body.schema, body.required)
        } else {
            let value = parse(raw).map_err(|_| Unshown {
                at: String::new(),
                why: "it is no JSON",
            })?;
            draft(catalogue, &body.schema, &value)?
        };
        self.raw = None;
        Ok(())
    }
}

/// Returns whether a schema resolves to a list.
pub fn is_list(catalogue: &Catalogue, schema: &Schema) -> bool {
    matches!(catalogue.resolve(schema).0.shape, SchemaShape::List(_))
}

/// Whether a schema is a number, or a list of them.
fn is_number(catalogue: &Catalogue, schema: &Schema) -> bool {
    match &catalogue.resolve(schema).0.shape {
        SchemaShape::List(list) => is_number(catalogue, &list.items),
        shape => matches!(shape, SchemaShape::Integer(_) | SchemaShape::Number(_)),
    }
}

/// Returns the name of the first invisible character in a text. Unusual spaces and line breaks
/// count only in a text that has another fault, since free text may contain them.
fn invisible(at: &str, text: &str, faults: &mut Vec<ValueFault>) {
    let named = match faults.iter().any(|fault| fault.at == at) {
        true => invisible_inside(text),
        false => marks(text).into_iter().find_map(|piece| match piece {
            Piece::Mark(one) => Some(name(one)),
            Piece::Plain(_) => None,
        }),
    };
    faults.extend(named.map(|named| ValueFault {
        at: at.to_owned(),
        code: FaultCode::Invisible,
        values: vec![named],
    }));
}

fn invisible_in(at: String, value: &Value, faults: &mut Vec<ValueFault>) {
    match value {
        Value::Text(text) => invisible(&at, text, faults),
        Value::List(items) => {
            for (number, value) in items.iter().enumerate() {
                invisible_in(draft::item(&at, number), value, faults);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                let at = draft::field(&at, name);
                invisible(&at, name, faults);
                invisible_in(at, value, faults);
            }
        }
        _ => {}
    }
}

/// Returns the known id of the connection for a field of this name.
fn own<'a>(subject: Option<&'a Subject>, name: &str) -> Option<&'a str> {
    match (name, subject?) {
        ("company_id" | "companyId", Subject::Company(id)) => Some(id),
        ("organization_id", Subject::Organisation(id)) => Some(id),
        _ => None,
    }
}

fn no_json(raw: &str, at: usize) -> ValueFault {
    let before = raw.get(..at).unwrap_or(raw);
    let line = before.matches('\n').count() + 1;
    ValueFault {
        at: String::new(),
        code: FaultCode::Kind,
        values: vec!["json".to_owned(), line.to_string()],
    }
}
