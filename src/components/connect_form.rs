//! The form that starts a sign-in: to connect or to reconnect, in this tab or in a popup.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use outlay_codes::ErrorCode;
use outlay_config::Config;
use outlay_pleo::text::{invisible_inside, marked, trim_invisible};
use outlay_vault::message::SignedIn;

use super::alert::ErrorAlert;
use super::connect::Options;
use super::connect_another;
use super::messages;
use crate::address;
use crate::platform::early_actions::{self, EarlyActions};
use crate::platform::popup::Popup;
use crate::platform::{document, location};
use crate::session::Session;
use crate::session::app_error::AppError;
use crate::session::sign_in::SignInRequest;

/// The form.
pub fn view(options: Options) -> AnyView {
    let Options {
        renews,
        return_to,
        subject,
        profile,
        meant,
        quiet,
        takes_over,
    } = options;
    let session = expect_context::<Session>();
    let here = use_location().pathname;
    let config = session.config.get_untracked();
    let first = renews.as_ref().map(|c| c.profile.clone());
    let known = |id: &String| config.as_ref().is_some_and(|c| c.profile(id).is_some());
    let first = first.or_else(|| profile.filter(known));
    let first = first.or_else(|| Some(config.as_ref()?.profiles.first()?.id.clone()));
    let profile = RwSignal::new(first.unwrap_or_default());
    let client_id = RwSignal::new(String::new());
    let in_popup = RwSignal::new(renews.is_some());
    let busy = RwSignal::new(false);
    let purpose = StoredValue::new(renews.as_ref().map(|c| c.id.clone()));
    let is_renewal = renews.is_some();
    let given = StoredValue::new((renews, return_to, subject));
    let navigate = StoredValue::new_local(use_navigate());
    // A worker of one tab gets no message from another window.
    let popups = Memo::new(move |_| session.mode.get().is_some_and(|mode| mode.shared));

    let needs_client_id = Memo::new(move |_| {
        session
            .profile(&profile.get())
            .is_some_and(|profile| profile.client_id.is_none())
    });
    let sign_in_request = move || {
        let typed = client_id.with_untracked(|id| trim_invisible(id).to_owned());
        let typed = needs_client_id.get_untracked().then_some(typed);
        if typed.as_deref() == Some("") {
            return Err(AppError::of(ErrorCode::ClientIdNeeded));
        }
        if let Some(name) = typed.as_deref().and_then(invisible_inside) {
            let mut refused = AppError::of(ErrorCode::ClientIdRefused);
            refused.detail = Some(messages::connect::client_id_contains(&name));
            return Err(refused);
        }
        let (renews, return_to, subject) = given.get_value();
        Ok(SignInRequest {
            profile: profile.get_untracked(),
            client_id: typed,
            return_to: return_to.unwrap_or_else(|| present_route(&here.get_untracked())),
            renews,
            subject,
        })
    };
    // The form may be unmounted by then, so the closure owns its values.
    let failed = move |purpose: Option<String>, reason: AppError| {
        session.failed.set(Some((purpose, reason)));
        busy.try_set(false);
    };
    let depart = move |sign_in_request: SignInRequest, purpose: Option<String>, meant: bool| {
        if let Err(reason) = session.allow_sign_in(meant) {
            return failed(purpose, reason);
        }
        busy.try_set(true);
        leptos::task::spawn_local(async move {
            if let Err(reason) = session.go_to_authorization_server(sign_in_request).await {
                failed(purpose, reason);
            }
        });
    };
    let go_to_authorization_server = move |meant: bool| {
        session.failed.set(None);
        let purpose = purpose.get_value();
        match sign_in_request() {
            Ok(sign_in_request) => depart(sign_in_request, purpose, meant),
            Err(reason) => failed(purpose, reason),
        }
    };
    // `early` has the popup that a click on the static page opened, unless the browser blocked it.
    let open_window = move |early: Option<EarlyActions>| {
        session.failed.set(None);
        let purpose = purpose.get_value();
        let sign_in_request = match sign_in_request() {
            Ok(sign_in_request) => sign_in_request,
            Err(reason) => return failed(purpose, reason),
        };
        // Firefox runs other tasks while it opens a window, and one of them may render this form
        // anew. From here on the form may be unmounted.
        let popup = match early {
            Some(early) => early.popup().map(Popup::from),
            None => Popup::open(),
        };
        let Some(popup) = popup else {
            if is_renewal {
                return failed(purpose, AppError::of(ErrorCode::PopupBlocked));
            }
            session.blocked.set(true);
            return depart(sign_in_request, purpose, false);
        };
        busy.try_set(true);
        leptos::task::spawn_local(async move {
            match session.sign_in_with_popup(sign_in_request, popup).await {
                Ok(ended) => {
                    busy.try_set(false);
                    if let Some(signed_in) = ended {
                        navigate.try_with_value(|navigate| arrive(navigate, &signed_in));
                    }
                }
                Err(reason) => failed(purpose, reason),
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
        } else if popups.get_untracked() && in_popup.get_untracked() {
            open_window(None);
        } else {
            go_to_authorization_server(meant);
        }
    };
    let is_one = config.as_ref().is_some_and(|c| c.profiles.len() == 1);
    if takes_over && let Some(early) = early_actions::take() {
        in_popup.set(early.in_popup());
        if !early.clicked() {
        } else if !is_one || needs_client_id.get_untracked() {
            // The static page has no field for the environment and the client ID.
            if let Some(window) = early.popup() {
                Popup::from(window).close();
            }
            if is_one {
                failed(purpose.get_value(), AppError::of(ErrorCode::ClientIdNeeded));
            }
        } else {
            leptos::task::spawn_local(async move {
                if early.in_popup() {
                    open_window(Some(early));
                } else {
                    go_to_authorization_server(false);
                }
            });
        }
    }
    let here_instead = move || {
        view! {
            <button type="button" class="quiet" on:click=move |_| go_to_authorization_server(false)>{messages::connect::IN_THIS_TAB}</button>
        }
    };
    let obstacle = move || {
        let failed = session.failed.get();
        let (_, app_error) = failed.filter(|(of, _)| *of == purpose.get_value())?;
        let next = match app_error.code {
            ErrorCode::SignInLoop => Some(
                view! {
                    <button type="button" on:click=move |_| go_to_authorization_server(true)>{messages::connect::CONTINUE}</button>
                }
                .into_any(),
            ),
            ErrorCode::PopupBlocked => Some(here_instead().into_any()),
            _ => None,
        };
        // A question, not an error.
        let calm = app_error.code == ErrorCode::SignInLoop;
        Some(view! { <ErrorAlert app_error calm>{next}</ErrorAlert> }.into_any())
    };
    let choice = config.filter(|config| config.profiles.len() > 1 && !is_renewal);
    let beneath = move || {
        if !is_renewal {
            popups.get().then(|| view! {
                <label class="check">
                    <input type="checkbox" prop:checked=in_popup on:change=move |event| in_popup.set(event_target_checked(&event)) />
                    {messages::connect::IN_POPUP}
                </label>
            }.into_any())
        } else if quiet {
            None
        } else {
            let other_way = popups.get().then(here_instead);
            Some(
                view! {
                    <p class="fine">{messages::connect::IN_THIS_TAB_HINT}</p>
                    {other_way}
                }
                .into_any(),
            )
        }
    };
    view! {
        <form class="connect" on:submit=submit>
            {choice.map(|config| environments(config, profile))}
            <Show when=move || needs_client_id.get()>
                <label class="field">
                    <span>{messages::connect::CLIENT_ID}</span>
                    <input
                        type="text" autocomplete="off" spellcheck="false" maxlength="200"
                        prop:value=client_id
                        on:input=move |event| client_id.set(event_target_value(&event))
                    />
                    <small>{messages::connect::CLIENT_ID_HINT}</small>
                </label>
            </Show>
            <button type="submit" class:quiet=quiet class:primary=!quiet aria-disabled=move || busy.get().to_string()>
                {if is_renewal { messages::connect::RECONNECT } else { messages::connect::CONNECT }}
            </button>
            {move || beneath()}
            {move || obstacle()}
        </form>
    }
    .into_any()
}

fn environments(config: Config, chosen: RwSignal<String>) -> impl IntoView {
    let options = config.profiles.into_iter().map(|profile| {
        let selected = chosen.with_untracked(|chosen| *chosen == profile.id);
        view! {
            <option
                value=profile.id selected=selected dir="auto" translate="no"
                prop:textContent=marked(&profile.name)
            ></option>
        }
    });
    view! {
        <label class="field">
            <span>{messages::ENVIRONMENT}</span>
            <select on:change=move |event| chosen.set(event_target_value(&event))>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// Returns the current route with its query and connection, to which the user returns if the
/// sign-in fails.
fn present_route(pathname: &str) -> String {
    address::safe_return(&location::with_query(pathname)).to_owned()
}

/// Shows the connection that the sign-in in the popup made.
fn arrive(navigate: &impl Fn(&str, NavigateOptions), signed_in: &SignedIn) {
    document::close_dialog(connect_another::DIALOG);
    let back = address::safe_return(&signed_in.return_to);
    let options = NavigateOptions {
        replace: true,
        scroll: false,
        ..Default::default()
    };
    navigate(
        &address::with_connection(back, signed_in.connection.as_deref()),
        options,
    );
}
