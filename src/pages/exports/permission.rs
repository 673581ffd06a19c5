//! The scopes that the export pages need, and the button that asks for them.

use leptos::prelude::*;
use outlay_pleo::scope;
use outlay_vault::message::Connection;

use super::messages::permission as messages;
use crate::components::alert::ErrorAlert;
use crate::platform::location;
use crate::session::Session;
use crate::session::app_error::AppError;

/// The scopes of the export pages.
const SCOPES: [&str; 3] = ["export-jobs:read", "export-jobs:write", "export-items:read"];

/// The scopes that the connection lacks. Tracks the session.
pub fn lacking(session: Session) -> Vec<&'static str> {
    let granted = session
        .stage_view
        .with(|view| view.connection().map(|live| live.scopes_granted.clone()))
        .unwrap_or_default();
    let lacks = |scope: &&&str| granted.iter().all(|it| it != **scope);
    SCOPES.iter().filter(lacks).copied().collect()
}

/// Asks for the scopes; says so if the client is not registered for them.
pub fn ask(session: Session, lacking: Vec<&'static str>) -> AnyView {
    let failed = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let live = session.view.with_untracked(|view| view.live().cloned());
    let profile = live.as_ref().and_then(|it| session.profile(&it.profile));
    let registered = profile.map(|it| it.scopes).unwrap_or_default();
    let has_all = lacking
        .iter()
        .all(|scope| registered.iter().any(|it| it == scope));
    let scopes = lacking.iter().map(|name| {
        let permits = scope::known(name).map(|scope| [": ", scope.permits].concat());
        view! { <li><code translate="no">{*name}</code>{permits}</li> }
    });
    let scopes = scopes.collect_view();
    let go = move |live: Connection| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            let route = location::with_query(&location::path());
            if let Err(app_error) = session.ask_for_scopes(live, &SCOPES, &route).await {
                failed.try_set(Some(app_error));
                busy.try_set(false);
            }
        });
    };
    let next = match live {
        Some(live) if has_all => view! {
            <div class="actions">
                <button type="button" class="primary" disabled=busy on:click=move |_| go(live.clone())>
                    {messages::ALLOW}
                </button>
            </div>
            <p class="fine">{messages::HINT}</p>
        }
        .into_any(),
        _ => view! { <p class="note">{messages::NOT_REGISTERED}</p> }.into_any(),
    };
    view! {
        <section class="card">
            <h2>{messages::TITLE}</h2>
            <p>{messages::ABOUT}</p>
            <ul>{scopes}</ul>
            {next}
            {move || failed.get().map(|app_error| view! { <ErrorAlert app_error /> }.into_any())}
        </section>
    }
    .into_any()
}
