//! The list of operations, with search and arrow keys.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use outlay_pleo::catalogue::Endpoint;
use outlay_pleo::text::trim_pasted;

use super::messages::list as messages;
use super::{element, focus_later};
use crate::pages::api::state::Explorer;
use outlay_explorer::find::{grouped, matching_field};

/// The list of operations.
pub fn list(explorer: Explorer) -> impl IntoView {
    let search = explorer.search;
    let found = Memo::new(move |_| {
        let description = search.get();
        explorer.catalogue.with(|all| {
            let Some(catalogue) = all.ready() else {
                return Vec::new();
            };
            let groups = grouped(catalogue, &description).into_iter();
            let groups = groups.map(|(group, all)| {
                let all = all.into_iter().map(|one| {
                    let field = matching_field(catalogue, one, &description);
                    (Arc::new(one.clone()), field.map(messages::field))
                });
                let all: Vec<_> = all.collect();
                (group.title.clone(), all)
            });
            groups.collect::<Vec<_>>()
        })
    });
    let count = move || found.with(|all| all.iter().map(|(_, all)| all.len()).sum::<usize>());
    let shown_text = move || messages::count(count());
    let groups = move || {
        let groups = found.get().into_iter();
        groups
            .map(|(title, all)| group(explorer, title, all))
            .collect_view()
            .into_any()
    };
    let on_key = move |event: KeyboardEvent| {
        let groups = found.get_untracked().into_iter();
        let all = groups.flat_map(|(_, all)| all).map(|(one, _)| one);
        move_focus(&event, &all.collect::<Vec<_>>());
    };
    view! {
        <nav class="x-list" aria-label=messages::OPERATIONS on:keydown=on_key>
            <label class="x-search">
                <span class="visually-hidden">{messages::SEARCH}</span>
                <input
                    id="search" type="search" placeholder=messages::PLACEHOLDER
                    autocomplete="off" spellcheck="false" prop:value=search
                    on:input=move |event| search.set(trim_pasted(&event_target_value(&event)).to_owned())
                />
            </label>
            <p class="fine" role="status">{move || shown_text()}</p>
            {move || groups()}
        </nav>
    }
}

fn group(
    explorer: Explorer,
    title: String,
    all: Vec<(Arc<Endpoint>, Option<String>)>,
) -> impl IntoView {
    let all = all
        .into_iter()
        .map(|(one, field)| item(explorer, one, field));
    view! {
        <h2 class="x-group">{title}</h2>
        <ul>{all.collect_view()}</ul>
    }
}

fn item(explorer: Explorer, one: Arc<Endpoint>, field: Option<String>) -> impl IntoView {
    let query = ["op=", &one.id].concat();
    let id = one.id.clone();
    let current = move || {
        let here = explorer
            .operation
            .with(|now| now.as_ref().is_some_and(|now| now.id == id));
        here.then_some("true")
    };
    view! {
        <li>
            <a id=link_id(&one) on:click=|_| focus_later("call-title") href=move || explorer.address_of(&query) aria-current=move || current() class:old=one.deprecated>
                <span>{one.summary.clone()}</span>
                <span class="x-path">
                    <b data-method=one.method.as_str()>{one.method.as_str()}</b> " " {one.path.clone()}
                </span>
                {field.map(|field| view! { <span class="x-path">{field}</span> })}
                {one.deprecated.then(|| view! { <small>{messages::DEPRECATED}</small> })}
            </a>
        </li>
    }
}

/// Handles the arrow keys in the list, and Escape, which moves the focus to the search.
fn move_focus(event: &KeyboardEvent, shown: &[Arc<Endpoint>]) {
    let here = document().active_element().map(|it| it.id());
    let here = shown
        .iter()
        .position(|one| here.as_ref() == Some(&link_id(one)));
    let last = shown.len().saturating_sub(1);
    let to = match (&*event.key(), here) {
        ("ArrowDown", None) => 0,
        ("ArrowDown", Some(at)) => (at + 1).min(last),
        ("ArrowUp", Some(0)) | ("Escape", Some(_)) => {
            event.prevent_default();
            return focus_later("search");
        }
        ("ArrowUp", Some(at)) => at - 1,
        ("Home", Some(_)) => 0,
        ("End", Some(_)) => last,
        _ => return,
    };
    if let Some(one) = shown.get(to) {
        event.prevent_default();
        // Immediate, because the next key press may follow before the next frame.
        if let Some(link) = element(&link_id(one)) {
            let _ = link.focus();
        }
    }
}

fn link_id(operation: &Endpoint) -> String {
    ["op-", &operation.id].concat()
}
