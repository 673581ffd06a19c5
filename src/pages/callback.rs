//! Where Pleo sends the user back to. It needs no sign-in of its own: it makes one, or says why not.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use outlay_vault::message::Failure;

use crate::app::Landed;
use crate::components::alert::ErrorAlert;
use crate::components::connect::ConnectForm;
use crate::components::heading::Heading;
use crate::platform::document;
use crate::route;
use crate::session::Session;
use crate::session::trouble::Trouble;

/// The page.
#[component]
pub fn CallbackPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let landed = expect_context::<Landed>();
    let failed = RwSignal::new(None::<Failure>);
    let navigate = use_navigate();
    let go = move |route: &str, connection: Option<&str>| {
        let route = route::with_connection(route::safe_return(route), connection);
        navigate(
            &route,
            NavigateOptions {
                replace: true,
                ..Default::default()
            },
        );
    };
    let arrival = landed.0.try_update_value(Option::take).flatten();
    // A renewal that came to nothing leads back to the connection that it was for.
    let renewed = arrival
        .as_ref()
        .and_then(|arrival| arrival.stored.as_ref()?.target.clone());
    let home = route::with_connection(&document::base(), renewed.as_deref());
    let home = StoredValue::new(home);
    leptos::task::spawn_local(async move {
        let Some(arrival) = arrival else {
            go("/", None);
            return;
        };
        match session.finish(arrival).await {
            Ok((connection, return_to)) => go(&return_to, connection.as_deref()),
            Err(failure) => failed.set(Some(failure)),
        }
    });
    let shown = move || match failed.get() {
        None => view! {
            <Heading text="Signing in" />
            <p role="status">"Finishing the sign-in…"</p>
        }
        .into_any(),
        Some(failure) => {
            let back = failure.return_to.clone().unwrap_or_else(|| "/".to_owned());
            let back = route::safe_return(&back).to_owned();
            view! {
                <Heading text="The sign-in did not succeed" />
                <ErrorAlert trouble=Trouble::from(failure) />
                <ConnectForm return_to=back />
                <p><a href=home.get_value()>"Go to the overview"</a></p>
            }
            .into_any()
        }
    };
    view! { {move || shown()} }
}
