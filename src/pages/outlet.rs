//! Shows the page of the current route.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};

use super::connected::Connected;
use super::not_found::NotFoundPage;
use crate::address;
use crate::chunk::Chunk;
use crate::chunks;
use crate::components::chunk_view::ChunkView;
use crate::effect::effect;
use crate::platform::document;
use crate::routes::{AppPage, AppRoute, of_path};

/// Renders the page of the current route, anew for each route.
#[component]
pub fn Outlet() -> impl IntoView {
    let pathname = use_location().pathname;
    let router = expect_context::<BrowserUrl>();
    // The browser's address changes after the new page is rendered.
    effect(move || {
        pathname.track();
        router.ready_to_complete();
    });
    let base = document::base();
    let page = Memo::new(move |_| pathname.with(|path| of_path(address::below(&base, path))));
    view! { {move || page.get().map_or_else(|| NotFoundPage().into_any(), view_of)} }
}

fn view_of(route: &'static AppRoute) -> AnyView {
    match (route.page, route.chunk.and_then(chunks::of_name)) {
        (AppPage::Connect, _) => view! { <ChunkView chunk=chunks::CONNECT /> }.into_any(),
        (AppPage::Callback, _) => view! { <ChunkView chunk=chunks::CALLBACK /> }.into_any(),
        (page, Some(chunk)) if route.needs_connection => connected(signed_out(page), chunk),
        (AppPage::Snapshot, Some(chunk)) => view! { <ChunkView chunk /> }.into_any(),
        (_, Some(chunk)) => standalone(chunk),
        (_, None) => NotFoundPage().into_any(),
    }
}

/// The view that a page with company data shows to a signed-out user.
fn signed_out(page: AppPage) -> Chunk {
    match page {
        AppPage::Entries => chunks::CONNECT_FOR_ENTRIES,
        AppPage::Directory => chunks::CONNECT_FOR_DIRECTORY,
        _ => chunks::WELCOME,
    }
}

fn connected(signed_out: Chunk, chunk: Chunk) -> AnyView {
    view! { <Connected signed_out><ChunkView chunk /></Connected> }.into_any()
}

/// A page that needs no connection, in an element of its own. Browsers must not translate its data.
fn standalone(chunk: Chunk) -> AnyView {
    view! { <div class="developer-page" translate="no"><ChunkView chunk /></div> }.into_any()
}
