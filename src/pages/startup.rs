//! Replaces every page while the app cannot work.

use leptos::prelude::*;
use outlay_codes::ErrorCode;

use crate::chunks::CONFIG_PROBLEMS;
use crate::components::alert::ErrorAlert;
use crate::components::chunk_view::ChunkView;
use crate::components::heading::Heading;
use crate::components::messages::{CANCEL, LOADING, RELOAD};
use crate::pages::startup_messages as messages;
use crate::platform::{chunk_files, document, location, service_worker};
use crate::session::app_error::AppError;
use crate::session::view::SessionView;
use crate::session::{SERVICE_WORKER, Session};

/// Shows `children`, or the error that replaces every page.
#[component]
pub fn StartupErrors(
    /// The current page.
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let startup = Memo::new(move |_| {
        session.view.with(|view| match view {
            SessionView::Waiting | SessionView::Broken(_) | SessionView::Misconfigured => {
                view.clone()
            }
            // No other change renders the page anew.
            _ => SessionView::SignedOut,
        })
    });
    let shown = move || {
        let startup = startup.get();
        // Until then the static page covers the app.
        if startup != SessionView::Waiting {
            document::remove_shell();
        }
        match startup {
            SessionView::SignedOut => children().into_any(),
            // In a chunk, because few visits need it.
            SessionView::Misconfigured => view! { <ChunkView chunk=CONFIG_PROBLEMS /> }.into_any(),
            SessionView::Broken(SERVICE_WORKER) => service_worker_page().into_any(),
            SessionView::Broken(code) => broken_page(code).into_any(),
            _ => view! { <p class="waiting" role="status">{LOADING}</p> }.into_any(),
        }
    };
    view! { {move || shown()} }
}

/// The page with this code. If a file of the vault has a fault, adds its name once it is known.
fn broken_page(code: ErrorCode) -> impl IntoView {
    let detail = RwSignal::new(None);
    if code == ErrorCode::VaultUnavailable {
        leptos::task::spawn_local(async move {
            let found = chunk_files::fault_of_vault().await;
            detail.try_set(found);
        });
    }
    let alert = move || {
        let app_error = AppError {
            detail: detail.get(),
            ..AppError::of(code)
        };
        view! {
            <ErrorAlert app_error>
                <button type="button" class="primary" on:click=|_| location::reload()>{RELOAD}</button>
            </ErrorAlert>
        }
        .into_any()
    };
    view! {
        <Heading text=messages::STOPPED />
        {move || alert()}
    }
}

/// The page while a service worker covers the site: lists the scopes and offers to remove the
/// registrations.
fn service_worker_page() -> impl IntoView {
    let scopes = RwSignal::new(None);
    let asked = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        let found = service_worker::scopes(&document::base()).await;
        scopes.try_set(Some(found.join(" ")));
    });
    let remove = |_| {
        leptos::task::spawn_local(async {
            service_worker::remove(&document::base()).await;
            location::reload();
        });
    };
    let buttons = move || {
        match asked.get() {
        false => view! {
            <button type="button" class="primary" on:click=move |_| asked.set(true)>{messages::REMOVE}</button>
        }
        .into_any(),
        true => view! {
            <p>{messages::REMOVE_EFFECT}</p>
            <button type="button" class="primary" on:click=remove>{messages::REMOVE_AND_RELOAD}</button>
            <button type="button" on:click=move |_| asked.set(false)>{CANCEL}</button>
        }
        .into_any(),
    }
    };
    let alert = move || {
        scopes.get().map(|scopes| {
            let app_error = AppError {
                detail: Some(scopes),
                ..AppError::of(SERVICE_WORKER)
            };
            view! { <ErrorAlert app_error>{move || buttons()}</ErrorAlert> }.into_any()
        })
    };
    view! {
        <Heading text=messages::SIGN_IN_DISABLED />
        {move || alert()}
    }
}
