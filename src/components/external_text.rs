//! Text from outside the product: notes, names, words of a server.

use leptos::prelude::*;
use outlay_pleo::text::marked;

/// The text, isolated from the text around it, with a visible mark for each character that cannot be
/// seen. It is not translated, and it is written through its element, so that it stays current when a
/// translator has replaced what is inside.
#[component]
pub fn ExternalText(
    /// The text as it came.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <bdi class="external" translate="no" prop:textContent=move || text.with(|text| marked(text))></bdi> }
}
