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
use crate::routes::{Page, of_path};

/// The page, made anew when the path leads to another one.
#[component]
pub fn Outlet() -> impl IntoView {
    let pathname = use_location().pathname;
    let base = document::base();
    let page =
        Memo::new(move |_| pathname.with(|path| Some(of_path(address::below(&base, path))?.page)));
    view! { {move || page.get().map_or_else(|| NotFoundPage().into_any(), view_of)} }
}

fn view_of(page: Page) -> AnyView {
    match page {
        Page::Overview => connected(ViewFn::from(|| view! { <Welcome /> }), chunks::OVERVIEW),
        Page::Entries => connected(
            ViewFn::from(|| view! { <ConnectForEntries /> }),
            chunks::ENTRIES,
        ),
        Page::Connect => view! { <ConnectPage /> }.into_any(),
        Page::Callback => view! { <CallbackPage /> }.into_any(),
        Page::Api => loaded(chunks::API),
        Page::Inspect => loaded(chunks::INSPECT),
        Page::Register => loaded(chunks::REGISTER),
        Page::Check => loaded(chunks::CHECK),
        Page::Storage => loaded(chunks::STORAGE),
        Page::Settings => loaded(chunks::SETTINGS),
    }
}

/// A page that needs a connection.
fn connected(signed_out: ViewFn, chunk: Chunk) -> AnyView {
    view! { <Connected signed_out><ChunkView chunk /></Connected> }.into_any()
}

/// A developer page. It lies in a box of its own, and its data are not translated.
fn loaded(chunk: Chunk) -> AnyView {
    view! { <div class="bench" translate="no"><ChunkView chunk /></div> }.into_any()
}
