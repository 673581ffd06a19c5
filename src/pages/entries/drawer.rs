//! One entry in full, in a dialog at the side. It has an address of its own: the parameter `entry`.
//!
//! `facts` lists its fields, `lines` the parts of a split one, `receipts` its receipts, `raw_json` the
//! response as Pleo sent it.

mod facts;
mod lines;
mod raw_json;
mod receipts;

use leptos::html::Dialog;
use leptos::prelude::*;
use outlay_pleo::AccountingEntry;
use outlay_table::EntryTable;

use super::state::EntriesState;
use crate::components::messages as words;
use crate::components::messages::drawer as labels;
use crate::effect::effect;
use crate::pages::refusal::refusal;
use crate::session::company_data::CompanyData;
use crate::session::load::Load;
use facts::facts;
use raw_json::RawJson;
use receipts::Receipts;

/// The dialog. It is open while the address names an entry and the company's data is in view.
#[component]
pub fn EntryDrawer() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let company_data = state.company_data;
    let dialog = NodeRef::<Dialog>::new();
    let id = Memo::new(move |_| {
        let in_view =
            company_data.waiting.get().is_none() && company_data.company_id.get().is_some();
        state.opened.get().filter(|_| in_view)
    });
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match id.with(Option::is_some) {
            true if dialog.open() => {}
            true => {
                // A click outside closes it too, if the browser supports that.
                let _ = dialog.set_attribute("closedby", "any");
                let _ = dialog.show_modal();
            }
            false => dialog.close(),
        }
    });
    effect(move || match id.get() {
        Some(id) => company_data.load_opened(&id),
        None => company_data.drop_opened(),
    });
    on_cleanup(move || company_data.drop_opened());
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let closed = move |_| {
        let is_open = dialog.get_untracked().is_some_and(|dialog| dialog.open());
        // The address stays while the data waits for a reconnect.
        if !is_open && company_data.waiting.get_untracked().is_none() {
            state.close();
        }
    };
    let place = Memo::new(move |_| state.opened_place());
    let last = move || state.order.with(|order| order.len().saturating_sub(1));
    let go = move |place: Option<usize>| {
        if let Some(place) = place {
            state.open(place);
            company_data.place.update(|at| {
                at.1 = Some((place, at.1.map_or(0, |cell| cell.1)));
            });
        }
    };
    let previous = move || place.get().and_then(|place| place.checked_sub(1));
    let next = move || {
        place
            .get()
            .map(|place| place + 1)
            .filter(|place| *place <= last())
    };
    view! {
        <dialog class="drawer" node_ref=dialog aria-labelledby="drawer-title" on:close=closed>
            <header class="drawer-head">
                <h2 id="drawer-title">{labels::TITLE}</h2>
                <button type="button" class="quiet" disabled=move || previous().is_none() on:click=move |_| go(previous())>{labels::PREVIOUS}</button>
                <button type="button" class="quiet" disabled=move || next().is_none() on:click=move |_| go(next())>{labels::NEXT}</button>
                <button type="button" class="quiet" on:click=close>{words::CLOSE}</button>
            </header>
            {move || id.get().map(|id| content(company_data, id))}
        </dialog>
    }
}

/// What the table has at once, and the whole entry once it is here.
fn content(company_data: CompanyData, id: String) -> AnyView {
    let of_id = StoredValue::new(id);
    let loaded = Memo::new(move |_| {
        let id = of_id.get_value();
        company_data.opened.with(|opened| match opened.id == id {
            true => opened.entry.clone(),
            false => Load::Loading,
        })
    });
    let listed = move || {
        let loaded = loaded.with(|entry| entry.ready().cloned());
        company_data.table.with(|table| match loaded {
            Some(entry) => Some(facts(&alone(table, &entry), 0, Some(&entry))),
            None => {
                let row = of_id.with_value(|id| table.row_of(id));
                row.map(|row| facts(table, row, None))
            }
        })
    };
    let status = move || match loaded.get() {
        Load::Failed(app_error) => Some(refusal(app_error, move || {
            of_id.with_value(|id| company_data.reload_opened(id));
        })),
        Load::Ready(_) => None,
        _ if company_data.is_file() => {
            Some(view! { <p class="fine">{labels::NOT_IN_SNAPSHOT}</p> }.into_any())
        }
        Load::Idle | Load::Loading => {
            Some(view! { <p class="fine loading" role="status">{words::LOADING}</p> }.into_any())
        }
    };
    // The names that arrive later change the facts alone: the images and what is unfolded stay.
    let has_receipts = Memo::new(move |_| {
        loaded.with(|entry| {
            entry
                .ready()
                .is_some_and(|entry| !entry.receipt_ids.is_empty())
        })
    });
    let receipts = move || {
        has_receipts
            .get()
            .then(|| view! { <Receipts id=of_id.get_value() /> }.into_any())
    };
    view! {
        {move || listed()}
        {move || status()}
        {move || receipts()}
        <RawJson id=of_id.get_value() />
    }
    .into_any()
}

/// A table of one entry, with the names of its ids.
fn alone(table: &EntryTable, entry: &AccountingEntry) -> EntryTable {
    let mut alone = EntryTable::new();
    alone.append(std::slice::from_ref(entry), &[]);
    alone.set_names(table.names().of_entry(entry));
    alone
}
