//! The notice for a user who is no longer connected. It is not an error.

use leptos::prelude::*;
use outlay_codes::ErrorCode;

use super::messages;
use crate::messages::errors::explain;
use crate::platform::document;

/// The notice. The page below it has the button to connect.
#[component]
pub fn SignedOutNotice(
    /// The stable code of the notice; `None` once it is dismissed.
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
