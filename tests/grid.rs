//! The table's pool of rows and its keys, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test may panic")]

mod stage;

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use outlay_page::components::grid::{Column, Copied, Grid, HeaderSort};
use outlay_page::pages::entries::cells;
use outlay_pleo::text::marked;
use outlay_pleo::{AccountingEntry, Page};
use outlay_table::{Column as Field, EntryTable};
use stage::MountedView;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit, MouseEvent, MouseEventInit};

wasm_bindgen_test_configure!(run_in_browser);

fn columns() -> Signal<Vec<Column>> {
    let column = |label: &str, class, sort| Column {
        label: label.to_owned(),
        class,
        width: 80,
        grows: true,
        sort,
    };
    let newest_first = HeaderSort {
        descending: true,
        place: 1,
    };
    Signal::stored(vec![
        column("Row", "col-date", Some(newest_first)),
        column("Twice", "col-amount", None),
    ])
}

struct TestTable {
    stage: MountedView,
    place: RwSignal<(u32, Option<(usize, usize)>)>,
    opened: RwSignal<Option<usize>>,
    asked: RwSignal<u32>,
}

impl TestTable {
    async fn of(rows: usize, height: &str) -> TestTable {
        TestTable::showing(rows, height, |(row, column)| {
            (row * (column + 1)).to_string()
        })
        .await
    }

    async fn showing(
        rows: usize,
        height: &str,
        text: impl Fn((usize, usize)) -> String + Send + Sync + 'static,
    ) -> TestTable {
        let opened = RwSignal::new(None);
        let asked = RwSignal::new(0);
        let place = RwSignal::new((0, None));
        let stage = MountedView::show(move || {
            let styles = [
                include_str!("../style/tokens.css"),
                include_str!("../style/grid.css"),
            ];
            let cell = Callback::new(text);
            let on_open = Callback::new(move |row| opened.set(Some(row)));
            let on_near_end = Callback::new(move |()| asked.update(|asked| *asked += 1));
            let copied = Callback::new(|what| match what {
                Copied::Cell((row, column)) => format!("cell {row} {column}"),
                Copied::Rows(rows) => format!("rows {rows:?}"),
            });
            let count = Signal::stored(rows);
            view! {
                <style>{styles.concat()}</style>
                <Grid label="Rows" columns=columns() count cell copied on_open on_near_end place />
            }
        })
        .await;
        let table = TestTable {
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
        self.press_with(key, ctrl, false).await;
    }

    async fn press_with(&self, key: &str, ctrl: bool, shift: bool) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_ctrl_key(ctrl);
        init.set_shift_key(shift);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.grid().dispatch_event(&event).unwrap();
        self.stage.settle().await;
    }

    /// Sends a mouse event with the left button to the middle of a row in sight.
    async fn mouse(&self, name: &str, row: usize, shift: bool) {
        self.mouse_to(row, name, row, shift).await;
    }

    /// Sends a mouse event in the middle of a row in sight, with a cell of another row as its target.
    async fn mouse_to(&self, target: usize, name: &str, row: usize, shift: bool) {
        let cell = |row: usize| {
            let cell = self.row(row).query_selector("[role=gridcell]");
            cell.unwrap().unwrap()
        };
        let place = cell(row).get_bounding_client_rect();
        let init = MouseEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_buttons(u16::from(name == "mousedown" || name == "mousemove"));
        init.set_shift_key(shift);
        #[expect(clippy::cast_possible_truncation, reason = "a place in the window")]
        init.set_client_y((place.top() + place.height() / 2.0) as i32);
        let event = MouseEvent::new_with_mouse_event_init_dict(name, &init).unwrap();
        cell(target).dispatch_event(&event).unwrap();
        self.stage.settle().await;
    }

    fn row(&self, row: usize) -> Element {
        self.stage
            .one(&format!("[role=row][aria-rowindex='{}']", row + 2))
    }

    /// The selected rows among those that have an element.
    fn selected(&self) -> Vec<usize> {
        let found = self
            .grid()
            .query_selector_all("[aria-selected=true]")
            .unwrap();
        let rows = (0..found.length()).map(|at| {
            let row: Element = found.get(at).unwrap().unchecked_into();
            row.get_attribute("aria-rowindex")
                .unwrap()
                .parse::<usize>()
                .unwrap()
                - 2
        });
        let mut rows: Vec<usize> = rows.collect();
        rows.sort_unstable();
        rows
    }

    fn status(&self) -> String {
        self.stage.one("[role=status]").text_content().unwrap()
    }

    /// What the browser's copy command brings.
    async fn copy(&self) -> String {
        self.grid().focus().unwrap();
        let data = web_sys::DataTransfer::new().unwrap();
        let init = web_sys::ClipboardEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_clipboard_data(Some(&data));
        let event = web_sys::ClipboardEvent::new_with_event_init_dict("copy", &init).unwrap();
        self.grid().dispatch_event(&event).unwrap();
        self.stage.settle().await;
        data.get_data("text/plain").unwrap()
    }

    /// The text of the active cell, found as a screen reader finds it.
    fn active(&self) -> Option<String> {
        let id = self.grid().get_attribute("aria-activedescendant")?;
        self.stage.one(&format!("#{id}")).text_content()
    }
}

/// Notes as an answer may have them: each unit of UTF-16 that is rare, alone or beside another, and
/// sequences by chance. JSON escapes them, halves of surrogate pairs too.
fn notes() -> Vec<Vec<u16>> {
    let mut units: Vec<u16> =
        "aZ <&\u{a0}é=+-@'\"\\\t\r\n\0\u{7f}\u{85}\u{ad}\u{200b}\u{200d}\u{202e}\u{2028}\
        \u{2066}\u{feff}\u{fffd}\u{ffff}\u{5d0}\u{64a}\u{301}"
            .encode_utf16()
            .collect();
    units.extend([0xd83d, 0xde00, 0xdbff, 0xdc00]);
    // Numerical Recipes' generator: the same notes in each run.
    let mut state = 20_261_127_u32;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % limit
    };
    (0..60)
        .map(|row| {
            let length = if row < units.len() { 0 } else { below(12) };
            let first = units[row % units.len()];
            let rest = (0..length).map(|_| units[below(units.len())]);
            [0x78, first].into_iter().chain(rest).collect()
        })
        .collect()
}

#[wasm_bindgen_test]
async fn cells_show_invisible_characters_as_marks() {
    let notes = notes();
    let entries: Vec<String> = notes
        .iter()
        .enumerate()
        .map(|(row, note)| {
            let note: String = note.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            format!(
                r#"{{"id":"{row}","companyId":"c","status":"PENDING","family":"CARD_PURCHASE",
                "exportStatus":"EXPORTED","reviewStatus":"NOT_SET",
                "transactionValue":{{"minors":-100,"currency":"EUR"}},
                "performedAt":"2026-01-02T03:04:{:02}Z","createdAt":"","updatedAt":"",
                "note":"{note}","receiptIds":[],"tags":[],"splitItems":[],"attendees":[]}}"#,
                59 - row
            )
        })
        .collect();
    let answer = format!(
        r#"{{"data":[{}],"pagination":{{"hasNextPage":false}}}}"#,
        entries.join(",")
    );
    let page: Page<AccountingEntry> = outlay_wire::from_text(&answer).unwrap();
    let mut entries = EntryTable::new();
    assert_eq!(
        entries.append(&page.data, &page.facts.unreadable),
        notes.len()
    );
    let table = TestTable::showing(notes.len(), "2400px", move |(row, column)| {
        cells::text(&entries, row, [Field::Date, Field::Note][column])
    })
    .await;
    for (row, note) in notes.iter().enumerate() {
        let note = String::from_utf16_lossy(note);
        assert_eq!(page.data[row].note.as_deref(), Some(&*note));
        let cell = table.row(row).last_element_child().unwrap();
        assert_eq!(cell.text_content(), Some(marked(note.trim())), "{note:?}");
    }
}

#[wasm_bindgen_test]
async fn hundred_thousand_rows_use_few_elements() {
    let table = TestTable::of(100_000, "600px").await;
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
async fn tallest_screen_uses_at_most_80_row_elements() {
    let table = TestTable::of(5_000, "20000px").await;
    assert!(table.stage.all("[role=row]") <= 80);
}

#[wasm_bindgen_test]
async fn scrolling_shows_the_rows_at_that_offset() {
    let table = TestTable::of(5_000, "600px").await;
    table.grid().set_scroll_top(36 * 1_000);
    table.stage.settle().await;
    let row = table.stage.one("[role=row][aria-rowindex='1012']");
    assert_eq!(row.text_content().as_deref(), Some("10102020"));
}

#[wasm_bindgen_test]
async fn keys_move_the_active_cell_and_enter_opens_the_row() {
    let table = TestTable::of(1_000, "600px").await;
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
async fn more_rows_are_requested_near_the_end_only() {
    let table = TestTable::of(1_000, "600px").await;
    assert_eq!(table.asked.get_untracked(), 0);
    table.grid().set_scroll_top(36 * 980);
    table.stage.settle().await;
    assert!(table.asked.get_untracked() > 0);
}

#[wasm_bindgen_test]
async fn headers_are_column_header_cells() {
    let table = TestTable::of(3, "600px").await;
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
async fn stored_scroll_position_is_restored() {
    let table = TestTable::of(1_000, "400px").await;
    table.place.set((3_600, Some((101, 1))));
    table.stage.settle().await;
    assert_eq!(table.grid().scroll_top(), 3_600);
    assert!(table.stage.all("[aria-rowindex='102']") == 1);
    let active = table.stage.one("[role=gridcell].active");
    assert_eq!(active.text_content().as_deref(), Some("202"));
}

#[wasm_bindgen_test]
async fn every_row_of_a_million_is_reachable_in_a_short_element() {
    let table = TestTable::of(1_000_000, "600px").await;
    assert!(table.grid().scroll_height() < 2_100_000);
    let shown = |table: &TestTable, row: usize| {
        let (row, grid) = (
            table.row(row).get_bounding_client_rect(),
            table.grid().get_bounding_client_rect(),
        );
        assert!(
            row.top() >= grid.top() + 35.0 && row.bottom() <= grid.bottom() + 1.0,
            "{row:?}"
        );
    };
    table.press("End", true).await;
    assert_eq!(table.active().as_deref(), Some("1999998"));
    shown(&table, 999_999);
    table.press("ArrowUp", false).await;
    shown(&table, 999_998);
    // The scroll bar: half of the way leads to half of the rows.
    let half = (table.grid().scroll_height() - table.grid().client_height()) / 2;
    table.grid().set_scroll_top(half);
    table.stage.settle().await;
    let middle = usize::try_from(table.place.get_untracked().0 / 36).unwrap() + 1;
    assert!(middle.abs_diff(500_000) < 1_000, "{middle}");
    shown(&table, middle);
    // The wheel: one row further.
    table.grid().set_scroll_top(half + 36);
    table.stage.settle().await;
    assert_eq!(
        usize::try_from(table.place.get_untracked().0 / 36).unwrap(),
        middle
    );
    table.grid().set_scroll_top(0);
    table.stage.settle().await;
    shown(&table, 0);
}

#[wasm_bindgen_test]
async fn shift_and_keys_select_rows_beyond_the_pool() {
    let table = TestTable::of(1_000, "600px").await;
    assert_eq!(
        table
            .grid()
            .get_attribute("aria-multiselectable")
            .as_deref(),
        Some("true")
    );
    table.press("ArrowDown", false).await;
    for _ in 0..3 {
        table.press_with("ArrowDown", false, true).await;
    }
    assert_eq!(table.selected(), [0, 1, 2, 3]);
    assert_eq!(table.status(), "4 rows selected");
    assert_eq!(table.copy().await, "rows 0..4");
    assert_eq!(table.status(), "4 rows copied");
    table.press_with("ArrowUp", false, true).await;
    assert_eq!(table.status(), "3 rows selected");
    table.press_with("End", false, true).await;
    assert_eq!(table.copy().await, "rows 0..1000");
    table.press("Escape", false).await;
    assert_eq!((table.selected(), table.status()), (vec![], String::new()));
    table.press("a", true).await;
    assert_eq!(table.copy().await, "rows 0..1000");
    table.press("ArrowUp", false).await;
    assert!(table.selected().is_empty());
    // Without a selection the active cell is copied.
    assert_eq!(table.copy().await, "cell 998 0");
}

#[wasm_bindgen_test]
async fn drag_with_captured_pointer_selects_rows() {
    // As in Firefox, where a cell that cuts its text off captures the mouse.
    let table = TestTable::of(1_000, "600px").await;
    table.mouse("mousedown", 3, false).await;
    for row in [4, 7, 9] {
        table.mouse_to(3, "mousemove", row, false).await;
    }
    table.mouse_to(3, "mouseup", 9, false).await;
    assert_eq!(table.selected(), (3..=9).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn drag_selects_rows_and_opens_nothing() {
    let table = TestTable::of(1_000, "600px").await;
    table.mouse("mousedown", 3, false).await;
    for row in [4, 7, 9] {
        table.mouse("mousemove", row, false).await;
    }
    table.mouse("mouseup", 9, false).await;
    assert_eq!(table.selected(), (3..=9).collect::<Vec<_>>());
    assert_eq!(table.status(), "7 rows selected");
    assert_eq!(table.copy().await, "rows 3..10");
    // The button is up: the mouse moves on and selects nothing more.
    table.mouse("mousemove", 12, false).await;
    assert_eq!(table.selected().len(), 7);
    for (row, shift, selected) in [(12, true, 10), (1, true, 3), (5, false, 0)] {
        table.mouse("mousedown", row, shift).await;
        table.mouse("mouseup", row, shift).await;
        table.mouse("click", row, shift).await;
        assert_eq!(table.selected().len(), selected, "{row}");
        assert_eq!(table.opened.get_untracked(), None, "{row}");
    }
    table.mouse("mousedown", 5, false).await;
    table.mouse("mouseup", 5, false).await;
    table.mouse("click", 5, false).await;
    assert_eq!(table.opened.get_untracked(), Some(5));
}

/// A translator puts elements in the place of texts, and the texts leave the document.
#[wasm_bindgen_test]
async fn cell_shows_its_row_after_its_text_node_was_replaced() {
    let table = TestTable::of(5_000, "600px").await;
    let document = web_sys::window().unwrap().document().unwrap();
    for top in [36 * 500, 36 * 1_000, 0] {
        let cells = table.grid().query_selector_all("[role=gridcell]").unwrap();
        for cell in (0..cells.length()).map(|at| cells.get(at).unwrap()) {
            let font = document.create_element("font").unwrap();
            font.set_text_content(cell.text_content().as_deref());
            while let Some(child) = cell.first_child() {
                cell.remove_child(&child).unwrap();
            }
            cell.append_child(&font).unwrap();
        }
        table.grid().set_scroll_top(top);
        table.stage.settle().await;
        let first = usize::try_from(top / 36).unwrap();
        for row in first..first + 15 {
            let text = table.row(row).text_content().unwrap();
            assert_eq!(text, format!("{row}{}", row * 2));
        }
    }
}

/// In a tab that nobody sees no frame is drawn: the one that was asked for comes when somebody does,
/// and the table may be gone by then.
#[wasm_bindgen_test]
async fn table_removed_before_its_first_frame_is_not_measured() {
    let window = web_sys::window().unwrap();
    let errors = Rc::new(Cell::new(0));
    let seen = errors.clone();
    let count = Closure::<dyn Fn()>::new(move || seen.set(seen.get() + 1));
    let count = count.as_ref().unchecked_ref();
    window
        .add_event_listener_with_callback("error", count)
        .unwrap();
    let stage = MountedView::raise(|| {
        let cell = Callback::new(|_| String::new());
        let (on_open, on_near_end) = (Callback::new(|_| ()), Callback::new(|()| ()));
        let count = Signal::stored(100_usize);
        let copied = Callback::new(|_| String::new());
        let place = RwSignal::new((36 * 50, None));
        view! { <Grid label="Rows" columns=columns() count cell copied on_open on_near_end place /> }
    });
    leptos::task::tick().await;
    drop(stage);
    MountedView::raise(|| ()).settle().await;
    window
        .remove_event_listener_with_callback("error", count)
        .unwrap();
    assert_eq!(errors.get(), 0);
}
