//! The overview of somebody who is signed out: what this is, what it promises, and the way in.

use leptos::prelude::*;

use crate::components::connect::{ConnectForm, Options};
use crate::components::heading::Heading;
use crate::components::lifetime::LifetimeNotice;

/// The page.
#[component]
pub fn Welcome() -> impl IntoView {
    view! {
        <div class="welcome">
            <Heading text="Your company's spend, in this browser alone" />
            <p class="lead">
                "Outlay reads your company's spend from Pleo: totals by month and currency, and every \
                 entry. There is no server of ours between you and Pleo."
            </p>
            <ConnectForm options=Options { takes_over: true, ..Options::default() } />
            <LifetimeNotice />
            <dl class="promises">
                <dt>"What it may see"</dt>
                <dd>"What you allow on Pleo's own page, and nothing else."</dd>
                <dt>"Where the access lives"</dt>
                <dd>
                    "In the memory of a background worker of this browser. No token is ever written to \
                     disk, put into an address, logged, or given to this page."
                </dd>
                <dt>"How it ends"</dt>
                <dd>"When you sign out, after a time without activity, or when you close the browser."</dd>
                <dt>"The honest limit"</dt>
                <dd>
                    "The current best practice (RFC 10017) does not recommend a browser-only client for \
                     business data: a script smuggled into this site could start a sign-in of its own. A \
                     strict content policy and no third-party script stand against that."
                </dd>
            </dl>
        </div>
    }
}

/// The page of entries of somebody who is signed out.
#[component]
pub fn ConnectForEntries() -> impl IntoView {
    view! {
        <Heading text="Entries" />
        <p>"Connect to Pleo to see the entries of your company."</p>
        <ConnectForm />
        <LifetimeNotice />
    }
}
