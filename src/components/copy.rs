//! The button that copies what somebody who helps needs to know.

use leptos::prelude::*;

use crate::chunk::SessionChunk;
use crate::platform::clipboard;
use crate::session::Session;
use crate::session::trouble::Trouble;

/// The button.
#[component]
pub fn CopyDetails(
    /// The error that they are about.
    #[prop(optional)]
    about: Option<Trouble>,
) -> impl IntoView {
    let session = use_context::<Session>().zip(use_context::<SessionChunk>());
    let about = StoredValue::new(about);
    let copied = RwSignal::new("Copy details");
    let copy = move |_| {
        leptos::task::spawn_local(async move {
            let about = about.get_value();
            let parts = match session {
                Some((session, chunk)) => chunk.load().await.ok().map(|parts| (session, parts)),
                None => None,
            };
            // What led here may still be on its way while this is shown: it is looked up now.
            let details = match parts {
                Some((session, parts)) => (parts.details)(session, about.as_ref()),
                None => about.map(|about| about.code).unwrap_or_default(),
            };
            copied.set(clipboard::said(clipboard::copy(&details).await));
        });
    };
    view! { <button type="button" class="quiet" on:click=copy prop:textContent=copied></button> }
}
