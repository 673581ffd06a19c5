//! The Initiation URI of the registration: where Pleo sends users who want to connect, and where the
//! pages that need a connection lead. The sign-in leads back to them.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use outlay_pleo::Subject;

use crate::address;
use crate::app::PreviousRoute;
use crate::components::connect::{ConnectForm, Options};
use crate::components::external_text::ExternalText;
use crate::components::heading::Heading;
use crate::platform::document;
use crate::session::Session;
use crate::session::names::Names;

/// What the link may carry: the company or organisation that it was opened for.
const SUBJECT: &str = "urn_pleo_params_oauth_subject";

/// The page.
#[component]
pub fn ConnectPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    let query = use_query_map().get_untracked();
    // What is no subject came from elsewhere, and is left alone.
    let subject = query
        .get(SUBJECT)
        .filter(|urn| Subject::parse(urn).is_some());
    let subject = StoredValue::new(subject);
    let about = subject.get_value().map(|urn| {
        view! {
            <p class="fine">
                "The link is for " <code><ExternalText text=urn /></code> ". Pleo is told so; choose there whom to connect."
            </p>
        }
        .into_any()
    });
    let PreviousRoute(before) = expect_context();
    // A user who followed an external link has no earlier page.
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
                    "Connected already: " <ExternalText text=all.join(", ") /> ". "
                    <a href=document::base()>"Go to the overview"</a>
                    ", or connect another company."
                </p>
            }
            .into_any()
        })
    };
    view! {
        <Heading text="Connect Outlay to Pleo" />
        <p class="lead">
            "Outlay shows your company's spend, in this browser alone. You log in on Pleo's own page and \
             choose there what it may see; nothing is stored, and you can end it at any time."
        </p>
        {move || connected()}
        {about}
        {move || form()}
    }
}
