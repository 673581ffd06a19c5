//! The form that sends the user to Pleo: to connect, or to reconnect.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use outlay_config::Config;
use outlay_vault::message::Connection;

use super::alert::ErrorAlert;
use crate::platform::{document, location};
use crate::route;
use crate::session::Session;
use crate::session::trouble::Trouble;

/// The form.
#[component]
pub fn ConnectForm(
    /// The connection that it renews; none to connect anew.
    #[prop(optional)]
    renews: Option<Connection>,
    /// The route to come back to; by default the present one.
    #[prop(optional, into)]
    return_to: Option<String>,
    /// Whether the button is one among others.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let here = use_location().pathname;
    let renews = StoredValue::new(renews);
    let return_to = StoredValue::new(return_to);
    let config = session.config.get_untracked();
    let first = renews.with_value(|renews| renews.as_ref().map(|c| c.profile.clone()));
    let first = first.or_else(|| Some(config.as_ref()?.profiles.first()?.id.clone()));
    let profile = RwSignal::new(first.unwrap_or_default());
    let client_id = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);

    let needs_client_id = Memo::new(move |_| {
        session
            .profile(&profile.get())
            .is_some_and(|profile| profile.client_id.is_none())
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let given = client_id.with_untracked(|id| id.trim().to_owned());
        let given = needs_client_id.get_untracked().then_some(given);
        if given.as_deref() == Some("") {
            trouble.set(Some(Trouble::of("client_id_needed")));
            return;
        }
        busy.set(true);
        trouble.set(None);
        let back = return_to
            .get_value()
            .unwrap_or_else(|| present_route(&here.get_untracked()));
        let start = session.connect(profile.get_untracked(), given, back, renews.get_value());
        leptos::task::spawn_local(async move {
            if let Err(failed) = start.await {
                trouble.set(Some(failed));
                busy.set(false);
            }
        });
    };
    let words = if renews.with_value(Option::is_some) {
        "Reconnect"
    } else {
        "Connect to Pleo"
    };
    let choice =
        config.filter(|config| config.profiles.len() > 1 && renews.with_value(Option::is_none));
    view! {
        <form class="connect" on:submit=submit>
            {choice.map(|config| environments(config, profile))}
            <Show when=move || needs_client_id.get()>
                <label class="field">
                    <span>"Client id"</span>
                    <input
                        type="text" autocomplete="off" spellcheck="false" maxlength="200"
                        prop:value=client_id
                        on:input=move |event| client_id.set(event_target_value(&event))
                    />
                    <small>"The one that Pleo gave you at registration. It is not a secret."</small>
                </label>
            </Show>
            <button type="submit" class:quiet=quiet class:primary=!quiet aria-disabled=move || busy.get().to_string()>
                {words}
            </button>
            {move || trouble.get().map(|trouble| view! { <ErrorAlert trouble /> }.into_any())}
        </form>
    }
}

fn environments(config: Config, chosen: RwSignal<String>) -> impl IntoView {
    let options = config.profiles.into_iter().map(|profile| {
        view! { <option value=profile.id>{profile.name}</option> }
    });
    view! {
        <label class="field">
            <span>"Environment"</span>
            <select on:change=move |event| chosen.set(event_target_value(&event))>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// The route in view with its query, without the connection that is in view now.
fn present_route(pathname: &str) -> String {
    let path = route::below(&document::base(), pathname).to_owned();
    let whole = route::with_connection(&[&path, "?", &location::query()].concat(), None);
    route::safe_return(&whole).to_owned()
}
