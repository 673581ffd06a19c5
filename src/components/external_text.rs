//! External text: notes, names, messages of a server.

use leptos::prelude::*;
use outlay_pleo::text::{Piece, label, marked, marks, name};

/// The text, isolated from the text around it, with a visible mark for each invisible character. It
/// is not translated. It is set as a property of its element, so that it stays current if a
/// translator has replaced the nodes inside.
#[component]
pub fn ExternalText(
    /// The text as received.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <bdi class="external" translate="no" prop:textContent=move || text.with(|text| marked(text))></bdi> }
}

/// Like [`ExternalText`], for text that does not change; each mark names its character in a
/// tooltip.
pub fn external(text: &str) -> impl IntoView + use<> {
    view! { <bdi translate="no">{with_marks(text)}</bdi> }
}

/// The text with its marks, for an element that isolates it already.
pub fn with_marks(text: &str) -> impl IntoView + use<> {
    let pieces = marks(text).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain.to_owned().into_any(),
        Piece::Mark(one) => {
            view! { <mark class="unseen" title=name(one)>{label(one)}</mark> }.into_any()
        }
    });
    pieces.collect_view()
}
