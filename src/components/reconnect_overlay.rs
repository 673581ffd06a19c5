//! What lies over the page after an end that is not the last word: why it ended, what waits out of
//! sight, and the way back to it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::alert::ErrorAlert;
use super::connect::{ConnectForm, Options};
use crate::address;
use crate::effect::effect;
use crate::platform::{document, intl};
use crate::session::Session;
use crate::session::company_data::CompanyData;
use crate::session::end_reason::EndedConnection;
use crate::session::view::SessionView;

/// The overlay's element, if it is shown.
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
        let rows = match company_data.waiting.get().unwrap_or_default() {
            0 => "Nothing had been read yet.".to_owned(),
            1 => "1 entry waits here, out of sight.".to_owned(),
            many => format!("{} entries wait here, out of sight.", intl::count(many)),
        };
        [
            &rows,
            " Reconnect the same company within 10 minutes, and you go on where you were; another \
             company never sees them.",
        ]
        .concat()
    };
    let shown = move || {
        lies.get().map(|connection| {
            let reason =
                EndedConnection::of(&connection).map(|end| view! { <ErrorAlert app_error=end.app_error() /> });
            let options = Options {
                renews: Some(connection),
                ..Options::default()
            };
            view! {
                <div class="reconnect-overlay">
                    <section class="reconnect-card" id="reconnect-overlay" tabindex="-1" aria-label="The connection has ended">
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
