//! The card in writing: copied, saved, printed.

use crate::platform::{clipboard, download};
use leptos::prelude::*;
use outlay_probe::card::Card;
use outlay_probe::export::{Form, write};

use super::tell::file;

/// The buttons.
#[component]
pub fn Export(card: Memo<Option<Card>>) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let copy = move |form| {
        let Some(text) = card.get_untracked().map(|card| write(&card, form)) else {
            return;
        };
        leptos::task::spawn_local(async move {
            let done = clipboard::copy(&text).await;
            said.try_set(clipboard::said(done).to_owned());
        });
    };
    let save = move |form| {
        let Some(card) = card.get_untracked() else {
            return;
        };
        let (name, kind) = file(&card, form);
        said.set(download::save(&name, kind, &write(&card, form)));
    };
    view! {
        <div class="actions check-export" role="group" aria-label="The card in writing">
            <button type="button" on:click=move |_| copy(Form::Markdown)>"Copy as Markdown"</button>
            <button type="button" on:click=move |_| copy(Form::Json)>"Copy as JSON"</button>
            <button type="button" on:click=move |_| save(Form::Markdown)>"Save as Markdown"</button>
            <button type="button" on:click=move |_| save(Form::Json)>"Save as JSON"</button>
            <button type="button" class="quiet" on:click=|_| print()>"Print"</button>
            <span role="status">{said}</span>
        </div>
    }
}

fn print() {
    let _ = window().print();
}
