//! The button of the account menu: the state of the session as text with a ring for the time left.
//! The facts about the session in the menu are loaded when it is opened.

use leptos::prelude::*;
use outlay_vault::message::Connection;

use super::account_menu::{AccountActions, MENU};
use super::chunk_view::ChunkView;
use super::messages;
use super::session_status_text as words;
use crate::chunks::SESSION_PANEL;
use crate::session::Session;
use crate::session::view::SessionView;

/// The button with its menu.
#[component]
pub fn SessionStatus() -> impl IntoView {
    let session = expect_context::<Session>();
    let passed = Signal::derive(move || session.passed());
    let opened = RwSignal::new(false);
    let open = move |_| {
        if !opened.get_untracked() {
            opened.set(true);
        }
    };
    view! {
        <SessionStatusButton view=session.view.into() passed />
        <div id=MENU class="panel" role="dialog" popover="auto" aria-label=messages::account::MENU on:toggle=open>
            <AccountActions />
            {move || opened.get().then(|| view! { <ChunkView chunk=SESSION_PANEL /> }.into_any())}
        </div>
    }
}

/// The button without the menu.
#[component]
pub fn SessionStatusButton(
    /// The view that it shows.
    view: Signal<SessionView>,
    /// Milliseconds since the vault sent that view.
    passed: Signal<u64>,
) -> impl IntoView {
    let state = move || view.with(words::state).to_owned();
    let data = move || view.with(SessionView::name);
    let left = move || view.with(|view| ring(view.live()?, passed.get()));
    view! {
        <button type="button" id="session-status" class="session-status" popovertarget=MENU title=messages::account::MENU data-state=move || data()>
            <svg class="ring" viewBox="0 0 20 20" aria-hidden="true">
                <circle class="ring-track" cx="10" cy="10" r="7" />
                <circle
                    class="ring-left" cx="10" cy="10" r="7" pathLength="100"
                    stroke-dasharray=move || format!("{} 100", left().unwrap_or(0))
                />
            </svg>
            <span class="session-state" prop:textContent=move || state()></span>
        </button>
    }
}

fn ring(connection: &Connection, passed: u64) -> Option<u64> {
    let left = connection.expires_in?.saturating_sub(passed);
    Some(words::share_left(left, connection.lifetime?))
}
