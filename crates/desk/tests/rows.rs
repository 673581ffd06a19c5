//! The row store: each entry once, newest first.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod entry;

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use entry::{changed, entry};
use outlay_desk::Rows;
use proptest::prelude::*;

fn ids(rows: &Rows) -> Vec<&str> {
    rows.iter().map(|entry| entry.id.as_str()).collect()
}

#[test]
fn pages_follow_one_another() {
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
fn a_late_entry_and_one_whose_date_moved_find_their_place() {
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
fn the_same_instant_is_ordered_by_id() {
    let mut rows = Rows::new();
    let at = "2026-03-03T10:00:00Z";
    rows.append(vec![
        entry("b", at, 1),
        entry("c", at, 1),
        entry("a", at, 1),
    ]);
    assert_eq!(ids(&rows), ["a", "b", "c"]);
}

proptest! {
    #[test]
    fn any_pages_give_each_entry_once_in_order(
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
            last.extend(page.iter().map(|e| (e.id.to_string(), e.performed_at.clone())));
            let added = rows.append(page);
            prop_assert_eq!(added, last.len() - known.len());
        }
        let mut expected: Vec<_> = last.into_iter().collect();
        expected.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let found: Vec<_> = rows.iter().map(|e| (e.id.to_string(), e.performed_at.clone())).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_hundred_thousand_entries_are_taken_in_without_going_over_them_again() {
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
