//! The page.

use crate::components::heading::Heading;
use leptos::prelude::*;
use outlay_pleo::registration::FieldGroup;

use super::draft::RegistrationDraft;
use super::entry::focus;
use super::field::group;
use super::form::RegistrationForm;
use super::preview::preview;
use super::saved::saved;
use super::terms::terms;

/// The page.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let form = RegistrationForm::open();
    let groups = FieldGroup::ALL
        .iter()
        .map(|&it| group(form, it))
        .collect_view();
    view! {
        <Heading text="Register" />
        <p class="lead">
            "Everything that Pleo asks for when an OAuth client is registered, checked as you type. There is
            no self-service: the form goes to your contact at Pleo."
        </p>
        <p class="note">
            "Nothing is stored and nothing is sent. What you type is kept in this tab while you look at
            other pages of this app, and is lost when the tab closes or loads anew: save the package to
            go on another day. Sources open in a tab of their own."
        </p>
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
            <button type="button" class:off=move || done() on:click=go>"Go to the first"</button>
        </div>
    }
    .into_any()
}
