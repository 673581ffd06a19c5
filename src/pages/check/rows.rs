//! The rows of the results.

use crate::platform::clipboard;
use leptos::prelude::*;
use outlay_probe::report::{CheckReport, ReportRow, Verdict};
use outlay_probe::row::RowId;

use super::messages::report as messages;
use super::text::{is_line, mark};
use crate::components::external_text::external;
use crate::messages::copy;

/// The list of rows. A row is rendered anew only after a change in it.
#[component]
pub fn Rows(card: Memo<Option<CheckReport>>) -> impl IntoView {
    let ids = Memo::new(move |_| {
        card.with(|card| {
            let rows = card.as_ref().map(|card| &card.rows[..]);
            let rows = rows.unwrap_or_default().iter();
            rows.map(|row| row.id).collect::<Vec<_>>()
        })
    });
    view! {
        <ol class="rules">
            <For each=move || ids.get() key=|id| id.word() let(id)>{rule(card, id)}</For>
        </ol>
    }
}

fn rule(card: Memo<Option<CheckReport>>, id: RowId) -> impl IntoView {
    let row = Memo::new(move |_| card.with(|card| card.as_ref()?.row(id).cloned()));
    let verdict = Memo::new(move |_| {
        row.with(|row| row.as_ref().map_or(Verdict::Waiting, |row| row.verdict))
    });
    let current = move || (verdict.get() == Verdict::Asking).then_some("step");
    view! {
        <li data-rule=id.word() data-verdict=move || verdict.get().word() aria-current=move || current()>
            {move || row.get().map(|row| shown(row).into_any())}
        </li>
    }
}

fn shown(row: ReportRow) -> impl IntoView {
    let evidence = (!row.evidence.is_empty()).then(|| {
        let seen = row.evidence.into_iter();
        let seen = seen
            .map(|seen| view! { <li>{external(&seen)}</li> })
            .collect_view();
        view! { <ul class="evidence">{seen}</ul> }.into_any()
    });
    let fix = (!row.fix.is_empty()).then(|| {
        let steps = row.fix.into_iter().map(step).collect_view();
        view! { <div class="fix"><h4>{messages::FIX}</h4>{steps}</div> }.into_any()
    });
    view! {
        <p class="verdict" translate="no"><span aria-hidden="true">{mark(row.verdict)}</span>{row.verdict.words()}</p>
        <div class="rule">
            <h3>{row.title}</h3>
            <p class="about">{row.about}</p>
            {row.reason.map(|reason| view! { <p class="reason" data-premise=row.premise.map(|id| id.word())>{external(&reason)}</p> }.into_any())}
            {evidence}
            {fix}
        </div>
    }
}

fn step(fix: String) -> AnyView {
    if !is_line(&fix) {
        return view! { <p>{fix}</p> }.into_any();
    }
    let copy_message = RwSignal::new(copy::COPY);
    let (line, name) = (fix.clone(), fix.clone());
    let copy = move |_| {
        let line = line.clone();
        leptos::task::spawn_local(async move {
            let done = clipboard::copy(&line).await;
            copy_message.try_set(clipboard::copy_message(done));
        });
    };
    view! {
        <div class="line">
            <code>{external(&fix)}</code>
            <button type="button" class="quiet" on:click=copy>
                {copy_message} <span class="visually-hidden">{name}</span>
            </button>
        </div>
    }
    .into_any()
}
