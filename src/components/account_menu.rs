//! The actions of the account menu: theme, another company, sign-out.

use leptos::prelude::*;
use outlay_pleo::text::marked;

use super::external_text::ExternalText;
use super::messages::account as messages;
use super::theme::ThemeSwitch;
use crate::platform::document;
use crate::session::Session;
use crate::session::names::Names;

/// The id of the menu, a popover.
pub const MENU: &str = "session-panel";

/// Whether the dialog for connecting another company is open.
#[derive(Clone, Copy)]
pub struct ConnectsAnother(pub RwSignal<bool>);

/// The actions.
#[component]
pub fn AccountActions() -> impl IntoView {
    let names = expect_context::<Names>();
    let ConnectsAnother(another) = expect_context();
    let connected = Memo::new(move |_| names.live_connections.with(|all| !all.is_empty()));
    let connect_another = move |_| {
        document::hide_popover(MENU);
        another.set(true);
    };
    view! {
        <div class="account-actions">
            <ThemeSwitch />
            <Show when=move || connected.get()>
                <button type="button" class="quiet" on:click=connect_another>{messages::CONNECT_ANOTHER}</button>
            </Show>
            <SignOut />
        </div>
    }
}

/// The button in the bar that ends every connection in all tabs. On a narrow screen the menu has it.
#[component]
pub fn SignOutInBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let offered = Memo::new(move |_| session.stage_view.with(|view| view.connection().is_some()));
    let several = Memo::new(move |_| names.live_connections.with(Vec::len));
    let sign_out = move |_| leptos::task::spawn_local(session.sign_out());
    view! {
        <Show when=move || offered.get()>
            <button
                type="button" class="quiet sign-out wide" title=move || messages::sign_out_effect(several.get())
                on:click=sign_out
            >{messages::SIGN_OUT}</button>
        </Show>
    }
}

/// What a sign-out ends, and its button where the bar has no place for it; with several companies also one
/// that ends the connection in view alone.
#[component]
fn SignOut() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let offered = Memo::new(move |_| session.stage_view.with(|view| view.connection().is_some()));
    let sign_out = move |_| {
        document::hide_popover(MENU);
        leptos::task::spawn_local(session.sign_out());
    };
    let several = Memo::new(move |_| names.live_connections.with(Vec::len));
    // The connection in view with its name, if there are others.
    let in_view = Memo::new(move |_| {
        let id = session.live_id.get()?;
        names.live_connections.with(|all| {
            let mut all = all.iter().filter(|_| all.len() > 1);
            all.find(|(other, _)| *other == id).cloned()
        })
    });
    let only = move || {
        in_view.get().map(|(id, name)| {
            let label = messages::sign_out_of(&marked(&name));
            let remove = move |_| {
                document::hide_popover(MENU);
                leptos::task::spawn_local(session.remove(id.clone()));
            };
            view! {
                <button type="button" class="quiet" aria-label=label on:click=remove>
                    {messages::SIGN_OUT_OF.0} <ExternalText text=name /> {messages::SIGN_OUT_OF.1}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <Show when=move || offered.get()>
            {move || only()}
            <button type="button" class="quiet sign-out narrow" aria-describedby="sign-out-effect" on:click=sign_out>
                {messages::SIGN_OUT}
            </button>
            <p id="sign-out-effect" class="fine" prop:textContent=move || messages::sign_out_effect(several.get())></p>
        </Show>
    }
}
