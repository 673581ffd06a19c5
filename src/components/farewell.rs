//! What is said to somebody who is no longer connected, in place of an error: it is none.

use leptos::prelude::*;
use outlay_vault::code::explain;

/// The note. It stands above the page, which offers the way back.
#[component]
pub fn Farewell(
    /// The stable code of what happened.
    code: Signal<Option<&'static str>>,
) -> impl IntoView {
    let note = move || {
        code.get().map(|code| {
            let words = explain(code);
            view! {
                <section class="note farewell" role="status" data-code=code>
                    <p><strong>{words.happened}</strong></p>
                    <p>{words.means} " " {words.next}</p>
                </section>
            }
            .into_any()
        })
    };
    view! { {move || note()} }
}
