//! One field of the form, made from its definition in `outlay_pleo`.

use leptos::prelude::*;
use outlay_pleo::registration::{FieldGroup, FormField};
use outlay_pleo::scope::SCOPES;

use super::choices::{chosen, options};
use super::entry::{entries, entry};
use super::form::{RegistrationForm, control, id};
use super::found::found;
use super::logo::logo;
use super::purposes::purposes;

/// The fields of a group.
pub fn group(form: RegistrationForm, group: FieldGroup) -> AnyView {
    let fields = group.fields().map(|one| field(form, one)).collect_view();
    view! { <section class="card"><h2>{group.label()}</h2>{fields}</section> }.into_any()
}

fn field(form: RegistrationForm, field: FormField) -> AnyView {
    match field {
        FormField::Logo => alone(form, field, logo(form)),
        FormField::Purposes => together(form, field, purposes(form)),
        FormField::Scopes => {
            let known = SCOPES
                .iter()
                .map(|scope| view! { <option value=scope.name>{scope.permits}</option> });
            let known = view! { <datalist id="reg-scopes-known">{known.collect_view()}</datalist> };
            together(form, field, (entries(form, field), known).into_any())
        }
        FormField::Contacts | FormField::RedirectUris => {
            together(form, field, entries(form, field))
        }
        FormField::Environment
        | FormField::ClientKind
        | FormField::Pkce
        | FormField::SubjectType => alone(form, field, choice(form, field)),
        _ => alone(form, field, entry(form, field, 0, None)),
    }
}

/// A field with one control.
fn alone(form: RegistrationForm, field: FormField, inner: AnyView) -> AnyView {
    view! {
        <div class="reg-field">
            <label for=control(field, 0)>{field.label()}</label>
            <p class="fine" id=id(field, "about")>{field.meaning()}</p>
            {inner}
            {found(form, field, None, id(field, "found"))}
        </div>
    }
    .into_any()
}

/// A field with several controls.
fn together(form: RegistrationForm, field: FormField, inner: AnyView) -> AnyView {
    view! {
        <fieldset class="reg-field" aria-describedby=id(field, "about")>
            <legend>{field.label()}</legend>
            <p class="fine" id=id(field, "about")>{field.meaning()}</p>
            {inner}
            {found(form, field, None, id(field, "found"))}
        </fieldset>
    }
    .into_any()
}

fn choice(form: RegistrationForm, field: FormField) -> AnyView {
    let options = options(field).into_iter().map(|(word, label)| {
        let here = move || {
            form.draft
                .with(|draft| chosen(&draft.package, field) == word)
        };
        view! { <option value=word prop:selected=move || here()>{label}</option> }
    });
    let wrong = move || {
        form.assessment
            .with(|it| it.is_wrong(field, 0))
            .then_some("true")
    };
    let about = [&*id(field, "about"), " ", &id(field, "found")].concat();
    view! {
        <select
            id=control(field, 0) aria-describedby=about aria-invalid=move || wrong()
            on:change=move |event| {
                let word = event_target_value(&event);
                form.draft.update(|draft| draft.choose(field, &word));
            }
        >{options.collect_view()}</select>
    }
    .into_any()
}
