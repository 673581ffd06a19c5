//! The note that a tab of another version of the site is open, with a background worker of its own.

use leptos::prelude::*;
use outlay_vault::code::explain;

/// The stable code.
const CODE: &str = "other_version_open";

/// The note; it goes when the other version does.
#[component]
pub fn OtherVersionNote(
    /// Whether another version is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let note = move || {
        open.get().then(|| {
            let words = explain(CODE);
            view! {
                <section class="note" role="status" data-code=CODE>
                    <p><strong>{words.happened}</strong></p>
                    <p>{words.means} " " {words.next}</p>
                </section>
            }
            .into_any()
        })
    };
    view! { {move || note()} }
}
