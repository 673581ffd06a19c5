//! The difference of two tables against one that compares records of the API field by field.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

#[path = "../../table/tests/table/generate.rs"]
#[allow(dead_code, reason = "a part of it is for other tests")]
mod generate;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use outlay_pleo::time::{Date, Timestamp};
use outlay_pleo::{AccountingEntry, Money};
use outlay_snapshot::difference::{ChangeKind, Difference};
use outlay_table::lines::{self, EntryLine};
use outlay_table::{Column, EntryTable, Filter, Grain};
use proptest::prelude::*;

use generate::entry;
use support::table;

type Kinds = BTreeSet<ChangeKind>;

/// Whole entry first, then its lines if it is split.
fn rows(entry: &AccountingEntry) -> Vec<EntryLine<'_>> {
    let mut rows = vec![lines::whole(entry)];
    let lines = lines::of(entry);
    if lines.iter().any(|line| line.kind != lines::LineKind::Entry) {
        rows.extend(lines);
    }
    rows
}

fn tags(line: &EntryLine<'_>) -> Vec<(String, Vec<String>)> {
    let mut groups = BTreeMap::<String, Vec<String>>::new();
    for tag in line.tags {
        if let Some(id) = &tag.tag_id {
            let group = groups.entry(tag.tag_group_id.as_str().to_owned());
            group.or_default().push(id.as_str().to_owned());
        }
    }
    groups.into_iter().collect()
}

fn account(line: &EntryLine<'_>) -> (String, String) {
    let id = line.account.map_or("", |id| id.as_str());
    (
        id.to_owned(),
        line.account_code.unwrap_or_default().to_owned(),
    )
}

fn days(entry: &AccountingEntry) -> [Option<Date>; 3] {
    [
        entry.performed_at.utc_day(),
        entry.settled_at.as_ref().and_then(Timestamp::utc_day),
        entry
            .bookkeeping_date
            .as_ref()
            .and_then(Timestamp::written_day),
    ]
}

fn compare(old: &AccountingEntry, new: &AccountingEntry) -> Kinds {
    use ChangeKind as K;
    let mut kinds = Kinds::new();
    match (old.deleted_at.is_some(), new.deleted_at.is_some()) {
        (true, true) => return kinds,
        (true, false) => return [K::Added].into(),
        (false, true) => return [K::Vanished].into(),
        (false, false) => {}
    }
    let (of_old, of_new) = (rows(old), rows(new));
    if of_old.len() != of_new.len() {
        kinds.insert(K::Amount);
    }
    for at in 0..of_old.len().max(of_new.len()) {
        let (Some(one), Some(other)) = (of_old.get(at), of_new.get(at)) else {
            let line = of_old.get(at).or(of_new.get(at)).unwrap();
            if account(line) != Default::default() {
                kinds.insert(K::Account);
            }
            if line.tax_code.is_some() {
                kinds.insert(K::TaxCode);
            }
            continue;
        };
        let billed = |line: &EntryLine<'_>, entry: &AccountingEntry| -> Option<Money> {
            line.billed.or(if at == 0 {
                entry.total_bill_value
            } else {
                None
            })
        };
        if one.amount != other.amount || billed(one, old) != billed(other, new) {
            kinds.insert(K::Amount);
        }
        if account(one) != account(other) {
            kinds.insert(K::Account);
        }
        if one.tax_code != other.tax_code {
            kinds.insert(K::TaxCode);
        }
        if tags(one) != tags(other) {
            kinds.insert(K::Tag);
        }
    }
    for (was, is) in days(old).into_iter().zip(days(new)) {
        let month = |day: Option<Date>| day.map(|day| (day.year, day.month));
        if month(was) != month(is) {
            kinds.insert(K::Month);
        } else if was != is {
            kinds.insert(K::Details);
        }
    }
    match old.receipt_ids.len().cmp(&new.receipt_ids.len()) {
        std::cmp::Ordering::Less => drop(kinds.insert(K::ReceiptGained)),
        std::cmp::Ordering::Greater => drop(kinds.insert(K::ReceiptLost)),
        std::cmp::Ordering::Equal => {}
    }
    if (&old.status, &old.export_status, &old.review_status)
        != (&new.status, &new.export_status, &new.review_status)
    {
        kinds.insert(K::Status);
    }
    let details = |entry: &AccountingEntry| {
        let supplier = entry.supplier.clone().unwrap_or_default();
        (
            entry.employee_id.clone(),
            entry.team_id.clone(),
            entry.note.clone().unwrap_or_default(),
            (entry.family.clone(), entry.sub_family.clone()),
            supplier.external_supplier_id,
            supplier.external_account_number,
            supplier.document_number,
        )
    };
    if details(old) != details(new) {
        kinds.insert(K::Details);
    }
    kinds
}

/// Entries by id.
type Company = BTreeMap<String, AccountingEntry>;

fn companies() -> impl Strategy<Value = (Company, Company)> {
    let of_ids = |all: Vec<AccountingEntry>| -> Company {
        all.into_iter()
            .map(|it| (it.id.as_str().to_owned(), it))
            .collect()
    };
    let list = || proptest::collection::vec(entry(), 0..8).prop_map(of_ids);
    // Most entries of the second company are those of the first one, with a few fields of others.
    (list(), list(), proptest::collection::vec(0..9u8, 8)).prop_map(|(before, other, choices)| {
        let mut after = other.clone();
        for ((id, entry), choice) in before.iter().zip(choices) {
            let mut kept = entry.clone();
            let from = after.get(id).cloned().unwrap_or_else(|| entry.clone());
            match choice {
                0 => continue,
                1 => kept.transaction_value = from.transaction_value,
                2 => kept.account_id = from.account_id,
                3 => kept.tags = from.tags,
                4 => kept.receipt_ids = from.receipt_ids,
                5 => kept.bookkeeping_date = from.bookkeeping_date,
                6 => kept.deleted_at = from.deleted_at,
                7 => kept.split_items = from.split_items,
                _ => {}
            }
            after.insert(id.clone(), kept);
        }
        (before, after)
    })
}

fn differences(before: &EntryTable, after: &EntryTable) -> Vec<(String, Kinds)> {
    let all = |table: &EntryTable| table.select(&Filter::default(), Grain::Entries);
    let mut difference = Difference::new(before, &all(before), after, &all(after));
    while difference.step(before, after, 3) {}
    let (done, of) = difference.progress();
    assert_eq!(done, of);
    let changes = difference.changes.iter().map(|change| {
        let (table, row) = match (change.before, change.after) {
            (Some(row), _) => (before, row),
            (_, row) => (after, row.unwrap()),
        };
        let id = table.text(row as usize, Column::EntryId).into_owned();
        (id, change.kinds.iter().collect())
    });
    let mut changes: Vec<_> = changes.collect();
    changes.sort();
    changes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn difference_is_that_of_the_records((before, after) in companies()) {
        let mut expected = Vec::new();
        for (id, old) in &before {
            let kinds = match after.get(id) {
                Some(new) => compare(old, new),
                None if old.deleted_at.is_some() => Kinds::new(),
                None => [ChangeKind::Vanished].into(),
            };
            if !kinds.is_empty() {
                expected.push((id.clone(), kinds));
            }
        }
        for (id, new) in &after {
            if !before.contains_key(id) && new.deleted_at.is_none() {
                expected.push((id.clone(), [ChangeKind::Added].into()));
            }
        }
        expected.sort();
        let list = |company: &Company| company.values().cloned().collect::<Vec<_>>();
        let found = differences(&table(&list(&before)), &table(&list(&after)));
        prop_assert_eq!(found, expected);
    }
}
