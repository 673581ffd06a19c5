//! The header row of a grid: its columns are sorted, moved and resized by pointer and keyboard.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

use super::grid::Column;
use super::messages::grid as messages;
use crate::platform::document;

/// The least width of a column, in tenths of a rem.
const NARROWEST: u32 = *outlay_table::view::WIDTHS.start();
/// By how much a key changes the width of a column, in tenths of a rem.
const STEP: u32 = 10;
/// Pixels that the pointer moves on a header before it moves the column.
const DRAG: i32 = 6;

/// A change of the columns by the user. Columns are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnChange {
    /// The column at `from` is moved to the place `to`.
    Move {
        /// The place before.
        from: usize,
        /// The place after.
        to: usize,
    },
    /// The column has another width.
    Width {
        /// The column.
        at: usize,
        /// Tenths of a rem; `None` for the column's own.
        width: Option<u32>,
    },
}

/// What the pointer does to the header while its button is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Drag {
    #[default]
    None,
    /// A header is pressed at this place, in pixels from the window's left edge.
    Pressed { at: usize, x: i32 },
    /// The column at `from` would be moved to `to`.
    Moving { from: usize, to: usize },
    /// The right edge of a column is dragged: where it began, and the widths then and now in tenths of
    /// a rem.
    Resizing {
        at: usize,
        x: i32,
        start: u32,
        width: u32,
    },
}

/// The header of one grid.
#[derive(Clone, Copy)]
pub struct GridHead {
    grid: NodeRef<Div>,
    columns: Signal<Vec<Column>>,
    sort: Callback<(usize, bool)>,
    change: Option<Callback<ColumnChange>>,
    drag: RwSignal<Drag>,
    /// Whether the click that follows belongs to a drag, so that it sorts nothing.
    dragged: StoredValue<bool>,
}

impl GridHead {
    /// `change` is `None` if the columns stay as they are.
    pub fn new(
        grid: NodeRef<Div>,
        columns: Signal<Vec<Column>>,
        sort: Callback<(usize, bool)>,
        change: Option<Callback<ColumnChange>>,
    ) -> GridHead {
        GridHead {
            grid,
            columns,
            sort,
            change,
            drag: RwSignal::new(Drag::None),
            dragged: StoredValue::new(false),
        }
    }

    /// The columns as they are drawn: one of them may be under the pointer.
    fn drawn(self) -> Vec<Column> {
        let mut columns = self.columns.get();
        if let Drag::Resizing { at, width, .. } = self.drag.get()
            && let Some(column) = columns.get_mut(at)
        {
            (column.width, column.grows) = (width, false);
        }
        columns
    }

    /// The tracks of the style sheet's grid.
    pub fn tracks(self) -> String {
        let tracks: Vec<String> = self.drawn().iter().map(Column::track).collect();
        tracks.join(" ")
    }

    /// The least width of all columns, as a length.
    pub fn least(self) -> String {
        rem(self.drawn().iter().map(|column| column.width).sum::<u32>() + 30)
    }

    /// The cells of the header.
    pub fn cells(self) -> AnyView {
        let cells = self.columns.get().into_iter().enumerate();
        cells
            .map(|(at, column)| self.cell(at, column))
            .collect_view()
            .into_any()
    }

    fn cell(self, at: usize, column: Column) -> AnyView {
        let direction = column.aria_sort();
        let place = column
            .sort
            .map(|sort| sort.place)
            .filter(|place| *place > 1);
        let can_change = self.change.is_some();
        let title = match can_change {
            true => messages::SORT_AND_CHANGE,
            false => messages::SORT,
        };
        let click = move |event: MouseEvent| {
            let dragged = self.dragged.try_update_value(std::mem::take);
            // A key, or a program that helps to read the page, clicks without a pointer.
            if dragged != Some(true) || event.detail() == 0 {
                self.sort.run((at, event.shift_key()));
            }
        };
        // Where the dragged column would stand.
        let target = move || match self.drag.get() {
            Drag::Moving { from, to } if to == at && from != to => {
                Some(if to < from { "before" } else { "after" })
            }
            _ => None,
        };
        let edge = can_change.then(|| {
            view! {
                <span
                    class="edge" on:pointerdown=move |event| self.press_edge(at, &event)
                    on:dblclick=move |_| self.changed(ColumnChange::Width { at, width: None })
                ></span>
            }
            .into_any()
        });
        view! {
            <div
                role="columnheader" class=column.class aria-sort=direction
                aria-colindex=at + 1 data-place=place.map(|place| place.to_string()) data-drop=move || target()
                on:pointermove=move |event| self.moved(&event)
                on:pointerup=move |event| self.released(&event)
                on:pointercancel=move |_| self.drag.set(Drag::None)
            >
                <button
                    type="button" class="head" title=title
                    on:click=click
                    on:keydown=move |event| self.pressed(at, &event)
                    on:pointerdown=move |event| self.press_head(at, &event)
                    prop:textContent=column.label
                ></button>
                {edge}
            </div>
        }
        .into_any()
    }

    /// Shift and an arrow moves the column, Alt and an arrow changes its width.
    fn pressed(self, at: usize, event: &KeyboardEvent) {
        let right = match event.key().as_str() {
            "ArrowRight" => true,
            "ArrowLeft" => false,
            _ => return,
        };
        let (alt, shift) = (event.alt_key(), event.shift_key());
        if self.change.is_none() || event.ctrl_key() || event.meta_key() || alt == shift {
            return;
        }
        event.prevent_default();
        if shift {
            let last = self.columns.with_untracked(Vec::len).saturating_sub(1);
            let to = match right {
                true => (at + 1).min(last),
                false => at.saturating_sub(1),
            };
            self.move_to(at, to);
        } else if let Some(width) = self.width_of(at) {
            let width = match right {
                true => width + STEP,
                false => width.saturating_sub(STEP).max(NARROWEST),
            };
            self.changed(ColumnChange::Width {
                at,
                width: Some(width),
            });
            self.focus(at);
        }
    }

    fn press_head(self, at: usize, event: &PointerEvent) {
        self.dragged.set_value(false);
        // A finger scrolls the header.
        if self.change.is_none() || event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        capture(event);
        self.drag.set(Drag::Pressed {
            at,
            x: event.client_x(),
        });
    }

    fn press_edge(self, at: usize, event: &PointerEvent) {
        let (0, Some(width)) = (event.button(), self.width_of(at)) else {
            return;
        };
        event.prevent_default();
        capture(event);
        self.drag.set(Drag::Resizing {
            at,
            x: event.client_x(),
            start: width,
            width,
        });
    }

    fn moved(self, event: &PointerEvent) {
        let x = event.client_x();
        match self.drag.get_untracked() {
            Drag::None => {}
            Drag::Pressed { x: from, .. } if (x - from).abs() < DRAG => {}
            Drag::Pressed { at: from, .. } | Drag::Moving { from, .. } => {
                self.dragged.set_value(true);
                let to = self.column_under(x).unwrap_or(from);
                self.drag.set(Drag::Moving { from, to });
            }
            Drag::Resizing {
                at, x: from, start, ..
            } => {
                let change = f64::from(x - from) * 10.0 / document::root_font_size();
                let width = f64::from(start) + change;
                self.drag.set(Drag::Resizing {
                    at,
                    x: from,
                    start,
                    // Saturates, as wanted.
                    width: (width as u32).max(NARROWEST),
                });
            }
        }
    }

    fn released(self, event: &PointerEvent) {
        self.moved(event);
        let drag = self.drag.get_untracked();
        self.drag.set(Drag::None);
        match drag {
            Drag::Moving { from, to } => self.move_to(from, to),
            Drag::Resizing {
                at, start, width, ..
            } if start != width => self.changed(ColumnChange::Width {
                at,
                width: Some(width),
            }),
            _ => {}
        }
    }

    fn move_to(self, from: usize, to: usize) {
        if from != to {
            self.changed(ColumnChange::Move { from, to });
            self.focus(to);
        }
    }

    fn changed(self, change: ColumnChange) {
        if let Some(callback) = self.change {
            callback.run(change);
        }
    }

    /// Moves the focus to a header once the columns are drawn again.
    fn focus(self, at: usize) {
        request_animation_frame(move || {
            let button = self.header(at).and_then(|header| {
                let button = header.query_selector(".head").ok()??;
                button.dyn_into::<HtmlElement>().ok()
            });
            if let Some(button) = button {
                let _ = button.focus();
            }
        });
    }

    fn header(self, at: usize) -> Option<Element> {
        let grid = self.grid.try_get_untracked().flatten()?;
        let selector = format!(".grid-head [aria-colindex=\"{}\"]", at + 1);
        grid.query_selector(&selector).ok()?
    }

    /// The width of a column as it is drawn, in tenths of a rem.
    fn width_of(self, at: usize) -> Option<u32> {
        let width = self.header(at)?.get_bounding_client_rect().width();
        Some((width * 10.0 / document::root_font_size()).round() as u32)
    }

    /// The column at `x`, in pixels from the window's left edge.
    fn column_under(self, x: i32) -> Option<usize> {
        (0..self.columns.with_untracked(Vec::len)).find(|at| {
            self.header(*at).is_some_and(|header| {
                let bounds = header.get_bounding_client_rect();
                (bounds.left()..bounds.right()).contains(&f64::from(x))
            })
        })
    }
}

/// Has the pressed element receive every event of the pointer until the button is released.
fn capture(event: &PointerEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(element) = target {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// A length of so many tenths of a rem.
pub fn rem(tenths: u32) -> String {
    format!("{}.{}rem", tenths / 10, tenths % 10)
}
