//! A page's heading. It is also the title of the window, and gets the focus when the route changes.

use leptos::prelude::*;
use outlay_pleo::text::marked;

use crate::platform::document;

/// `<h1>` of a page.
#[component]
pub fn Heading(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    document::set_title(&marked(&text));
    view! {
        <h1 id="heading" tabindex="-1"><bdi prop:textContent=marked(&text)></bdi></h1>
    }
}
