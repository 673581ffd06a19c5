//! The page for an unknown address.

use leptos::prelude::*;

use crate::components::heading::Heading;
use crate::pages::not_found_messages as messages;
use crate::platform::document;

/// The page for an unknown address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Heading text=messages::TITLE />
        <p>{messages::HINT}</p>
        <p><a href=document::base()>{messages::OVERVIEW}</a></p>
    }
}
