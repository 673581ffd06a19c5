//! The redirect URI, to which Pleo returns the user. The page completes the sign-in or shows why it
//! failed.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use outlay_codes::ErrorCode;
use outlay_vault::message::Failure;

use crate::address;
use crate::app::ReturnedSignIn;
use crate::components::alert::ErrorAlert;
use crate::components::connect::{ConnectForm, Options};
use crate::components::heading::Heading;
use crate::components::messages::COMPLETING_SIGN_IN;
use crate::pages::callback_messages as messages;
use crate::platform::popup;
use crate::session::Session;
use crate::session::app_error::AppError;

/// The state of the page.
#[derive(Clone, PartialEq)]
enum CallbackStep {
    Waiting,
    /// The window that opened this popup continues.
    Over {
        failed: bool,
    },
    Failed(Failure),
}

/// The callback page.
#[component]
pub fn CallbackPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let returned = expect_context::<ReturnedSignIn>();
    let step = RwSignal::new(CallbackStep::Waiting);
    let navigate = use_navigate();
    let go = move |route: &str, connection: Option<&str>| {
        let route = address::with_connection(address::safe_return(route), connection);
        navigate(
            &route,
            NavigateOptions {
                replace: true,
                ..Default::default()
            },
        );
    };
    let arrival = returned.0.try_update_value(Option::take).flatten();
    // After a failure, the user returns to the route and connection from which the sign-in started.
    let start_route = arrival.as_ref().and_then(|arrival| {
        let stored = arrival.stored.as_ref()?;
        let route = address::safe_return(&stored.return_to);
        Some(match stored.target.as_deref() {
            Some(target) => address::with_connection(route, Some(target)),
            None => route.to_owned(),
        })
    });
    let start_route = StoredValue::new(start_route);
    let profile = StoredValue::new(arrival.as_ref().map(|arrival| arrival.profile.clone()));
    leptos::task::spawn_local(async move {
        let Some(arrival) = arrival else {
            go("/", None);
            return;
        };
        match session.finish(arrival).await {
            Ok(signed_in) if signed_in.popup => step.set(CallbackStep::Over { failed: false }),
            Ok(signed_in) => go(&signed_in.return_to, signed_in.connection.as_deref()),
            Err(failure) if failure.popup => step.set(CallbackStep::Over { failed: true }),
            Err(failure) => step.set(CallbackStep::Failed(failure)),
        }
        if matches!(step.get_untracked(), CallbackStep::Over { .. }) {
            popup::close_own();
        }
    });
    let shown = move || match step.get() {
        CallbackStep::Waiting => view! {
            <Heading text=messages::SIGNING_IN />
            <p role="status">{COMPLETING_SIGN_IN}</p>
        }
        .into_any(),
        CallbackStep::Over { failed } => {
            let words = match failed {
                true => messages::FAILED_ELSEWHERE,
                false => messages::CONNECTED_ELSEWHERE,
            };
            view! {
                <Heading text=messages::CLOSE_WINDOW />
                <p role="status">{words}</p>
            }
            .into_any()
        }
        CallbackStep::Failed(failure) => {
            let back = start_route
                .get_value()
                .or_else(|| failure.return_to.clone());
            let back = address::safe_return(back.as_deref().unwrap_or("/")).to_owned();
            let back_href = address::at_base(&crate::platform::document::base(), &back);
            // Usually the sign-in began in another browser, or the address is a bookmark. It is rejected,
            // shown as a notice, and not counted as a sign of a loop.
            let elsewhere = failure.code == ErrorCode::StateUnknown;
            let heading = match elsewhere {
                true => messages::CONNECT_HERE,
                false => messages::FAILED,
            };
            let options = Options {
                return_to: Some(back),
                profile: profile.get_value(),
                meant: elsewhere,
                ..Options::default()
            };
            view! {
                <Heading text=heading />
                <ErrorAlert app_error=AppError::from(failure) calm=elsewhere />
                <ConnectForm options />
                <p><a href=back_href>{messages::BACK}</a></p>
            }
            .into_any()
        }
    };
    view! { {move || shown()} }
}
