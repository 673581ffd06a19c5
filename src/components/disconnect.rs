//! The confirmation before the integration is removed at Pleo: what is removed, and for which
//! users.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use leptos::html::Dialog;
use leptos::prelude::*;
use outlay_config::EnvironmentKind;
use outlay_pleo::text::{Piece, marks};

use super::alert::ErrorAlert;
use super::dialog::open_while;
use super::environment_banner::EnvironmentBanner;
use super::external_text::ExternalText;
use super::messages;
use crate::effect::effect;
use crate::platform::document;
use crate::session::app_error::AppError;

/// The connection to disconnect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisconnectTarget {
    /// The id of the connection.
    pub connection: String,
    /// The company's name; the environment's if it is not known.
    pub owner_label: String,
    /// The kind and name of the environment.
    pub environment: (EnvironmentKind, String),
}

/// Disconnects the connection with this id.
pub type Disconnect = Rc<dyn Fn(String) -> LocalBoxFuture<'static, Result<(), AppError>>>;

/// The dialog. It is open while `asked` is set.
#[component]
pub fn DisconnectDialog(
    /// The connection to disconnect.
    asked: RwSignal<Option<DisconnectTarget>>,
    /// Called when the user confirms.
    disconnect: Disconnect,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let app_error = RwSignal::new(None::<AppError>);
    let disconnect = StoredValue::new_local(disconnect);
    effect(move || {
        if asked.with(Option::is_some) {
            typed.set(String::new());
            app_error.set(None);
        }
    });
    open_while(dialog, move || asked.with(Option::is_some));
    let confirmed = move || {
        asked.with(|asked| {
            asked.as_ref().is_some_and(|asked| {
                asked.environment.0 != EnvironmentKind::Production
                    || is_typed(&typed.get(), &asked.owner_label)
            })
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(disconnect_target) = asked.get_untracked() else {
            return;
        };
        if busy.get_untracked() || !untrack(confirmed) {
            return;
        }
        busy.set(true);
        app_error.set(None);
        let done = disconnect.with_value(|disconnect| disconnect(disconnect_target.connection));
        leptos::task::spawn_local(async move {
            match done.await {
                Ok(()) => asked.set(None),
                Err(failed) => app_error.set(Some(failed)),
            }
            busy.set(false);
        });
    };
    let environment = Signal::derive(move || {
        asked.with(|asked| asked.as_ref().map(|asked| asked.environment.clone()))
    });
    let owner_label = move || {
        asked.with(|asked| {
            asked
                .as_ref()
                .map(|asked| asked.owner_label.clone())
                .unwrap_or_default()
        })
    };
    let production = move || {
        environment.with(|it| {
            it.as_ref()
                .is_some_and(|it| it.0 == EnvironmentKind::Production)
        })
    };
    view! {
        <dialog
            class="dialog" aria-labelledby="disconnect-title" node_ref=dialog
            on:cancel=move |event: web_sys::Event| if busy.get_untracked() { event.prevent_default() }
            on:close=move |_| {
                asked.set(None);
                // The button that opened the dialog may have been removed with its company.
                document::focus("heading");
            }
        >
            <EnvironmentBanner environment />
            <form on:submit=submit>
                <h2 id="disconnect-title">{messages::disconnect::TITLE}</h2>
                <p>
                    {messages::disconnect::EFFECT.0} <strong><ExternalText text=Signal::derive(owner_label) /></strong>
                    {messages::disconnect::EFFECT.1}
                </p>
                <p>{messages::disconnect::HINT}</p>
                <Show when=move || production()>
                    <label class="field">
                        <span>{messages::disconnect::CONFIRM.0} <strong><ExternalText text=Signal::derive(owner_label) /></strong> {messages::disconnect::CONFIRM.1}</span>
                        <input
                            type="text" autocomplete="off" spellcheck="false" prop:value=typed
                            on:input=move |event| typed.set(event_target_value(&event))
                        />
                    </label>
                </Show>
                {move || app_error.get().map(|app_error| view! { <ErrorAlert app_error /> }.into_any())}
                <div class="actions">
                    <button
                        type="submit" class="danger" disabled=move || !confirmed()
                        aria-disabled=move || busy.get().to_string()
                    >{messages::disconnect::REMOVE}</button>
                    <button type="button" class="quiet" autofocus disabled=busy on:click=move |_| asked.set(None)>
                        {messages::CANCEL}
                    </button>
                </div>
            </form>
        </dialog>
    }
}

/// Returns whether `typed` is `name`, apart from spaces and from invisible characters, which no one
/// can type.
fn is_typed(typed: &str, name: &str) -> bool {
    let visible = |text: &str| -> String {
        let plain = marks(text).into_iter().map(|piece| match piece {
            Piece::Plain(plain) => plain,
            Piece::Mark(_) => "",
        });
        let plain: String = plain.collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    visible(typed) == visible(name)
}
