//! The warning before a sign-out because of inactivity: a dialog that counts down in every tab until
//! there is activity in one of them.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::dialog::open_while;
use super::messages;
use crate::effect::effect;
use crate::session::idle;

/// The dialog.
#[component]
pub fn IdleCountdown(
    /// Milliseconds until the sign-out, as far as this page knows.
    left: Signal<Option<u64>>,
    /// The whole limit in milliseconds.
    limit: Signal<u64>,
    /// Called when the user chooses to stay signed in.
    stay: Callback<()>,
    /// Called when the time is up, to get the vault's current state.
    over: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let seconds = Memo::new(move |_| idle::warning(left.get(), limit.get()));
    let warns = Memo::new(move |_| seconds.get().is_some());
    let announced_seconds = Memo::new(move |_| seconds.get().map(idle::announced_seconds));
    open_while(dialog, move || warns.get());
    effect(move || {
        if seconds.get() == Some(0) {
            over.run(());
        }
    });
    let words = move || match seconds.get() {
        Some(0) => messages::countdown::OVER.to_owned(),
        Some(left) => messages::countdown::seconds(left),
        None => String::new(),
    };
    let aloud = move || {
        announced_seconds
            .get()
            .map(messages::countdown::seconds_aloud)
            .unwrap_or_default()
    };
    view! {
        <dialog
            class="dialog" role="alertdialog" aria-labelledby="idle-title" aria-describedby="idle-words"
            node_ref=dialog on:cancel=move |_: web_sys::Event| stay.run(())
        >
            <h2 id="idle-title">{messages::countdown::TITLE}</h2>
            // Screen readers get the announcement below instead, which changes less often.
            <p class="figures" aria-hidden="true" prop:textContent=move || words()></p>
            <p id="idle-words">{messages::countdown::HINT}</p>
            <p class="visually-hidden" aria-live="assertive" prop:textContent=move || aloud()></p>
            <div class="actions">
                <button type="button" class="primary" autofocus on:click=move |_| stay.run(())>
                    {messages::countdown::STAY}
                </button>
            </div>
        </dialog>
    }
}
