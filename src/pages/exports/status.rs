//! The part of a run that is always in view: the steps, what Pleo shows next, and what can be undone.

use leptos::prelude::*;
use outlay_ledger::run::{RunStep, queue};

use super::list::time_left;
use super::messages;
use super::run::RunState;
use crate::platform::document;

/// The steps and the facts.
pub fn status(state: RunState) -> AnyView {
    let step = state.step;
    let steps = RunStep::ALL.map(|one| {
        let current = move || (step.get() == one).then_some("step");
        let is_done = move || step.get() > one;
        view! {
            <li aria-current=move || current() data-done=move || is_done().to_string()>
                {messages::step(one)}
                {move || is_done().then(|| view! { <span class="visually-hidden">" (" {messages::DONE} ")"</span> }.into_any())}
            </li>
        }
    });
    let steps = steps.into_iter().collect_view();
    let current = move || {
        let step = step.get();
        let place = RunStep::ALL.iter().position(|one| *one == step);
        match place {
            Some(place) => messages::step_of(place + 1, messages::step(step)),
            None => messages::step(step).to_owned(),
        }
    };
    let undo = move || messages::undo(step.get(), state.nothing_exported());
    let expires = Memo::new(move |_| state.run.with(|run| run.job().and_then(queue::expires_at)));
    let left = move || {
        expires
            .get()
            .map(|expires| time_left(state.session, Some(expires)).get())
    };
    let go = move || {
        let id = section(step.get())?;
        let label = messages::go_to(messages::step(step.get()));
        Some(
            view! { <button type="button" class="quiet" on:click=move |_| document::focus(id)>{label}</button> }
                .into_any(),
        )
    };
    view! {
        <section class="run-status" aria-label=messages::STATE tabindex="0">
            <ol class="run-steps" aria-label=messages::STEP_LIST>{steps}</ol>
            <dl class="facts">
                <dt>{messages::STEP}</dt>
                <dd class="run-current"><strong role="status" prop:textContent=move || current()></strong> " " {move || go()}</dd>
                <dt>{messages::NEXT_IN_PLEO}</dt>
                <dd prop:textContent=move || messages::next_in_pleo(step.get())></dd>
                <dt>{messages::UNDO}</dt>
                <dd prop:textContent=move || undo()></dd>
                {move || left().map(|left| view! { <dt>{messages::EXPIRES}</dt><dd class="figures">{left}</dd> }.into_any())}
            </dl>
        </section>
    }
    .into_any()
}

/// The id of the section of a step; `None` for steps at the top of the page.
fn section(step: RunStep) -> Option<&'static str> {
    match step {
        RunStep::Start | RunStep::Fetch | RunStep::Ended => None,
        RunStep::Check => Some("run-check"),
        RunStep::Map => Some("run-mapping"),
        RunStep::Rehearse => Some("run-rehearsal"),
        RunStep::File => Some("run-file"),
        RunStep::Report => Some("run-report"),
        RunStep::Close => Some("run-close"),
    }
}
