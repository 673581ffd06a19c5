//! Times a snapshot of many entries:
//!
//! `cargo run --release -p outlay-snapshot --example measure [rows]`

#![allow(clippy::print_stdout, reason = "the output of a command")]

#[path = "../../table/examples/bench/entries.rs"]
mod entries;

use std::time::{Duration, Instant};

use outlay_snapshot::read::join;
use outlay_snapshot::{Difference, Header, SealedFile, Sealer, SnapshotReader, SnapshotWriter};
use outlay_table::{EntryTable, Filter, Grain};

use entries::{Ids, Random, entry};

/// Runs `step` until it returns `None`; returns what it took in all, and its longest run.
fn timed(mut step: impl FnMut() -> Option<()>) -> (Duration, Duration) {
    let (start, mut longest) = (Instant::now(), Duration::ZERO);
    loop {
        let begun = Instant::now();
        let next = step();
        longest = longest.max(begun.elapsed());
        if next.is_none() {
            return (start.elapsed(), longest);
        }
    }
}

fn report(task: &str, (all, longest): (Duration, Duration)) {
    println!(
        "{task:<22} {:>6} ms, longest step {:>5} µs",
        all.as_millis(),
        longest.as_micros()
    );
}

fn main() {
    let rows = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let rows: usize = rows.unwrap_or(100_000);
    let mut random = Random(1);
    let ids = Ids::new(&mut random);
    let mut all: Vec<_> = (0..rows).map(|_| entry(&mut random, &ids)).collect();
    let load = |all: &[outlay_pleo::AccountingEntry]| {
        let mut table = EntryTable::new();
        for page in all.chunks(1000) {
            table.append(page, &[]);
        }
        table.set_names(ids.names());
        table
    };
    let table = load(&all);
    for at in (0..rows).step_by(50) {
        all[at].transaction_value.minors += 1;
    }
    let later = load(&all);
    let found = |table: &EntryTable| table.select(&Filter::default(), Grain::Entries);
    let numbers: Vec<u32> = (0..).take(rows).collect();
    let mut writer = SnapshotWriter::new(&table, &numbers, Header::default());
    let mut parts = Vec::new();
    let mut sealer = Sealer::new();
    let sealed = timed(|| {
        let part = writer.next_part(&table)?;
        sealer.add(&part);
        parts.push(part);
        Some(())
    });
    report("sealed", sealed);
    let file = join(&sealer.finish(false).0, &parts);
    println!("{} bytes, {} a row", file.len(), file.len() / rows.max(1));
    let Ok(file) = SealedFile::open(file) else {
        return println!("the file was rejected");
    };
    let mut order = file.order().into_iter();
    let mut reader = None;
    let opened = timed(|| {
        let number = order.next()?;
        file.check(number).ok()?;
        let (kind, bytes) = file.part(number)?;
        match &mut reader {
            None => reader = SnapshotReader::new(bytes).ok(),
            Some(reader) => reader.take(number, kind, bytes).ok()?,
        }
        Some(())
    });
    report("opened and verified", opened);
    let Some(Ok((_, copy))) = reader.map(SnapshotReader::finish) else {
        return println!("the file was rejected");
    };
    let mut difference = Difference::new(&copy, &found(&copy), &later, &found(&later));
    let compared = timed(|| difference.step(&copy, &later, 2000).then_some(()));
    report("compared", compared);
    println!("{} changes", difference.changes.len());
}
