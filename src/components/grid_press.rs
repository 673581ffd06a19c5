//! Selecting rows with the mouse: dragging over them, Shift and a click.

use leptos::html::Div;
use leptos::prelude::*;
use outlay_table::Selection;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::grid::ROW;
use super::grid_keys::GridCell;
use crate::platform::clipboard;

/// Pixels per frame that a table scrolls while the pointer is dragged beyond its edge.
const DRAG_SPEED: i32 = 18;

/// A pressed mouse button.
#[derive(Debug, Clone, Copy, Default)]
struct Button {
    /// The row that it was pressed on, while it is held.
    row: Option<usize>,
    /// Where the pointer is, in pixels from the window's upper edge.
    y: i32,
    /// Whether the press selects rows or ends a selection, so that it opens nothing.
    selects: bool,
    /// Whether a frame is asked for that scrolls on.
    scrolling: bool,
}

/// The mouse over one table.
#[derive(Clone, Copy)]
pub struct Press {
    button: StoredValue<Button>,
    dragging: RwSignal<bool>,
    grid: NodeRef<Div>,
    selection: RwSignal<Option<Selection>>,
    offset: Signal<u32>,
    count: Signal<usize>,
    height: Signal<u32>,
    row_height: Signal<u32>,
    choose: Callback<GridCell>,
    active: Memo<Option<GridCell>>,
}

impl Press {
    /// Listens to the mouse until the present owner goes. `offset`, `height` and `row_height` are the
    /// grid's, in pixels.
    #[expect(clippy::too_many_arguments, reason = "the parts of one grid")]
    pub fn new(
        grid: NodeRef<Div>,
        selection: RwSignal<Option<Selection>>,
        offset: Signal<u32>,
        count: Signal<usize>,
        height: Signal<u32>,
        row_height: Signal<u32>,
        choose: Callback<GridCell>,
        active: Memo<Option<GridCell>>,
    ) -> Press {
        let press = Press {
            button: StoredValue::new(Button::default()),
            dragging: RwSignal::new(false),
            grid,
            selection,
            offset,
            count,
            height,
            row_height,
            choose,
            active,
        };
        let moved = window_event_listener(leptos::ev::mousemove, move |event| press.moved(&event));
        let ended = window_event_listener(leptos::ev::mouseup, move |_| press.end());
        on_cleanup(move || {
            moved.remove();
            ended.remove();
        });
        press
    }

    /// Whether rows are being dragged over.
    pub fn is_dragging(self) -> bool {
        self.dragging.get()
    }

    /// Whether the press that has just ended selected rows or ended a selection. True once per press.
    pub fn selects(self) -> bool {
        let selects = self.button.with_value(|button| button.selects);
        self.button.update_value(|button| button.selects = false);
        selects
    }

    /// The button goes down.
    pub fn start(self, event: &MouseEvent) {
        let (0, Some(row)) = (event.button(), self.row_under(event)) else {
            return;
        };
        let before = self.selection.get_untracked();
        self.button.set_value(Button {
            row: Some(row),
            y: event.client_y(),
            selects: event.shift_key() || before.is_some(),
            scrolling: false,
        });
        if event.shift_key() {
            // The browser would select text from the last click to here.
            event.prevent_default();
            if let Some(grid) = self.grid.get_untracked() {
                let _ = grid.focus();
            }
            let active = self.active.get_untracked().map_or(row, |cell| cell.0);
            self.extend(before.unwrap_or(Selection::of(active)), row);
        } else {
            self.selection.set(None);
        }
    }

    fn moved(self, event: &MouseEvent) {
        let Some(Some(from)) = self.button.try_with_value(|button| button.row) else {
            return;
        };
        if event.buttons() & 1 == 0 {
            return self.end();
        }
        self.button
            .update_value(|button| button.y = event.client_y());
        // Not by the event's target: while a button is held, that is in Firefox the cell that it was
        // pressed on, wherever the pointer is.
        let Some(row) = self.row_at(event.client_y()) else {
            return;
        };
        if row != from || self.dragging.get_untracked() {
            self.drag(row);
        }
        self.scroll_on();
    }

    fn drag(self, row: usize) {
        self.dragging.set(true);
        let from = self.button.with_value(|button| button.row).unwrap_or(row);
        self.button.update_value(|button| button.selects = true);
        clipboard::select_nothing();
        let before = self.selection.get_untracked();
        self.extend(before.unwrap_or(Selection::of(from)), row);
    }

    fn extend(self, selection: Selection, row: usize) {
        let column = self.active.get_untracked().map_or(0, |cell| cell.1);
        self.choose.run((row, column));
        self.selection.set(Some(selection.extended_to(row)));
    }

    fn end(self) {
        self.button.try_update_value(|button| button.row = None);
        self.dragging.try_set(false);
    }

    /// Scrolls while the pointer is held beyond an edge.
    fn scroll_on(self) {
        if self.button.with_value(|button| button.scrolling) {
            return;
        }
        self.button.update_value(|button| button.scrolling = true);
        request_animation_frame(move || {
            let Some(button) = self.button.try_get_value() else {
                return;
            };
            self.button.update_value(|button| button.scrolling = false);
            let row = self.row_at(button.y);
            let (Some(_), Some(row), Some(grid)) = (button.row, row, self.grid.get_untracked())
            else {
                return;
            };
            let place = grid.get_bounding_client_rect();
            let y = f64::from(button.y);
            let by = if y < place.top() + f64::from(ROW) {
                -DRAG_SPEED
            } else if y >= place.bottom() {
                DRAG_SPEED
            } else {
                return;
            };
            grid.set_scroll_top(grid.scroll_top() + by);
            self.drag(row);
            self.scroll_on();
        });
    }

    /// The row that the button goes down on.
    fn row_under(self, event: &MouseEvent) -> Option<usize> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let grid = self.grid.try_get_untracked()??;
        let row = target.closest("[role=row]").ok()??;
        let index: usize = row.get_attribute("aria-rowindex")?.parse().ok()?;
        // The header has index 1.
        let row = index.checked_sub(2)?;
        grid.contains(Some(&target)).then_some(row)
    }

    /// The row in sight that is nearest to this height of the window; `None` without rows.
    fn row_at(self, client_y: i32) -> Option<usize> {
        let last = self.count.get_untracked().checked_sub(1)?;
        let grid = self.grid.try_get_untracked()??;
        let inner = f64::from(self.height.get_untracked());
        let y = f64::from(client_y) - grid.get_bounding_client_rect().top() - f64::from(ROW);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the height of the table"
        )]
        let y = y.clamp(0.0, inner - 1.0) as u32;
        let pixel = self.offset.get_untracked().saturating_add(y);
        Some(
            usize::try_from(pixel / self.row_height.get_untracked())
                .unwrap_or(usize::MAX)
                .min(last),
        )
    }
}
