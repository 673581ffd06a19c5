//! The select for the company that this tab shows, and the button that connects another one.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use outlay_pleo::text::marked;

use super::messages::switcher as messages;
use crate::address;
use crate::platform::location;
use crate::session::Session;
use crate::session::names::Names;

/// Whether the dialog for connecting another company is open.
#[derive(Clone, Copy)]
pub struct ConnectsAnother(pub RwSignal<bool>);

/// The select, if there are two companies or more, and the button.
#[component]
pub fn Switcher() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let ConnectsAnother(another) = expect_context();
    let here = use_location().pathname;
    let navigate = use_navigate();
    let choose = Callback::new(move |id: String| {
        let whole = location::with_query(&here.get_untracked());
        let to = address::with_connection(&whole, Some(&id));
        navigate(&to, NavigateOptions::default());
    });
    let select = move || {
        let all = names.live_connections.get();
        let in_view = session.live_id.get();
        (all.len() + usize::from(in_view.is_none()) > 1).then(|| {
            let none = in_view.is_none().then(|| {
                view! { <option value="" selected=true disabled=true>{messages::DISCONNECTED}</option> }
            });
            let options = all.into_iter().map(|(id, name)| {
                let selected = in_view.as_deref() == Some(&*id);
                view! { <option value=id selected=selected dir="auto" translate="no" prop:textContent=marked(&name)></option> }
            });
            view! {
                <select
                    aria-label=messages::COMPANY
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
        <div class="switcher" class:off=move || names.live_connections.with(Vec::is_empty)>
            {move || select()}
            <button type="button" class="quiet" on:click=move |_| another.set(true)>
                {messages::CONNECT_ANOTHER}
            </button>
        </div>
    }
}
