//! A table of any length in few elements: a pool of row slots whose contents move while it scrolls.

use leptos::html::Div;
use leptos::prelude::*;
use outlay_desk::View;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::grid_keys::{Cell, Extent, step};

/// Height of a row and of the header, as the style sheet has it.
const ROW: u32 = 36;

/// With the header, the pool stays within 80 row elements however tall the screen is.
const TALLEST: u32 = 70 * ROW;

/// Rows above and below what is in sight.
const OVERSCAN: usize = 4;

/// Rows from the end at which more are asked for.
const NEAR_END: usize = 60;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The header's words, also the last part of the cells' class.
    pub label: &'static str,
    /// The class of its cells.
    pub class: &'static str,
    /// How the rows are sorted by it: `ascending`, `descending` or `none`.
    pub sort: &'static str,
}

/// The table.
#[component]
pub fn Grid(
    /// What it is a table of.
    label: &'static str,
    /// Its columns.
    columns: &'static [Column],
    /// How many rows are known.
    #[prop(into)]
    count: Signal<usize>,
    /// Whether rows are being read.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The text of a cell, by row and column.
    cell: Callback<Cell, String>,
    /// A row is opened.
    on_open: Callback<usize>,
    /// The last known rows come into sight.
    on_near_end: Callback<()>,
    /// Pixels scrolled, and the active cell: whoever holds it can bring the reader back.
    #[prop(default = RwSignal::new((0, None)))]
    place: RwSignal<(u32, Option<Cell>)>,
) -> impl IntoView {
    let element = NodeRef::<Div>::new();
    let height = RwSignal::new(16 * ROW);
    let scroll = Memo::new(move |_| place.with(|place| place.0));
    let active = Memo::new(move |_| place.with(|place| place.1));
    let scrolled_to = StoredValue::new(0_u32);
    let set_scroll = move |to| {
        scrolled_to.set_value(to);
        place.update(|place| place.0 = to);
    };
    let choose = Callback::new(move |to| place.update(|place| place.1 = Some(to)));
    let seen = move || View {
        scroll_top: scroll.get(),
        height: height.get(),
        row_height: ROW,
        overscan: OVERSCAN,
    };
    let range = Memo::new(move |_| seen().range(count.get()));
    let pool = Memo::new(move |_| seen().slots().count());

    // A frame may be drawn long after: in a tab that nobody sees, once somebody does. The table can
    // be gone by then.
    let standing = move || element.try_get_untracked().flatten();
    let measure = move || {
        if let Some(element) = standing() {
            let inner = u32::try_from(element.client_height())
                .unwrap_or(0)
                .saturating_sub(ROW);
            height.set(if inner == 0 {
                16 * ROW
            } else {
                inner.min(TALLEST)
            });
        }
    };
    Effect::new(move |_| {
        if element.get().is_some() {
            request_animation_frame(measure);
        }
    });
    let resized = window_event_listener_untyped("resize", move |_| measure());
    on_cleanup(move || resized.remove());
    // A place that was not scrolled to is gone to, once the rows stand.
    Effect::new(move |_| {
        let to = scroll.get();
        if to != scrolled_to.get_value() {
            scrolled_to.set_value(to);
            request_animation_frame(move || {
                if let Some(element) = standing() {
                    element.set_scroll_top(i32::try_from(to).unwrap_or(0));
                }
            });
        }
    });
    Effect::new(move |_| {
        if range.with(|range| range.end + NEAR_END >= count.get()) {
            on_near_end.run(());
        }
    });

    let scrolled = move |_| {
        if let Some(element) = element.get_untracked() {
            set_scroll(u32::try_from(element.scroll_top()).unwrap_or(0));
        }
    };
    let pressed = move |event: KeyboardEvent| {
        let from = active.get_untracked();
        if let (true, Some((row, _))) = (event.key() == "Enter", from) {
            event.prevent_default();
            on_open.run(row);
            return;
        }
        let page = usize::try_from(height.get_untracked() / ROW)
            .unwrap_or(1)
            .max(1);
        let extent = Extent {
            rows: count.get_untracked(),
            columns: columns.len(),
            page,
        };
        let first = usize::try_from(scroll.get_untracked().div_ceil(ROW)).unwrap_or(0);
        let ctrl = event.ctrl_key() || event.meta_key();
        if let Some(to) = step(&event.key(), ctrl, from, first, extent) {
            event.prevent_default();
            if let Some(element) = element.get_untracked() {
                set_scroll(reveal(&element, to.0));
            }
            choose.run(to);
        }
    };
    let descendant = move || {
        let (row, column) = active.get()?;
        let slot = row % pool.get();
        range
            .with(|range| range.contains(&row))
            .then(|| cell_id(slot, column))
    };
    let heads = columns.iter().enumerate().map(|(at, column)| {
        view! {
            <div role="columnheader" class=column.class aria-sort=column.sort aria-colindex=at + 1>
                {column.label}
            </div>
        }
    });
    let rows = move || {
        let slots = untrack(|| seen().slots());
        (0..pool.get())
            .map(|slot| {
                let row = Memo::new(move |_| range.with(|range| slots.row(slot, range)));
                view! { <SlotRow number=slot row active choose columns cell on_open /> }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div
            class="grid" role="grid" tabindex="0" node_ref=element aria-label=label
            aria-rowcount=move || (count.get() + 1).to_string()
            aria-colcount=columns.len()
            aria-busy=move || busy.get().to_string()
            aria-activedescendant=move || descendant()
            on:scroll=scrolled on:keydown=pressed
        >
            <div role="rowgroup" class="grid-head">
                <div role="row" aria-rowindex="1" class="grid-row">{heads.collect_view()}</div>
            </div>
            <div
                role="rowgroup" class="grid-body"
                style:height=move || format!("{}px", count.get() * ROW as usize)
            >
                {move || rows()}
            </div>
        </div>
    }
}

#[component]
fn SlotRow(
    number: usize,
    row: Memo<Option<usize>>,
    active: Memo<Option<Cell>>,
    choose: Callback<Cell>,
    columns: &'static [Column],
    cell: Callback<Cell, String>,
    on_open: Callback<usize>,
) -> impl IntoView {
    let cells = columns.iter().enumerate().map(|(at, column)| {
        let text = move || row.get().map(|row| cell.run((row, at)));
        let is_active = move || row.get().is_some_and(|row| active.get() == Some((row, at)));
        view! {
            <div
                role="gridcell" id=cell_id(number, at) class=column.class aria-colindex=at + 1
                class:active=move || is_active()
                on:click=move |_| if let Some(row) = row.get_untracked() {
                    choose.run((row, at));
                    on_open.run(row);
                }
            >
                {move || text()}
            </div>
        }
    });
    let index = move || row.get().map(|row| (row + 2).to_string());
    let place = move || format!("translateY({}px)", row.get().unwrap_or(0) * ROW as usize);
    let is_active = move || {
        row.get()
            .is_some_and(|row| active.get().is_some_and(|cell| cell.0 == row))
    };
    view! {
        <div
            role="row" class="grid-row" aria-rowindex=move || index() style:transform=move || place() style:order=move || index()
            class:off=move || row.get().is_none() class:active=move || is_active()
            class:odd=move || row.get().is_some_and(|row| row % 2 == 1)
        >
            {cells.collect_view()}
        </div>
    }
}

fn cell_id(slot: usize, column: usize) -> String {
    format!("cell-{slot}-{column}")
}

/// Scrolls as little as needed for `row` to be in sight below the header; tells the new offset.
fn reveal(element: &HtmlElement, row: usize) -> u32 {
    let element: &HtmlElement = element.unchecked_ref();
    let row_height = i32::try_from(ROW).unwrap_or(36);
    let top = i32::try_from(row)
        .unwrap_or(i32::MAX / row_height)
        .saturating_mul(row_height);
    let inner = element.client_height() - row_height;
    let now = element.scroll_top();
    let then = now.min(top).max(top + row_height - inner);
    if then != now {
        element.set_scroll_top(then);
    }
    u32::try_from(then).unwrap_or(0)
}
