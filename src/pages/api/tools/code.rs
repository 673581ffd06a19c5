//! The call in view as a program, to copy.

use std::sync::Arc;

use leptos::prelude::*;
use outlay_pleo::catalogue::Endpoint;

use super::messages::code as messages;
use crate::pages::api::state::Explorer;
use crate::platform::clipboard;
use outlay_explorer::marks::SecretMarks;
use outlay_explorer::request::prepared;
use outlay_explorer::shareable::{left_out, shareable};
use outlay_explorer::snippets::{Language, snippet};

/// The program and its language.
#[component]
pub fn Code() -> impl IntoView {
    let explorer = Explorer::of_tab();
    let language = RwSignal::new(Language::ALL[0]);
    let reported = RwSignal::new(String::new());
    let program = Memo::new(move |_| {
        explorer.edited.track();
        let operation = explorer.operation.get().filter(|_| !explorer.hidden.get());
        operation.map(|operation| program(explorer, &operation, language.get()))
    });
    let text = move || program.get().map_or_else(String::new, |(text, _)| text);
    let left = move || program.get().and_then(|(_, left)| left);
    let pick = move |event: leptos::ev::Event| {
        let named = event_target_value(&event);
        let chosen = Language::ALL.into_iter().find(|it| it.name() == named);
        language.set(chosen.unwrap_or(Language::ALL[0]));
        reported.set(String::new());
    };
    let copy = move |_| {
        let text = text();
        leptos::task::spawn_local(async move {
            reported.try_set(clipboard::copy_message(clipboard::copy(&text).await).to_owned());
        });
    };
    let options = Language::ALL.map(|it| view! { <option value=it.name()>{it.name()}</option> });
    view! {
        <div class="x-code">
            <div class="actions">
                <select aria-label=messages::LANGUAGE translate="no" on:change=pick>{options.collect_view()}</select>
                <button type="button" class="quiet" on:click=copy>{messages::COPY}</button>
                <span role="status" class="fine">{reported}</span>
            </div>
            <pre class="x-sample" translate="no" dir="ltr" tabindex="0" role="region" aria-label=messages::PROGRAM>{move || text()}</pre>
            <p class="fine">{messages::TOKEN} " " {move || left()}</p>
        </div>
    }
}

/// The program, or why there is none, and the parameters that it leaves out.
fn program(
    explorer: Explorer,
    operation: &Arc<Endpoint>,
    language: Language,
) -> (String, Option<String>) {
    let Some(catalogue) = explorer.known() else {
        return (String::new(), None);
    };
    let marks = SecretMarks::of(&catalogue, operation.body.as_ref().map(|body| &body.schema));
    let (form, left) = shareable(&catalogue, operation, &explorer.filled_form(operation));
    let request = prepared(&catalogue, operation, &form);
    let program = snippet(base(explorer).as_deref(), &request, marks, language);
    (program.unwrap_or_else(str::to_owned), left_out(&left))
}

/// Returns the base address of the API: that of the connection, or of the only environment. `None`
/// if there are several, because a command for the sandbox must not reach a company's data.
fn base(explorer: Explorer) -> Option<String> {
    let profile = explorer.profile.get();
    let only = || {
        let config = explorer.session.config.get()?;
        let one = config.profiles.len() == 1;
        config.profiles.into_iter().next().filter(|_| one)
    };
    Some(profile.or_else(only)?.api_base)
}
