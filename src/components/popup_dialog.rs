//! What the page says while the user signs in in a window of its own.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::dialog::open_while;
use crate::session::Session;

/// The dialog. It is open while the page waits.
#[component]
pub fn PopupDialog() -> impl IntoView {
    let session = expect_context::<Session>();
    let dialog = NodeRef::<Dialog>::new();
    let waits = Memo::new(move |_| session.popup_sign_in().is_some());
    open_while(dialog, move || waits.get());
    let give_up = move || leptos::task::spawn_local(session.give_up());
    view! {
        <dialog
            class="dialog" node_ref=dialog aria-labelledby="popup-dialog-title"
            on:cancel=move |_: leptos::ev::Event| give_up()
        >
            <h2 id="popup-dialog-title">"Go on in the window that opened"</h2>
            <p>"Log in at Pleo there. This page goes on by itself as soon as you have decided."</p>
            <p class="fine">
                "If that window is gone, cancel here and start again. After three minutes this page \
                 gives up by itself."
            </p>
            <div class="actions">
                <button type="button" on:click=move |_| give_up()>"Cancel"</button>
            </div>
        </dialog>
    }
}
