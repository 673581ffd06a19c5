//! A support bundle that somebody has sent, line by line. It is read here and goes nowhere.

use crate::components::alert::ErrorAlert;
use crate::session::app_error::AppError;
use crate::session::support_file::{self, ReplayEntry, SupportFile};
use leptos::html::Input;
use leptos::prelude::*;

use super::diagram::SessionDiagram;
use super::machine::MachineState;
use crate::components::external_text::external;
use crate::platform::file_input;

/// The section.
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
                // What was looked at before stays.
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
            let words = view! {
                <p>
                    "Made on " <time>{external(&bundle.at)}</time> " by version " {external(&bundle.version.to_string())} " on the page "
                    <code>{external(&bundle.page)}</code> ". Messages " {bundle.messages} ", state "
                    {external(bundle.session.as_deref().unwrap_or("unknown"))} "."
                </p>
                <p class="fine">{external(&bundle.browser)}</p>
            };
            if bundle.record.is_empty() {
                return view! { {words} <p class="note">"Its record is empty: nothing had happened yet."</p> }
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
                    <button type="button" on:click=move |_| cursor.update(|at| *at = at.saturating_sub(1))>"Back"</button>
                    <button type="button" on:click=move |_| cursor.update(|at| *at = (*at + 1).min(last))>"Forward"</button>
                    <span class="figures" role="status">{move || format!("Line {} of {}", cursor.get() + 1, last + 1)}</span>
                </div>
                <ol class="replay">{lines.collect_view()}</ol>
            }
            .into_any()
        })
    };
    view! {
        <section class="card">
            <h2>"Replay a support file"</h2>
            <p>
                "A file saved from the session chip, by whoever needs help. It is read in this tab alone. It
                holds the record of the session, but no single calls of the API and no parameters."
            </p>
            <label class="field">
                <span>"Support file"</span>
                <input type="file" accept="application/json,.json" node_ref=input on:change=chosen />
            </label>
            {move || app_error.get().map(|app_error| view! { <ErrorAlert app_error /> }.into_any())}
            {move || shown()}
        </section>
    }
}

/// The state of the connection after the line at `cursor`.
fn state_at(lines: &[ReplayEntry], cursor: usize) -> MachineState {
    let owner_label = lines.get(cursor).and_then(|line| line.number);
    let until = lines.iter().take(cursor + 1);
    until
        .filter(|line| line.number.is_none() || owner_label.is_none() || line.number == owner_label)
        .fold(MachineState::SignedOut, |state, line| {
            state.after(&line.event, line.outcome.as_deref())
        })
}

fn line_label(line: &ReplayEntry) -> String {
    let number = line
        .number
        .map(|number| format!("#{number} "))
        .unwrap_or_default();
    let outcome = line.outcome.as_deref().map(|it| [" · ", it].concat());
    let took = line.duration.map(|took| format!(" · {took} ms"));
    let event = line.event.replace('_', " ");
    let (outcome, took) = (outcome.unwrap_or_default(), took.unwrap_or_default());
    [&line.at, " ", &number, &event, &outcome, &took].concat()
}
