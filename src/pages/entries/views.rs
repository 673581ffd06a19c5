//! Saves what is shown as a link or a small file, and loads such a file.

use leptos::html::Input;
use leptos::prelude::*;
use outlay_table::view::{EntriesView, ViewFault};
use web_sys::DragEvent;

use super::state::EntriesState;
use crate::messages::copy;
use crate::pages::entries_messages::views as messages;
use crate::platform::{clipboard, download, file_input};

/// The name of the file.
const FILE: &str = "outlay-view.json";

/// The buttons, and the field for a file.
#[component]
pub fn Views() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let input = NodeRef::<Input>::new();
    let status = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<ViewFault>);
    let copy_link = move |_| {
        let link = state.link();
        leptos::task::spawn_local(async move {
            let words = match clipboard::copy(&link).await {
                true => messages::LINK_COPIED,
                false => copy::BLOCKED,
            };
            status.try_set(words.to_owned());
        });
    };
    let save = move |_| {
        status.set(download::save(
            FILE,
            "application/json",
            &state.view().to_file(),
        ));
    };
    let open = move |file: web_sys::File| {
        leptos::task::spawn_local(async move {
            // A file that the browser cannot read has no text to judge.
            let text = file_input::text_of(&file).await.unwrap_or_default();
            let read = EntriesView::of_file(&text);
            let words = match &read {
                Ok(_) => messages::OPENED.to_owned(),
                Err(_) => String::new(),
            };
            if fault.try_set(read.as_ref().err().copied()).is_some() {
                return;
            }
            status.set(words);
            if let Ok(view) = read {
                state.show_view(view);
            }
        });
    };
    let chosen = move |_| {
        let file = input
            .get_untracked()
            .and_then(|input| file_input::picked(&input));
        if let Some(file) = file {
            open(file);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        if let Some(file) = file_input::dropped(&event) {
            open(file);
        }
    };
    let alert = move || {
        fault.get().map(|fault| {
            let what = match fault {
                ViewFault::TooLarge => messages::TOO_LARGE.to_owned(),
                ViewFault::NotJson => messages::NOT_JSON.to_owned(),
                ViewFault::NotAView => messages::NOT_A_VIEW.to_owned(),
                ViewFault::OtherVersion => messages::OTHER_VERSION.to_owned(),
                ViewFault::Filter(error) => messages::wrong_filter(error.code.message()),
            };
            view! {
                <div class="search-error" role="alert" data-code=fault.code()>
                    <p prop:textContent=what></p>
                    <p class="fine">{messages::UNCHANGED}</p>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <div class="views" on:dragover=move |event: DragEvent| event.prevent_default() on:drop=dropped>
            <button type="button" class="quiet" on:click=copy_link>{messages::COPY_LINK}</button>
            <button type="button" class="quiet" on:click=save>{messages::SAVE}</button>
            <label class="field inline">
                <span>{messages::OPEN}</span>
                <input type="file" accept="application/json,.json" node_ref=input on:change=chosen />
            </label>
            <p class="fine">{messages::HINT}</p>
            <p class="figures" role="status" prop:textContent=status></p>
            {move || alert()}
        </div>
    }
}
