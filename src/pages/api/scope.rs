//! The scope that the operation needs, whether it is granted, and how to get it.

use std::sync::Arc;

use super::messages::scope as messages;
use crate::address::safe_return;
use crate::components::alert::ErrorAlert;
use crate::platform::{location, pending};
use crate::session::app_error::AppError;
use leptos::prelude::*;
use outlay_pleo::catalogue::Endpoint;
use outlay_pleo::scope;
use outlay_vault::message::StartSignIn;

use crate::pages::api::state::Explorer;
use outlay_explorer::link::link;
use outlay_explorer::messages::scopes::{ScopeStatus, approved, certainty, scope_status};

/// The lines about the scope.
pub fn scope(explorer: Explorer, operation: Arc<Endpoint>) -> impl IntoView {
    let failed = RwSignal::new(None::<AppError>);
    let wanted = operation.clone();
    let status = Memo::new(move |_| {
        explorer
            .live
            .with(|live| scope_status(&wanted, live.as_ref().map(|live| &*live.scopes_granted)))
    });
    let names = operation.scopes.iter().enumerate().map(|(number, name)| {
        let or = (number > 0).then_some(messages::OR);
        view! { {or} <code>{name.clone()}</code> }
    });
    let names = names.collect_view().into_any();
    let permits = operation.scopes.first().and_then(|name| scope::known(name));
    let permits = permits.map(|scope| messages::permits(scope.permits));
    let known = !operation.scopes.is_empty();
    let sure = certainty(&operation);
    let word = move || match status.get() {
        ScopeStatus::Held => messages::GRANTED,
        ScopeStatus::Missing => messages::NOT_GRANTED,
        ScopeStatus::Unchecked | ScopeStatus::Unknown => "",
    };
    let kind = move || match status.get() {
        ScopeStatus::Held => "held",
        ScopeStatus::Missing => "missing",
        ScopeStatus::Unchecked | ScopeStatus::Unknown => "unchecked",
    };
    let way = move || {
        (status.get() == ScopeStatus::Missing)
            .then(|| route_to(explorer, &operation, failed).into_any())
    };
    let app_error = move || {
        failed
            .get()
            .map(|app_error| view! { <ErrorAlert app_error /> }.into_any())
    };
    view! {
        <div class="x-scope" data-standing=move || kind()>
            {known.then(|| view! { <p>{messages::SCOPE} {names} {permits} " " <strong>{move || word()}</strong></p> })}
            {(!sure.is_empty()).then(|| view! { <p class="fine">{sure}</p> })}
            {move || way()}
            {move || app_error()}
        </div>
    }
}

fn route_to(
    explorer: Explorer,
    operation: &Arc<Endpoint>,
    failed: RwSignal<Option<AppError>>,
) -> impl IntoView + use<> {
    let profile = explorer.profile.get();
    let registered = profile
        .as_ref()
        .map(|profile| profile.scopes.clone())
        .unwrap_or_default();
    let Some(name) = approved(operation, &registered) else {
        return view! {
            <p class="fine">{messages::NOT_REGISTERED}</p>
        }
        .into_any();
    };
    if profile.is_none_or(|profile| profile.client_id.is_none()) {
        return view! {
            <p class="fine">{messages::OTHER_CLIENT}</p>
        }
        .into_any();
    }
    let name = name.to_owned();
    let operation = operation.clone();
    let ask = move |_| {
        let (name, operation) = (name.clone(), operation.clone());
        leptos::task::spawn_local(async move {
            if let Err(app_error) = sign_in(explorer, name, &operation).await {
                failed.set(Some(app_error));
            }
        });
    };
    view! {
        <div class="actions">
            <button type="button" on:click=ask>{messages::SIGN_IN}</button>
            <span class="fine">{messages::SIGN_IN_HINT}</span>
        </div>
    }
    .into_any()
}

/// Redirects to Pleo to request one more scope.
async fn sign_in(explorer: Explorer, name: String, operation: &Endpoint) -> Result<(), AppError> {
    let Some(live) = explorer.live.get_untracked() else {
        return Ok(());
    };
    let registered = explorer
        .profile
        .get_untracked()
        .map(|it| it.scopes)
        .unwrap_or_default();
    let asked = registered
        .into_iter()
        .filter(|one| *one == name || live.scopes_asked.contains(one));
    let query = explorer
        .known()
        .map(|all| link(&all, operation, &explorer.form(operation)));
    let return_to = ["/api?", &query.unwrap_or_default(), "&c=", &live.id].concat();
    let start = StartSignIn {
        profile: live.profile,
        client_id: None,
        scopes: asked.collect(),
        return_to: safe_return(&return_to).to_owned(),
        target: Some(live.id),
        subject: None,
        popup: false,
    };
    let Some(client) = explorer.session.client() else {
        return Ok(());
    };
    let authorization = client.start_sign_in(start).await?;
    if let Some(stored) = &authorization.stored {
        pending::store(stored);
    }
    location::go_to_authorization_server(&authorization.url);
    Ok(())
}
