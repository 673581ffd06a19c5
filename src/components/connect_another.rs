//! The dialog for connecting another company.

use leptos::html::Dialog;
use leptos::prelude::*;
use outlay_pleo::text::marked;

use super::account_menu::ConnectsAnother;
use super::connect::ConnectForm;
use super::dialog::open_while;
use super::external_text::ExternalText;
use super::messages;
use crate::session::Session;
use crate::session::names::Names;

/// The id of the dialog. The form in it closes the dialog after a sign-in.
pub const DIALOG: &str = "connect-another";

/// The dialog: the form, and the list of connected companies.
#[component]
pub fn ConnectAnother() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let dialog = NodeRef::<Dialog>::new();
    let ConnectsAnother(another) = expect_context();
    open_while(dialog, move || another.get());
    let form = move || {
        session
            .is_ready()
            .then(|| view! { <ConnectForm /> }.into_any())
    };
    let title = move || match names.live_connections.with(Vec::is_empty) {
        true => messages::connect_another::FIRST,
        false => messages::connect_another::TITLE,
    };
    let list = move || {
        let all = names.live_connections.get();
        (all.len() > 1).then(|| {
            let items = all.into_iter().map(|(id, name)| {
                let remove = move |_| leptos::task::spawn_local(session.remove(id.clone()));
                let label = messages::connect_another::disconnect(&marked(&name));
                view! {
                    <li>
                        <ExternalText text=name />
                        <button type="button" class="quiet" aria-label=label on:click=remove>{messages::connect_another::DISCONNECT}</button>
                    </li>
                }
            });
            view! {
                <h3>{messages::connect_another::CONNECTED}</h3>
                <ul class="connected">{items.collect_view()}</ul>
            }
            .into_any()
        })
    };
    view! {
        <dialog
            class="dialog" id=DIALOG node_ref=dialog aria-labelledby="another-title"
            on:close=move |_: leptos::ev::Event| {
                another.set(false);
                session.failed.set(None);
            }
        >
            <h2 id="another-title">{move || title()}</h2>
            <p>{messages::connect_another::HINT}</p>
            {move || form()}
            {move || list()}
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| another.set(false)>{messages::CLOSE}</button>
            </div>
        </dialog>
    }
}
