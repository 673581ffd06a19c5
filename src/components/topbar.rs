//! The bar at the top: name, company, and the button of the account menu.

use leptos::prelude::*;

use super::account_menu::SignOutInBar;
use super::messages::frame as messages;
use super::session_status::SessionStatus;
use super::switcher::Switcher;
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
            <Switcher />
            <div class="topbar-end">
                <SessionStatus />
                <SignOutInBar />
            </div>
        </header>
    }
}
