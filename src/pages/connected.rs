//! Shows a page that needs a connection, or the view that replaces it.

use leptos::prelude::*;

use crate::chunk::Chunk;
use crate::components::chunk_view::ChunkView;
use crate::components::heading::Heading;
use crate::components::messages::COMPLETING_SIGN_IN;
use crate::pages::connected_messages as messages;
use crate::pages::ended::EndedNotice;
use crate::session::Session;
use crate::session::view::SessionView;

/// Shows `children` while a connection is live. Renders them anew when another connection comes
/// into view.
#[component]
pub fn Connected(
    /// The view for a signed-out user.
    signed_out: Chunk,
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<Session>();
    // A refresh changes the connection and must not render the page anew. Neither must an end after
    // which the user can continue.
    let stage_view = Memo::new(move |_| {
        let data_owner = session.data_owner.get();
        match (session.stage_view.with(SessionView::stage), data_owner) {
            (SessionView::Live(_) | SessionView::Ended(_), Some(data_owner)) => {
                Scene::Page(data_owner.connection, data_owner.epoch)
            }
            (other, _) => Scene::Instead(other),
        }
    });
    let shown = move || match stage_view.get() {
        Scene::Page(..) => children().into_any(),
        Scene::Instead(view) => instead(session, view)
            .unwrap_or_else(|| view! { <ChunkView chunk=signed_out /> }.into_any()),
    };
    view! { {move || shown()} }
}

/// The view to show: the page of one connection, or a replacement.
#[derive(Clone, PartialEq)]
enum Scene {
    Page(String, u32),
    Instead(SessionView),
}

fn instead(session: Session, view: SessionView) -> Option<AnyView> {
    Some(match view {
        SessionView::Ended(connection) => view! { <EndedNotice connection /> }.into_any(),
        SessionView::Authorizing => {
            let blocked = session.blocked.get_untracked();
            view! {
                <Heading text=messages::SIGNING_IN />
                <p role="status">
                    {blocked.then_some(messages::BLOCKED)}
                    {messages::IN_THIS_TAB}
                </p>
                <p><button type="button" on:click=move |_| session.stay()>{messages::STAY}</button></p>
            }
            .into_any()
        }
        SessionView::Exchanging => view! {
            <Heading text=messages::SIGNING_IN />
            <p role="status">{COMPLETING_SIGN_IN}</p>
        }
        .into_any(),
        _ => return None,
    })
}
