//! Fields made of a schema: each writes into its place of the form's draft. [`scalar`] draws those of a
//! single value, [`nest`] lists and objects.

mod nest;
mod scalar;

use std::sync::Arc;

use leptos::prelude::*;
use outlay_pleo::catalogue::{Catalogue, Endpoint, Place, Schema, Shape};

use self::nest::{list_field, object_field};
use self::scalar::{Kind, scalar};
use super::focus_named;
use crate::pages::api::state::{Explorer, Part};
use outlay_explorer::draft::{self, Draft};
use outlay_explorer::said::limits::words;

/// Where a field stands in the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The part.
    pub place: Place,
    /// The place, as faults name it.
    pub at: String,
    /// What it is called on screen.
    pub name: String,
}

impl Spot {
    /// The whole body.
    pub fn body() -> Spot {
        Spot {
            place: Place::Body,
            at: String::new(),
            name: "Body".to_owned(),
        }
    }

    fn field(&self, name: &str) -> Spot {
        Spot {
            place: self.place,
            at: draft::field(&self.at, name),
            name: name.to_owned(),
        }
    }

    fn item(&self, number: usize) -> Spot {
        Spot {
            place: self.place,
            at: draft::item(&self.at, number),
            name: format!("{} {}", self.name, number + 1),
        }
    }

    fn id(&self) -> String {
        control_id(self.place, &self.at)
    }
}

/// The id of the control at a place.
pub fn control_id(place: Place, at: &str) -> String {
    let at: String = at
        .chars()
        .map(|one| if one.is_whitespace() { '_' } else { one })
        .collect();
    [place.word(), ":", &at].concat()
}

/// One field with all that it needs to write back.
#[derive(Clone)]
struct Field {
    explorer: Explorer,
    operation: Arc<Endpoint>,
    catalogue: Arc<Catalogue>,
    spot: Spot,
    part: Part,
    way: Vec<usize>,
    required: bool,
}

impl Field {
    fn draft(&self) -> Draft {
        let form = self.explorer.form(&self.operation);
        let whole = match self.part {
            Part::Parameter(number) => form.parameters.get(number).cloned(),
            Part::Body => Some(form.body),
        };
        whole
            .and_then(|draft| draft.seen(&self.way).cloned())
            .unwrap_or_default()
    }

    fn put(&self, draft: Draft) {
        self.explorer
            .edit(&self.operation, self.part, &self.way, |place| {
                *place = draft
            });
    }

    /// Writes, then draws the form anew with the focus at `id`.
    fn reshape(&self, draft: Draft, id: String) {
        self.put(draft);
        self.explorer.redraw();
        focus_named(id);
    }

    fn inner(&self, spot: Spot, position: usize, schema: &Schema, required: bool) -> AnyView {
        let mut way = self.way.clone();
        way.push(position);
        field(
            self.explorer,
            &self.operation,
            spot,
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
    let spot = Spot {
        place: one.place,
        at: one.name.clone(),
        name: one.name.clone(),
    };
    field(
        explorer,
        operation,
        spot,
        Part::Parameter(number),
        Vec::new(),
        &one.schema,
        one.required,
    )
}

/// The field of a schema.
pub fn field(
    explorer: Explorer,
    operation: &Arc<Endpoint>,
    spot: Spot,
    part: Part,
    way: Vec<usize>,
    schema: &Schema,
    required: bool,
) -> AnyView {
    let Some(catalogue) = explorer.known() else {
        return ().into_any();
    };
    let field = Field {
        explorer,
        operation: operation.clone(),
        catalogue: catalogue.clone(),
        spot,
        part,
        way,
        required,
    };
    let (inner, nullable) = catalogue.resolve(schema);
    let hint = words(&catalogue, schema, required);
    match &inner.shape {
        Shape::Object(object) => object_field(field, object, hint),
        Shape::List(list) => list_field(field, list, hint),
        Shape::Text(text) => scalar(field, hint, nullable, Kind::of(text)),
        Shape::Boolean => {
            let all = vec!["true".to_owned(), "false".to_owned()];
            scalar(field, hint, nullable, Kind::Words(all, false))
        }
        Shape::Integer(_) | Shape::Number(_) => scalar(field, hint, nullable, Kind::Number),
        Shape::Any | Shape::Named(_) => scalar(field, hint, false, Kind::Json),
    }
}
fn needed(required: bool) -> Option<impl IntoView> {
    required.then(|| view! { <span class="x-needed" aria-hidden="true">"*"</span> })
}
