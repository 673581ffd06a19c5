//! Stored values, and sequences of calls.

use std::sync::Arc;

use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use outlay_pleo::catalogue::Endpoint;

use super::messages::{sequence as messages, values};
use crate::components::external_text::external;
use crate::effect::effect;
use crate::pages::api::run::CallRun;
use crate::pages::api::state::Explorer;
use crate::platform::{download, file_input};
use outlay_explorer::chain::value_at;
use outlay_explorer::messages::outcome::CallOutcome;
use outlay_explorer::sequence::{MOST_STEPS, Sequence, SequenceStep};

/// The section; stays mounted once it was opened, so that it takes in the responses of its steps.
#[component]
pub fn Sequences() -> impl IntoView {
    let explorer = Explorer::of_tab();
    let reported = RwSignal::new(String::new());
    view! {
        <Show when=move || !explorer.hidden.get()>
            {stored(explorer)}
            {sequence(explorer, reported)}
        </Show>
    }
}

fn stored(explorer: Explorer) -> impl IntoView {
    let variables = explorer.tools.variables;
    let rows = move || {
        let all = variables.with(|all| all.all().to_vec());
        if all.is_empty() {
            return view! { <p class="fine">{values::NONE}</p> }.into_any();
        }
        let rows = all.into_iter().map(|(name, value)| {
            let label = values::remove(&name);
            let shown = ["{{", &name, "}}"].concat();
            let remove = move |_| variables.update(|all| all.remove(&name));
            view! {
                <tr>
                    <th scope="row"><code>{shown}</code></th>
                    <td><code>{external(&value)}</code></td>
                    <td><button type="button" class="quiet" aria-label=label on:click=remove>{values::REMOVE}</button></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! { <table class="x-headers" translate="no"><tbody>{rows}</tbody></table> }.into_any()
    };
    view! {
        <h4>{values::TITLE}</h4>
        {move || rows()}
    }
}

/// A step by its number, and the call that was in view when it was to be sent.
type SentStep = (usize, Option<Arc<CallRun>>);

fn sequence(explorer: Explorer, reported: RwSignal<String>) -> impl IntoView {
    let state = explorer.tools.sequence;
    let input = NodeRef::<Input>::new();
    // The step that was sent with the call that was in view before, and the operation that waits to be in
    // view.
    let sent = RwSignal::new(None::<SentStep>);
    let waiting = RwSignal::new(None::<Arc<Endpoint>>);
    take_responses(explorer, sent, reported);
    effect(move || {
        let Some(operation) = waiting.get() else {
            return;
        };
        let in_view = explorer.operation.get();
        if in_view.is_some_and(|now| now.id == operation.id) {
            waiting.set(None);
            request_animation_frame(move || explorer.submit(&operation, false));
        }
    });
    let navigate = StoredValue::new_local(use_navigate());
    let run = move |_| {
        let (steps, next) = state.get_untracked();
        let (Some(step), Some(catalogue)) = (steps.steps.get(next), explorer.known()) else {
            return;
        };
        let Some(operation) = catalogue.operation(&step.operation) else {
            return;
        };
        let subject = explorer.subject.get_untracked();
        let form = step.form(&catalogue, operation, subject.as_deref());
        explorer.set_form(operation, form);
        sent.set(Some((next, explorer.run.get_untracked())));
        let address = untrack(|| explorer.address_of(&["op=", &operation.id].concat()));
        navigate.with_value(|navigate| {
            let options = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&address, options);
        });
        waiting.set(Some(Arc::new(operation.clone())));
    };
    let add = move |_| {
        let (Some(operation), Some(catalogue)) =
            (explorer.operation.get_untracked(), explorer.known())
        else {
            return;
        };
        let form = explorer.form(&operation);
        let step = SequenceStep::of(&catalogue, &operation, &form, Vec::new());
        let number = state.try_update(|(sequence, _)| {
            if sequence.steps.len() < MOST_STEPS {
                sequence.steps.push(step);
            }
            sequence.steps.len()
        });
        reported.set(messages::added(number.unwrap_or_default()));
    };
    let save = move |_| {
        let text = state.with_untracked(|(sequence, _)| sequence.to_file());
        reported.set(download::save("sequence.json", "application/json", &text));
    };
    let chosen = move |_| {
        leptos::task::spawn_local(async move {
            let Some(input) = input.try_get_untracked().flatten() else {
                return;
            };
            let (Some(text), Some(catalogue)) = (file_input::text(&input).await, explorer.known())
            else {
                return;
            };
            match Sequence::from_file(&catalogue, &text) {
                Ok(sequence) => {
                    state.set((sequence, 0));
                    reported.set(String::new());
                }
                Err(why) => reported.set(why.sentence()),
            }
        });
    };
    let guided = move |_| {
        state.set((Sequence::export_job(), 0));
        reported.set(String::new());
    };
    let clear = move |_| {
        state.set((Sequence::default(), 0));
        reported.set(String::new());
    };
    let count = Memo::new(move |_| state.with(|(sequence, _)| sequence.steps.len()));
    let next = Memo::new(move |_| state.with(|(_, next)| *next));
    let can_run = move || next.get() < count.get();
    let steps = move || {
        let (sequence, next) = state.get();
        let all = sequence.steps.into_iter().enumerate();
        all.map(|(number, it)| step(explorer, number, it, number == next))
            .collect_view()
    };
    view! {
        <h4>{messages::TITLE}</h4>
        <p class="fine">{messages::HINT}</p>
        <ol class="x-steps">{move || steps()}</ol>
        <Show when=move || count.get() != 0 && next.get() == count.get()>
            <p>{messages::DONE}</p>
        </Show>
        <div class="actions">
            <Show when=can_run>
                <button type="button" class="primary" on:click=run>{move || messages::run(next.get() + 1)}</button>
            </Show>
            <Show when=move || explorer.operation.with(Option::is_some)>
                <button type="button" class="quiet" on:click=add>{messages::ADD}</button>
            </Show>
            <Show when=move || count.get() != 0>
                <button type="button" class="quiet" on:click=save>{messages::SAVE}</button>
                <button type="button" class="quiet" on:click=clear>{messages::CLEAR}</button>
            </Show>
            <button type="button" class="quiet" on:click=guided>{messages::GUIDED}</button>
            <label class="x-field">
                <span>{messages::OPEN}</span>
                <input type="file" accept="application/json,.json" node_ref=input on:change=chosen />
            </label>
            <span role="status" class="fine">{reported}</span>
        </div>
    }
}

fn step(explorer: Explorer, number: usize, step: SequenceStep, is_next: bool) -> impl IntoView {
    let summary = explorer.known().and_then(|all| {
        let one = all.operation(&step.operation)?;
        Some((
            one.summary.clone(),
            [one.method.as_str(), " ", &one.path].concat(),
        ))
    });
    let (summary, path) = summary.unwrap_or_default();
    let saves = step
        .saves
        .iter()
        .map(|(name, path)| messages::stores(name, path));
    let saves = saves.collect::<Vec<_>>().join(", ");
    let remove = move |_| {
        explorer.tools.sequence.update(|(sequence, next)| {
            sequence.steps.remove(number);
            if *next > number {
                *next -= 1;
            }
        });
    };
    view! {
        <li aria-current=is_next.then_some("step")>
            <span>{summary} {is_next.then(|| view! { " " <em class="x-required">{messages::NEXT_STEP}</em> })}</span>
            <span class="x-path" translate="no">{path}</span>
            <span class="fine">{step.note} " " {saves}</span>
            <button type="button" class="quiet" aria-label=messages::remove(number + 1) on:click=remove>{messages::REMOVE}</button>
        </li>
    }
}

/// Stores the values of a step's response and goes on to the next step.
fn take_responses(
    explorer: Explorer,
    sent: RwSignal<Option<SentStep>>,
    reported: RwSignal<String>,
) {
    let state = explorer.tools.sequence;
    effect(move || {
        explorer.read.track();
        let (Some(run), Some((number, before))) = (explorer.run.get(), sent.get()) else {
            return;
        };
        // The step itself has not been sent yet.
        if before.is_some_and(|before| Arc::ptr_eq(&before, &run)) {
            return;
        }
        let step = state.with_untracked(|(sequence, _)| sequence.steps.get(number).cloned());
        let Some(step) = step.filter(|step| step.operation == run.operation.id) else {
            return;
        };
        if let Some(message) = taken(explorer, &run, number, &step) {
            sent.set(None);
            reported.set(message);
        }
    });
}

/// Returns what to report; `None` until the response is complete.
fn taken(explorer: Explorer, run: &CallRun, number: usize, step: &SequenceStep) -> Option<String> {
    let outcome = run.outcome.as_ref()?;
    match outcome {
        CallOutcome::Status(200..300) => {}
        other => return Some(messages::failed(number + 1, &other.word())),
    }
    let is_read = explorer
        .text
        .with_value(|text| text.as_ref().is_none_or(|text| text.is_read()));
    is_read.then_some(())?;
    let value = explorer
        .text
        .with_value(|text| text.as_ref()?.masked_value());
    let mut names = Vec::new();
    for (name, path) in &step.saves {
        let stored = value_at(value.as_ref().unwrap_or(&outlay_wire::Value::Null), path);
        let stored = stored.and_then(|value| {
            let stored = explorer
                .tools
                .variables
                .try_update(|all| all.set(name, &value));
            stored.unwrap_or(Ok(()))
        });
        match stored {
            Ok(()) => names.push(&**name),
            Err(why) => return Some(messages::not_stored(number + 1, name, why.sentence())),
        }
    }
    explorer
        .tools
        .sequence
        .update(|(_, next)| *next = number + 1);
    Some(messages::stored(number + 1, &names.join(", ")))
}
