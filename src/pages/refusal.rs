//! Shows a failed request while the rest of the page works.

use leptos::prelude::*;

use crate::components::alert::ErrorAlert;
use crate::components::connect::{ConnectForm, Options};
use crate::components::messages::TRY_AGAIN;
use crate::session::Session;
use crate::session::app_error::AppError;

/// The error with its next step: `Reconnect` if a scope is missing, else `Try again`, which calls
/// `again`.
pub fn refusal(app_error: AppError, again: impl Fn() + 'static) -> AnyView {
    let session = expect_context::<Session>();
    let live = session.view.with_untracked(|view| view.live().cloned());
    let next = match (app_error.scope, live) {
        (Some(_), Some(connection)) => {
            let options = Options {
                renews: Some(connection),
                quiet: true,
                ..Options::default()
            };
            view! { <ConnectForm options /> }.into_any()
        }
        _ => view! { <button type="button" on:click=move |_| again()>{TRY_AGAIN}</button> }
            .into_any(),
    };
    view! { <ErrorAlert app_error>{next}</ErrorAlert> }.into_any()
}
