//! What is said to somebody who is no longer connected, in place of an error: it is none.

use leptos::prelude::*;
use outlay_codes::ErrorCode;

use super::messages;
use crate::messages::errors::explain;
use crate::platform::document;

/// The note. It stands above the page, which offers the way back.
#[component]
pub fn SignedOutNotice(
    /// The stable code of what happened; none once it is dismissed.
    code: RwSignal<Option<ErrorCode>>,
) -> impl IntoView {
    let dismiss = move |_| {
        code.set(None);
        document::focus("heading");
    };
    let note = move || {
        code.get().map(|code| {
            let words = explain(code);
            view! {
                <section class="note signed-out-notice" role="status" data-code=code.word()>
                    <p><strong prop:textContent=words.happened></strong></p>
                    <p prop:textContent=[words.means, " ", words.next].concat()></p>
                    <button type="button" class="quiet" on:click=dismiss>{messages::signed_out::DISMISS}</button>
                </section>
            }
            .into_any()
        })
    };
    view! { {move || note()} }
}
