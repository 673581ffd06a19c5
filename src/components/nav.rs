//! The navigation: a column on the left, on a narrow screen a bar at the bottom.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::messages;
use super::nav_icons;
use crate::address;
use crate::platform::document;
use crate::routes::{AppRoute, ROUTES, RouteGroup, of_path};
use crate::session::Session;
use crate::session::scopes::reads_entries;

/// The number of links in the bar of a narrow screen, in addition to the button for the others.
const BAR_LINKS: usize = 4;

/// The navigation.
#[component]
pub fn Nav(
    /// Whether a connection is live, so that the links to company data work.
    live: Signal<bool>,
) -> impl IntoView {
    let always = Signal::stored(true);
    // On a narrow screen, whether the links that are not in the bar are shown.
    let open = RwSignal::new(false);
    let here = use_location().pathname;
    Effect::new(move |_| {
        here.track();
        open.set(false);
    });
    let spend = in_group(RouteGroup::Spend).zip(0..).map(|(route, at)| {
        let class = if at < BAR_LINKS { "" } else { "nav-wide" };
        view! { <NavLink route shown=live class /> }
    });
    let beyond = in_group(RouteGroup::Spend)
        .skip(BAR_LINKS)
        .map(|route| view! { <NavLink route shown=live class="nav-narrow" /> });
    let groups = RouteGroup::ALL.into_iter().filter_map(|group| {
        let title = group.title()?;
        let links = in_group(group)
            .map(|route| view! { <NavLink route shown=always class="" /> })
            .collect_view();
        Some(match group {
            RouteGroup::Workbench => {
                view! { <DeveloperLinks title>{links}</DeveloperLinks> }.into_any()
            }
            _ => view! { <p class="nav-title">{title}</p> {links} }.into_any(),
        })
    });
    view! {
        <nav class="nav" class:with-company=move || live.get() aria-label=messages::frame::NAVIGATION>
            {spend.collect_view()}
            <button
                type="button" class="nav-more" aria-controls="nav-rest"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon(nav_icons::MORE)}
                {messages::frame::MORE}
            </button>
            <div id="nav-rest" class="nav-rest" class:open=open>
                {beyond.collect_view()}
                {groups.collect_view()}
            </div>
        </nav>
    }
}

fn in_group(group: RouteGroup) -> impl Iterator<Item = &'static AppRoute> {
    ROUTES
        .iter()
        .filter(move |route| route.group == Some(group))
}

/// The group of the developer tools. It is collapsed for a user who sees entries, unless the address
/// is one of its pages. The user's choice lasts until the page of another group is opened.
#[component]
fn DeveloperLinks(
    /// The heading.
    title: &'static str,
    /// The links.
    children: Children,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let base = document::base();
    let here = use_location().pathname;
    let is_here = Memo::new(move |_| {
        let route = here.with(|here| of_path(address::below(&base, here)));
        route.is_some_and(|route| route.group == Some(RouteGroup::Workbench))
    });
    let finance = Memo::new(move |_| {
        session.view.with(|view| {
            let live = view.live();
            live.is_some_and(|connection| reads_entries(&connection.scopes_granted))
        })
    });
    let choice = RwSignal::new(None::<bool>);
    Effect::new(move |_| {
        is_here.track();
        choice.set(None);
    });
    let expanded = move || {
        choice
            .get()
            .unwrap_or_else(|| is_here.get() || !finance.get())
    };
    view! {
        <button
            type="button" class="nav-title" aria-controls="nav-developer"
            aria-expanded=move || expanded().to_string()
            on:click=move |_| choice.set(Some(!untrack(expanded)))
        >{title}</button>
        <div id="nav-developer" class="nav-group" class:collapsed=move || !expanded()>{children()}</div>
    }
}

#[component]
fn NavLink(
    /// The page.
    route: &'static AppRoute,
    /// Whether the link works.
    shown: Signal<bool>,
    /// A class for the width of the screen.
    class: &'static str,
) -> impl IntoView {
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
        <a class=class href=move || href() aria-current=move || current() class:off=move || !shown.get()>
            {icon(nav_icons::of_path(route.path))}
            {route.title}
        </a>
    }
}

fn icon(path: &'static str) -> impl IntoView {
    view! { <svg class="nav-icon" viewBox="0 0 16 16" aria-hidden="true"><path d=path /></svg> }
}
