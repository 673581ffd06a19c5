//! The outputs, each with a preview before it is copied or saved.

use crate::platform::{clipboard, download};
use leptos::prelude::*;
use outlay_config::Problem;
use outlay_pleo::text::trim_invisible;

use super::draft::RegistrationDraft;
use super::form::RegistrationForm;
use super::messages::output as messages;
use super::output::{MadeOutput, RegistrationOutput};
use crate::components::external_text::external;
use crate::effect::effect;
use crate::messages::copy::COPY;

/// The section with the outputs.
pub fn preview(form: RegistrationForm) -> AnyView {
    let output = RwSignal::new(RegistrationOutput::Markdown);
    let shown_text = RwSignal::new(String::new());
    let made = Memo::new(move |_| form.draft.with(|draft| output.get().make(draft)));
    let lacks = Memo::new(move |_| made.with(|made| made.lacks.clone()));
    // What was copied or saved before is not what is shown now.
    effect(move || {
        made.track();
        shown_text.set(String::new());
    });
    let besides = Memo::new(move |_| form.draft.with(|draft| output.get().besides(draft)));
    let options = RegistrationOutput::ALL
        .iter()
        .zip(0_usize..)
        .map(|(one, at)| {
            view! { <option value=at.to_string()>{one.label()}</option> }
        });
    let choose = move |event| {
        let at = event_target_value(&event)
            .parse::<usize>()
            .unwrap_or_default();
        shown_text.set(String::new());
        output.set(
            RegistrationOutput::ALL
                .get(at)
                .copied()
                .unwrap_or(RegistrationOutput::Markdown),
        );
    };
    let copy = move |_| {
        let text = made.with_untracked(|made| made.text.clone());
        leptos::task::spawn_local(async move {
            shown_text.try_set(clipboard::copy_message(clipboard::copy(&text).await).to_owned());
        });
    };
    let save =
        move |_| {
            let output = output.get_untracked();
            shown_text.set(made.with_untracked(|made| {
                download::save(&made.file(output), output.kind(), &made.text)
            }));
            if output == RegistrationOutput::Saved {
                form.draft.update(RegistrationDraft::mark_saved);
            }
        };
    let none = move || made.with(|made| made.text.is_empty());
    let notes = move || {
        let all = besides.get().into_iter();
        all.map(|note| view! { <p class="note">{note}</p> })
            .collect_view()
            .into_any()
    };
    view! {
        <section class="card">
            <h2>{messages::TITLE}</h2>
            <label class="field">
                <span>{messages::OUTPUT}</span>
                <select on:change=choose>{options.collect_view()}</select>
                <small>{move || output.get().about()}</small>
            </label>
            {move || (output.get() == RegistrationOutput::Config).then(|| client_id(form))}
            {move || notes()}
            {move || lacks.get().map(|lacks| view! { <p class="note" data-draft="true">{messages::IS_DRAFT} {lacks}</p> }.into_any())}
            {move || refused(made.get())}
            <pre class="reg-text" translate="no" class:off=move || none() tabindex="0" role="region" aria-label=messages::PREVIEW>
                {move || made.with(|made| made.text.clone())}
            </pre>
            <div class="actions" class:off=move || none()>
                <button type="button" on:click=copy>{COPY}</button>
                <button type="button" on:click=save>{messages::SAVE}</button>
                <span class="fine">{move || made.with(|made| made.file(output.get()))}</span>
                <span role="status">{shown_text}</span>
            </div>
        </section>
    }
    .into_any()
}

/// The field for the client ID that Pleo issues. It is not part of the package.
fn client_id(form: RegistrationForm) -> AnyView {
    view! {
        <label class="field">
            <span>{messages::CLIENT_ID}</span>
            <input
                type="text" autocomplete="off" spellcheck="false"
                prop:value=move || form.draft.with(|draft| draft.client_id.clone())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    form.draft.update(|draft| draft.client_id = trim_invisible(&text).to_owned());
                }
            />
            <small>{messages::CLIENT_ID_HINT}</small>
        </label>
    }
    .into_any()
}

fn refused(made: MadeOutput) -> Option<AnyView> {
    if made.problems.is_empty() {
        return None;
    }
    let problem = |problem: Problem| {
        let message = problem.message();
        view! { <li><code>{external(&problem.key)}</code> " " {message.what} ". " {message.fix}</li> }
    };
    let problems = made.problems.into_iter().map(problem).collect_view();
    Some(
        view! {
            <div class="note">
                <p>{messages::REFUSED}</p>
                <ul>{problems}</ul>
            </div>
        }
        .into_any(),
    )
}
