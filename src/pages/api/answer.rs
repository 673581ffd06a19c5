//! The response: status and meaning, duration and size, headers, body, and links to the next
//! request.

use std::sync::Arc;

use outlay_codes::ErrorCode;

use crate::chunks;
use crate::components::chunk_view::ChunkView;
use crate::components::external_text::external;
use crate::components::messages::alert;
use crate::messages::copy;
use crate::messages::errors::explain;
use crate::messages::refusal::{description, retry_after};
use crate::platform::{clipboard, download, intl};
use leptos::prelude::*;
use outlay_pleo::ApiProblem;
use outlay_pleo::catalogue::Endpoint;

use super::lines::lines;
use super::messages::answer as messages;
use super::run::CallRun;
use crate::pages::api::state::Explorer;
use outlay_explorer::answer::paging::{Turn, neighbours};
use outlay_explorer::answer::text::{MASK, ResponseText};
use outlay_explorer::answer::tolerant;
use outlay_explorer::marks::is_secret_name;
use outlay_explorer::messages::outcome::{CallOutcome, name, size, time};
use outlay_explorer::messages::paging::blocked;
use outlay_explorer::messages::scopes::{ScopeStatus, scope_status};
use outlay_explorer::settle::carried;

/// The response pane, once the operation in view has been called.
pub fn answer(explorer: Explorer, operation: Arc<Endpoint>) -> impl IntoView {
    let shown = move || {
        let hidden = explorer.hidden.get();
        let run = explorer
            .run
            .get()
            .filter(|run| run.operation.id == operation.id && !hidden)?;
        Some(match run.outcome {
            None => view! { <p class="waiting">{messages::WAITING}</p> }.into_any(),
            Some(_) => ended(explorer, run).into_any(),
        })
    };
    let description = move || {
        let run = explorer.run.get();
        match run.as_ref().map(|run| &run.outcome) {
            None => String::new(),
            Some(None) => messages::SENT.to_owned(),
            Some(Some(outcome)) => messages::announced(&outcome.word()),
        }
    };
    view! {
        <p class="visually-hidden" role="status">{move || description()}</p>
        <div id="answer">{move || shown()}</div>
    }
}

fn ended(explorer: Explorer, run: Arc<CallRun>) -> impl IntoView {
    let revealed = explorer.tools.revealed;
    let with_body = explorer.text.with_value(Option::is_some) && run.size > 0;
    let run_in_view = run.clone();
    let body = with_body.then(|| {
        view! {
            {paging(explorer, run.clone())}
            {tools(explorer, run.clone(), revealed)}
            <ChunkView chunk=chunks::ANSWER_TOOLS />
            <Show when=move || !explorer.tools.table.get()>{lines(explorer, run_in_view.clone(), revealed)}</Show>
        }
    });
    let empty = (matches!(run.outcome, Some(CallOutcome::Status(_))) && !with_body)
        .then(|| view! { <p class="fine">{messages::NO_BODY}</p> });
    view! {
        <section class="card x-answer" aria-labelledby="answer-title">
            <h3 id="answer-title" tabindex="-1">{messages::TITLE}</h3>
            {facts(&run)}
            {refusal(explorer, &run)}
            {unknown(explorer, run.clone())}
            {headers(&run)}
            {body}
            {empty}
        </section>
    }
}

fn facts(run: &CallRun) -> impl IntoView + use<> {
    let (word, kind) = match &run.outcome {
        Some(CallOutcome::Status(status)) => {
            let kind = if ErrorCode::of_status(*status).is_none() {
                "good"
            } else {
                "bad"
            };
            (format!("{status} {}", name(*status)), kind)
        }
        Some(CallOutcome::Cancelled) => (messages::CANCELLED.to_owned(), "bad"),
        // The vault has found out by introspection why the call was refused, and does not hand out
        // its body.
        Some(CallOutcome::Failed(ErrorCode::UnauthorisedOperation)) => {
            (format!("401 {}", name(401)), "bad")
        }
        _ => (messages::NO_RESPONSE.to_owned(), "bad"),
    };
    let parts = [
        Some(time(run.took)),
        matches!(run.outcome, Some(CallOutcome::Status(_))).then(|| size(run.size)),
        messages::retried(run.repeats),
        Some(intl::time_of_day(run.at)),
    ];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let joined = run
        .joined
        .clone()
        .map(|joined| view! { <p class="fine" id="joined">{joined}</p> });
    let oddity = run.oddity.as_ref();
    let oddity = oddity
        .map(|oddity| view! { <p class="fine x-encoding">{messages::ENCODING.0} {external(oddity)} {messages::ENCODING.1}</p> });
    view! {
        <p class="x-facts figures" translate="no"><strong data-kind=kind>{word}</strong> " " {parts}</p>
        {joined}
        {oddity}
    }
}

/// The error of a call that was refused or had no response.
fn refusal(explorer: Explorer, run: &CallRun) -> Option<impl IntoView + use<>> {
    let outcome = run.outcome.as_ref()?;
    let code = match outcome {
        CallOutcome::Status(status) => ErrorCode::of_status(*status)?,
        CallOutcome::Failed(code) => *code,
        CallOutcome::Cancelled => {
            return Some(view! { <p>{messages::CANCELLED_HINT}</p> }.into_any());
        }
        CallOutcome::Left => {
            return Some(view! { <p>{messages::ENDED_HINT}</p> }.into_any());
        }
    };
    let live = explorer.live.get_untracked();
    let scope_status = scope_status(
        &run.operation,
        live.as_ref().map(|live| &*live.scopes_granted),
    );
    let description = description(code, scope_status, retry_after(&run.headers));
    let of_scope = [ErrorCode::ScopeMissing, ErrorCode::UnauthorisedOperation].contains(&code);
    let needs = run.operation.scopes.join(messages::SCOPE_OR);
    let needs = (of_scope && scope_status == ScopeStatus::Missing)
        .then(|| view! { <p>{messages::SCOPE} <code>{needs}</code></p> });
    let means = run
        .problem
        .as_ref()
        .and_then(|problem| problem.known().means());
    let copy_message = run.problem.clone().map(copy_message);
    // If the outcome is unknown, the next step is stated below.
    let next = (!outcome.is_unknown(&run.operation))
        .then(|| view! { <p class="alert-next">{description.next}</p> });
    Some(
        view! {
            <div class="alert" role="alert" data-code=code.word()>
                <h4>{description.happened}</h4>
                {copy_message}
                {means.map(|means| view! { <p>{means}</p> })}
                <p>{description.means}</p>
                {needs}
                {next}
                <p class="fine">{alert::CODE} <code>{code.word()}</code></p>
            </div>
        }
        .into_any(),
    )
}

fn copy_message(problem: ApiProblem) -> impl IntoView {
    let short = |text: String| {
        let short: String = text.chars().take(500).collect();
        external(&tolerant::masked(&short, MASK))
    };
    let message = problem.message.map(short);
    view! { <p>{messages::ERROR} <code>{short(problem.kind)}</code> " " {message}</p> }
}

/// The next step after a write with an unknown outcome.
fn unknown(explorer: Explorer, run: Arc<CallRun>) -> Option<impl IntoView> {
    let lost = run
        .outcome
        .as_ref()
        .is_some_and(|outcome| outcome.is_unknown(&run.operation));
    let catalogue = explorer.known().filter(|_| lost)?;
    let read = run
        .operation
        .settled_by
        .as_ref()
        .and_then(|id| catalogue.operation(id))?
        .clone();
    let description = explain(ErrorCode::OutcomeUnknown);
    let query = ["op=", &read.id].concat();
    let name = messages::look(&read.summary);
    let go = move |_| {
        let subject = explorer.subject.get_untracked();
        let form = carried(
            &catalogue,
            &run.operation,
            &run.form,
            &read,
            subject.as_deref(),
        );
        explorer.set_form(&read, form);
    };
    Some(view! {
        <div class="alert" role="alert" data-code=ErrorCode::OutcomeUnknown.word()>
            <h4>{description.happened}</h4>
            <p>{description.means}</p>
            <p class="alert-next">{description.next}</p>
            <p><a href=move || explorer.address_of(&query) on:click=go>{name}</a></p>
            <p class="fine">{alert::CODE} <code>{ErrorCode::OutcomeUnknown.word()}</code></p>
        </div>
    })
}

fn headers(run: &CallRun) -> Option<impl IntoView + use<>> {
    matches!(run.outcome, Some(CallOutcome::Status(_))).then(|| {
        let rows = run.headers.clone().into_iter();
        let rows = rows.map(|(name, value)| {
            let value = match is_secret_name(&name) {
                true => MASK.to_owned(),
                false => tolerant::masked_in(&value, MASK),
            };
            view! { <tr><th scope="row"><code>{external(&name)}</code></th><td><code>{external(&value)}</code></td></tr> }
        });
        let description = messages::headers(run.headers.len());
        view! {
            <details class="x-more">
                <summary>{description}</summary>
                <table class="x-headers"><tbody>{rows.collect_view()}</tbody></table>
                <p class="fine">{messages::HIDDEN_HEADERS}</p>
            </details>
        }
    })
}

fn paging(explorer: Explorer, run: Arc<CallRun>) -> impl IntoView {
    let paged = run.operation.paged;
    let pages = Memo::new(move |_| {
        explorer.read.track();
        explorer.text.with_value(|text| {
            text.as_ref()
                .filter(|text| paged && text.scan.is_json())
                .and_then(|text| {
                    explorer
                        .trail
                        .with_value(|trail| neighbours(text, trail.cursors()))
                })
        })
    });
    let turn = move |cursor: &'static str, value: Option<String>| {
        let (Some(catalogue), Some(value)) = (explorer.known(), value) else {
            return;
        };
        let operation = run.operation.clone();
        let mut form = run.form.clone();
        for name in ["before", "after", "offset"] {
            form.clear(&operation, name);
        }
        form.fill(&catalogue, &operation, cursor, &value);
        explorer.set_form(&operation, form);
        explorer.submit(&operation, false);
    };
    let shown = move || {
        let pages = pages.get()?;
        let total = pages.total.map(|total| messages::total(&total));
        let (back, on) = (turn.clone(), turn.clone());
        let (previous, why_not_previous) = parts(pages.previous);
        let (next, why_not_next) = parts(pages.next);
        let (first, last) = (previous.is_none(), next.is_none());
        let why = why_not_next.or(why_not_previous);
        let why = why
            .map(|why| view! { <p class="note" id="pages-note">{messages::INCOMPLETE} {why}</p> });
        Some(view! {
            <div class="actions" role="group" aria-label=messages::PAGES>
                <button type="button" disabled=first on:click=move |_| back("before", previous.clone())>{messages::PREVIOUS}</button>
                <button type="button" disabled=last aria-describedby=last.then_some("pages-note") on:click=move |_| on("after", next.clone())>{messages::NEXT}</button>
                <span class="fine figures" translate="no">{total}</span>
            </div>
            {why}
        }
        .into_any())
    };
    view! { {move || shown()} }
}

/// The cursor of a page, and why there is none although it is promised.
fn parts(turn: Turn) -> (Option<String>, Option<String>) {
    match turn {
        Turn::To(cursor) => (Some(cursor), None),
        Turn::Blocked(reason) => (None, Some(blocked(&reason))),
        Turn::End => (None, None),
    }
}

fn tools(explorer: Explorer, run: Arc<CallRun>, revealed: RwSignal<bool>) -> impl IntoView {
    let reported = RwSignal::new(String::new());
    let whole = move || {
        explorer
            .text
            .with_value(|text| text.as_ref()?.whole(revealed.get_untracked()))
    };
    let copy = move |_| {
        let Some(text) = whole() else { return };
        leptos::task::spawn_local(async move {
            reported.try_set(clipboard::copy_message(clipboard::copy(&text).await).to_owned());
        });
    };
    let save = move |_| {
        let Some(text) = whole() else { return };
        let json = explorer
            .text
            .with_value(|text| text.as_ref().is_some_and(|text| text.scan.is_json()));
        let (end, kind) = if json {
            (".json", "application/json")
        } else {
            (".txt", "text/plain")
        };
        let name = [&*run.operation.id, end].concat();
        reported.set(download::save(&name, kind, &text));
    };
    let reading = Memo::new(move |_| {
        explorer.read.track();
        explorer
            .text
            .with_value(|text| text.as_ref().is_some_and(|text| !text.is_read()))
    });
    let count = |text: &ResponseText| text.scan.secrets.len();
    let secrets = Memo::new(move |_| {
        explorer.read.track();
        explorer
            .text
            .with_value(|text| text.as_ref().map_or(0, count))
    });
    let masked = move || {
        let description = match secrets.get() {
            0 => return None,
            some => messages::masked(some),
        };
        let shown = revealed.get();
        Some(view! {
            <p class="x-secrets">
                {(!shown).then_some(description)} " "
                {if shown { messages::SECRETS_SHOWN } else { messages::SECRETS_MASKED }} " "
                <button type="button" class="quiet" on:click=move |_| revealed.update(|it| *it = !*it)>
                    {if shown { messages::MASK } else { messages::SHOW }}
                </button>
            </p>
        }
        .into_any())
    };
    view! {
        <div class="actions">
            <button type="button" class="quiet" disabled=reading on:click=copy>{copy::COPY}</button>
            <button type="button" class="quiet" disabled=reading on:click=save>{messages::SAVE}</button>
            <span role="status" class="fine">{reported}</span>
        </div>
        {move || masked()}
    }
}
