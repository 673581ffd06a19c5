//! The confirmation of a write: what it changes, and where. For a change in production that cannot
//! be undone, the user types the company's name.

use std::sync::Arc;

use super::messages::{call::SEND, confirm as messages};
use crate::components::dialog::open_while;
use crate::components::environment_banner::EnvironmentBanner;
use crate::components::external_text::external;
use crate::components::messages::disconnect::CONFIRM;
use leptos::html::Dialog;
use leptos::prelude::*;
use outlay_config::EnvironmentKind;
use outlay_pleo::catalogue::Endpoint;
use outlay_pleo::text::{Piece, marks};

use crate::pages::api::state::Explorer;
use outlay_explorer::messages::outcome::{change, is_final};
use outlay_explorer::request::prepared;

/// The dialog. It is open while a write waits for confirmation.
pub fn confirm(explorer: Explorer) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let confirming = explorer.confirming;
    open_while(dialog, move || confirming.get());
    let inside = move || {
        let operation = explorer.operation.get().filter(|_| confirming.get())?;
        Some(question(explorer, operation).into_any())
    };
    let environment = Signal::derive(move || explorer.environment());
    view! {
        <dialog class="dialog" aria-labelledby="confirm-title" node_ref=dialog on:close=move |_| confirming.set(false)>
            <EnvironmentBanner environment />
            {move || inside()}
        </dialog>
    }
}

fn question(explorer: Explorer, operation: Arc<Endpoint>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    // The name must not change while the user types it.
    let owner_label = untrack(|| explorer.owner_label());
    let (kind, environment) =
        untrack(|| explorer.environment()).unwrap_or((EnvironmentKind::Production, String::new()));
    let last = is_final(&operation);
    let must_type = last && kind == EnvironmentKind::Production;
    let path = explorer
        .known()
        .map(|all| prepared(&all, &operation, &explorer.form(&operation)).path);
    let expected = plain(&owner_label);
    let confirmed = Memo::new(move |_| !must_type || typed.with(|typed| plain(typed) == expected));
    let sent = operation.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if confirmed.get_untracked() {
            explorer.confirming.set(false);
            explorer.send(sent.clone());
        }
    };
    let field = must_type.then(|| {
        view! {
            <label class="field">
                <span>{CONFIRM.0} <strong>{external(&owner_label)}</strong> {CONFIRM.1}</span>
                <input type="text" autocomplete="off" spellcheck="false" prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event)) />
            </label>
        }
    });
    let note = (!operation.note.is_empty())
        .then(|| view! { <p class="fine">{operation.note.clone()}</p> });
    view! {
        <form on:submit=submit>
            <h2 id="confirm-title">{messages::TITLE}</h2>
            <p>
                {messages::EFFECT.0} {change(&operation)} {messages::EFFECT.1}
                <strong>{external(&owner_label)}</strong> {messages::EFFECT.2} {environment}
                {messages::EFFECT.3} {last.then_some(messages::FINAL)}
            </p>
            <p><code translate="no">{operation.method.as_str()} " " {path}</code></p>
            {note}
            {field}
            <div class="actions">
                <button type="submit" class=if last { "danger" } else { "primary" } disabled=move || !confirmed.get()>
                    {SEND}
                </button>
                <button type="button" class="quiet" autofocus=last on:click=move |_| explorer.confirming.set(false)>{messages::DO_NOT_SEND}</button>
            </div>
        </form>
    }
}

/// Returns a name without invisible characters, as a person can type it.
fn plain(name: &str) -> String {
    let pieces = marks(name).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain,
        Piece::Mark(_) => "",
    });
    pieces.collect::<String>().trim().to_owned()
}
