//! The report of the results, and the end of the export.

use leptos::prelude::*;
use outlay_ledger::run::{Closing, RunStep};
use outlay_pleo::export::status::{ExportJobEventType, ExportJobItemStatus};

use super::check::entry_name;
use super::messages::{self, report as words};
use super::run::{RunState, RunWrite};
use crate::components::external_text::external;
use crate::platform::intl;

/// The sections.
pub fn report(state: RunState) -> AnyView {
    let counts = Memo::new(move |_| {
        state.run.with(|run| {
            let exported = run.count(&ExportJobItemStatus::Successful);
            let open = run.open_items().count();
            (run.items().len(), exported, open)
        })
    });
    let left = Memo::new(move |_| {
        let results = state.results();
        state.run.with(|run| run.left_to_report(&results))
    });
    let ready = move || state.step.get() == RunStep::Report && left.get() > 0;
    let button = move || {
        let left = left.get();
        words::button(&messages::entries(left, &intl::count(left)))
    };
    let facts = move || {
        let (all, exported, open) = counts.get();
        view! {
            <dl class="facts">
                <dt>{words::EXPORTED}</dt><dd class="figures">{intl::count(exported)}</dd>
                <dt>{words::FAILED}</dt><dd class="figures">{intl::count(all - exported - open)}</dd>
                <dt>{words::OPEN}</dt><dd class="figures">{intl::count(open)}</dd>
            </dl>
        }
        .into_any()
    };
    let progress = move || {
        let (all, _, open) = counts.get();
        words::progress(&intl::count(all - open), &intl::count(all))
    };
    let errors = move || {
        let errors = state.run.with(|run| run.errors().clone());
        (!errors.is_empty()).then(|| {
            let rows = errors.into_iter().map(|(id, error)| {
                let name = entry_name(state, &id);
                let text = [error.kind.as_str(), ": ", &error.message].concat();
                let label = words::retry(&name);
                let again = move |_| {
                    state.run.update(|run| run.retry(&id));
                    state.confirming.set(Some(RunWrite::Report));
                };
                view! {
                    <tr>
                        <th scope="row">{external(&name)}</th>
                        <td>{external(&text)}</td>
                        <td><button type="button" aria-label=label disabled=state.busy on:click=again>{words::RETRY}</button></td>
                    </tr>
                }
            });
            let rows = rows.collect_view();
            let all = move |_| {
                state.run.update(|run| run.retry_all());
                state.confirming.set(Some(RunWrite::Report));
            };
            view! {
                <h3>{words::ERRORS}</h3>
                <p>{words::ERRORS_ABOUT}</p>
                <div class="table-wrap" tabindex="0" role="region" aria-label=words::ERRORS>
                    <table class="run-findings"><tbody>{rows}</tbody></table>
                </div>
                <div class="actions">
                    <button type="button" class="quiet" disabled=state.busy on:click=all>{words::RETRY_ALL}</button>
                </div>
            }
            .into_any()
        })
    };
    let waits = move || {
        !matches!(
            state.step.get(),
            RunStep::Report | RunStep::Close | RunStep::Ended
        )
    };
    let closing = Memo::new(move |_| state.run.with(|run| run.closing()));
    view! {
        <section class="card" tabindex="-1" id="run-report">
            <h2>{words::TITLE}</h2>
            <p>{words::ABOUT}</p>
            {move || facts()}
            <p class="progress">
                <progress
                    max=move || counts.get().0.to_string() value=move || (counts.get().0 - counts.get().2).to_string()
                    aria-label=words::PROGRESS
                ></progress>
                <span class="figures" role="status" prop:textContent=move || progress()></span>
            </p>
            {move || waits().then(|| view! { <p class="fine">{words::WAITS}</p> }.into_any())}
            {move || ready().then(|| view! {
                <div class="actions">
                    <button
                        type="button" class="primary" disabled=state.busy
                        on:click=move |_| state.confirming.set(Some(RunWrite::Report))
                    >{move || button()}</button>
                </div>
            }.into_any())}
            {move || errors()}
        </section>
        {move || closing.get().map(|closing| finish(state, &closing))}
    }
    .into_any()
}

fn finish(state: RunState, closing: &Closing) -> AnyView {
    let entries = |number: usize| messages::entries(number, &intl::count(number));
    let other = closing.failed + closing.unreported;
    let text = match closing.event {
        ExportJobEventType::Completed => words::COMPLETED.to_owned(),
        ExportJobEventType::Failed => words::NONE.to_owned(),
        _ => words::with_errors(&entries(closing.successful), &intl::count(other)),
    };
    let unreported = (closing.unreported > 0)
        .then(|| view! { <p>{words::unreported(&entries(closing.unreported))}</p> });
    view! {
        <section class="card" tabindex="-1" id="run-close">
            <h2>{words::CLOSE_TITLE}</h2>
            <p>{text}</p>
            {unreported}
            <div class="actions">
                <button
                    type="button" class="primary" disabled=state.busy
                    on:click=move |_| state.confirming.set(Some(RunWrite::Close))
                >{words::CLOSE}</button>
            </div>
        </section>
    }
    .into_any()
}
