//! The text controls of a field.

use crate::platform::document;
use leptos::prelude::*;
use outlay_pleo::registration::FormField;
use outlay_pleo::scope;

use super::draft::MOST_ROWS;
use super::form::{RegistrationForm, control, id};
use super::found::found;
use super::messages::entries as messages;

/// The control; `label` is the accessible name of an entry of a list.
pub fn entry(
    form: RegistrationForm,
    field: FormField,
    at: usize,
    label: Option<String>,
) -> AnyView {
    let wrong = move || {
        form.assessment
            .with(|it| it.is_wrong(field, at))
            .then_some("true")
    };
    let about = [
        &*id(field, "about"),
        " ",
        &id(field, "found"),
        " ",
        &control(field, at),
        "-about ",
        &control(field, at),
        "-found",
    ];
    view! {
        <input
            type="text" id=control(field, at) aria-label=label aria-describedby=about.concat()
            aria-invalid=move || wrong() list=(field == FormField::Scopes).then_some("reg-scopes-known")
            autocomplete="off" autocapitalize="off" spellcheck="false"
            prop:value=move || form.draft.with(|draft| draft.text(field, at).to_owned())
            on:input=move |event| {
                let text = event_target_value(&event);
                form.draft.update(|draft| draft.type_into(field, at, text));
            }
        />
    }
    .into_any()
}

/// The entries of a list, with the buttons that add and remove them.
pub fn entries(form: RegistrationForm, field: FormField) -> AnyView {
    let rows = Memo::new(move |_| form.draft.with(|draft| draft.rows(field)));
    let full = move || rows.get() >= MOST_ROWS;
    let add = move |_| {
        let at = form.draft.try_update(|draft| draft.add(field));
        focus(field, at.unwrap_or_default());
    };
    let more = move || {
        let hidden = rows.get().saturating_sub(MOST_ROWS);
        (hidden > 0).then(|| view! { <p>{messages::more(hidden)}</p> }.into_any())
    };
    view! {
        <For
            each=move || 0..rows.get().min(MOST_ROWS)
            key=|at| *at
            children=move |at| row(form, field, at)
        />
        {move || more()}
        <div>
            <button type="button" class="quiet" disabled=move || full() on:click=add>
                {messages::add_to(field.label())}
            </button>
        </div>
    }
    .into_any()
}

fn row(form: RegistrationForm, field: FormField, at: usize) -> AnyView {
    let name = messages::name(field.label(), at + 1);
    let remove = move |_| {
        form.draft.update(|draft| draft.remove(field, at));
        let last = form.draft.with_untracked(|draft| draft.rows(field)) - 1;
        focus(field, at.min(last));
    };
    let permits = move || {
        let known = form.draft.with(|draft| scope::known(draft.text(field, at)));
        known.map(|scope| messages::permits(scope.permits))
    };
    let about = [&*control(field, at), "-about"].concat();
    view! {
        <div class="reg-row">
            {entry(form, field, at, Some(name.clone()))}
            <button type="button" class="quiet" aria-label=messages::remove(&name) on:click=remove>{messages::REMOVE}</button>
        </div>
        <p class="fine" id=about>{move || permits()}</p>
        {found(form, field, Some(at), [&*control(field, at), "-found"].concat())}
    }
    .into_any()
}

/// Moves the focus to a control of the next render.
pub fn focus(field: FormField, at: usize) {
    request_animation_frame(move || document::focus(&control(field, at)));
}
