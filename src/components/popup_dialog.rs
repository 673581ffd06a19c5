//! The dialog that is open while the user signs in in a popup.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::dialog::open_while;
use super::messages;
use crate::session::Session;

/// The dialog.
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
            <h2 id="popup-dialog-title">{messages::popup::TITLE}</h2>
            <p>{messages::popup::HINT}</p>
            <p class="fine">{messages::popup::CLOSED}</p>
            <div class="actions">
                <button type="button" on:click=move |_| give_up()>{messages::CANCEL}</button>
            </div>
        </dialog>
    }
}
