//! Definitions of terms that are often confused.

use leptos::prelude::*;
use outlay_pleo::registration::TERMS;

use super::found::cited;
use super::messages;

/// The section with the definitions.
pub fn terms() -> AnyView {
    let terms = TERMS.iter().map(|term| {
        view! {
            <dt>{term.name}</dt>
            <dd>{term.meaning} " " {cited(term.source)}</dd>
        }
    });
    view! {
        <details class="card register-terms">
            <summary><h2>{messages::TERMS}</h2></summary>
            <dl>{terms.collect_view()}</dl>
        </details>
    }
    .into_any()
}
