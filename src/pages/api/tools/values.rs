//! Stores a value of the response under a name.

use leptos::prelude::*;

use super::messages::values as messages;
use crate::pages::api::state::Explorer;
use outlay_explorer::chain::{paths, value_at};
use outlay_pleo::text::trim_pasted;

/// Most paths that the field suggests.
const MOST_PATHS: usize = 100;

/// The form; closed at first.
pub fn store(explorer: Explorer) -> impl IntoView {
    let path = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let reported = RwSignal::new(String::new());
    let value = move || {
        explorer
            .text
            .with_value(|text| text.as_ref()?.masked_value())
    };
    let suggested = RwSignal::new(Vec::<String>::new());
    let opened = move |_| {
        if suggested.with_untracked(Vec::is_empty) {
            suggested.set(value().map(|it| paths(&it, MOST_PATHS)).unwrap_or_default());
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (path, name) = (path.get_untracked(), name.get_untracked());
        let (path, name) = (trim_pasted(&path), trim_pasted(&name));
        let Some(value) = value() else { return };
        let stored = value_at(&value, path).and_then(|value| {
            let stored = explorer
                .tools
                .variables
                .try_update(|all| all.set(name, &value));
            stored.unwrap_or(Ok(()))
        });
        reported.set(match stored {
            Ok(()) => messages::stored(name),
            Err(why) => why.sentence().to_owned(),
        });
    };
    let options = move || {
        let all = suggested.get().into_iter();
        all.map(|path| view! { <option value=path></option> })
            .collect_view()
    };
    view! {
        <details class="x-more" on:toggle=opened>
            <summary>{messages::STORE}</summary>
            <form class="actions" on:submit=submit>
                <label class="x-field">
                    <span>{messages::PATH}</span>
                    <input type="text" list="x-paths" autocomplete="off" spellcheck="false" prop:value=path on:input=move |event| path.set(event_target_value(&event)) />
                </label>
                <datalist id="x-paths">{move || options()}</datalist>
                <label class="x-field">
                    <span>{messages::NAME}</span>
                    <input type="text" autocomplete="off" spellcheck="false" prop:value=name on:input=move |event| name.set(event_target_value(&event)) />
                </label>
                <button type="submit" class="quiet">{messages::SAVE}</button>
                <span role="status" class="fine">{reported}</span>
            </form>
        </details>
    }
}
