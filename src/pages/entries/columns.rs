//! Which columns are in sight, in which order and how wide.

use leptos::prelude::*;
use outlay_pleo::text::marked;
use outlay_table::Column;
use outlay_table::view::ShownColumn;

use super::cells;
use super::state::EntriesState;
use crate::components::grid_head::ColumnChange;
use crate::pages::entries_messages::columns as messages;
use crate::platform::document;

/// By how much a button changes the width of a column, in tenths of a rem.
const STEP: u32 = 20;

/// Lists the visible columns in order, then all others. Buttons move and resize a visible column.
#[component]
pub fn ColumnChooser() -> impl IntoView {
    let state = expect_context::<EntriesState>();
    let others = Memo::new(move |_| {
        let shown = state.columns.get();
        state.company_data.table.with(|table| {
            let groups = u16::try_from(table.tag_groups().count()).unwrap_or(u16::MAX);
            let of_tags = (0..groups)
                .flat_map(|it| [Column::Tag(it), Column::TagCode(it), Column::TagId(it)]);
            let all = cells::DEFAULT_COLUMNS
                .into_iter()
                .chain(Column::fixed().filter(|it| !cells::DEFAULT_COLUMNS.contains(it)))
                .chain(of_tags);
            all.filter(|column| !shown.contains(column))
                .map(|column| (column, cells::header(table, column)))
                .collect::<Vec<_>>()
        })
    });
    // A change of a width draws no row again.
    let shown = Memo::new(move |_| {
        let columns = state.columns.get();
        let label = |column: Column| {
            state
                .company_data
                .table
                .with(|table| cells::header(table, column))
        };
        columns.into_iter().map(label).collect::<Vec<_>>()
    });
    let shown_rows = move || {
        let labels = shown.get();
        let last = labels.len() - 1;
        let rows = labels.into_iter().enumerate();
        rows.map(|(at, label)| shown_row(state, at, last, &label))
            .collect_view()
            .into_any()
    };
    let other_rows = move || {
        let rows = others.get().into_iter().map(|(column, label)| {
            let add = move |_| {
                let mut columns = state.shown.get_untracked();
                columns.push(ShownColumn::of(column));
                state.set_columns(&columns);
            };
            view! {
                <label class="choice">
                    <input type="checkbox" prop:checked=false on:change=add />
                    <span dir="auto" prop:textContent=marked(&label)></span>
                </label>
            }
        });
        rows.collect_view().into_any()
    };
    view! {
        <div class="column-chooser">
            <ol aria-label=messages::SHOWN>{move || shown_rows()}</ol>
            <div class="others" role="group" aria-label=messages::OTHERS>{move || other_rows()}</div>
            <button type="button" class="quiet" on:click=move |_| state.set_columns(&[])>{messages::RESET}</button>
        </div>
    }
}

/// A visible column: a checkbox that hides it, and buttons for its position and width.
fn shown_row(state: EntriesState, at: usize, last: usize, label: &str) -> AnyView {
    let label = marked(label);
    let hide = move |_| {
        let mut columns = state.shown.get_untracked();
        columns.remove(at);
        state.set_columns(&columns);
    };
    let button = |name: &'static str, text, words: String, off, act: Box<dyn Fn()>| {
        view! {
            <button
                type="button" class="quiet icon" id=button_id(at, name) title=words.clone() aria-label=words
                disabled=off on:click=move |_| act()
            >{text}</button>
        }
        .into_any()
    };
    let move_to = move |to: usize, name: &'static str, end: usize, other: &'static str| {
        state.change_column(ColumnChange::Move { from: at, to });
        // The button at its end is off.
        let name = if to == end { other } else { name };
        request_animation_frame(move || document::focus(&button_id(to, name)));
    };
    let resize = move |by: i32| {
        let width = state.shown.with_untracked(|shown| {
            let shown = shown.get(at)?;
            Some(shown.width.unwrap_or_else(|| cells::layout(shown.column).1))
        });
        let width = width.map(|width| width.saturating_add_signed(by));
        state.change_column(ColumnChange::Width { at, width });
    };
    let step = STEP.cast_signed();
    view! {
        <li>
            <label class="choice">
                <input type="checkbox" prop:checked=true on:change=hide />
                <span dir="auto" prop:textContent=label.clone()></span>
            </label>
            {button("left", "←", messages::move_left(&label), at == 0, Box::new(move || move_to(at.saturating_sub(1), "left", 0, "right")))}
            {button("right", "→", messages::move_right(&label), at == last, Box::new(move || move_to(at + 1, "right", last, "left")))}
            {button("narrower", "−", messages::narrower(&label), false, Box::new(move || resize(-step)))}
            {button("wider", "+", messages::wider(&label), false, Box::new(move || resize(step)))}
        </li>
    }
    .into_any()
}

fn button_id(at: usize, name: &str) -> String {
    format!("column-{at}-{name}")
}
