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
            <div class="welcome-start">
                <Heading text=messages::TITLE />
                <p class="lead">{messages::LEAD}</p>
                <ConnectForm options=Options { takes_over: true, ..Options::default() } />
                <LifetimeNotice />
                <p class="fine"><a href=snapshot>{messages::OPEN_SNAPSHOT}</a></p>
            </div>
            {picture()}
            <dl class="promises">
                {promises.collect_view()}
            </dl>
            <details class="limitation">
                <summary>{messages::LIMITATION}</summary>
                <p>{messages::LIMITATION_TEXT}</p>
            </details>
        </div>
    }
}

/// The bars of the picture, as path data of SVG.
const BARS: &str = "M0 72V40h16v32zM25 72V48h16v24zM50 72V30h16v42zM75 72V36h16v36zM100 72V22h16v50z\
    M125 72V44h16v28zM150 72V28h16v44zM175 72V34h16v38zM200 72V18h16v54zM225 72V26h16v46z\
    M250 72V14h16v58zM275 72V6h16v66z";

/// A picture of the overview, made of elements so that its text stays legible on every screen.
fn picture() -> AnyView {
    let figures = messages::PICTURE_FIGURES
        .map(|(label, value)| view! { <p><span>{label}</span><strong>{value}</strong></p> })
        .into_iter();
    let entries = messages::PICTURE_ENTRIES
        .map(|(date, what, amount)| view! { <p><span>{date}</span><span>{what}</span><span>{amount}</span></p> })
        .into_iter();
    view! {
        <div class="picture" role="img" aria-label=messages::PICTURE>
            <div class="picture-figures">{figures.collect_view()}</div>
            <svg viewBox="0 0 300 72" aria-hidden="true"><path d=BARS /></svg>
            <div class="picture-entries">{entries.collect_view()}</div>
        </div>
    }
    .into_any()
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
