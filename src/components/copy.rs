//! The button *Copy details*.

use leptos::prelude::*;

use crate::messages::copy::COPY_DETAILS;
use crate::platform::clipboard;
use crate::session::Session;
use crate::session::app_error::AppError;

/// The button.
#[component]
pub fn CopyDetails(
    /// The error that the details describe.
    #[prop(optional)]
    about: Option<AppError>,
) -> impl IntoView {
    let session = use_context::<Session>();
    let about = StoredValue::new(about);
    let copied = RwSignal::new(COPY_DETAILS);
    let copy = move |_| {
        // Read on click, because the events that led here may arrive after this is rendered.
        let details = about.with_value(|about| match (session, about) {
            (Some(session), about) => session.details(about.as_ref()),
            (None, Some(app_error)) => app_error.code.word().to_owned(),
            (None, None) => String::new(),
        });
        leptos::task::spawn_local(async move {
            copied.set(clipboard::copy_message(clipboard::copy(&details).await));
        });
    };
    view! { <button type="button" class="quiet" on:click=copy prop:textContent=copied></button> }
}
