//! The overlay that covers the page while the data of an ended connection is retained: why it
//! ended, how many entries are hidden, and the button to reconnect.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::alert::ErrorAlert;
use super::connect::{ConnectForm, Options};
use super::messages::reconnect as messages;
use crate::address;
use crate::effect::effect;
use crate::platform::{document, intl};
use crate::session::Session;
use crate::session::company_data::CompanyData;
use crate::session::end_reason;
use crate::session::view::SessionView;

/// The overlay; nothing if no data is retained.
#[component]
pub fn ReconnectOverlay() -> impl IntoView {
    let session = expect_context::<Session>();
    let company_data = expect_context::<CompanyData>();
    let pathname = use_location().pathname;
    let here =
        move || address::shows_company_data(address::below(&document::base(), &pathname.get()));
    let lies = Memo::new(move |_| {
        let retained = session.data_owner.with(|data_owner| {
            data_owner
                .as_ref()
                .is_some_and(|data_owner| data_owner.retained)
        });
        match session.stage_view.with(SessionView::stage) {
            SessionView::Ended(connection) if retained && here() => Some(connection),
            _ => None,
        }
    });
    effect(move || {
        if lies.with(Option::is_some) {
            request_animation_frame(|| document::focus("reconnect-overlay"));
        }
    });
    let waiting = move || {
        let rows = company_data.waiting.get().unwrap_or_default();
        let count = |rows: usize| (rows, intl::count(rows));
        messages::kept(count(rows.entries), count(rows.directory))
    };
    let shown = move || {
        lies.get().map(|connection| {
            let reason =
                end_reason::of(&connection).map(|end| view! { <ErrorAlert app_error=end_reason::app_error(end) /> });
            let options = Options {
                renews: Some(connection),
                ..Options::default()
            };
            view! {
                <div class="reconnect-overlay">
                    <section class="reconnect-card" id="reconnect-overlay" tabindex="-1" aria-label=messages::LABEL>
                        {reason}
                        <p class="figures" prop:textContent=move || waiting()></p>
                        <ConnectForm options />
                    </section>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}
