//! A table of any length in few elements: a pool of row slots whose contents move while it scrolls.
//! Its rows are selected and copied by mouse and keyboard, also those without an element.

use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;
use outlay_table::window::TALLEST;
use outlay_table::{Layout, Scroll, Selection, VisibleRange};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent};

pub use super::grid_head::ColumnChange;
use super::grid_head::{GridHead, rem};
use super::grid_keys::{GridCell, GridExtent, SelectionKey, select, step};
use super::grid_press::Press;
use super::messages;
use crate::effect::effect;
use crate::platform::size_observer::SizeObserver;
use crate::platform::{clipboard, document, intl};

/// Height of the header, and of a row where the style sheet says nothing else; see `--grid-row` there.
pub const ROW: u32 = 36;

/// With the header, the pool stays within 80 row elements however tall the screen is.
const MOST_IN_SIGHT: u32 = 69;

/// Rows above and below what is in sight.
const OVERSCAN: usize = 4;

/// Rows from the end at which more are asked for.
const NEAR_END: usize = 60;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header's words.
    pub label: String,
    /// The class of its cells.
    pub class: &'static str,
    /// Width in tenths of a rem; the least one for a column that grows.
    pub width: u32,
    /// Whether the column takes the width that the others leave.
    pub grows: bool,
    /// How the rows are sorted by it; `None` if they are not.
    pub sort: Option<HeaderSort>,
}

/// How rows are sorted by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderSort {
    /// Whether the largest value comes first.
    pub descending: bool,
    /// Its place among the sort keys, from 1.
    pub place: usize,
}

impl Column {
    pub(super) fn aria_sort(&self) -> &'static str {
        match self.sort {
            None => "none",
            Some(sort) if sort.descending => "descending",
            Some(_) => "ascending",
        }
    }

    /// Its track in the style sheet's grid.
    pub(super) fn track(&self) -> String {
        match self.grows {
            true => format!("minmax({}, 1fr)", rem(self.width)),
            false => rem(self.width),
        }
    }
}

/// What is copied of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// One cell, by row and column.
    Cell(GridCell),
    /// Neighbouring rows.
    Rows(Range<usize>),
}

/// The table.
#[component]
pub fn Grid(
    /// What it is a table of.
    label: &'static str,
    /// Its columns.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// A header is pressed: the column, and whether Shift is held.
    #[prop(default = Callback::new(|_| ()))]
    on_sort: Callback<(usize, bool)>,
    /// The user moves or resizes a column; without it the columns stay as they are.
    #[prop(optional)]
    on_change: Option<Callback<ColumnChange>>,
    /// How many rows are known.
    #[prop(into)]
    count: Signal<usize>,
    /// Whether rows are being read.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The text of a cell, by row and column.
    cell: Callback<GridCell, String>,
    /// The text for the clipboard.
    copied: Callback<Copied, String>,
    /// A row is opened.
    on_open: Callback<usize>,
    /// The last known rows come into sight.
    on_near_end: Callback<()>,
    /// The height of the rows above the upper edge in pixels, and the active cell. The page keeps it
    /// to bring the reader back.
    #[prop(default = RwSignal::new((0, None)))]
    place: RwSignal<(u32, Option<GridCell>)>,
    /// The selected rows.
    #[prop(default = RwSignal::new(None))]
    selection: RwSignal<Option<Selection>>,
) -> impl IntoView {
    let element = NodeRef::<Div>::new();
    let probe = NodeRef::<Div>::new();
    let height = RwSignal::new(16 * ROW);
    let row_height = RwSignal::new(ROW);
    // Whether the columns are wider than the grid.
    let is_wide = RwSignal::new(false);
    let offset = Memo::new(move |_| place.with(|place| place.0));
    let active = Memo::new(move |_| place.with(|place| place.1));
    let scroll = RwSignal::new(Scroll::default());
    let choose = Callback::new(move |to| place.update(|place| place.1 = Some(to)));
    let seen = move || VisibleRange {
        scroll_top: offset.get(),
        height: height.get().min(MOST_IN_SIGHT * row_height.get()),
        row_height: row_height.get(),
        overscan: OVERSCAN,
    };
    let layout = move || Layout {
        rows: count.get(),
        row_height: row_height.get(),
        height: height.get(),
        tallest: TALLEST,
    };
    let range = Memo::new(move |_| seen().range(count.get()));
    let pool = Memo::new(move |_| seen().slots().count());
    let shift = Memo::new(move |_| scroll.with(|scroll| scroll.shift()));

    // A frame may be drawn much later, when a hidden tab becomes visible. The table can
    // be gone by then.
    let grid_element = move || element.try_get_untracked().flatten();
    let keep = move |to: Scroll| {
        scroll.set(to);
        if to.offset != offset.get_untracked() {
            place.update(|place| place.0 = to.offset);
        }
    };
    let scroll_to = move |to: Scroll| {
        if let Some(element) = grid_element() {
            keep(to);
            element.set_scroll_top(i32::try_from(to.top).unwrap_or(0));
        }
    };
    let settle = move || {
        if let Some(to) = scroll.with_untracked(|scroll| scroll.settled(&untrack(layout))) {
            scroll_to(to);
        }
    };
    let measure = move || {
        if let Some(element) = grid_element() {
            let inner = u32::try_from(element.client_height())
                .unwrap_or(0)
                .saturating_sub(ROW);
            height.set(if inner == 0 { 16 * ROW } else { inner });
            let row = probe.try_get_untracked().flatten();
            let row = row.map_or(0, |probe| u32::try_from(probe.offset_height()).unwrap_or(0));
            row_height.set(if row == 0 { ROW } else { row });
            is_wide.set(element.scroll_width() > element.client_width());
        }
    };
    let observer = StoredValue::new_local(None::<SizeObserver>);
    effect(move || {
        // A change of the height in the same frame would be a loop to the browser.
        let changed = move || {
            request_animation_frame(measure);
        };
        observer.set_value(
            element
                .get()
                .and_then(|element| SizeObserver::new(&element, changed)),
        );
    });
    // A place that was not scrolled to is gone to, once the rows stand.
    effect(move || {
        let to = offset.get();
        if to != scroll.with_untracked(|scroll| scroll.offset) {
            request_animation_frame(move || {
                if grid_element().is_some() {
                    scroll_to(Scroll::at(to, &untrack(layout)));
                }
            });
        }
    });
    effect(move || {
        if range.with(|range| range.end + NEAR_END >= count.get()) {
            on_near_end.run(());
        }
    });

    let scrolled = move |_| {
        let Some(element) = element.get_untracked() else {
            return;
        };
        let top = u32::try_from(element.scroll_top()).unwrap_or(0);
        let layout = untrack(layout);
        let to = scroll.get_untracked().scrolled(top, &layout);
        keep(to);
        if to.is_stuck(&layout) {
            settle();
        }
    };
    let reveal = Callback::new(move |row: usize| {
        let now = scroll.get_untracked();
        let then = now.revealing(row, &untrack(layout));
        if then != now {
            scroll_to(then);
        }
    });
    let pressed = move |event: KeyboardEvent| {
        let from = active.get_untracked();
        if is_in_head(&event) {
            return;
        }
        let key = event.key();
        let ctrl = event.ctrl_key() || event.meta_key();
        let page = usize::try_from(height.get_untracked() / row_height.get_untracked())
            .unwrap_or(1)
            .max(1);
        let extent = GridExtent {
            rows: count.get_untracked(),
            columns: columns.with_untracked(Vec::len),
            page,
        };
        let first = usize::try_from(offset.get_untracked().div_ceil(row_height.get_untracked()))
            .unwrap_or(0);
        let now = selection.get_untracked();
        let shift = event.shift_key();
        match select(
            &key,
            (ctrl, shift),
            (now, from.map(|cell| cell.0)),
            first,
            extent,
        ) {
            Some(SelectionKey::Set(to)) => {
                event.prevent_default();
                selection.set(Some(to));
                choose.run((to.end(), from.map_or(0, |cell| cell.1)));
                reveal.run(to.end());
                return;
            }
            Some(SelectionKey::All(all)) => {
                event.prevent_default();
                selection.set(all);
                return;
            }
            Some(SelectionKey::Clear) => {
                event.prevent_default();
                selection.set(None);
                return;
            }
            None => {}
        }
        if let (true, Some((row, _))) = (key == "Enter", from) {
            event.prevent_default();
            on_open.run(row);
            return;
        }
        if let Some(to) = step(&key, ctrl, from, first, extent) {
            event.prevent_default();
            selection.set(None);
            reveal.run(to.0);
            choose.run(to);
        }
    };

    let press = Press::new(
        element,
        selection,
        offset.into(),
        count,
        height.into(),
        row_height.into(),
        choose,
        active,
    );
    let copied_rows = RwSignal::new(false);
    let copy = window_event_listener(leptos::ev::copy, move |event| {
        let Some(element) = grid_element() else {
            return;
        };
        let text = match clipboard::selected_in(&element) {
            Some(text) => {
                number_in_full(&element, &text).map(|cell| copied.run(Copied::Cell(cell)))
            }
            None if !clipboard::has_focus(&element) => None,
            None => match (selection.get_untracked(), active.get_untracked()) {
                (Some(rows), _) => Some(copied.run(Copied::Rows(rows.rows()))),
                (None, active) => active.map(|cell| copied.run(Copied::Cell(cell))),
            },
        };
        if let Some(text) = text {
            copied_rows
                .set(clipboard::write_to(&event, &text) && selection.get_untracked().is_some());
        }
    });
    on_cleanup(move || copy.remove());
    effect(move || {
        selection.track();
        copied_rows.set(false);
    });
    let status = move || {
        let rows = selection.get().map_or(0, |rows| rows.rows().len());
        match copied_rows.get() {
            true => messages::grid::copied(rows, &intl::count(rows)),
            false => messages::grid::selected(rows, &intl::count(rows)),
        }
    };
    let copy_rows = move |_| {
        if let Some(rows) = selection.get_untracked() {
            let text = copied.run(Copied::Rows(rows.rows()));
            leptos::task::spawn_local(async move {
                let done = clipboard::copy(&text).await;
                copied_rows.try_set(done);
            });
        }
    };
    let descendant = move || {
        let (row, column) = active.get()?;
        let slot = row % pool.get();
        range
            .with(|range| range.contains(&row))
            .then(|| cell_id(slot, column))
    };
    let head = GridHead::new(element, columns, on_sort, on_change);
    let least = Memo::new(move |_| head.least());
    effect(move || {
        let _ = least.get();
        request_animation_frame(measure);
    });
    let classes = Memo::new(move |_| {
        columns.with(|all| all.iter().map(|column| column.class).collect::<Vec<_>>())
    });
    let open = Callback::new(move |(row, column): GridCell| {
        choose.run((row, column));
        if !press.selects() && clipboard::nothing_selected() {
            on_open.run(row);
        }
    });
    let rows = move || {
        let slots = untrack(|| seen().slots());
        let classes = classes.get();
        (0..pool.get())
            .map(|slot| {
                let row = Memo::new(move |_| range.with(|range| slots.row(slot, range)));
                view! { <SlotRow number=slot row row_height shift active selection classes=classes.clone() cell open /> }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="grid-frame">
            <div
                class="grid" role="grid" tabindex="0" node_ref=element aria-label=label
                aria-multiselectable="true"
                aria-rowcount=move || (count.get() + 1).to_string()
                aria-colcount=move || columns.with(Vec::len).to_string()
                aria-busy=move || busy.get().to_string()
                aria-activedescendant=move || descendant()
                class:selecting=move || press.is_dragging() class:wide=move || is_wide.get()
                on:scroll=scrolled on:scrollend=move |_| settle() on:keydown=pressed
                on:mousedown=move |event: MouseEvent| press.start(&event)
                style=("--grid-columns", move || head.tracks()) style=("--grid-min", move || least.get())
            >
                <div class="grid-probe" role="presentation" node_ref=probe></div>
                <div role="rowgroup" class="grid-head">
                    <div role="row" aria-rowindex="1" class="grid-row">{move || head.cells()}</div>
                </div>
                <div
                    role="rowgroup" class="grid-body" translate="no"
                    style:height=move || format!("{}px", layout().body_height())
                >
                    {move || rows()}
                </div>
            </div>
            <div class="grid-selection" class:off=move || selection.get().is_none()>
                <p class="figures" role="status" translate="no" prop:textContent=move || status()></p>
                <button type="button" class="quiet" on:click=copy_rows>{messages::grid::COPY_ROWS}</button>
            </div>
        </div>
    }
}

/// A row element: shows the row that its slot has in the visible range.
#[component]
fn SlotRow(
    number: usize,
    row: Memo<Option<usize>>,
    row_height: RwSignal<u32>,
    shift: Memo<i64>,
    active: Memo<Option<GridCell>>,
    selection: RwSignal<Option<Selection>>,
    classes: Vec<&'static str>,
    cell: Callback<GridCell, String>,
    open: Callback<GridCell>,
) -> impl IntoView {
    let element = NodeRef::<Div>::new();
    let columns = classes.len();
    let cells = classes.into_iter().enumerate().map(|(at, class)| {
        view! { <div role="gridcell" id=cell_id(number, at) class=class aria-colindex=at + 1 dir="auto"></div> }
    });
    // One effect for all texts: an effect for each costs more than the text.
    // Empty until the first run: the elements may be those of a row that was drawn before.
    let texts = StoredValue::new_local(Vec::<String>::new());
    effect(move || {
        let (Some(element), row) = (element.get(), row.get()) else {
            return;
        };
        let cells = element.children();
        let new = (0..columns).map(|at| row.map_or_else(String::new, |row| cell.run((row, at))));
        let new: Vec<String> = new.collect();
        texts.update_value(|shown| {
            for (at, text) in (0..).zip(&new) {
                if shown.get(at as usize) != Some(text)
                    && let Some(cell) = cells.item(at)
                {
                    document::set_text(&cell, text);
                }
            }
            *shown = new;
        });
    });
    effect(move || {
        let (Some(element), Some(row)) = (element.get(), row.get()) else {
            return;
        };
        let top = i64::try_from(row).unwrap_or(i64::MAX);
        let top = top.saturating_mul(i64::from(row_height.get())) - shift.get();
        let index = row + 2;
        // The order is for print, where the rows are in the flow of the page.
        let style = format!("transform:translateY({top}px);order:{index}");
        HtmlElement::style(&element).set_css_text(&style);
        let _ = element.set_attribute("aria-rowindex", &index.to_string());
    });
    let active_column = Memo::new(move |_| {
        let (at, column) = active.get()?;
        (row.get()? == at).then_some(column)
    });
    effect(move || {
        let (Some(element), active) = (element.get(), active_column.get()) else {
            return;
        };
        let cells = element.children();
        for at in 0..cells.length() {
            let is_active = active == usize::try_from(at).ok();
            if let Some(cell) = cells.item(at) {
                let _ = cell.class_list().toggle_with_force("active", is_active);
            }
        }
    });
    let is_selected = Memo::new(move |_| {
        let rows = selection.get().map(Selection::rows);
        row.get()
            .is_some_and(|row| rows.is_some_and(|rows| rows.contains(&row)))
    });
    let is_off = Memo::new(move |_| row.get().is_none());
    let clicked = move |event: MouseEvent| {
        let target = event.target();
        let target = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let pressed = target.and_then(|target| target.closest("[role=gridcell]").ok()?);
        let column = pressed.and_then(|cell| number_of(&cell, "aria-colindex")?.checked_sub(1));
        if let (Some(row), Some(column)) = (row.get_untracked(), column) {
            open.run((row, column));
        }
    };
    view! {
        <div
            role="row" class="grid-row" class:odd=number % 2 == 1 node_ref=element
            aria-selected=move || is_selected.get().to_string()
            class:off=move || is_off.get() class:active=move || active_column.get().is_some()
            on:click=clicked
        >
            {cells.collect_view()}
        </div>
    }
}

/// Whether a key is pressed on a header.
fn is_in_head(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.closest(".grid-head").is_ok_and(|it| it.is_some()))
}

fn cell_id(slot: usize, column: usize) -> String {
    format!("cell-{slot}-{column}")
}

/// The cell of an amount whose whole text is `selected`.
fn number_in_full(grid: &HtmlElement, selected: &str) -> Option<GridCell> {
    let element = clipboard::selected_element()?
        .closest(".col-amount")
        .ok()??;
    if !clipboard::is_whole_text(selected, &element) || !grid.contains(Some(&element)) {
        return None;
    }
    let row = element.closest("[role=row]").ok()??;
    Some((
        number_of(&row, "aria-rowindex")?.checked_sub(2)?,
        number_of(&element, "aria-colindex")?.checked_sub(1)?,
    ))
}

/// The whole number in an attribute.
fn number_of(element: &web_sys::Element, attribute: &str) -> Option<usize> {
    element.get_attribute(attribute)?.parse().ok()
}
