//! Text from outside the product: notes, names, words of a server.

use leptos::prelude::*;
use outlay_pleo::text::{Piece, label, marked, marks, name};

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

/// The same for text that never changes while it is shown; each mark names its character in a tooltip.
pub fn external(text: &str) -> impl IntoView + use<> {
    view! { <bdi translate="no">{with_marks(text)}</bdi> }
}

/// The text with its marks alone, for an element that isolates it already.
pub fn with_marks(text: &str) -> impl IntoView + use<> {
    let pieces = marks(text).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain.to_owned().into_any(),
        Piece::Mark(one) => {
            view! { <mark class="unseen" title=name(one)>{label(one)}</mark> }.into_any()
        }
    });
    pieces.collect_view()
}
