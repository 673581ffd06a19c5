//! Copies, saves and prints the results.

use crate::platform::{clipboard, download};
use leptos::prelude::*;
use outlay_probe::export::{ExportFormat, write};
use outlay_probe::report::CheckReport;

use super::messages::report as messages;
use super::text::file;

/// The buttons.
#[component]
pub fn Export(card: Memo<Option<CheckReport>>) -> impl IntoView {
    let copy_message = RwSignal::new(String::new());
    let copy = move |form| {
        let Some(text) = card.get_untracked().map(|card| write(&card, form)) else {
            return;
        };
        copy_message.set(String::new());
        leptos::task::spawn_local(async move {
            let done = clipboard::copy(&text).await;
            copy_message.try_set(clipboard::copy_message(done).to_owned());
        });
    };
    let save = move |form| {
        let Some(card) = card.get_untracked() else {
            return;
        };
        let (name, kind) = file(&card, form);
        copy_message.set(download::save(&name, kind, &write(&card, form)));
    };
    view! {
        <div class="actions check-export" role="group" aria-label=messages::EXPORT>
            <button type="button" on:click=move |_| copy(ExportFormat::Markdown)>{messages::COPY_MARKDOWN}</button>
            <button type="button" on:click=move |_| copy(ExportFormat::Json)>{messages::COPY_JSON}</button>
            <button type="button" on:click=move |_| save(ExportFormat::Markdown)>{messages::SAVE_MARKDOWN}</button>
            <button type="button" on:click=move |_| save(ExportFormat::Json)>{messages::SAVE_JSON}</button>
            <button type="button" class="quiet" on:click=|_| print()>{messages::PRINT}</button>
            <span role="status">{copy_message}</span>
        </div>
    }
}

fn print() {
    let _ = window().print();
}
