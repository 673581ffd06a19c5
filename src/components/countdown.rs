//! The warning before everybody is signed out for want of activity: a dialog that counts down, in
//! every tab, until somebody does something in one of them.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::dialog::open_while;
use crate::effect::effect;
use crate::session::idle;

/// The dialog.
#[component]
pub fn IdleCountdown(
    /// Milliseconds until the end, as far as this page knows.
    left: Signal<Option<u64>>,
    /// The whole limit in milliseconds.
    limit: Signal<u64>,
    /// The client that gets the activity.
    stay: Callback<()>,
    /// Asked to look whether it is over, once the time is.
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
        Some(0) => "You are being signed out, because nobody did anything.".to_owned(),
        Some(left) => {
            format!("You will be signed out in {left} s, because nobody did anything.")
        }
        None => String::new(),
    };
    let aloud = move || {
        announced_seconds
            .get()
            .map(|left| format!("{left} seconds left."))
            .unwrap_or_default()
    };
    view! {
        <dialog
            class="dialog" role="alertdialog" aria-labelledby="idle-title" aria-describedby="idle-words"
            node_ref=dialog on:cancel=move |_: web_sys::Event| stay.run(())
        >
            <h2 id="idle-title">"Are you still there?"</h2>
            // The seconds are for sighted users: a screen reader announces a few steps.
            <p class="figures" aria-hidden="true" prop:textContent=move || words()></p>
            <p id="idle-words">
                "Everything on this page is then dropped, in every tab. Any key or click, in any of them, \
                 keeps you signed in."
            </p>
            <p class="visually-hidden" aria-live="assertive" prop:textContent=move || aloud()></p>
            <div class="actions">
                <button type="button" class="primary" autofocus on:click=move |_| stay.run(())>
                    "Stay signed in"
                </button>
            </div>
        </dialog>
    }
}
