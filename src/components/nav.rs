//! The navigation: a column on the left, on a narrow screen a bar at the bottom.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::messages;
use crate::address;
use crate::platform::document;
use crate::routes::{AppRoute, ROUTES, RouteGroup, of_path};
use crate::session::Session;

/// The navigation.
#[component]
pub fn Nav(
    /// Whether a connection is live, so that the links to company data work.
    live: Signal<bool>,
) -> impl IntoView {
    let always = Signal::stored(true);
    // On a narrow screen, whether the groups after the first are shown.
    let open = RwSignal::new(false);
    let here = use_location().pathname;
    Effect::new(move |_| {
        here.track();
        open.set(false);
    });
    let links = |group: RouteGroup| {
        let shown = match group {
            RouteGroup::Spend => live,
            _ => always,
        };
        let routes = ROUTES
            .iter()
            .filter(move |route| route.group == Some(group));
        routes
            .map(|route| view! { <NavLink route shown /> })
            .collect_view()
    };
    let groups = RouteGroup::ALL.into_iter().filter_map(|group| {
        let title = group.title()?;
        Some(view! { <p class="nav-title">{title}</p> {links(group)} })
    });
    view! {
        <nav class="nav" class:with-company=move || live.get() aria-label=messages::frame::NAVIGATION>
            {links(RouteGroup::Spend)}
            <button
                type="button" class="nav-more" aria-controls="nav-rest"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >{messages::frame::MORE}</button>
            <div id="nav-rest" class="nav-rest" class:open=open>{groups.collect_view()}</div>
        </nav>
    }
}

#[component]
fn NavLink(route: &'static AppRoute, shown: Signal<bool>) -> impl IntoView {
    let session = expect_context::<Session>();
    let here = use_location().pathname;
    let base = document::base();
    let whole = [base.trim_end_matches('/'), route.link()].concat();
    let href = move || {
        session
            .live_id
            .with(|id| address::with_connection(&whole, id.as_deref()))
    };
    let current = move || {
        let is_here = |here: &String| of_path(address::below(&base, here)) == Some(route);
        here.with(is_here).then_some("page")
    };
    view! {
        <a href=move || href() aria-current=move || current() class:off=move || !shown.get()>{route.title}</a>
    }
}
