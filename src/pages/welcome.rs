//! The overview of somebody who is signed out: what this is, what it promises, and the way in.

use leptos::prelude::*;

use crate::components::connect::{ConnectForm, Options};
use crate::components::heading::Heading;
use crate::components::lifetime::LifetimeNotice;
use crate::pages::welcome_messages as messages;

/// The page.
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

/// The page of entries of somebody who is signed out.
#[component]
pub fn ConnectForEntries() -> impl IntoView {
    view! {
        <Heading text=messages::ENTRIES />
        <p>{messages::CONNECT_FOR_ENTRIES}</p>
        <ConnectForm />
        <LifetimeNotice />
    }
}
