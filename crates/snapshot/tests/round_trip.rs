//! A table comes back from its file, and every damage to the file is found.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

#[path = "../../table/examples/bench/entries.rs"]
#[allow(dead_code, reason = "a part of it is for other programs")]
mod bench_entries;
#[path = "../../table/tests/table/generate.rs"]
#[allow(dead_code, reason = "a part of it is for other tests")]
mod generate;
mod support;

use outlay_snapshot::bytes::deflate;
use outlay_snapshot::container::{ITEM, PROLOGUE};
use outlay_snapshot::read::read;
use outlay_snapshot::{Fault, Part, PartKind, SealedFile};
use outlay_table::entry_table::aggregate::Measure;
use outlay_table::{Column, EntryTable, Filter, Grain};
use proptest::prelude::*;

use bench_entries::Random;
use generate::{names, pages};
use support::{entries, header, parts, seal};

/// Every cell of every row, as text.
fn cells(table: &EntryTable, rows: &[u32]) -> Vec<Vec<String>> {
    let columns: Vec<Column> = table.columns_with_codes();
    let cell = |row: usize, column: Column| {
        let stated = table.stated_text(row, column);
        let money = table.money(row, column);
        format!("{:?} {stated:?} {money:?}", table.cell(row, column))
    };
    let of_row = |row: &u32| {
        let row = *row as usize;
        let mut cells: Vec<_> = columns.iter().map(|column| cell(row, *column)).collect();
        cells.push(format!("{:?}", table.performed_millis(row)));
        cells.push(table.description(row).into_owned());
        cells
    };
    rows.iter().map(of_row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_table_comes_back_from_its_file(pages in pages()) {
        let mut table = EntryTable::new();
        for (entries, unreadable) in &pages {
            table.append(entries, unreadable);
        }
        table.set_names(names());
        let of_file = entries(&table);
        let (found, copy) = read(seal(&parts(&table, &of_file))).unwrap();
        let of_copy = entries(&copy);
        prop_assert_eq!(found.entries, of_file.len() as u64);
        prop_assert_eq!(&found.company, &header().company);
        prop_assert_eq!(table.names(), copy.names());
        prop_assert_eq!(
            cells(&table, &table.all_rows_of(&of_file)),
            cells(&copy, &copy.all_rows_of(&of_copy))
        );
        for grain in [Grain::Entries, Grain::Lines] {
            for filter in ["", "spend", "deleted", "-receipt", "amount>100", "tag.g1:t1", "missing:account"] {
                let filter = Filter::parse(filter).unwrap();
                let sums = |table: &EntryTable| {
                    let found = table.select(&filter, grain);
                    let cells = table.totals(&found, Measure::Amount);
                    cells.iter().map(|it| (it.currency, it.exact, it.rows, it.entries)).collect::<Vec<_>>()
                };
                prop_assert_eq!(sums(&table), sums(&copy));
            }
        }
        prop_assert_eq!(
            table.notes().undated, copy.notes().undated
        );
    }
}

fn company(rows: usize) -> EntryTable {
    let mut random = Random(7);
    let ids = bench_entries::Ids::new(&mut random);
    let all: Vec<_> = (0..rows)
        .map(|_| bench_entries::entry(&mut random, &ids))
        .collect();
    let mut table = support::table(&all);
    table.set_names(ids.names());
    table
}

/// The fault that a changed byte must be reported as.
fn place_of(file: &SealedFile, at: usize) -> Fault {
    let mut start = PROLOGUE + file.parts() * ITEM;
    match at {
        0..PROLOGUE => Fault::Prologue,
        at if at < start => Fault::PartList,
        at => {
            let mut part = 0;
            while at >= start + file.part(part).unwrap().1.len() {
                start += file.part(part).unwrap().1.len();
                part += 1;
            }
            Fault::Part(part)
        }
    }
}

#[test]
fn each_of_ten_thousand_flipped_bits_is_reported_with_its_part() {
    let table = company(400);
    let bytes = seal(&parts(&table, &entries(&table)));
    let file = SealedFile::open(bytes.clone()).unwrap();
    assert!(file.parts() > 5);
    let check_all = |file: SealedFile| (0..file.parts()).try_for_each(|part| file.check(part));
    let mut random = Random(11);
    for round in 0..10_000 {
        // The first rounds are for the prologue and the list of parts, which are small.
        let limit = match round {
            0..512 => PROLOGUE,
            512..1_500 => PROLOGUE + file.parts() * ITEM,
            _ => bytes.len(),
        };
        let (at, bit) = match round {
            0..512 => (round / 8, round % 8),
            _ => (random.index(limit), random.index(8)),
        };
        let mut changed = bytes.clone();
        changed[at] ^= 1 << bit;
        let expected = place_of(&file, at);
        let found = SealedFile::open(changed).and_then(check_all);
        assert_eq!(found, Err(expected), "byte {at}, bit {bit}");
    }
}

#[test]
fn each_of_ten_thousand_truncations_and_appended_bytes_is_reported() {
    let table = company(400);
    let bytes = seal(&parts(&table, &entries(&table)));
    let file = SealedFile::open(bytes.clone()).unwrap();
    let mut random = Random(12);
    for round in 0..10_000 {
        let length = match round {
            0..300 => round,
            _ => random.index(bytes.len()),
        };
        let found = SealedFile::open(bytes[..length].to_vec()).err();
        let expected = match (length, place_of(&file, length)) {
            (0..8, _) => Fault::NotASnapshot,
            (_, Fault::Part(part)) => Fault::Truncated(Some(part)),
            _ => Fault::Truncated(None),
        };
        assert_eq!(found, Some(expected), "{length} bytes");
    }
    for more in 1..100 {
        let mut longer = bytes.clone();
        longer.resize(bytes.len() + more, 0);
        assert_eq!(SealedFile::open(longer).err(), Some(Fault::TooLong));
    }
}

#[test]
fn two_thousand_sealed_files_with_wrong_contents_crash_no_reader() {
    let table = company(20);
    let good = parts(&table, &entries(&table));
    let mut random = Random(13);
    let mut rejected = 0;
    for _ in 0..2_000 {
        let mut parts = good.clone();
        let at = random.index(parts.len());
        match random.index(4) {
            0 => drop(parts.remove(at)),
            1 => parts.push(good[at].clone()),
            2 => {
                let length = random.index(parts[at].bytes.len().max(1));
                parts[at].bytes.truncate(length);
            }
            _ => {
                let byte = random.index(parts[at].bytes.len().max(1));
                if let Some(byte) = parts[at].bytes.get_mut(byte) {
                    *byte ^= 1 << random.index(8);
                }
            }
        }
        rejected += usize::from(read(seal(&parts)).is_err());
    }
    // The rest are changed letters of texts, which are sealed as they are.
    assert!(rejected > 1_000, "{rejected}");
}

#[test]
fn contents_that_state_too_much_are_rejected_before_memory_is_taken() {
    let table = company(3);
    let good = parts(&table, &entries(&table));
    let rows = good
        .iter()
        .position(|part| part.kind == PartKind::Rows)
        .unwrap();
    let with = |bytes: Vec<u8>| {
        let mut parts = good.clone();
        parts[rows] = Part {
            kind: PartKind::Rows,
            bytes,
        };
        read(seal(&parts)).err()
    };
    let packed = |content: &[u8]| {
        let mut bytes = vec![0];
        deflate(content, &mut bytes);
        bytes
    };
    // 2³⁵ rows; a part that is 8 MiB and one byte long; a million ids of four bytes.
    let huge = packed(&[0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0]);
    let long = packed(&vec![0; (8 << 20) + 1]);
    let ids = vec![0xc0, 0x84, 0x3d, 1, 2, 3, 4];
    for bytes in [huge, long, ids, Vec::new()] {
        assert_eq!(with(bytes), Some(Fault::Content(rows)));
    }
    let mut twice = good.clone();
    twice.insert(rows, good[rows].clone());
    assert_eq!(read(seal(&twice)).err(), Some(Fault::Content(rows + 1)));
}
