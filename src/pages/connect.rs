//! The Initiation URI of the registration, to which Pleo sends a user who wants to connect. Pages
//! that need a connection link to it, and the sign-in returns to them.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use outlay_pleo::Subject;

use crate::address;
use crate::app::PreviousRoute;
use crate::components::connect::{ConnectForm, Options};
use crate::components::external_text::ExternalText;
use crate::components::heading::Heading;
use crate::pages::connect_messages as messages;
use crate::platform::document;
use crate::session::Session;
use crate::session::names::Names;

/// The parameter of the link with the company or organisation to connect.
const SUBJECT: &str = "urn_pleo_params_oauth_subject";

/// The page for connecting.
#[component]
pub fn ConnectPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let query = use_query_map().get_untracked();
    // A value that is not a well-formed subject is ignored.
    let subject = query
        .get(SUBJECT)
        .filter(|urn| Subject::parse(urn).is_some());
    let subject = StoredValue::new(subject);
    let about = subject.get_value().map(|urn| {
        view! {
            <p class="fine">
                {messages::SUBJECT.0} <code><ExternalText text=urn /></code> {messages::SUBJECT.1}
            </p>
        }
        .into_any()
    });
    let PreviousRoute(before) = expect_context();
    // A link from another site has no previous route.
    let back = before.get_value().unwrap_or_else(|| "/".to_owned());
    let form = move || {
        let back = address::safe_return(&back).to_owned();
        session.is_ready().then(|| {
            let options = Options {
                return_to: Some(back),
                subject: subject.get_value(),
                ..Options::default()
            };
            view! { <ConnectForm options /> }.into_any()
        })
    };
    let connected = move || {
        let all = names.live_connections.get();
        (!all.is_empty()).then(|| {
            let all: Vec<_> = all.into_iter().map(|(_, name)| name).collect();
            view! {
                <p class="note">
                    {messages::CONNECTED} <ExternalText text=messages::names(&all) /> {messages::SENTENCE_END}
                    <a href=document::base()>{messages::OVERVIEW}</a>
                    {messages::OR_ANOTHER}
                </p>
            }
            .into_any()
        })
    };
    view! {
        <Heading text=messages::TITLE />
        <p class="lead">{messages::LEAD}</p>
        {move || connected()}
        {about}
        {move || form()}
    }
}
