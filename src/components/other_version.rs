//! The notice that a tab of another version of the site is open, with a background worker of its
//! own.

use leptos::prelude::*;
use outlay_codes::ErrorCode;

use crate::messages::errors::explain;

/// The stable code.
const CODE: ErrorCode = ErrorCode::OtherVersionOpen;

/// The notice. It disappears when the other version is closed.
#[component]
pub fn OtherVersionNote(
    /// Whether another version is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let note = move || {
        open.get().then(|| {
            let words = explain(CODE);
            view! {
                <section class="note" role="status" data-code=CODE.word()>
                    <p><strong>{words.happened}</strong></p>
                    <p>{words.means} " " {words.next}</p>
                </section>
            }
            .into_any()
        })
    };
    view! { {move || note()} }
}
