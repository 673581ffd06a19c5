//! The request body as fields or as JSON.

use std::sync::Arc;

use leptos::prelude::*;
use outlay_pleo::catalogue::Endpoint;

use super::call::fault_at;
use super::fields::{FieldPath, field};
use super::messages::body as messages;
use crate::pages::api::state::{Explorer, FormPart};
use outlay_explorer::messages::limits::description;

/// The body of the form; nothing for an operation without a body.
pub fn body(explorer: Explorer, operation: &Arc<Endpoint>) -> impl IntoView + use<> {
    let Some(taken) = operation.body.clone() else {
        return ().into_any();
    };
    let raw = explorer.form(operation).raw;
    let is_text = raw.is_some();
    let kind = explorer
        .known()
        .map(|all| description(&all, &taken.schema, taken.required))
        .unwrap_or_default();
    let (one, two) = (operation.clone(), operation.clone());
    let to_fields = move |_| {
        let Some(catalogue) = explorer.known() else {
            return;
        };
        let mut form = explorer.form(&one);
        match form.as_fields(&catalogue, &one) {
            Ok(()) => {
                explorer.unshown.set(None);
                explorer.set_form(&one, form);
                super::focus_later("as-fields");
            }
            Err(unshown) => explorer
                .unshown
                .set(Some(messages::unshown(&unshown.at, unshown.why))),
        }
    };
    let to_text = move |_| {
        let Some(catalogue) = explorer.known() else {
            return;
        };
        let mut form = explorer.form(&two);
        form.as_text(&catalogue, &two);
        explorer.set_form(&two, form);
        super::focus_later("as-text");
    };
    let inner = match raw {
        Some(raw) => text(explorer, operation, raw).into_any(),
        None => field(
            explorer,
            operation,
            FieldPath::body(),
            FormPart::Body,
            Vec::new(),
            &taken.schema,
            taken.required,
        ),
    };
    let unshown = move || {
        let description = explorer.unshown.get();
        description.map(|description| {
            view! { <p class="x-fault" role="alert" data-code="body_unshown">{description}</p> }
                .into_any()
        })
    };
    view! {
        <fieldset class="x-part" id="body" tabindex="-1">
            <legend>{messages::BODY}</legend>
            <div class="x-modes">
                <div class="actions" role="group" aria-label=messages::FORMAT>
                    <button id="as-fields" type="button" class="quiet" aria-pressed=(!is_text).to_string() on:click=to_fields>{messages::FIELDS}</button>
                    <button id="as-text" type="button" class="quiet" aria-pressed=is_text.to_string() on:click=to_text>{messages::JSON}</button>
                </div>
                <span class="fine">{kind}</span>
            </div>
            {move || unshown()}
            {inner}
        </fieldset>
    }
    .into_any()
}

fn text(explorer: Explorer, operation: &Arc<Endpoint>, raw: String) -> impl IntoView + use<> {
    let wrong = fault_at(explorer, operation, FieldPath::body());
    let invalid = wrong.clone();
    let operation = operation.clone();
    let lines = raw.lines().count().clamp(6, 24).to_string();
    let typed = move |event: leptos::ev::Event| {
        explorer.unshown.set(None);
        explorer.change(&operation, |form| {
            form.raw = Some(event_target_value(&event))
        });
    };
    view! {
        <label class="x-field">
            <span class="visually-hidden">{messages::AS_JSON}</span>
            <textarea
                class="x-json" rows=lines spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-describedby="body-fault" aria-invalid=move || invalid().map(|_| "true")
                prop:value=raw on:input=typed
            ></textarea>
        </label>
        <p id="body-fault" class="x-fault">{move || wrong()}</p>
    }
}
