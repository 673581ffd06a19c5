//! The company that this tab shows: its name, or a select if several are connected.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use outlay_pleo::text::marked;

use super::external_text::ExternalText;
use super::messages::switcher as messages;
use crate::address;
use crate::platform::location;
use crate::session::company_data::CompanyData;
use crate::session::names::Names;
use crate::session::{Session, label};

/// The name, once it is known, or the select, if there are two companies or more.
#[component]
pub fn Switcher() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let company_data = expect_context::<CompanyData>();
    let here = use_location().pathname;
    let navigate = use_navigate();
    let choose = Callback::new(move |id: String| {
        let whole = location::with_query(&here.get_untracked());
        let to = address::with_connection(&whole, Some(&id));
        navigate(&to, NavigateOptions::default());
    });
    // Of a single connection, only a page that loads the companies knows the name.
    let only = Memo::new(move |_| {
        let subject = session.view.with(|view| view.live()?.subject.clone());
        company_data
            .companies
            .with(|all| label::of_companies(subject.as_deref(), all.ready()?))
    });
    let shown = move || {
        let all = names.live_connections.get();
        let in_view = session.live_id.get();
        if all.is_empty() {
            return None;
        }
        if all.len() == 1 && in_view.is_some() {
            let name = only.get()?;
            return Some(view! { <ExternalText text=name /> }.into_any());
        }
        let none = in_view.is_none().then(|| {
            view! { <option value="" selected=true disabled=true>{messages::DISCONNECTED}</option> }
        });
        let options = all.into_iter().map(|(id, name)| {
            let selected = in_view.as_deref() == Some(&*id);
            view! { <option value=id selected=selected dir="auto" translate="no" prop:textContent=marked(&name)></option> }
        });
        Some(
            view! {
                <select
                    aria-label=messages::COMPANY
                    on:change=move |event| choose.run(event_target_value(&event))
                >
                    {none}
                    {options.collect_view()}
                </select>
            }
            .into_any(),
        )
    };
    let shown =
        move || shown().map(|shown| view! { <div class="switcher">{shown}</div> }.into_any());
    view! { {move || shown()} }
}
