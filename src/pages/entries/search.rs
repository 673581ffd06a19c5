//! The line that filters the table: the whole language of `docs/filters.md`.

use leptos::html::Input;
use leptos::prelude::*;
use outlay_table::filter::FilterError;
use web_sys::KeyboardEvent;

use super::state::EntriesState;
use crate::components::{messages as shared, search_shortcut};
use crate::pages::entries_messages as messages;
use crate::platform::intl;

/// Characters before and after the wrong one that are shown with it, at most.
const AROUND: usize = 24;

/// The field, how many rows match, and what is wrong with the filter.
#[component]
pub fn SearchField() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let field = NodeRef::<Input>::new();
    // Whether the field has the focus because of Ctrl+F in the table.
    let finds = search_shortcut::listen(field);
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
            <label class="field inline" title=shared::search::SHORTCUT>
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
            <p class="fine" id="search-hint" class:found=finds prop:textContent=move || if finds.get() { shared::search::FIND } else { shared::search::HINT }></p>
            {move || state.error.get().map(|error| state.typed.with_untracked(|text| fault(text, error)))}
        </div>
    }
}

/// The message with the wrong character marked.
fn fault(text: &str, error: FilterError) -> AnyView {
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
