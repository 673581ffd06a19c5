//! `/api`: every operation of Pleo's API, without writing code. [`list`] and [`call`] are its two
//! panes; [`state`] outlives the page. Code that needs no view is in `crates/explorer`.

mod answer;
mod body;
mod call;
mod confirm;
mod fetch;
mod fields;
mod history;
mod lines;
mod list;
mod messages;
mod run;
mod scope;
mod state;
pub mod tools;

use crate::chunk::Chunk;
use crate::chunks;
use crate::components::alert::ErrorAlert;
use crate::components::chunk_view::ChunkView;
use crate::components::heading::Heading;
use crate::components::messages::{LOADING, TRY_AGAIN};
use crate::effect::effect;
use crate::platform::document;
use crate::session::load::Load;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use self::state::Explorer;

/// The API explorer.
#[component]
pub fn ApiPage() -> impl IntoView {
    let explorer = Explorer::of_tab();
    let query = use_location().search;
    effect(move || {
        query.with(|query| {
            let query = query.trim_start_matches('?');
            if explorer.address.with_untracked(|known| known != query) {
                explorer.address.set(query.to_owned());
            }
        });
    });
    explorer.fetch();
    effect(move || explorer.arrive());
    effect(move || explorer.fill_in_company());
    follow_focus(explorer);
    let slash = window_event_listener(leptos::ev::keydown, search_on_slash);
    on_cleanup(move || slash.remove());
    let stage = Memo::new(move |_| {
        explorer.catalogue.with(|all| match all {
            Load::Ready(_) => Ok(()),
            Load::Failed(app_error) => Err(Some(app_error.clone())),
            _ => Err(None),
        })
    });
    let shown = move || {
        match stage.get() {
            Ok(()) => panes(explorer).into_any(),
            Err(Some(app_error)) => view! {
                <ErrorAlert app_error>
                    <button type="button" class="primary" on:click=move |_| explorer.fetch()>{TRY_AGAIN}</button>
                </ErrorAlert>
            }
            .into_any(),
            Err(None) => view! { <p class="waiting" role="status">{LOADING}</p> }.into_any(),
        }
    };
    view! {
        <Heading text=messages::TITLE />
        {move || shown()}
    }
}

fn panes(explorer: Explorer) -> impl IntoView {
    let opened = move || explorer.operation.with(Option::is_some);
    let call = move || match explorer.operation.get() {
        Some(operation) => call::call(explorer, operation).into_any(),
        None => {
            let named = explorer
                .address
                .with(|query| outlay_explorer::link::opened(query).is_some());
            let lost = named.then_some(messages::UNKNOWN_OPERATION);
            view! {
                <div class="empty x-none">
                    <p>{lost} {messages::CHOOSE}</p>
                    <p>{messages::DOWNLOADS.0} <a href="openapi.json" rel="external" download="openapi.json">{messages::DOWNLOADS.1}</a> {messages::DOWNLOADS.2} <a href="postman_collection.json" rel="external" download="postman_collection.json">{messages::DOWNLOADS.3}</a></p>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <div class="explorer" class:opened=move || opened()>
            {list::list(explorer)}
            <div class="x-call">
                {move || call()}
                {history::history(explorer)}
                <OnDemand title=messages::SEQUENCES chunk=chunks::SEQUENCES class="card x-history" />
            </div>
        </div>
        {confirm::confirm(explorer)}
    }
}

/// A closed section whose content is a chunk that is loaded when it is opened first.
#[component]
fn OnDemand(title: &'static str, chunk: Chunk, class: &'static str) -> impl IntoView {
    let opened = RwSignal::new(false);
    view! {
        <details class=class on:toggle=move |_| opened.set(true)>
            <summary>{title}</summary>
            <Show when=move || opened.get()><ChunkView chunk /></Show>
        </details>
    }
}

/// Moves the focus to an operation when it is opened.
fn follow_focus(explorer: Explorer) {
    Effect::new(move |before: Option<Option<String>>| {
        let now = explorer
            .operation
            .with(|one| one.as_ref().map(|one| one.id.clone()));
        if before.is_some_and(|before| before != now)
            && let Some(id) = &now
        {
            focus_later("call-title");
            show_in_list(["op-", id].concat());
        }
        now
    });
    effect(move || {
        if let Some(operation) = explorer.operation.get() {
            document::set_title(&[&operation.summary, messages::TITLE_SUFFIX].concat());
        }
    });
}

/// Scrolls the list to the operation with this link id.
fn show_in_list(id: String) {
    request_animation_frame(move || {
        let Some(link) = element(&id) else { return };
        let list = link.closest(".x-list").ok().flatten();
        let Some(list) = list.and_then(|list| list.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let at = link.offset_top() - list.offset_top();
        let seen =
            list.scroll_top()..list.scroll_top() + list.client_height() - link.offset_height();
        if !seen.contains(&at) {
            list.set_scroll_top(at - list.client_height() / 3);
        }
    });
}

fn search_on_slash(event: KeyboardEvent) {
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let typing =
        typing.is_some_and(|it| ["INPUT", "TEXTAREA", "SELECT"].contains(&it.tag_name().as_str()));
    if event.key() == "/" && !typing && !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
        event.prevent_default();
        focus_later("search");
    }
}

/// Moves the focus to an element of the next render.
pub(super) fn focus_later(id: &'static str) {
    focus_named(id.to_owned());
}

/// Like [`focus_later`]; opens the `details` elements around the element.
pub(super) fn focus_named(id: String) {
    request_animation_frame(move || {
        let Some(element) = element(&id) else { return };
        let mut around = element.closest("details").ok().flatten();
        while let Some(details) = around {
            let _ = details.set_attribute("open", "");
            around = details
                .parent_element()
                .and_then(|it| it.closest("details").ok().flatten());
        }
        let _ = element.focus();
    });
}

/// Scrolls to an element of the next render.
pub(super) fn scroll_later(id: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = element(id) {
            element.scroll_into_view();
        }
    });
}

fn element(id: &str) -> Option<HtmlElement> {
    leptos::prelude::document()
        .get_element_by_id(id)?
        .dyn_into()
        .ok()
}
