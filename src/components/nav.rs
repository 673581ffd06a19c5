//! The navigation: a column on the left, on a narrow screen a bar at the bottom.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::messages;
use crate::address;
use crate::platform::document;
use crate::routes::{ROUTES, RouteGroup};
use crate::session::Session;

/// The navigation.
#[component]
pub fn Nav(
    /// Whether a connection is live, so that the links to company data work.
    live: Signal<bool>,
) -> impl IntoView {
    let always = Signal::stored(true);
    let groups = RouteGroup::ALL.map(|group| {
        let shown = if group == RouteGroup::Spend {
            live
        } else {
            always
        };
        let links = ROUTES.iter().filter(|route| route.group == Some(group));
        let links =
            links.map(|route| view! { <NavLink route=route.path caption=route.title shown /> });
        let title = group
            .title()
            .map(|title| view! { <p class="nav-title">{title}</p> });
        view! { {title} {links.collect_view()} }
    });
    view! { <nav class="nav" aria-label=messages::frame::NAVIGATION>{groups.into_iter().collect_view()}</nav> }
}

#[component]
fn NavLink(route: &'static str, caption: &'static str, shown: Signal<bool>) -> impl IntoView {
    let session = expect_context::<Session>();
    let here = use_location().pathname;
    let base = document::base();
    let whole = [base.trim_end_matches('/'), route].concat();
    let href = move || {
        session
            .live_id
            .with(|id| address::with_connection(&whole, id.as_deref()))
    };
    let current =
        move || here.with(|here| (address::below(&base, here) == route).then_some("page"));
    view! {
        <a href=move || href() aria-current=move || current() class:off=move || !shown.get()>{caption}</a>
    }
}
