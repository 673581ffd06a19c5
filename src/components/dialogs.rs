//! The dialogs of a session, in a chunk that is loaded when the first of them is needed.

use leptos::prelude::*;

use super::connect_another::ConnectAnother;
use super::countdown::IdleCountdown;
use super::popup_dialog::PopupDialog;
use crate::session::Session;

/// All dialogs of a session.
#[component]
pub fn Dialogs() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <IdleCountdown
            left=Signal::derive(move || session.idle_left())
            limit=Signal::derive(move || session.idle_limit())
            stay=Callback::new(move |()| session.activity())
            over=Callback::new(move |()| session.refresh_snapshot())
        />
        <ConnectAnother />
        <PopupDialog />
    }
}
