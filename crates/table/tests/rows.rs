//! The row store: each entry once, newest first.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod entry;

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use entry::{changed, entry};
use outlay_pleo::Unreadable;
use outlay_table::{RowNotes, Rows};
use proptest::prelude::*;

fn ids(rows: &Rows) -> Vec<&str> {
    rows.iter().map(|entry| entry.id.as_str()).collect()
}

#[test]
fn pages_append_in_order() {
    let mut rows = Rows::new();
    assert!(rows.is_empty());
    assert_eq!(
        rows.append(vec![
            entry("d", "2026-03-04T10:00:00Z", 1),
            entry("c", "2026-03-03T10:00:00Z", 1)
        ]),
        2
    );
    assert_eq!(
        rows.append(vec![
            entry("c", "2026-03-03T10:00:00Z", 2),
            entry("b", "2026-03-02T10:00:00.5Z", 1)
        ]),
        1
    );
    assert_eq!(ids(&rows), ["d", "c", "b"]);
    assert_eq!(rows.get(1).unwrap().transaction_value.minors, 2);
    assert_eq!(rows.get(3), None);
    rows.clear();
    assert_eq!(rows.len(), 0);
    assert_eq!(rows.append(vec![entry("c", "2026-03-03T10:00:00Z", 1)]), 1);
}

#[test]
fn late_and_redated_entries_are_sorted_into_order() {
    let mut rows = Rows::new();
    rows.append(vec![
        entry("c", "2026-03-03T10:00:00Z", 1),
        entry("a", "2026-03-01T10:00:00Z", 1),
    ]);
    rows.append(vec![entry("b", "2026-03-02T10:00:00Z", 1)]);
    assert_eq!(ids(&rows), ["c", "b", "a"]);
    rows.append(vec![entry("a", "2026-03-04T10:00:00Z", 1)]);
    assert_eq!(ids(&rows), ["a", "c", "b"]);
    rows.append(vec![
        changed("z", "soon", 1, &[]),
        entry("y", "2026-03-05T01:00:00+02:00", 1),
    ]);
    assert_eq!(ids(&rows), ["y", "a", "c", "b", "z"]);
}

#[test]
fn entries_of_the_same_instant_are_ordered_by_id() {
    let mut rows = Rows::new();
    let at = "2026-03-03T10:00:00Z";
    rows.append(vec![
        entry("b", at, 1),
        entry("c", at, 1),
        entry("a", at, 1),
    ]);
    assert_eq!(ids(&rows), ["a", "b", "c"]);
}

fn unreadable(id: Option<&str>, performed_at: Option<&str>) -> Unreadable {
    Unreadable {
        id: id.map(str::to_owned),
        field: "updatedAt".to_owned(),
        performed_at: performed_at.map(Into::into),
    }
}

#[test]
fn unreadable_record_is_an_empty_row_sorted_by_its_date() {
    let mut rows = Rows::new();
    let page = vec![
        entry("c", "2026-03-03T10:00:00Z", 1),
        entry("a", "2026-03-01T10:00:00Z", 1),
    ];
    let odd = vec![
        unreadable(Some("b"), Some("2026-03-02T10:00:00Z")),
        unreadable(None, None),
        unreadable(None, None),
    ];
    assert_eq!(rows.append_page(page, odd), 5);
    assert_eq!((rows.len(), rows.notes().unreadable), (5, 3));
    assert_eq!(ids(&rows), ["c", "a"]);
    let at = |row| rows.unreadable(row).map(|record| record.id.as_deref());
    assert_eq!(
        [at(0), at(1), at(2), at(3), at(4), at(5)],
        [None, Some(Some("b")), None, Some(None), Some(None), None]
    );
    assert_eq!(rows.get(1), None);
}

#[test]
fn readable_version_replaces_an_unreadable_one_and_not_vice_versa() {
    let mut rows = Rows::new();
    let at = "2026-03-03T10:00:00Z";
    rows.append_page(vec![], vec![unreadable(Some("a"), Some(at))]);
    assert_eq!(rows.append(vec![entry("a", at, 1)]), 0);
    assert_eq!((ids(&rows), rows.notes().unreadable), (vec!["a"], 0));
    assert_eq!(
        rows.append_page(vec![], vec![unreadable(Some("a"), None)]),
        0
    );
    assert_eq!((ids(&rows), rows.notes().unreadable), (vec!["a"], 0));
}

#[test]
fn odd_rows_are_counted_and_duplicates_keep_the_last_version() {
    let mut rows = Rows::new();
    let at = "2026-03-31T22:00:00Z";
    let booked = |at| [("bookkeepingDate", at)];
    rows.append(vec![
        changed("a", at, 1, &booked("2026-03-31T22:00:00Z")),
        changed("b", at, 1, &booked("2026-03-31T23:00:00Z")),
        changed("c", at, 1, &booked("2026-04-01T00:00:00+02:00")),
        entry("d", "2026-03-31T22:00:00", 1),
        entry("e", "soon", 1),
        changed("f", at, 1, &[("currency", "ABC")]),
    ]);
    let expected = RowNotes {
        unreadable: 0,
        undated: 1,
        without_zone: 1,
        local_midnights: 2,
        unknown_decimals: 1,
    };
    assert_eq!(rows.notes(), expected);
    rows.append(vec![
        entry("a", at, 1),
        entry("d", at, 1),
        entry("e", at, 1),
        entry("f", at, 1),
    ]);
    let expected = RowNotes {
        local_midnights: 1,
        ..RowNotes::default()
    };
    assert_eq!(rows.notes(), expected);
}

proptest! {
    #[test]
    fn any_pages_yield_each_entry_once_in_order(
        pages in prop::collection::vec(prop::collection::vec((0..30u32, 1..28u32), 0..12), 0..8)
    ) {
        let mut rows = Rows::new();
        let mut last: BTreeMap<String, String> = BTreeMap::new();
        for page in &pages {
            let known: HashSet<String> = last.keys().cloned().collect();
            let page: Vec<_> = page
                .iter()
                .map(|(id, day)| entry(&id.to_string(), &format!("2026-03-{day:02}T00:00:00Z"), 1))
                .collect();
            last.extend(page.iter().map(|e| (e.id.to_string(), e.performed_at.as_str().to_owned())));
            let added = rows.append(page);
            prop_assert_eq!(added, last.len() - known.len());
        }
        let mut expected: Vec<_> = last.into_iter().collect();
        expected.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let found: Vec<_> = rows.iter().map(|e| (e.id.to_string(), e.performed_at.as_str().to_owned())).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn appending_100_000_entries_does_not_rescan_earlier_rows() {
    let mut pages: Vec<Vec<_>> = (0..1000u32)
        .map(|page| {
            (0..100u32)
                .map(|row| {
                    let age = page * 100 + row;
                    let at = format!(
                        "20{:02}-{:02}-{:02}T{:02}:00:00Z",
                        99 - age / 8064,
                        12 - age / 672 % 12,
                        28 - age / 24 % 28,
                        23 - age % 24
                    );
                    entry(&format!("e{age}"), &at, 1)
                })
                .collect()
        })
        .collect();
    let started = Instant::now();
    let mut rows = Rows::new();
    for page in pages.drain(..) {
        rows.append(page);
    }
    assert_eq!(rows.len(), 100_000);
    // Unoptimised it takes about 0.3 s; a sort per page would take minutes.
    assert!(started.elapsed().as_secs() < 10);
}
