//! Which company this tab shows, and the way to connect another one.

use leptos::html::Dialog;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use outlay_pleo::text::marked;

use super::connect::ConnectForm;
use super::external_text::ExternalText;
use crate::address;
use crate::platform::{document, location};
use crate::session::Session;
use crate::session::names::Names;

/// The dialog's id. The form in it closes it, once a company has come.
pub const DIALOG: &str = "connect-another";

/// The select, once there are two to choose from, and the button.
#[component]
pub fn Switcher() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let here = use_location().pathname;
    let navigate = use_navigate();
    let choose = Callback::new(move |id: String| {
        let whole = location::with_query(&here.get_untracked());
        let to = address::with_connection(&whole, Some(&id));
        navigate(&to, NavigateOptions::default());
    });
    let select = move || {
        let all = names.living.get();
        let in_view = session.live_id.get();
        (all.len() + usize::from(in_view.is_none()) > 1).then(|| {
            let none = in_view.is_none().then(|| {
                view! { <option value="" selected=true disabled=true>"Ended"</option> }
            });
            let options = all.into_iter().map(|(id, name)| {
                let selected = in_view.as_deref() == Some(&*id);
                view! { <option value=id selected=selected dir="auto" translate="no" prop:textContent=marked(&name)></option> }
            });
            view! {
                <select
                    aria-label="Connected company"
                    on:change=move |event| choose.run(event_target_value(&event))
                >
                    {none}
                    {options.collect_view()}
                </select>
            }
            .into_any()
        })
    };
    view! {
        <div class="switcher" class:off=move || names.living.with(Vec::is_empty)>
            {move || select()}
            <button type="button" class="quiet" on:click=|_| document::show_dialog(DIALOG)>
                "Connect another company"
            </button>
        </div>
    }
}

/// The dialog that the button opens: the form, and the companies that are connected already.
#[component]
pub fn ConnectAnother() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let dialog = NodeRef::<Dialog>::new();
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let form = move || {
        session
            .is_ready()
            .then(|| view! { <ConnectForm /> }.into_any())
    };
    let list = move || {
        let all = names.living.get();
        (all.len() > 1).then(|| {
            let items = all.into_iter().map(|(id, name)| {
                let remove = move |_| leptos::task::spawn_local(session.remove(id.clone()));
                let label = ["Sign out of ", &marked(&name)].concat();
                view! {
                    <li>
                        <ExternalText text=name />
                        <button type="button" class="quiet" aria-label=label on:click=remove>"Sign out"</button>
                    </li>
                }
            });
            view! {
                <h3>"Connected now"</h3>
                <ul class="connected">{items.collect_view()}</ul>
            }
            .into_any()
        })
    };
    view! {
        <dialog
            class="dialog" id=DIALOG node_ref=dialog aria-labelledby="another-title"
            on:close=move |_: leptos::ev::Event| session.failed.set(None)
        >
            <h2 id="another-title">"Connect another company"</h2>
            <p>
                "It stands beside the ones that are connected. Each tab shows one company at a time, \
                 and you choose which at the top."
            </p>
            {move || form()}
            {move || list()}
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| close()>"Close"</button>
            </div>
        </dialog>
    }
}
