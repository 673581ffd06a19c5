//! The overview for a signed-out user: what the app shows, what it promises, and the button to
//! connect.

use leptos::prelude::*;

use crate::components::connect::{ConnectForm, Options};
use crate::components::heading::Heading;
use crate::components::lifetime::LifetimeNotice;
use crate::pages::welcome_messages as messages;

/// The overview for a signed-out user.
#[component]
pub fn Welcome() -> impl IntoView {
    let promises = messages::PROMISES
        .map(|(question, answer)| view! { <dt>{question}</dt><dd>{answer}</dd> })
        .into_iter();
    view! {
        <div class="welcome">
            <Heading text=messages::TITLE />
            <p class="lead">{messages::LEAD}</p>
            <ConnectForm options=Options { takes_over: true, ..Options::default() } />
            <LifetimeNotice />
            <dl class="promises">
                {promises.collect_view()}
            </dl>
        </div>
    }
}

/// The entries page for a signed-out user.
#[component]
pub fn ConnectForEntries() -> impl IntoView {
    view! {
        <Heading text=messages::ENTRIES />
        <p>{messages::CONNECT_FOR_ENTRIES}</p>
        <ConnectForm />
        <LifetimeNotice />
    }
}
