//! The six steps of Pleo's OAuth workflow, each with an exercise in the sandbox.

use crate::address;
use crate::platform::document;
use crate::session::Session;
use crate::session::call::api_call;
use leptos::prelude::*;
use outlay_codes::{RecordKind, RecordNote, RecordOutcome};
use outlay_config::{Config, EnvironmentKind};
use outlay_pleo::request::introspect;
use outlay_vault::message::{Connection, FlowStepKind};

use super::messages::{event::STAGES, workflow as messages};
use super::timeline::TimelineItem;

/// The section of the six steps.
#[component]
pub fn Explanations(
    /// The events so far.
    items: Memo<Vec<TimelineItem>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let console = Memo::new(move |_| session.config.with(|config| console(config.as_ref()?)));
    let done = Memo::new(move |_| items.with(|items| done(items)));
    let steps = move || {
        let next = done.get().iter().position(|done| !done);
        let steps = messages::STEPS.iter().zip(STAGES).enumerate();
        let steps = steps.map(|(at, ((about, now), name))| {
            let is_done = done.get().get(at).copied().unwrap_or_default();
            let mark = if is_done {
                messages::DONE
            } else if next == Some(at) {
                messages::NEXT
            } else {
                messages::TO_DO
            };
            view! {
                <li aria-current=(next == Some(at)).then_some("step")>
                    <h3>{name} " " <span class="fine">{mark}</span></h3>
                    <p>{*about}</p>
                    <p class="fine">{*now}</p>
                    {action(at, console.get())}
                </li>
            }
        });
        steps.collect_view().into_any()
    };
    let shown = move || match console.with(Option::is_some) {
        true => view! { <ol class="learn">{move || steps()}</ol> }.into_any(),
        false => view! {
            <p>{messages::NO_SANDBOX}</p>
        }
        .into_any(),
    };
    view! {
        <details class="card">
            <summary><h2>{messages::TITLE}</h2></summary>
            {move || shown()}
        </details>
    }
}

/// Returns which steps were taken. The first one always is, because a configured client is
/// registered.
fn done(items: &[TimelineItem]) -> [bool; 6] {
    let has = |event: RecordKind, outcome: Option<RecordOutcome>| {
        items
            .iter()
            .filter_map(|item| item.line.as_ref())
            .any(|line| line.event == event && (outcome.is_none() || line.outcome == outcome))
    };
    let called = items.iter().filter_map(|item| item.step.as_ref());
    let called = called
        .filter(|step| step.kind == FlowStepKind::Call)
        .any(|step| {
            step.status
                .is_some_and(|status| (200..300).contains(&status))
        });
    [
        true,
        has(RecordKind::SignInStarted, None),
        has(RecordKind::Connected, None),
        called,
        has(RecordKind::RefreshAnswered, Some(RecordNote::Ok.into())),
        has(RecordKind::Ended, None),
    ]
}

/// Returns the address of the sandbox's fault console.
fn console(config: &Config) -> Option<String> {
    let sandbox = config
        .profiles
        .iter()
        .find(|it| it.kind == EnvironmentKind::Sandbox)?;
    let after = sandbox.authorization_endpoint.find("://")? + 3;
    let host = sandbox.authorization_endpoint.get(after..)?.find('/')?;
    let origin = sandbox.authorization_endpoint.get(..after + host)?;
    Some([origin, "/__sandbox/"].concat())
}

fn action(step: usize, console: Option<String>) -> Option<AnyView> {
    let site = |to: &str| address::at_base(&document::base(), to);
    let open = console.map(|address| {
        view! {
            <a href=address.clone() target="_blank" rel="noopener noreferrer external">{messages::CONSOLE}</a>
            " " <span class="fine">{address}</span>
        }
    });
    match step {
        0 => Some(view! { <a href=site("/register")>{messages::REGISTRATION}</a> }.into_any()),
        1 | 2 => Some(view! { <a href=site("/")>{messages::CONNECT}</a> }.into_any()),
        3 => Some(view! { <CallOnce /> }.into_any()),
        4 | 5 => Some(view! { {open} <CallOnce /> }.into_any()),
        _ => None,
    }
}

/// Sends one harmless request with the newest live connection.
#[component]
fn CallOnce() -> impl IntoView {
    let session = expect_context::<Session>();
    let came = RwSignal::new(String::new());
    let call = move |_| {
        let newest = untrack(|| session.live_connections()).pop();
        let (Some(client), Some(Connection { id: connection, .. })) = (session.client(), newest)
        else {
            came.set(messages::NOT_CONNECTED.to_owned());
            return;
        };
        leptos::task::spawn_local(async move {
            let call = api_call(&connection, introspect::get());
            came.try_set(match client.call(call).await {
                Ok(answer) => messages::answered(answer.status),
                Err(failure) => messages::failed(failure.code.word()),
            });
        });
    };
    view! {
        <div class="actions">
            <button type="button" on:click=call>{messages::CALL}</button>
            <span role="status">{came}</span>
        </div>
    }
}
