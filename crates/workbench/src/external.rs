//! Text that came from outside, on screen.

use leptos::prelude::*;
use outlay_pleo::text::{Piece, label, marks, name};

/// The text, isolated from the direction of what is around it and kept from translation; characters
/// that cannot be seen are marks.
pub fn external(text: &str) -> impl IntoView + use<> {
    view! { <bdi translate="no">{visible(text)}</bdi> }
}

/// The text with its marks alone, for a place that isolates it already.
pub fn visible(text: &str) -> impl IntoView + use<> {
    let pieces = marks(text).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain.to_owned().into_any(),
        Piece::Mark(one) => {
            view! { <mark class="unseen" title=name(one)>{label(one)}</mark> }.into_any()
        }
    });
    pieces.collect_view()
}
