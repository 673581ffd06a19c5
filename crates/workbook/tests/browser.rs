//! Both ends of the port in a browser, without a worker: page and writer share a thread here.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use std::cell::RefCell;

use js_sys::Uint8Array;
use outlay_codes::ErrorCode;
use outlay_table::{Column, EntryTable};
use outlay_workbook::client::{MEDIA_TYPE, Workbook, write, write_through};
use outlay_workbook::message::{MESSAGE_VERSION, SheetColumn, WorkbookPlan};
use outlay_workbook::rows::RowSlices;
use outlay_workbook::slice::{SliceCell, SliceWriter};
use outlay_workbook::worker::serve;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::MessageChannel;

wasm_bindgen_test_configure!(run_in_browser);

fn plan(rows: u32) -> WorkbookPlan {
    WorkbookPlan {
        version: MESSAGE_VERSION,
        sheet: "Entries".to_owned(),
        columns: vec![SheetColumn {
            header: "Note".to_owned(),
            width: 20,
        }],
        rows,
        ..WorkbookPlan::default()
    }
}

/// Slices of 1,000 rows with one text each.
fn slices(count: u32) -> impl FnMut() -> Option<Vec<u8>> {
    let mut left = count;
    move || {
        left = left.checked_sub(1)?;
        let mut slice = SliceWriter::default();
        for _ in 0..1_000 {
            slice.push(&SliceCell::Text("a note"));
            slice.end_row();
        }
        Some(slice.into_bytes())
    }
}

async fn exchange(
    plan: WorkbookPlan,
    next_slice: impl FnMut() -> Option<Vec<u8>>,
) -> (Result<Workbook, ErrorCode>, Vec<u32>) {
    let channel = MessageChannel::new().unwrap();
    let _served = serve(channel.port2().unchecked_into());
    let progress = RefCell::new(Vec::new());
    let port = channel.port1().unchecked_into();
    let note = |rows| progress.borrow_mut().push(rows);
    let outcome = write_through(&port, plan, next_slice, note).await;
    (outcome, progress.into_inner())
}

#[wasm_bindgen_test]
async fn slices_become_a_file_and_progress_is_reported() {
    let (workbook, progress) = exchange(plan(5_000), slices(5)).await;
    let workbook = workbook.unwrap();
    assert_eq!(progress, [1_000, 2_000, 3_000, 4_000]);
    assert_eq!(workbook.file.type_(), MEDIA_TYPE);
    let bytes = JsFuture::from(workbook.file.array_buffer()).await.unwrap();
    let bytes = Uint8Array::new(&bytes).to_vec();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    // The end of the central directory: six files before the totals and the statement.
    let end = &bytes[bytes.len() - 22..];
    assert_eq!(&end[..4], b"PK\x05\x06");
    assert_eq!(end[8], 8);
}

#[wasm_bindgen_test]
async fn plan_of_another_version_is_a_mismatch() {
    let other = WorkbookPlan {
        version: MESSAGE_VERSION + 1,
        ..plan(0)
    };
    let (outcome, _) = exchange(other, || None).await;
    assert_eq!(outcome.unwrap_err(), ErrorCode::WorkbookMismatch);
}

#[wasm_bindgen_test]
async fn malformed_slice_is_reported() {
    let (outcome, _) = exchange(plan(1), || Some(vec![1, 0])).await;
    assert_eq!(outcome.unwrap_err(), ErrorCode::WorkbookLost);
}

#[wasm_bindgen_test]
async fn absent_worker_file_is_unavailable() {
    let outcome = write("/no-such-folder/", plan(0), || None, |_| {}).await;
    assert_eq!(outcome.unwrap_err(), ErrorCode::WorkbookUnavailable);
}

#[wasm_bindgen_test]
async fn empty_table_makes_a_file_of_its_headers() {
    let table = EntryTable::new();
    let columns = [Column::Date, Column::Amount, Column::Note];
    let mut rows = RowSlices::new(&[], &columns);
    let facts = outlay_workbook::rows::SheetFacts::default();
    let plan = outlay_workbook::rows::plan(&table, &[], &columns, "Entries", &facts);
    let (workbook, progress) = exchange(plan, || rows.next_slice(&table)).await;
    assert!(workbook.unwrap().file.size() > 1_000.0);
    assert!(progress.is_empty());
}
