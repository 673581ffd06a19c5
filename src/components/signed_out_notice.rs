//! The notice for a user who is no longer connected, or not to the company in the address. It is not
//! an error.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use outlay_codes::ErrorCode;

use super::account_menu::ConnectsAnother;
use super::messages;
use crate::address;
use crate::messages::errors::explain;
use crate::platform::document;
use crate::session::Session;

/// The notice of the frame. It has a button to connect, unless the page below it has one.
#[component]
pub fn FrameNotice(
    /// The stable code of the notice; `None` once it is dismissed.
    code: RwSignal<Option<ErrorCode>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let ConnectsAnother(another) = expect_context();
    let pathname = use_location().pathname;
    let connects = Signal::derive(move || {
        let route = pathname.get();
        let has_form = address::shows_company_data(address::below(&document::base(), &route));
        session.live_id.with(Option::is_some) || !has_form
    });
    let connect = Callback::new(move |()| another.set(true));
    view! { <SignedOutNotice code connects connect /> }
}

/// The notice.
#[component]
pub fn SignedOutNotice(
    /// The stable code of the notice; `None` once it is dismissed.
    code: RwSignal<Option<ErrorCode>>,
    /// Whether it has a button to connect.
    connects: Signal<bool>,
    /// The button is pressed.
    connect: Callback<()>,
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
                    <div class="actions">
                        {move || connects.get().then(|| view! {
                            <button type="button" on:click=move |_| connect.run(())>{messages::signed_out::CONNECT}</button>
                        })}
                        <button type="button" class="quiet" on:click=dismiss>{messages::signed_out::DISMISS}</button>
                    </div>
                </section>
            }
            .into_any()
        })
    };
    view! { {move || note()} }
}
