//! A page that needs a connection, and what it shows without one.

use leptos::prelude::*;

use crate::components::heading::Heading;
use crate::pages::ended::EndedNotice;
use crate::session::Session;
use crate::session::view::View;

/// The page while a connection lives in view. It is made anew when another one comes into view.
#[component]
pub fn Connected(
    /// What is shown to somebody who is signed out.
    signed_out: ViewFn,
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<Session>();
    // A renewal changes the connection, and must not make the page anew.
    let stage = Memo::new(move |_| session.view.with(View::stage));
    let shown = move || match stage.get() {
        View::Live(_) => children().into_any(),
        View::Ended(connection) => view! { <EndedNotice connection /> }.into_any(),
        View::Authorizing => view! {
            <Heading text="Going to Pleo" />
            <p role="status">"Pleo's page opens in this tab."</p>
            <p><button type="button" on:click=move |_| session.stay()>"Stay here"</button></p>
        }
        .into_any(),
        View::Exchanging => view! {
            <Heading text="Signing in" />
            <p role="status">"Finishing the sign-in…"</p>
        }
        .into_any(),
        _ => signed_out.run(),
    };
    view! { {move || shown()} }
}
