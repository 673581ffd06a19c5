//! The table's pool of rows and its keys, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test may panic")]

mod stage;

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use outlay_page::components::grid::{Column, Grid};
use stage::Stage;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

const COLUMNS: &[Column] = &[
    Column {
        label: "Row",
        class: "col-date",
        sort: "descending",
    },
    Column {
        label: "Twice",
        class: "col-amount",
        sort: "none",
    },
];

struct Table {
    stage: Stage,
    place: RwSignal<(u32, Option<(usize, usize)>)>,
    opened: RwSignal<Option<usize>>,
    asked: RwSignal<u32>,
}

impl Table {
    async fn of(rows: usize, height: &str) -> Table {
        let opened = RwSignal::new(None);
        let asked = RwSignal::new(0);
        let place = RwSignal::new((0, None));
        let stage = Stage::show(move || {
            let cell =
                Callback::new(|(row, column): (usize, usize)| (row * (column + 1)).to_string());
            let on_open = Callback::new(move |row| opened.set(Some(row)));
            let on_near_end = Callback::new(move |()| asked.update(|asked| *asked += 1));
            let count = Signal::stored(rows);
            view! { <Grid label="Rows" columns=COLUMNS count cell on_open on_near_end place /> }
        })
        .await;
        let table = Table {
            stage,
            place,
            opened,
            asked,
        };
        let style = table.grid().style();
        for (name, value) in [
            ("height", height),
            ("overflow", "auto"),
            ("display", "block"),
        ] {
            style.set_property(name, value).unwrap();
        }
        web_sys::window()
            .unwrap()
            .dispatch_event(&web_sys::Event::new("resize").unwrap())
            .unwrap();
        table.stage.settle().await;
        table
    }

    fn grid(&self) -> HtmlElement {
        self.stage.one("[role=grid]").unchecked_into()
    }

    async fn press(&self, key: &str, ctrl: bool) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_ctrl_key(ctrl);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.grid().dispatch_event(&event).unwrap();
        self.stage.settle().await;
    }

    /// The text of the active cell, found as a screen reader finds it.
    fn active(&self) -> Option<String> {
        let id = self.grid().get_attribute("aria-activedescendant")?;
        self.stage.one(&format!("#{id}")).text_content()
    }
}

#[wasm_bindgen_test]
async fn a_hundred_thousand_rows_take_few_elements() {
    let table = Table::of(100_000, "600px").await;
    assert_eq!(
        table.grid().get_attribute("aria-rowcount").as_deref(),
        Some("100001")
    );
    let rows = table.stage.all("[role=row]");
    assert!(rows > 10 && rows <= 80, "{rows}");
    for offset in [36 * 500, 36 * 99_990, 0] {
        table.grid().set_scroll_top(offset);
        table.stage.settle().await;
        assert_eq!(table.stage.all("[role=row]"), rows);
    }
}

#[wasm_bindgen_test]
async fn the_tallest_screen_keeps_within_eighty_row_elements() {
    let table = Table::of(5_000, "20000px").await;
    assert!(table.stage.all("[role=row]") <= 80);
}

#[wasm_bindgen_test]
async fn scrolling_shows_the_rows_of_that_place() {
    let table = Table::of(5_000, "600px").await;
    table.grid().set_scroll_top(36 * 1_000);
    table.stage.settle().await;
    let row = table.stage.one("[role=row][aria-rowindex='1012']");
    assert_eq!(row.text_content().as_deref(), Some("10102020"));
}

#[wasm_bindgen_test]
async fn keys_move_the_active_cell_and_enter_opens_its_row() {
    let table = Table::of(1_000, "600px").await;
    assert_eq!(table.active(), None);
    for (key, ctrl, text) in [
        ("ArrowDown", false, "0"),
        ("ArrowDown", false, "1"),
        ("ArrowRight", false, "2"),
        ("Home", false, "1"),
        ("End", false, "2"),
        ("End", true, "1998"),
        ("ArrowUp", false, "1996"),
        ("Home", true, "0"),
    ] {
        table.press(key, ctrl).await;
        assert_eq!(table.active().as_deref(), Some(text), "after {key}");
    }
    table.press("PageDown", false).await;
    let row: usize = table.active().unwrap().parse().unwrap();
    assert!(row > 5);
    table.press("Enter", false).await;
    assert_eq!(table.opened.get_untracked(), Some(row));
}

#[wasm_bindgen_test]
async fn more_rows_are_asked_for_near_the_end_only() {
    let table = Table::of(1_000, "600px").await;
    assert_eq!(table.asked.get_untracked(), 0);
    table.grid().set_scroll_top(36 * 980);
    table.stage.settle().await;
    assert!(table.asked.get_untracked() > 0);
}

#[wasm_bindgen_test]
async fn the_headers_are_real() {
    let table = Table::of(3, "600px").await;
    assert_eq!(
        table
            .stage
            .all("[role=row][aria-rowindex='1'] [role=columnheader]"),
        2
    );
    let first = table.stage.one("[role=columnheader]");
    assert_eq!(
        first.get_attribute("aria-sort").as_deref(),
        Some("descending")
    );
}

#[wasm_bindgen_test]
async fn whoever_holds_the_place_brings_the_reader_back() {
    let table = Table::of(1_000, "400px").await;
    table.place.set((3_600, Some((101, 1))));
    table.stage.settle().await;
    assert_eq!(table.grid().scroll_top(), 3_600);
    assert!(table.stage.all("[aria-rowindex='102']") == 1);
    let active = table.stage.one("[role=gridcell].active");
    assert_eq!(active.text_content().as_deref(), Some("202"));
}

/// In a tab that nobody sees no frame is drawn: the one that was asked for comes when somebody does,
/// and the table may be gone by then.
#[wasm_bindgen_test]
async fn a_table_that_is_gone_before_its_first_frame_is_not_measured() {
    let window = web_sys::window().unwrap();
    let errors = Rc::new(Cell::new(0));
    let seen = errors.clone();
    let count = Closure::<dyn Fn()>::new(move || seen.set(seen.get() + 1));
    let count = count.as_ref().unchecked_ref();
    window
        .add_event_listener_with_callback("error", count)
        .unwrap();
    let stage = Stage::raise(|| {
        let cell = Callback::new(|_| String::new());
        let (on_open, on_near_end) = (Callback::new(|_| ()), Callback::new(|()| ()));
        let count = Signal::stored(100_usize);
        let place = RwSignal::new((36 * 50, None));
        view! { <Grid label="Rows" columns=COLUMNS count cell on_open on_near_end place /> }
    });
    leptos::task::tick().await;
    drop(stage);
    Stage::raise(|| ()).settle().await;
    window
        .remove_event_listener_with_callback("error", count)
        .unwrap();
    assert_eq!(errors.get(), 0);
}
