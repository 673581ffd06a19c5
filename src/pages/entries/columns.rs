//! Which columns are in sight.

use leptos::prelude::*;
use outlay_pleo::text::marked;
use outlay_table::Column;

use super::cells;
use super::state::EntriesState;
use crate::pages::entries_messages as messages;

/// A checkbox for every column that the table has.
#[component]
pub fn ColumnChooser() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let all = Memo::new(move |_| {
        state.company_data.table.with(|table| {
            let groups = u16::try_from(table.tag_groups().count()).unwrap_or(u16::MAX);
            let of_tags = (0..groups)
                .flat_map(|it| [Column::Tag(it), Column::TagCode(it), Column::TagId(it)]);
            let others = Column::fixed().filter(|it| !cells::DEFAULT_COLUMNS.contains(it));
            let all = cells::DEFAULT_COLUMNS
                .into_iter()
                .chain(others)
                .chain(of_tags);
            all.map(|column| (column, cells::header(table, column)))
                .collect::<Vec<_>>()
        })
    });
    let boxes = move || {
        let boxes = all.get().into_iter().map(|(column, label)| {
            let is_shown = move || state.columns.with(|columns| columns.contains(&column));
            let change = move |event| {
                let on = event_target_checked(&event);
                let before = state.columns.get_untracked();
                let order = all.get_untracked().into_iter().map(|it| it.0);
                let wanted = |it: &Column| match *it == column {
                    true => on,
                    false => before.contains(it),
                };
                state.set_columns(&order.filter(wanted).collect::<Vec<_>>());
            };
            view! {
                <label class="choice">
                    <input type="checkbox" prop:checked=is_shown on:change=change />
                    <span dir="auto" prop:textContent=marked(&label)></span>
                </label>
            }
        });
        boxes.collect_view().into_any()
    };
    view! {
        <div class="column-chooser" role="group" aria-label=messages::COLUMNS>
            {move || boxes()}
            <button type="button" class="quiet" on:click=move |_| state.set_columns(&[])>{messages::RESET_COLUMNS}</button>
        </div>
    }
}
