//! The overview for a signed-out user: what the app shows, what it promises, and the button to
//! connect.

use leptos::prelude::*;

use crate::components::connect::{ConnectForm, Options};
use crate::components::heading::Heading;
use crate::components::lifetime::LifetimeNotice;
use crate::pages::welcome_messages as messages;
use crate::platform::document;

/// The overview for a signed-out user.
#[component]
pub fn Welcome() -> impl IntoView {
    let base = document::base();
    let snapshot = [base.trim_end_matches('/'), "/snapshot"].concat();
    let promises = messages::PROMISES
        .map(|(question, answer)| view! { <dt>{question}</dt><dd>{answer}</dd> })
        .into_iter();
    view! {
        <div class="welcome">
            <Heading text=messages::TITLE />
            <p class="lead">{messages::LEAD}</p>
            <ConnectForm options=Options { takes_over: true, ..Options::default() } />
            <LifetimeNotice />
            <p class="fine"><a href=snapshot>{messages::OPEN_SNAPSHOT}</a></p>
            <dl class="promises">
                {promises.collect_view()}
            </dl>
        </div>
    }
}

/// The entries page for a signed-out user.
#[component]
pub fn ConnectForEntries() -> impl IntoView {
    connect_for(messages::ENTRIES, messages::CONNECT_FOR_ENTRIES)
}

/// The directory for a signed-out user.
#[component]
pub fn ConnectForDirectory() -> impl IntoView {
    connect_for(messages::DIRECTORY, messages::CONNECT_FOR_DIRECTORY)
}

fn connect_for(title: &'static str, purpose: &'static str) -> impl IntoView {
    view! {
        <Heading text=title />
        <p>{purpose}</p>
        <ConnectForm />
        <LifetimeNotice />
    }
}
