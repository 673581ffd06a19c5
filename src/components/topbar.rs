//! The bar at the top: name, theme, session.

use leptos::prelude::*;

use super::messages::frame as messages;
use super::session_status::SessionStatus;
use super::switcher::Switcher;
use super::theme::ThemeSwitch;
use crate::address;
use crate::platform::document;
use crate::session::Session;

/// The bar.
#[component]
pub fn TopBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let home = document::base();
    let home = move || {
        session
            .live_id
            .with(|id| address::with_connection(&home, id.as_deref()))
    };
    view! {
        <header class="topbar">
            <a class="brand" href=move || home()>{messages::BRAND}</a>
            <div class="topbar-end">
                <Switcher />
                <ThemeSwitch />
                <SessionStatus />
                <SignOut />
            </div>
        </header>
    }
}

/// The button that ends every connection, in all tabs.
#[component]
pub fn SignOut() -> impl IntoView {
    let session = expect_context::<Session>();
    let offered = Memo::new(move |_| session.stage_view.with(|view| view.connection().is_some()));
    let sign_out = move |_| leptos::task::spawn_local(session.sign_out());
    view! {
        <Show when=move || offered.get()>
            <button type="button" class="quiet" on:click=sign_out title=messages::SIGN_OUT_TITLE>
                {messages::SIGN_OUT}
            </button>
        </Show>
    }
}
