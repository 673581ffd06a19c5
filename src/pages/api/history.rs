//! The requests of this session.

use crate::components::external_text::external;
use crate::platform::intl;
use leptos::prelude::*;

use super::messages::history as messages;
use crate::pages::api::state::Explorer;
use outlay_explorer::history::HistoryEntry;
use outlay_explorer::messages::outcome::time;

/// The list; nothing until a request was sent.
pub fn history(explorer: Explorer) -> impl IntoView {
    let count = move || explorer.history.with(|all| all.len());
    let any = Memo::new(move |_| count() > 0 && !explorer.hidden.get());
    let items = move || {
        let all = explorer.history.get().into_iter();
        all.map(|past| item(explorer, past))
            .collect_view()
            .into_any()
    };
    view! {
        <Show when=move || any.get()>
            <details class="card x-history">
                <summary><h3>{messages::TITLE}</h3> " " <span class="fine figures">{move || count()}</span></summary>
                <p class="fine">{messages::HINT}</p>
                <ol>{move || items()}</ol>
            </details>
        </Show>
    }
}

fn item(explorer: Explorer, past: HistoryEntry) -> Option<impl IntoView> {
    let catalogue = explorer.known()?;
    let operation = catalogue.operation(&past.operation)?.clone();
    let query = ["op=", &operation.id].concat();
    let description = [
        &*past.outcome,
        &time(past.took),
        &intl::time_of_day(past.at),
    ]
    .join(" · ");
    let name = operation.summary.clone();
    let path = [operation.method.as_str(), " ", &operation.path].concat();
    let form = past.form;
    let again = move |_| explorer.set_form(&operation, form.clone());
    Some(view! {
        <li>
            <a href=move || explorer.address_of(&query) on:click=again>{name}</a>
            <span class="x-path" translate="no">{path}</span>
            <span class="fine figures" translate="no">{description}</span>
            {past.left_out.map(|description| view! { <span class="fine">{external(&description)}</span> })}
        </li>
    })
}
