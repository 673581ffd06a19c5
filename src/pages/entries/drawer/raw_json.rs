//! The response about the entry as Pleo sent it, folded.

use leptos::prelude::*;
use outlay_explorer::pretty::pretty;
use outlay_pleo::text::marked;

use crate::components::messages::drawer as labels;
use crate::messages::copy::COPY;
use crate::platform::clipboard;
use crate::session::company_data::CompanyData;

/// The JSON with a line for each value; nothing until it is here.
#[component]
pub fn RawJson(
    /// The id of the entry.
    id: String,
) -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let json = Memo::new(move |_| {
        company_data.opened.with(|opened| {
            let body = opened.json.as_ref().filter(|_| opened.id == id)?;
            // What is no JSON is shown as it is.
            Some(outlay_wire::parse(body).map_or_else(|_| body.clone(), |json| pretty(&json)))
        })
    });
    let copied = RwSignal::new(COPY);
    let copy = move |_| {
        let Some(text) = json.get_untracked() else {
            return;
        };
        leptos::task::spawn_local(async move {
            let done = clipboard::copy(&text).await;
            copied.try_set(clipboard::copy_message(done));
        });
    };
    let shown = move || json.with(|json| json.as_deref().map(marked).unwrap_or_default());
    view! {
        <details class="raw-json" class:off=move || json.with(Option::is_none)>
            <summary>{labels::RAW_JSON}</summary>
            <button type="button" class="quiet" on:click=copy prop:textContent=copied></button>
            <pre tabindex="0" role="region" aria-label=labels::RAW_JSON_TEXT translate="no" prop:textContent=move || shown()></pre>
        </details>
    }
}
