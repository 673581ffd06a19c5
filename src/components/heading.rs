//! A page's heading: it names the window, and takes the focus when the route changes.

use leptos::prelude::*;

use crate::platform::document;

/// `<h1>` of a page.
#[component]
pub fn Heading(
    /// The words, also the window's title.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    document::set_title(&text);
    view! {
        <h1 id="heading" tabindex="-1">{text}</h1>
    }
}
