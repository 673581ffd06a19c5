//! `/storage`.

use leptos::prelude::*;
use outlay_page::components::heading::Heading;

/// The page.
pub fn page() -> impl IntoView {
    view! { <Heading text="Nothing is stored" /> }
}
