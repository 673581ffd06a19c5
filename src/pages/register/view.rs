//! The client registration.

use crate::components::heading::Heading;
use leptos::prelude::*;
use outlay_pleo::registration::FieldGroup;

use super::draft::RegistrationDraft;
use super::entry::focus;
use super::field::group;
use super::form::RegistrationForm;
use super::messages;
use super::preview::preview;
use super::saved::saved;
use super::terms::terms;

/// The client registration.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let form = RegistrationForm::open();
    let groups = FieldGroup::ALL
        .iter()
        .map(|&it| group(form, it))
        .collect_view();
    view! {
        <Heading text=messages::TITLE />
        <p class="lead">{messages::LEAD}</p>
        <p class="note">{messages::NOTE}</p>
        <div class="register">
            {summary(form)}
            <div class="register-form">
                {saved(form)}
                {groups}
                {preview(form)}
            </div>
            {terms()}
        </div>
    }
}

/// The number of findings, and a link to the first.
fn summary(form: RegistrationForm) -> AnyView {
    let words = Memo::new(move |_| form.assessment.with(|assessment| assessment.summary()));
    let done = move || {
        form.assessment
            .with(|it| it.shown.is_empty() && it.to_fill == 0)
    };
    let go = move |_| {
        form.draft.update(RegistrationDraft::touch_all);
        if let Some((field, at)) = form
            .assessment
            .with_untracked(|assessment| assessment.first())
        {
            focus(field, at);
        }
    };
    view! {
        <div class="reg-summary">
            <p role="status">{words}</p>
            <button type="button" class:off=move || done() on:click=go>{messages::FIRST}</button>
        </div>
    }
    .into_any()
}
