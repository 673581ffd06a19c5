//! The test import and the file: changed texts, balances, download, and the user's word that the file is
//! in the ledger.

use std::sync::Arc;

use leptos::prelude::*;
use outlay_ledger::manifest::manifest;
use outlay_ledger::rehearsal::first_lines;
use outlay_pleo::Money;

use super::check::entry_name;
use super::messages::{self, file as words};
use super::preview::CheckedFiles;
use super::run::RunState;
use crate::components::external_text::external;
use crate::platform::{download, intl};

/// Most changed texts and balances that a table shows.
const MOST_ROWS: usize = 200;
/// Lines of the preview.
const PREVIEW_LINES: usize = 8;

/// The sections.
pub fn file(state: RunState) -> AnyView {
    let shown = move || {
        let preview = state.preview.get();
        let settled = untrack(|| state.without_data()).is_empty();
        match (preview.files, preview.refused) {
            (Some(files), _) if settled => made(state, files),
            (_, Some(refused)) => view! {
                <section class="card" tabindex="-1" id="run-rehearsal">
                    <h2>{words::REHEARSAL}</h2>
                    <section class="alert" role="alert" data-code="file_not_made">
                        <h3>{words::FAILED}</h3>
                        <p>{external(&refused)}</p>
                    </section>
                </section>
            }
            .into_any(),
            _ if preview.is_empty => view! {
                <section class="card"><h2>{words::TITLE}</h2><p>{words::EMPTY}</p></section>
            }
            .into_any(),
            _ => view! {
                <section class="card" tabindex="-1" id="run-rehearsal"><h2>{words::REHEARSAL}</h2><p>{words::WAITS}</p></section>
            }
            .into_any(),
        }
    };
    view! { {move || shown()} }.into_any()
}

fn made(state: RunState, files: Arc<CheckedFiles>) -> AnyView {
    view! {
        <section class="card" tabindex="-1" id="run-rehearsal">
            <h2>{words::REHEARSAL}</h2>
            <p>{words::REHEARSAL_ABOUT}</p>
            {balances(&files)}
            <p><strong>{words::BALANCED}</strong></p>
            {lines(&files)}
            <h3>{words::CHANGES}</h3>
            {changes(state, &files)}
        </section>
        {downloads(state, files)}
    }
    .into_any()
}

fn balances(files: &CheckedFiles) -> AnyView {
    let amount = |minors, currency| match minors {
        0 => String::new(),
        minors => intl::amount(&Money { currency, minors }),
    };
    let rows = files.rehearsal.balances.iter().take(MOST_ROWS).map(|one| {
        let computed = one
            .computed
            .then(|| view! { " " <span class="fine">{words::COMPUTED}</span> });
        view! {
            <tr>
                <th scope="row">{external(&one.account)}{computed}</th>
                <td class="amount">{amount(one.debit, one.currency)}</td>
                <td class="amount">{amount(one.credit, one.currency)}</td>
                <td>{one.currency.to_string()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let totals = files.rehearsal.totals.iter().map(|one| {
        view! {
            <tr>
                <th scope="row">{words::TOTAL}</th>
                <td class="amount">{amount(one.debit, one.currency)}</td>
                <td class="amount">{amount(one.credit, one.currency)}</td>
                <td>{one.currency.to_string()}</td>
            </tr>
        }
    });
    let totals = totals.collect_view();
    let rest = files.rehearsal.balances.len().saturating_sub(MOST_ROWS);
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=words::REHEARSAL>
            <table>
                <thead><tr>
                    <th scope="col">{words::ACCOUNT}</th>
                    <th scope="col" class="amount">{words::DEBIT}</th>
                    <th scope="col" class="amount">{words::CREDIT}</th>
                    <th scope="col">{words::CURRENCY}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
                <tfoot>{totals}</tfoot>
            </table>
        </div>
        {more(rest)}
    }
    .into_any()
}

fn more(rest: usize) -> Option<AnyView> {
    (rest > 0).then(|| {
        view! { <p class="fine">{messages::check::more(&intl::count(rest))}</p> }.into_any()
    })
}

fn lines(files: &CheckedFiles) -> Option<AnyView> {
    let first = files.prepared.files.first()?;
    let text = first_lines(&first.bytes, &files.mapping, PREVIEW_LINES).join("\n");
    Some(
        view! {
            <details class="run-rules">
                <summary>{words::PREVIEW}</summary>
                <pre class="run-lines" tabindex="0" translate="no">{external(&text)}</pre>
            </details>
        }
        .into_any(),
    )
}

fn changes(state: RunState, files: &CheckedFiles) -> AnyView {
    let all = &files.prepared.changes;
    if all.is_empty() {
        return view! { <p>{words::NO_CHANGES}</p> }.into_any();
    }
    let rows = all.iter().take(MOST_ROWS).map(|change| {
        let name = match &change.entry {
            Some(entry) => entry_name(state, entry),
            None => messages::mapping::TITLE.to_owned(),
        };
        view! {
            <tr>
                <th scope="row">{external(&name)}</th>
                <td>{external(&change.field)}</td>
                <td>{external(&change.from)}</td>
                <td>{external(&change.to)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let rest = all.len().saturating_sub(MOST_ROWS);
    view! {
        <p>{words::CHANGES_ABOUT}</p>
        <div class="table-wrap" tabindex="0" role="region" aria-label=words::CHANGES>
            <table>
                <thead><tr>
                    <th scope="col">{messages::check::ENTRY}</th>
                    <th scope="col">{words::FIELD}</th>
                    <th scope="col">{words::FROM}</th>
                    <th scope="col">{words::TO}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more(rest)}
    }
    .into_any()
}

fn downloads(state: RunState, files: Arc<CheckedFiles>) -> AnyView {
    let notice = RwSignal::new(String::new());
    let downloaded = RwSignal::new(false);
    let several = files.prepared.files.len() > 1;
    let fixed = Memo::new(move |_| state.is_fixed());
    let buttons = files.prepared.files.iter().enumerate().map(|(at, one)| {
        let label = match several {
            true => words::download(&one.name),
            false => words::DOWNLOAD.to_owned(),
        };
        let facts = words::facts(&intl::count(one.rows), &intl::count(one.bytes.len()));
        let all = files.clone();
        let save = move |_| {
            if let Some(one) = all.prepared.files.get(at) {
                let size = words::rows(&intl::count(one.rows));
                notice.set(download::save_bytes(
                    &one.name,
                    one.media_type,
                    &one.bytes,
                    &size,
                ));
                downloaded.set(true);
            }
        };
        // One primary button: the file first, then the confirmation of its import.
        let is_primary = move || at == 0 && !downloaded.get() && !fixed.get();
        view! {
            <div class="run-file">
                <button type="button" class:primary=move || is_primary() on:click=save>{label}</button>
                <span class="fine">{facts}<code translate="no">{one.sha256.clone()}</code></span>
            </div>
        }
    });
    let buttons = buttons.collect_view();
    let save_manifest = {
        let files = files.clone();
        move |_| {
            let text = manifest(
                &files.job,
                &files.journal,
                &files.mapping,
                &files.left_out,
                &files.prepared,
                &files.rehearsal,
            );
            let id: String = files.job.id.as_str().chars().take(8).collect();
            let name = ["outlay-manifest-", &id, ".json"].concat();
            notice.set(download::save(&name, "application/json", &text));
        }
    };
    let next = move || match fixed.get() {
        false => {
            let yes = move |_| {
                state.run.update(|run| run.answer_imported(true));
            };
            view! {
                <button type="button" class:primary=move || downloaded.get() disabled=move || !downloaded.get() on:click=yes>
                    {words::IMPORTED}
                </button>
            }
            .into_any()
        }
        true => {
            let back = move |_| state.answer_imported(false);
            let may_go_back = move || state.nothing_exported() && !state.busy.get();
            view! {
                <strong>{words::DONE}</strong>
                <button type="button" class="quiet" disabled=move || !may_go_back() on:click=back>{words::NOT_IMPORTED}</button>
            }
            .into_any()
        }
    };
    view! {
        <section class="card" tabindex="-1" id="run-file">
            <h2>{words::TITLE}</h2>
            <p>{words::ABOUT}</p>
            {buttons}
            <div class="run-file">
                <button type="button" on:click=save_manifest>{words::MANIFEST}</button>
                <span class="fine">{words::MANIFEST_HINT}</span>
            </div>
            <p role="status" prop:textContent=notice></p>
            <div class="actions">{move || next()}</div>
        </section>
    }
    .into_any()
}
