//! The totals of what is filtered and of what is selected, always in sight.

use leptos::prelude::*;
use outlay_pleo::{Currency, Money};
use outlay_table::entry_table::aggregate::{Cell, Measure};
use outlay_table::{EntryTable, Grain};

use super::state::EntriesState;
use crate::components::amount::Amount;
use crate::pages::entries_messages as messages;
use crate::platform::intl;

/// The sum of one currency; `None` where the decimals are not known or the sum is too large.
pub type Sum = (Currency, Option<i64>, usize);

/// The sums of `rows`, by currency.
pub fn sums(table: &EntryTable, rows: &[u32], grain: Grain) -> Vec<Sum> {
    let rows = rows.iter().map(|row| *row as usize);
    let cells = table.totals(&table.selection_of(rows, grain), Measure::Amount);
    let sum = |cell: Cell| Some((cell.currency?, cell.minors, cell.entries));
    cells.into_iter().filter_map(sum).collect()
}

/// The list.
#[component]
pub fn Totals() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let table = state.company_data.table;
    let of_found = Memo::new(move |_| {
        let order = state.order.get();
        table.with(|table| sums(table, &order, Grain::Entries))
    });
    let of_selected = Memo::new(move |_| {
        let rows = state.selection.get()?.rows();
        let order = state.order.get();
        let rows = rows.start..rows.end.min(order.len());
        let rows = order.get(rows).unwrap_or_default();
        Some(table.with(|table| sums(table, rows, Grain::Entries)))
    });
    let items = move || {
        let items = of_found.get().into_iter().map(item).collect_view();
        items.into_any()
    };
    let selected = move || {
        of_selected.get().map(|sums| {
            view! {
                <span class="fine">{messages::SELECTED}</span>
                <ul aria-label=messages::SELECTED_TOTALS>{sums.into_iter().map(item).collect_view()}</ul>
            }
            .into_any()
        })
    };
    view! {
        <div class="totals" tabindex="0">
            <span class="fine" aria-hidden="true">{messages::TOTALS}</span>
            <ul aria-label=messages::TOTALS>{move || items()}</ul>
            {move || selected()}
        </div>
    }
}

fn item((currency, minors, entries): Sum) -> AnyView {
    let number = intl::count(entries);
    match minors {
        Some(minors) => {
            let money = Money { currency, minors };
            view! { <li title=messages::entries(entries, &number)><Amount money /></li> }.into_any()
        }
        None => {
            let words = messages::no_sum(currency.as_str(), entries, &number);
            view! { <li translate="no" prop:textContent=words></li> }.into_any()
        }
    }
}
