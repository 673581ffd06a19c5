//! The entries that cannot be written, and those that the user leaves out.

use std::collections::BTreeMap;

use leptos::prelude::*;
use outlay_ledger::Issue;
use outlay_ledger::run::results::LeftOut;
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::export::status::ExportJobItemFailureReasonType;
use outlay_pleo::id::AccountingEntryId;
use outlay_pleo::time::{DateTime, Timestamp};

use super::messages::{self, check as words};
use super::run::RunState;
use crate::components::external_text::external;
use crate::platform::intl;
use crate::session::load::Load;

/// Most entries that a list shows.
const MOST_ROWS: usize = 100;

/// An entry with its findings, in words.
#[derive(Clone, PartialEq)]
struct FoundEntry {
    id: AccountingEntryId,
    name: String,
    findings: Vec<String>,
    /// The reason that fits its first finding.
    suggested: LeftOut,
}

/// The section.
pub fn check(state: RunState) -> AnyView {
    let found = Memo::new(move |_| found(state));
    let count = Memo::new(move |_| found.with(Vec::len));
    let head = move || match count.get() {
        0 => words::NONE.to_owned(),
        number => words::count(&messages::entries(number, &intl::count(number))),
    };
    let fixed = Memo::new(move |_| state.is_fixed());
    let left_out_ids = Memo::new(move |_| {
        state
            .left_out
            .with(|all| all.keys().cloned().collect::<Vec<_>>())
    });
    let table = move || {
        let all = found.get();
        (!all.is_empty()).then(|| findings(state, all))
    };
    let left_out = move || {
        let ids = left_out_ids.get();
        (!ids.is_empty()).then(|| left_out(state, &ids, fixed.get()))
    };
    view! {
        <section class="card" tabindex="-1" id="run-check">
            <h2>{words::TITLE}</h2>
            <p role="status" prop:textContent=move || head()></p>
            {move || table()}
            {move || left_out()}
        </section>
    }
    .into_any()
}

fn found(state: RunState) -> Vec<FoundEntry> {
    let mut all: BTreeMap<AccountingEntryId, FoundEntry> = BTreeMap::new();
    let mut put = |id: &AccountingEntryId, text: String, suggested: LeftOut| {
        let name = || entry_name(state, id);
        let entry = all.entry(id.clone()).or_insert_with(|| FoundEntry {
            id: id.clone(),
            name: name(),
            findings: Vec::new(),
            suggested,
        });
        if !entry.findings.contains(&text) {
            entry.findings.push(text);
        }
    };
    state.preview.with(|preview| {
        for issue in &preview.issues {
            let suggested = LeftOut {
                reason: issue.code.failure(),
                message: issue.code.message().to_owned(),
            };
            put(&issue.entry, sentence(issue), suggested);
        }
    });
    for id in state.without_data() {
        let suggested = LeftOut {
            reason: ExportJobItemFailureReasonType::UnexpectedFailure,
            message: words::NO_DATA.to_owned(),
        };
        put(&id, words::NO_DATA.to_owned(), suggested);
    }
    all.into_values().collect()
}

fn sentence(issue: &Issue) -> String {
    match issue.detail.as_str() {
        "" => issue.code.message().to_owned(),
        detail => [issue.code.message(), " ", detail].concat(),
    }
}

/// The entry by supplier, date and amount, as a user recognises it. Tracks nothing.
pub fn entry_name(state: RunState, id: &AccountingEntryId) -> String {
    let named = state.items.with_untracked(|items| {
        let Load::Ready(items) = items else {
            return None;
        };
        let item = items.iter().find(|item| item.accounting_entry_id == *id)?;
        Some(item_name(item))
    });
    named.unwrap_or_else(|| {
        let short: String = id.as_str().chars().take(8).collect();
        [words::UNNAMED, " ", &short].concat()
    })
}

fn item_name(item: &ExportItem) -> String {
    let supplier = item.supplier.as_ref().and_then(|it| it.name.clone());
    let name = supplier
        .or_else(|| item.note.clone())
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| words::UNNAMED.to_owned());
    let day = match DateTime::parse(&item.date) {
        Some(written) => intl::day(written.day),
        None => intl::utc_day(&Timestamp::from(item.date.clone())),
    };
    let amount = item.amount.in_wallet_currency.money();
    let amount = amount.map(|money| intl::money(&money)).unwrap_or_default();
    [&*name, &*day, &*amount].join(crate::components::messages::SEPARATOR)
}

fn findings(state: RunState, all: Vec<FoundEntry>) -> AnyView {
    let rest = all.len().saturating_sub(MOST_ROWS);
    let everything = all.clone();
    let leave_all = move |_| {
        let entries = everything.iter();
        state.leave_out(
            entries
                .map(|entry| (entry.id.clone(), entry.suggested.clone()))
                .collect(),
        );
    };
    let rows = all.into_iter().take(MOST_ROWS).map(|entry| {
        let FoundEntry {
            id,
            name,
            findings,
            suggested,
        } = entry;
        let label = words::leave_out(&name);
        let findings = findings
            .iter()
            .map(|text| view! { <li>{external(text)}</li> })
            .collect_view();
        let leave = move |_| state.leave_out(vec![(id.clone(), suggested.clone())]);
        view! {
            <tr>
                <th scope="row">{external(&name)}</th>
                <td><ul class="plain-list">{findings}</ul></td>
                <td><button type="button" aria-label=label on:click=leave>{words::LEAVE_OUT}</button></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let more = (rest > 0).then(|| view! { <p class="fine">{words::more(&intl::count(rest))}</p> });
    view! {
        <p>{words::ABOUT}</p>
        <div class="table-wrap" tabindex="0" role="region" aria-label=words::FINDINGS>
            <table class="run-findings">
                <thead><tr>
                    <th scope="col">{words::ENTRY}</th>
                    <th scope="col">{words::FINDINGS}</th>
                    <th scope="col"><span class="visually-hidden">{words::LEAVE_OUT}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
        <div class="actions">
            <button type="button" class="quiet" on:click=leave_all>{words::LEAVE_ALL_OUT}</button>
        </div>
    }
    .into_any()
}

fn left_out(state: RunState, ids: &[AccountingEntryId], fixed: bool) -> AnyView {
    let rest = ids.len().saturating_sub(MOST_ROWS);
    let rows = ids.iter().take(MOST_ROWS).map(|id| {
        let name = entry_name(state, id);
        let chosen = state
            .left_out
            .with_untracked(|all| all.get(id).cloned())
            .unwrap_or(LeftOut {
                reason: ExportJobItemFailureReasonType::UnexpectedFailure,
                message: String::new(),
            });
        let options = messages::REASONS.iter().map(|(reason, label)| {
            let selected = *reason == chosen.reason;
            view! { <option value=reason.as_str().to_owned() selected=selected>{*label}</option> }
        });
        let options = options.collect_view();
        let change = {
            let id = id.clone();
            move |how: &dyn Fn(&mut LeftOut)| {
                state.left_out.update(|all| {
                    if let Some(left_out) = all.get_mut(&id) {
                        how(left_out);
                    }
                });
            }
        };
        let choose = {
            let change = change.clone();
            move |event| {
                let value = event_target_value(&event);
                change(&|it| it.reason = ExportJobItemFailureReasonType::from(&*value));
            }
        };
        let write = move |event| {
            let text = event_target_value(&event);
            change(&|it| it.message.clone_from(&text));
        };
        let back = {
            let id = id.clone();
            move |_| state.put_back(&id)
        };
        view! {
            <tr>
                <th scope="row">{external(&name)}</th>
                <td><select aria-label=words::reason(&name) disabled=fixed on:change=choose>{options}</select></td>
                <td><input type="text" aria-label=words::message(&name) maxlength="200" disabled=fixed prop:value=chosen.message on:change=write /></td>
                <td><button type="button" class="quiet" aria-label=words::put_back(&name) disabled=fixed on:click=back>{words::PUT_BACK}</button></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let more = (rest > 0).then(|| view! { <p class="fine">{words::more(&intl::count(rest))}</p> });
    view! {
        <h3>{words::LEFT_OUT} " (" {intl::count(ids.len())} ")"</h3>
        <p>{words::LEFT_OUT_ABOUT}</p>
        <div class="table-wrap" tabindex="0" role="region" aria-label=words::LEFT_OUT>
            <table class="run-findings">
                <thead><tr>
                    <th scope="col">{words::ENTRY}</th>
                    <th scope="col">{words::REASON}</th>
                    <th scope="col">{words::MESSAGE}</th>
                    <th scope="col"><span class="visually-hidden">{words::PUT_BACK}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}
