//! Time and memory of a workbook of 100,000 rows and 20 columns: `cargo run --release -p outlay-workbook
//! --example measure`. Writes it to the path in the first argument, if there is one.
#![allow(clippy::unwrap_used, reason = "a measurement may fail by panicking")]

use std::fs;
use std::time::Instant;

use futures::executor::block_on;
use futures::stream;
use outlay_workbook::message::{MESSAGE_VERSION, SheetColumn, WorkbookPlan};
use outlay_workbook::slice::{Amount, SliceCell, SliceWriter};
use outlay_workbook::writer::write;

const ROWS: u32 = 100_000;
const COLUMNS: usize = 20;
const PER_SLICE: u32 = 1_000;

fn slice(rows: std::ops::Range<u32>) -> Vec<u8> {
    let mut slice = SliceWriter::default();
    for row in rows {
        for column in 0..COLUMNS {
            let number = u64::from(row).wrapping_mul(6_364_136_223_846_793_005) >> 33;
            let label = format!("Label {} of {column}", number % 200);
            let note = format!("Lunch with the team no. {}", number % 60_000);
            let id = format!("{number:016x}-{:016x}", number.wrapping_mul(0x9e37_79b9));
            let amount = Amount {
                minors: i64::try_from(number % 1_000_000).unwrap() - 100_000,
                exponent: Some(2),
                currency: "DKK",
            };
            slice.push(&match column {
                0 | 1 => SliceCell::Day(20_000 + i32::try_from(number % 300).unwrap()),
                2 | 3 => SliceCell::Amount(amount),
                4 => SliceCell::Text(&id),
                5 => SliceCell::Text(&note),
                _ => SliceCell::Text(&label),
            });
        }
        slice.end_row();
    }
    slice.into_bytes()
}

/// The line of `/proc/self/status` with the peak of the resident memory; empty on other systems.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap_or_default().to_owned()
}

fn main() {
    let plan = WorkbookPlan {
        version: MESSAGE_VERSION,
        sheet: "Entries".to_owned(),
        columns: (0..COLUMNS)
            .map(|at| SheetColumn {
                header: format!("Column {at}"),
                width: 16,
            })
            .collect(),
        rows: ROWS,
        ..WorkbookPlan::default()
    };
    let begun = Instant::now();
    let slices = (0..ROWS / PER_SLICE).map(|at| slice(at * PER_SLICE..(at + 1) * PER_SLICE));
    let mut bytes = Vec::new();
    let outcome = write(&plan, stream::iter(slices), |_, part| bytes.extend(part));
    let (_, last) = block_on(outcome).unwrap();
    bytes.extend(last);
    let elapsed = begun.elapsed().as_millis();
    println!("{elapsed} ms, {} bytes, {}", bytes.len(), peak());
    if let Some(path) = std::env::args().nth(1) {
        fs::write(path, bytes).unwrap();
    }
}
