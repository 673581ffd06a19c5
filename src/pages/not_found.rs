//! An address that is not one of this site.

use leptos::prelude::*;

use crate::components::heading::Heading;
use crate::platform::document;

/// The page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Heading text="No such page" />
        <p>"This address leads nowhere on this site. A link may be old or mistyped."</p>
        <p><a href=document::base()>"Go to the overview"</a></p>
    }
}
