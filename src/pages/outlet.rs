//! The page of the present address.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::callback::CallbackPage;
use super::connect::ConnectPage;
use super::connected::Connected;
use super::not_found::NotFoundPage;
use super::welcome::{ConnectForEntries, Welcome};
use crate::address;
use crate::chunk::Chunk;
use crate::chunks;
use crate::components::chunk_view::ChunkView;
use crate::platform::document;
use crate::routes::{Page, Route, of_path};

/// The page, made anew when the path leads to another one.
#[component]
pub fn Outlet() -> impl IntoView {
    let pathname = use_location().pathname;
    let base = document::base();
    let page = Memo::new(move |_| pathname.with(|path| of_path(address::below(&base, path))));
    view! { {move || page.get().map_or_else(|| NotFoundPage().into_any(), view_of)} }
}

fn view_of(route: &'static Route) -> AnyView {
    match (route.chunk.and_then(chunks::of_name), route.page) {
        (Some(chunk), page) if route.needs_connection => connected(signed_out(page), chunk),
        (Some(chunk), _) => standalone(chunk),
        (None, Page::Connect) => view! { <ConnectPage /> }.into_any(),
        (None, Page::Callback) => view! { <CallbackPage /> }.into_any(),
        (None, _) => NotFoundPage().into_any(),
    }
}

/// What a page that needs a connection shows to a signed-out user.
fn signed_out(page: Page) -> ViewFn {
    match page {
        Page::Entries => ViewFn::from(|| view! { <ConnectForEntries /> }),
        _ => ViewFn::from(|| view! { <Welcome /> }),
    }
}

fn connected(signed_out: ViewFn, chunk: Chunk) -> AnyView {
    view! { <Connected signed_out><ChunkView chunk /></Connected> }.into_any()
}

/// A page that needs no connection. It has a box of its own, and its data are not translated.
fn standalone(chunk: Chunk) -> AnyView {
    view! { <div class="bench" translate="no"><ChunkView chunk /></div> }.into_any()
}
