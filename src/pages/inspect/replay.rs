//! The replay of a support file, event by event. The file is read in this tab and sent nowhere.

use crate::components::alert::ErrorAlert;
use crate::session::app_error::AppError;
use crate::session::support_file::{self, ReplayEntry, SupportFile};
use leptos::html::Input;
use leptos::prelude::*;
use outlay_codes::{RecordKind, RecordOutcome};

use super::diagram::SessionDiagram;
use super::machine::MachineState;
use super::messages::{event, replay as messages};
use crate::components::external_text::external;
use crate::platform::file_input;

/// The section with the file input and the replay.
#[component]
pub fn Replay() -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let bundle = RwSignal::new(None::<SupportFile>);
    let app_error = RwSignal::new(None::<AppError>);
    let cursor = RwSignal::new(0_usize);
    let chosen = move |_| {
        leptos::task::spawn_local(async move {
            let Some(input) = input.try_get_untracked().flatten() else {
                return;
            };
            let Some(text) = file_input::text(&input).await else {
                return;
            };
            match support_file::read(&text) {
                Ok(read) => {
                    cursor.set(0);
                    bundle.set(Some(read));
                    app_error.set(None);
                }
                // The file that is shown stays.
                Err(code) => app_error.set(Some(AppError::of(code))),
            }
        });
    };
    let state = Memo::new(move |_| {
        bundle.with(|bundle| {
            let lines = bundle.as_ref().map(|bundle| &bundle.record[..]);
            state_at(lines.unwrap_or_default(), cursor.get())
        })
    });
    let shown = move || {
        bundle.get().map(|bundle| {
            let last = bundle.record.len().saturating_sub(1);
            let facts = messages::FACTS;
            let words = view! {
                <p>
                    {facts[0]} <time>{external(&bundle.at)}</time> {facts[1]} {external(&bundle.version.to_string())} {facts[2]}
                    <code>{external(&bundle.page)}</code> {facts[3]} {bundle.messages} {facts[4]}
                    {external(bundle.session.as_deref().unwrap_or(messages::UNKNOWN))} {facts[5]}
                </p>
                <p class="fine">{external(&bundle.browser)}</p>
            };
            if bundle.record.is_empty() {
                return view! { {words} <p class="note">{messages::EMPTY}</p> }
                    .into_any();
            }
            let lines = bundle.record.into_iter().enumerate();
            let lines = lines.map(|(at, line)| {
                let here = move || (cursor.get() == at).then_some("step");
                view! {
                    <li aria-current=move || here()>
                        <button type="button" class="quiet" on:click=move |_| cursor.set(at)>{external(&line_label(&line))}</button>
                    </li>
                }
            });
            view! {
                {words}
                <SessionDiagram state />
                <div class="actions">
                    <button type="button" on:click=move |_| cursor.update(|at| *at = at.saturating_sub(1))>{messages::BACK}</button>
                    <button type="button" on:click=move |_| cursor.update(|at| *at = (*at + 1).min(last))>{messages::FORWARD}</button>
                    <span class="figures" role="status">{move || messages::position(cursor.get() + 1, last + 1)}</span>
                </div>
                <ol class="replay">{lines.collect_view()}</ol>
            }
            .into_any()
        })
    };
    view! {
        <section class="card">
            <h2>{messages::TITLE}</h2>
            <p>{messages::HINT}</p>
            <label class="field">
                <span>{messages::FILE}</span>
                <input type="file" accept="application/json,.json" node_ref=input on:change=chosen />
            </label>
            {move || app_error.get().map(|app_error| view! { <ErrorAlert app_error /> }.into_any())}
            {move || shown()}
        </section>
    }
}

/// Returns the state of the connection after the event at `cursor`.
fn state_at(lines: &[ReplayEntry], cursor: usize) -> MachineState {
    let connection = lines.get(cursor).and_then(|line| line.number);
    let until = lines.iter().take(cursor + 1);
    until
        .filter(|line| line.number.is_none() || connection.is_none() || line.number == connection)
        .fold(MachineState::SignedOut, |state, line| {
            // Another version may have written an event that this version does not know.
            match RecordKind::from_word(&line.event) {
                Some(event) => state.after(
                    event,
                    line.outcome.as_deref().and_then(RecordOutcome::from_word),
                ),
                None => state,
            }
        })
}

fn line_label(line: &ReplayEntry) -> String {
    let number = line.number.map(event::connection).unwrap_or_default();
    let outcome = line.outcome.as_deref().map(messages::outcome);
    let took = line.duration.map(event::duration);
    let event = line.event.replace('_', " ");
    let (outcome, took) = (outcome.unwrap_or_default(), took.unwrap_or_default());
    messages::line(&line.at, &number, &event, &outcome, &took)
}
