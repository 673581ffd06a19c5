//! The page of one run.

use leptos::html::Input;
use leptos::prelude::*;
use outlay_ledger::run::{Ending, ExportRun, Phase};
use outlay_pleo::export::status::ExportJobItemStatus;

use super::check::check;
use super::confirm::confirm;
use super::file::file;
use super::list::is_retained;
use super::mapping::mapping;
use super::messages::{self, elsewhere, run as words};
use super::report::report;
use super::run::{RunState, RunWrite, TabLock, WriteNote};
use super::status::status;
use crate::address;
use crate::components::alert::ErrorAlert;
use crate::components::external_text::external;
use crate::components::heading::Heading;
use crate::components::messages::alert::CODE;
use crate::components::messages::{SEPARATOR, TRY_AGAIN};
use crate::components::progress::Progress;
use crate::pages::refusal::refusal;
use crate::platform::{document, file_input, intl};
use crate::session::app_error::AppError;
use crate::session::load::Load;

/// Renders one run: heading, alerts and sections; a notice instead while another tab has the job.
pub fn run_page(state: RunState) -> AnyView {
    let session = state.session;
    let count = Memo::new(move |_| {
        state.run.with(|run| {
            run.job()
                .map(|job| usize::try_from(job.number_of_items).unwrap_or_default())
        })
    });
    let heading = move || {
        let text = match count.get() {
            Some(number) => messages::heading(&messages::entries(number, &intl::count(number))),
            None => messages::TITLE.to_owned(),
        };
        view! { <Heading text /> }.into_any()
    };
    let base = address::at_base(&document::base(), "/exports");
    let back = move || {
        session
            .live_id
            .with(|id| address::with_connection(&base, id.as_deref()))
    };
    // The rows are hidden while their connection has ended.
    let is_shown = Memo::new(move |_| !is_retained(session));
    let inside = move || match state.lock.get() {
        TabLock::Held => view! {
            {alerts(state)}
            {body(state)}
        }
        .into_any(),
        TabLock::Asking => {
            view! { <p class="waiting" role="status">{words::READING}</p> }.into_any()
        }
        TabLock::Elsewhere => view! {
            <section class="alert calm" role="alert" data-code="export_in_other_tab">
                <h2>{elsewhere::TITLE}</h2>
                <p>{elsewhere::ABOUT}</p>
            </section>
        }
        .into_any(),
    };
    let known = move || {
        is_shown.get()
            && state.lock.get() == TabLock::Held
            && state.run.with(|run| run.job().is_some())
    };
    let known = Memo::new(move |_| known());
    view! {
        <p><a href=move || back()>{messages::BACK}</a></p>
        {move || heading()}
        {move || known.get().then(|| status(state))}
        {move || is_shown.get().then(|| view! { {move || inside()} }.into_any())}
        {confirm(state)}
    }
    .into_any()
}

/// The error and the note of the last request.
fn alerts(state: RunState) -> AnyView {
    let error = move || {
        let app_error = state.error.get()?;
        if state.note.get() == Some(WriteNote::Changed) {
            return Some(refused(app_error));
        }
        let unread = state.run.with_untracked(|run| run.reading().is_some());
        let next = unread.then(|| {
            view! { <button type="button" on:click=move |_| state.read()>{TRY_AGAIN}</button> }
        });
        Some(match app_error.scope {
            Some(_) => refusal(app_error, move || state.read()),
            None => view! { <ErrorAlert app_error>{next}</ErrorAlert> }.into_any(),
        })
    };
    let lost = move || {
        (state.note.get() == Some(WriteNote::Lost))
            .then(|| view! { <p class="note" role="status">{words::LOST}</p> }.into_any())
    };
    view! {
        {move || error()}
        {move || lost()}
        <p class="visually-hidden" role="status" prop:textContent=move || if state.busy.get() { words::WORKING } else { "" }></p>
    }
    .into_any()
}

/// A write that Pleo refused because the export is in another state, which was read again.
fn refused(app_error: AppError) -> AnyView {
    let detail = app_error.detail.map(|detail| {
        view! { {SEPARATOR} {external(&detail)} }
    });
    view! {
        <section class="alert" role="alert" data-code=app_error.code.word()>
            <h2>{words::REFUSED}</h2>
            <p>{words::CHANGED}</p>
            <p class="fine">{CODE} <code translate="no">{app_error.code.word()}</code>{detail}</p>
        </section>
    }
    .into_any()
}

fn body(state: RunState) -> AnyView {
    let shown = move || match state.phase.get() {
        Phase::Unread => {
            let busy = move || state.busy.get().then_some(words::READING);
            view! { <p class="waiting" role="status" prop:textContent=move || busy().unwrap_or_default()></p> }.into_any()
        }
        Phase::Pending => pending(state),
        Phase::AskImported => ask_imported(state),
        Phase::Running => running(state),
        Phase::Ended(ending) => ended(state, &ending),
    };
    // While the state is read again after a write, the sections stay.
    let phase_kind = Memo::new(move |before: Option<&u8>| match state.phase.get() {
        Phase::Unread => before.copied().unwrap_or(0),
        Phase::Pending => 1,
        Phase::AskImported => 2,
        Phase::Running => 3,
        Phase::Ended(_) => 4,
    });
    // `get` also computes the memo, which `track` would not.
    let shown = move || {
        let _ = phase_kind.get();
        untrack(|| shown())
    };
    view! { {move || shown()} }.into_any()
}

fn cancel(state: RunState) -> AnyView {
    let may_cancel = Memo::new(move |_| state.run.with(ExportRun::may_cancel));
    view! {
        {move || may_cancel.get().then(|| view! {
            <div class="actions">
                <button
                    type="button" class="quiet" disabled=state.busy
                    on:click=move |_| state.confirming.set(Some(RunWrite::Cancel))
                >{words::CANCEL}</button>
            </div>
        }.into_any())}
    }
    .into_any()
}

fn pending(state: RunState) -> AnyView {
    let may_start = Memo::new(move |_| state.run.with(ExportRun::may_start));
    view! {
        <section class="card" tabindex="-1" id="run-start">
            <h2>{words::START_TITLE}</h2>
            <p>{words::START_ABOUT}</p>
            <div class="actions">
                <button
                    type="button" class="primary" disabled=move || !may_start.get() || state.busy.get()
                    on:click=move |_| state.confirming.set(Some(RunWrite::Start))
                >{words::START}</button>
            </div>
        </section>
        {cancel(state)}
    }
    .into_any()
}

fn ask_imported(state: RunState) -> AnyView {
    view! {
        <section class="card" tabindex="-1" id="run-ask">
            <h2>{words::ASK_TITLE}</h2>
            <p>{words::ASK}</p>
            <div class="actions">
                <button type="button" on:click=move |_| state.answer_imported(false)>{words::ASK_NO}</button>
                <button type="button" on:click=move |_| state.answer_imported(true)>{words::ASK_YES}</button>
            </div>
        </section>
        {cancel(state)}
    }
    .into_any()
}

fn running(state: RunState) -> AnyView {
    let kind = Memo::new(move |_| {
        state.items.with(|items| match items {
            Load::Idle | Load::Loading => 0,
            Load::Ready(_) => 1,
            Load::Failed(_) => 2,
        })
    });
    let sections = move || match kind.get() {
        0 => view! {
            <section class="card">
                <h2>{words::LOAD_TITLE}</h2>
                <Progress pagination=state.pagination.into() what=messages::ITEMS />
            </section>
        }
        .into_any(),
        1 => loaded(state),
        _ => {
            let failed = state
                .items
                .with_untracked(|items| items.app_error().cloned());
            failed
                .map(|app_error| refusal(app_error, move || state.load_items()))
                .unwrap_or(().into_any())
        }
    };
    view! {
        {move || sections()}
        {cancel(state)}
    }
    .into_any()
}

fn loaded(state: RunState) -> AnyView {
    let before = state.imported_before;
    let sections = move || {
        match (before.get(), state.manifest_loaded.get()) {
        (true, false) => manifest(state),
        _ => view! {
            {state.manifest_loaded.get_untracked().then(|| view! { <p class="note" role="status">{words::MANIFEST_LOADED}</p> })}
            {check(state)}
            {mapping(state)}
            {file(state)}
        }
        .into_any(),
    }
    };
    view! {
        {move || sections()}
        {report(state)}
    }
    .into_any()
}

/// For a file that was imported before: its manifest.
fn manifest(state: RunState) -> AnyView {
    let input = NodeRef::<Input>::new();
    let problem = RwSignal::new(String::new());
    let chosen = move |_| {
        leptos::task::spawn_local(async move {
            if let Some(input) = input.try_get_untracked().flatten()
                && let Some(text) = file_input::text(&input).await
            {
                let result = state.load_manifest(&text);
                problem.try_set(result.err().unwrap_or_default());
            }
        });
    };
    let open = state.run.with_untracked(|run| run.open_items().count());
    let without = words::without_manifest(&messages::entries(open, &intl::count(open)));
    view! {
        <section class="card" tabindex="-1" id="run-manifest">
            <h2>{words::MANIFEST_TITLE}</h2>
            <p>{words::MANIFEST_ABOUT}</p>
            <label class="field">
                <span>{words::MANIFEST}</span>
                <input type="file" accept="application/json,.json" node_ref=input on:change=chosen />
                <small class="field-problem" role="status" prop:textContent=problem></small>
            </label>
            <p class="fine">{without}</p>
        </section>
    }
    .into_any()
}

fn ended(state: RunState, ending: &Ending) -> AnyView {
    let (title, text) = messages::ending(ending);
    let reason = state
        .run
        .with_untracked(|run| run.job().and_then(|job| job.failure_reason.clone()));
    // The items are read after the job.
    let count = move |status: ExportJobItemStatus| {
        move || intl::count(state.run.with(|run| run.count(&status)))
    };
    let exported = count(ExportJobItemStatus::Successful);
    let failed = count(ExportJobItemStatus::Failed);
    let reason = reason
        .filter(|reason| !reason.is_empty())
        .map(|reason| view! { <dt>{words::FAILURE}</dt><dd>{external(&reason)}</dd> });
    let unknown = match ending {
        Ending::Unknown(status) => {
            Some(view! { <dt>{messages::list::STATUS}</dt><dd>{external(status)}</dd> })
        }
        _ => None,
    };
    view! {
        <section class="card" tabindex="-1" id="run-ended" role="status">
            <h2>{title}</h2>
            <p>{text}</p>
            <dl class="facts">
                <dt>{messages::report::EXPORTED}</dt><dd class="figures" prop:textContent=move || exported()></dd>
                <dt>{messages::report::FAILED}</dt><dd class="figures" prop:textContent=move || failed()></dd>
                {reason}
                {unknown}
            </dl>
        </section>
    }
    .into_any()
}
