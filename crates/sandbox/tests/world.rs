//! The invented data: the same each time, and with everything in it that a page must bear.

#![allow(clippy::unwrap_used)] // a failed look-up should stop a test

use std::collections::HashSet;

use outlay_pleo::AccountingEntry;
use outlay_pleo::id::AccountId;
use outlay_pleo::status::{EntryExportStatus, EntryFamily, EntryStatus, ReviewStatus};
use outlay_pleo::time::{Date, Instant};
use outlay_sandbox::options::Options;
use outlay_sandbox::world::World;

fn world() -> World {
    let options = Options::default();
    World::new(options.entries, options.today)
}

fn entries(world: &World) -> Vec<&AccountingEntry> {
    let books = world.companies().iter();
    books
        .flat_map(|company| world.book(company.id.as_str()).unwrap().entries())
        .collect()
}

#[test]
fn the_same_options_give_the_same_world() {
    let (one, other) = (world(), world());
    assert_eq!(one.companies(), other.companies());
    assert_eq!(one.employees(), other.employees());
    assert_eq!(entries(&one), entries(&other));
}

#[test]
fn companies_and_people_do_not_hang_on_the_number_of_entries() {
    let few = World::new(3, Options::default().today);
    assert_eq!(few.companies(), world().companies());
    assert_eq!(few.employees(), world().employees());
}

#[test]
fn the_counts_are_those_asked_for() {
    let world = world();
    assert_eq!(world.companies().len(), 3);
    assert_eq!(world.employees().len(), 40);
    let all = entries(&world);
    let live = all.iter().filter(|entry| entry.deleted_at.is_none());
    assert_eq!(live.count(), 5000);
    for count in [0, 1, 7] {
        let small = World::new(count, Options::default().today);
        assert_eq!(entries(&small).len(), count);
    }
}

#[test]
fn every_status_occurs() {
    let world = world();
    let all = entries(&world);
    let seen: HashSet<&str> = all
        .iter()
        .flat_map(|entry| {
            [
                entry.status.as_str(),
                entry.export_status.as_str(),
                entry.review_status.as_str(),
                entry.family.as_str(),
            ]
        })
        .collect();
    let lists = [
        EntryStatus::KNOWN,
        EntryExportStatus::KNOWN,
        ReviewStatus::KNOWN,
        EntryFamily::KNOWN,
    ];
    for word in lists.concat() {
        assert!(seen.contains(word), "{word}");
    }
}

#[test]
fn what_a_page_must_bear_occurs() {
    let world = world();
    let all = entries(&world);
    let count = |check: fn(&AccountingEntry) -> bool| all.iter().filter(|one| check(one)).count();
    assert!(count(|one| one.transaction_value.minors < 0) > 50);
    assert!(count(|one| one.transaction_value.currency.exponent() == 0) > 100);
    assert!(count(|one| one.transaction_value.currency.exponent() == 3) > 5);
    assert!(count(|one| !one.split_items.is_empty()) > 50);
    assert!(count(|one| one.receipt_ids.is_empty()) > 300);
    assert!(count(|one| one.note.is_none()) > 50);
    assert!(count(|one| one.account_id.as_ref().is_some_and(AccountId::is_unknown)) > 10);
    assert!(
        count(|one| one
            .note
            .as_deref()
            .is_some_and(|note| note.starts_with('=')))
            > 0
    );
    assert!(count(|one| !one.attendees.is_empty()) > 50);
    let digits: HashSet<usize> = all
        .iter()
        .map(|one| {
            one.performed_at
                .split_once('.')
                .map_or(0, |(_, rest)| rest.len() - 1)
        })
        .collect();
    assert_eq!(digits, HashSet::from([0, 3, 6, 9]));
}

#[test]
fn every_entry_is_consistent() {
    let world = world();
    let people: HashSet<&str> = world
        .employees()
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    let mut ids = HashSet::new();
    let end = Instant::parse("2026-11-16").unwrap();
    let start = Instant::parse("2025-05-15").unwrap();
    for entry in entries(&world) {
        let id = &entry.id;
        assert!(ids.insert(id), "{id} twice");
        let read = |text: &str| Instant::parse(text).unwrap();
        let performed = read(&entry.performed_at);
        assert!(
            (start..end).contains(&performed),
            "{id} {}",
            entry.performed_at
        );
        for later in [&entry.settled_at, &entry.deleted_at].into_iter().flatten() {
            assert!(
                read(later).seconds >= performed.seconds && read(later) < end,
                "{id}"
            );
        }
        assert!(
            read(&entry.updated_at).seconds >= read(&entry.created_at).seconds,
            "{id}"
        );
        let done = matches!(
            entry.status,
            EntryStatus::Completed | EntryStatus::CompletedExternally
        );
        assert_eq!(done, entry.settled_at.is_some(), "{id}");
        assert!(
            entry
                .employee_id
                .as_ref()
                .is_none_or(|one| people.contains(one.as_str()))
        );
        let parts = entry.split_items.iter();
        let (paid, billed) = parts.fold((0, 0), |(paid, billed), part| {
            (
                paid + part.transaction_value.unwrap().minors,
                billed + part.total_bill_value.unwrap().minors,
            )
        });
        if !entry.split_items.is_empty() {
            assert_eq!(paid, entry.transaction_value.minors, "{id}");
            assert_eq!(billed, entry.total_bill_value.unwrap().minors, "{id}");
        }
    }
}

#[test]
fn people_have_addresses_of_their_own_that_lead_nowhere() {
    let world = world();
    let mut seen = HashSet::new();
    for one in world.employees() {
        assert!(
            one.email.ends_with(".example") && one.email.is_ascii(),
            "{}",
            one.email
        );
        assert!(seen.insert(&one.email), "{}", one.email);
    }
}

#[test]
fn the_last_day_can_be_chosen() {
    let today = Date::parse("2020-03-01").unwrap();
    let world = World::new(500, today);
    for entry in entries(&world) {
        assert!(Instant::parse(&entry.performed_at).unwrap().date() <= today);
    }
}
