//! The line that filters the table: the whole language of `docs/filters.md`.

use leptos::html::Input;
use leptos::prelude::*;
use outlay_table::filter::Error;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::state::EntriesState;
use crate::pages::entries_messages as messages;
use crate::platform::{document, intl};

/// Characters before and after the wrong one that are shown with it, at most.
const AROUND: usize = 24;

/// The field, how many rows match, and what is wrong with the filter.
#[component]
pub fn SearchField() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let field = NodeRef::<Input>::new();
    // Whether the field has the focus because of Ctrl+F in the table.
    let finds = RwSignal::new(false);
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_find = is_find(&event);
        if !(is_find || is_slash(&event)) || document::has_open_dialog() {
            return;
        }
        if let Some(Some(field)) = field.try_get_untracked() {
            event.prevent_default();
            finds.set(is_find);
            let _ = field.focus();
            field.select();
        }
    });
    on_cleanup(move || keys.remove());
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !state.typed.with_untracked(String::is_empty) {
            event.prevent_default();
            state.filter_by(String::new());
        }
    };
    let words = move || {
        if state.filter.with(outlay_table::Filter::is_empty) {
            return String::new();
        }
        let all = state
            .company_data
            .entries_pagination
            .with(|pagination| pagination.list.distinct());
        let found = state.order.with(|order| order.len());
        messages::found(&intl::count(found), &intl::count(all))
    };
    let is_wrong = Memo::new(move |_| state.error.with(Option::is_some));
    view! {
        <div class="search" role="search">
            <label class="field inline" title=messages::SHORTCUT>
                <span>{messages::SEARCH}</span>
                <input
                    type="text" node_ref=field dir="auto" autocomplete="off" spellcheck="false" enterkeyhint="search" placeholder=messages::EXAMPLE
                    maxlength="4000" aria-describedby="search-hint" aria-invalid=move || is_wrong.get().to_string()
                    prop:value=state.typed
                    on:input=move |event| state.filter_by(event_target_value(&event))
                    on:keydown=pressed on:blur=move |_| finds.set(false)
                />
            </label>
            <p class="figures" role="status" prop:textContent=move || words()></p>
            <p class="fine" id="search-hint" class:found=finds prop:textContent=move || if finds.get() { messages::FIND } else { messages::HINT }></p>
            {move || state.error.get().map(|error| state.typed.with_untracked(|text| fault(text, error)))}
        </div>
    }
}

/// The message with the wrong character marked.
fn fault(text: &str, error: Error) -> AnyView {
    let skipped = error.at.saturating_sub(AROUND);
    let mut characters = text.chars();
    let before: String = characters
        .by_ref()
        .skip(skipped)
        .take(error.at - skipped)
        .collect();
    // At the end there is no character to mark.
    let wrong = characters
        .next()
        .map_or_else(|| "\u{a0}".to_owned(), String::from);
    let after: String = characters.take(AROUND).collect();
    let place = messages::at_character(&intl::count(error.at + 1));
    view! {
        <div class="search-error" role="alert" data-code=error.code.as_str()>
            <p prop:textContent=error.code.message()></p>
            <p class="fine">
                <code translate="no" dir="auto">
                    <span prop:textContent=before></span>
                    <mark prop:textContent=wrong></mark>
                    <span prop:textContent=after></span>
                </code>
                " " <span prop:textContent=place></span>
            </p>
        </div>
    }
    .into_any()
}

/// Whether the keys of the browser's own search are pressed in the table, of which the browser searches
/// only the visible rows.
fn is_find(event: &KeyboardEvent) -> bool {
    let with_control = event.ctrl_key() != event.meta_key();
    let is_key = event.key().eq_ignore_ascii_case("f") && !event.alt_key() && !event.shift_key();
    with_control && is_key && is_inside(event, ".grid")
}

/// Whether `/` is pressed outside of a field.
fn is_slash(event: &KeyboardEvent) -> bool {
    let with_other = event.ctrl_key() || event.alt_key() || event.meta_key();
    let field = "input, textarea, select, [contenteditable]";
    event.key() == "/" && !with_other && !is_inside(event, field)
}

fn is_inside(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}
