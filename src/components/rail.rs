//! The way between the pages: a rail on the left, a bar at the bottom of a narrow screen.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::platform::document;
use crate::route;
use crate::session::Session;

/// The rail.
#[component]
pub fn Rail(
    /// Whether there is anything to go to.
    shown: Signal<bool>,
) -> impl IntoView {
    let link = |route: &'static str, words: &'static str| view! { <RailLink route words shown /> };
    view! {
        <nav class="rail" aria-label="Main">
            {link("/", "Overview")}
            {link("/entries", "Entries")}
        </nav>
    }
}

#[component]
fn RailLink(route: &'static str, words: &'static str, shown: Signal<bool>) -> impl IntoView {
    let session = expect_context::<Session>();
    let here = use_location().pathname;
    let base = document::base();
    let whole = [base.trim_end_matches('/'), route].concat();
    let href = move || {
        session
            .live_id
            .with(|id| route::with_connection(&whole, id.as_deref()))
    };
    let current = move || here.with(|here| (route::below(&base, here) == route).then_some("page"));
    view! {
        <a href=move || href() aria-current=move || current() class:off=move || !shown.get()>{words}</a>
    }
}
