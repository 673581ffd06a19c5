//! Fields made from a schema. Each writes into its place in the form's draft. [`scalar`] renders
//! single values, [`nest`] lists and objects.

mod nest;
mod scalar;

use std::sync::Arc;

use leptos::prelude::*;
use outlay_pleo::catalogue::{Catalogue, Endpoint, ParameterLocation, Schema, SchemaShape};

use self::nest::{list_field, object_field};
use self::scalar::{InputKind, scalar};
use super::focus_named;
use super::messages;
use crate::pages::api::state::{Explorer, FormPart};
use outlay_explorer::draft::{self, FieldDraft};
use outlay_explorer::messages::limits::description;

/// The location of a field in the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// The part of the request.
    pub place: ParameterLocation,
    /// The path of the field in the form in which faults name it.
    pub at: String,
    /// The name on screen.
    pub name: String,
}

impl FieldPath {
    /// The field of the whole body.
    pub fn body() -> FieldPath {
        FieldPath {
            place: ParameterLocation::Body,
            at: String::new(),
            name: messages::body::BODY.to_owned(),
        }
    }

    fn field(&self, name: &str) -> FieldPath {
        FieldPath {
            place: self.place,
            at: draft::field(&self.at, name),
            name: name.to_owned(),
        }
    }

    fn item(&self, number: usize) -> FieldPath {
        FieldPath {
            place: self.place,
            at: draft::item(&self.at, number),
            name: messages::field::item(&self.name, number + 1),
        }
    }

    fn id(&self) -> String {
        control_id(self.place, &self.at)
    }
}

/// Returns the id of the control of a field.
pub fn control_id(place: ParameterLocation, at: &str) -> String {
    let at: String = at
        .chars()
        .map(|one| if one.is_whitespace() { '_' } else { one })
        .collect();
    [place.word(), ":", &at].concat()
}

/// A field with the state that it writes to.
#[derive(Clone)]
struct FormFieldView {
    explorer: Explorer,
    operation: Arc<Endpoint>,
    catalogue: Arc<Catalogue>,
    field_path: FieldPath,
    part: FormPart,
    way: Vec<usize>,
    required: bool,
}

impl FormFieldView {
    fn draft(&self) -> FieldDraft {
        let form = self.explorer.form(&self.operation);
        let whole = match self.part {
            FormPart::Parameter(number) => form.parameters.get(number).cloned(),
            FormPart::Body => Some(form.body),
        };
        whole
            .and_then(|draft| draft.seen(&self.way).cloned())
            .unwrap_or_default()
    }

    fn write_to(&self, draft: FieldDraft) {
        self.explorer
            .edit(&self.operation, self.part, &self.way, |place| {
                *place = draft
            });
    }

    /// Writes a draft of another shape, then renders the form anew with the focus at `id`.
    fn reshape(&self, draft: FieldDraft, id: String) {
        self.write_to(draft);
        self.explorer.redraw();
        focus_named(id);
    }

    fn inner(
        &self,
        field_path: FieldPath,
        position: usize,
        schema: &Schema,
        required: bool,
    ) -> AnyView {
        let mut way = self.way.clone();
        way.push(position);
        field(
            self.explorer,
            &self.operation,
            field_path,
            self.part,
            way,
            schema,
            required,
        )
    }
}

/// The field of a parameter.
pub fn parameter(explorer: Explorer, operation: &Arc<Endpoint>, number: usize) -> AnyView {
    let Some(one) = operation.parameters.get(number) else {
        return ().into_any();
    };
    let field_path = FieldPath {
        place: one.place,
        at: one.name.clone(),
        name: one.name.clone(),
    };
    field(
        explorer,
        operation,
        field_path,
        FormPart::Parameter(number),
        Vec::new(),
        &one.schema,
        one.required,
    )
}

/// The field of a schema.
pub fn field(
    explorer: Explorer,
    operation: &Arc<Endpoint>,
    field_path: FieldPath,
    part: FormPart,
    way: Vec<usize>,
    schema: &Schema,
    required: bool,
) -> AnyView {
    let Some(catalogue) = explorer.known() else {
        return ().into_any();
    };
    let field = FormFieldView {
        explorer,
        operation: operation.clone(),
        catalogue: catalogue.clone(),
        field_path,
        part,
        way,
        required,
    };
    let (inner, nullable) = catalogue.resolve(schema);
    let hint = description(&catalogue, schema, required);
    match &inner.shape {
        SchemaShape::Object(object) => object_field(field, object, hint),
        SchemaShape::List(list) => list_field(field, list, hint),
        SchemaShape::Text(text) => scalar(field, hint, nullable, InputKind::of(text)),
        SchemaShape::Boolean => {
            let all = vec!["true".to_owned(), "false".to_owned()];
            scalar(field, hint, nullable, InputKind::Words(all, false))
        }
        SchemaShape::Integer(_) | SchemaShape::Number(_) => {
            scalar(field, hint, nullable, InputKind::Number)
        }
        SchemaShape::Any | SchemaShape::Named(_) => scalar(field, hint, false, InputKind::Json),
    }
}
fn needed(required: bool) -> Option<impl IntoView> {
    required.then(|| view! { <span class="x-needed" aria-hidden="true">"*"</span> })
}
