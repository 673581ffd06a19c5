//! What stands in place of every page while nothing works.

use leptos::prelude::*;

use crate::components::alert::ErrorAlert;
use crate::components::heading::Heading;
use crate::pages::part::PartPage;
use crate::platform::location;
use crate::session::Session;
use crate::session::trouble::Trouble;
use crate::session::view::View;

/// The page, or what stands in its place.
#[component]
pub fn Gate(
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let obstacle = Memo::new(move |_| {
        session.view.with(|view| match view {
            View::Waiting | View::Broken(_) | View::Misconfigured => view.clone(),
            // Whatever else it is, the page stays as it is.
            _ => View::SignedOut,
        })
    });
    let shown = move || {
        match obstacle.get() {
        View::SignedOut => children().into_any(),
        // It says key by key what is wrong: words that few visits need.
        View::Misconfigured => view! { <PartPage /> }.into_any(),
        View::Broken(code) => view! {
            <Heading text="Outlay has stopped" />
            <ErrorAlert trouble=Trouble::of(code)>
                <button type="button" class="primary" on:click=|_| location::reload()>"Load again"</button>
            </ErrorAlert>
        }
        .into_any(),
        _ => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
    }
    };
    view! { {move || shown()} }
}
