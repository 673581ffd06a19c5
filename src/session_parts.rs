//! The session's chunk: what a page without a session never shows.

use leptos::prelude::*;

use crate::address;
use crate::chunk::SessionParts;
use crate::components::beside::BesideDialog;
use crate::components::chip::SessionPanel;
use crate::components::copied_amounts;
use crate::components::countdown::IdleCountdown;
use crate::components::external_text::ExternalText;
use crate::components::switcher::{ConnectAnother, Switcher};
use crate::components::veil::Veil;
use crate::platform::document;
use crate::session::Session;
use crate::session::books::Books;
use crate::session::names::Names;

/// The parts.
pub const PARTS: SessionParts = SessionParts {
    setup,
    overlay: || view! { <Overlay /> }.into_any(),
    switcher: || view! { <Switcher /> }.into_any(),
    panel: || view! { <SessionPanel /> }.into_any(),
    connected: || view! { <ConnectedAlready /> }.into_any(),
    details: |session, trouble| session.details(trouble),
};

fn setup(session: Session) {
    let books = Books::new(session);
    provide_context(books);
    provide_context(Names::new(session));
    window_event_listener(leptos::ev::copy, |event| copied_amounts::on_copy(&event));
    // At once, before anything is drawn: no row is ever seen under another company's name.
    ImmediateEffect::new_scoped(move || books.follow(session.hold.get()));
    Effect::new(move |_| {
        session.tick.track();
        books.look_at_the_clock();
    });
}

#[component]
fn Overlay() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Veil />
        <IdleCountdown
            left=Signal::derive(move || session.idle_left())
            limit=Signal::derive(move || session.idle_limit())
            stay=Callback::new(move |()| session.activity())
            over=Callback::new(move |()| session.look_again())
        />
        <ConnectAnother />
        <BesideDialog />
    }
}

/// The note on `/connect` that names the companies that are connected.
#[component]
fn ConnectedAlready() -> impl IntoView {
    let names = expect_context::<Names>();
    let connected = move || {
        let all = names.living.get();
        (!all.is_empty()).then(|| {
            let all: Vec<_> = all.into_iter().map(|(_, name)| name).collect();
            view! {
                <p class="note">
                    "Connected already: " <ExternalText text=all.join(", ") /> ". "
                    <a href=address::at_base(&document::base(), "/")>"Go to the overview"</a>
                    ", or connect another company."
                </p>
            }
            .into_any()
        })
    };
    view! { {move || connected()} }
}
