//! The way between the pages: a rail on the left, a bar at the bottom of a narrow screen.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::platform::document;
use crate::route;
use crate::session::Session;

/// The rail.
#[component]
pub fn Rail(
    /// Whether a company's spend is there to go to.
    live: Signal<bool>,
) -> impl IntoView {
    let spend = [("/", "Overview"), ("/entries", "Entries")];
    let workbench = [
        ("/api", "API"),
        ("/inspect", "Inspect"),
        ("/register", "Register"),
        ("/check", "Check"),
        ("/storage", "Storage"),
    ];
    let always = Signal::stored(true);
    let links = |all: &[(&'static str, &'static str)], shown: Signal<bool>| {
        let links = all
            .iter()
            .map(|(route, words)| view! { <RailLink route=*route words=*words shown /> });
        links.collect_view()
    };
    view! {
        <nav class="rail" aria-label="Main">
            {links(&spend, live)}
            <p class="rail-title">"Workbench"</p>
            {links(&workbench, always)}
            <p class="rail-title">"This app"</p>
            {links(&[("/settings", "Settings")], always)}
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
