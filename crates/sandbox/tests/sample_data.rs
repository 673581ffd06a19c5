//! The invented data: the same each time, and with everything in it that a page must bear.

#![allow(clippy::unwrap_used)] // a failed look-up should stop a test

use std::collections::HashSet;

use outlay_pleo::id::AccountId;
use outlay_pleo::status::{EntryExportStatus, EntryFamily, EntryStatus, ReviewStatus};
use outlay_pleo::time::{Date, Instant, Timestamp};
use outlay_pleo::{AccountingEntry, UNKNOWN_ID};
use outlay_sandbox::options::Options;
use outlay_sandbox::sample_data::SampleData;
use outlay_sandbox::store::Store;
use serde_json::Value;

fn sample_data() -> SampleData {
    let options = Options::default();
    SampleData::new(options.entries, options.today)
}

fn entries(sample_data: &SampleData) -> Vec<&AccountingEntry> {
    let all_companies = sample_data.companies().iter();
    all_companies
        .flat_map(|company| {
            sample_data
                .company_entries(company.id.as_str())
                .unwrap()
                .entries()
        })
        .collect()
}

#[test]
fn equal_options_generate_equal_data() {
    let (one, other) = (sample_data(), sample_data());
    assert_eq!(one.companies(), other.companies());
    assert_eq!(one.employees(), other.employees());
    assert_eq!(entries(&one), entries(&other));
}

#[test]
fn companies_and_people_do_not_depend_on_the_entry_count() {
    let few = SampleData::new(3, Options::default().today);
    assert_eq!(few.companies(), sample_data().companies());
    assert_eq!(few.employees(), sample_data().employees());
}

#[test]
fn generated_counts_match_the_options() {
    let sample_data = sample_data();
    assert_eq!(sample_data.companies().len(), 3);
    assert_eq!(sample_data.employees().len(), 40);
    let all = entries(&sample_data);
    let live = all.iter().filter(|entry| entry.deleted_at.is_none());
    assert_eq!(live.count(), 5000);
    for count in [0, 1, 7] {
        let small = SampleData::new(count, Options::default().today);
        assert_eq!(entries(&small).len(), count);
    }
}

#[test]
fn every_status_occurs() {
    let sample_data = sample_data();
    let all = entries(&sample_data);
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
fn every_display_edge_case_occurs() {
    let sample_data = sample_data();
    let all = entries(&sample_data);
    let count = |check: fn(&AccountingEntry) -> bool| all.iter().filter(|one| check(one)).count();
    assert!(count(|one| one.transaction_value.minors < 0) > 50);
    assert!(count(|one| one.transaction_value.currency.exponent() == Some(0)) > 100);
    assert!(count(|one| one.transaction_value.currency.exponent() == Some(3)) > 5);
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
                .as_str()
                .split_once('.')
                .map_or(0, |(_, rest)| rest.len() - 1)
        })
        .collect();
    assert_eq!(digits, HashSet::from([0, 3, 6, 9]));
}

#[test]
fn every_entry_is_consistent() {
    let sample_data = sample_data();
    let people: HashSet<&str> = sample_data
        .employees()
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    let mut ids = HashSet::new();
    let end = Instant::parse("2026-11-16").unwrap();
    let start = Instant::parse("2025-05-15").unwrap();
    for entry in entries(&sample_data) {
        let id = &entry.id;
        assert!(ids.insert(id), "{id} twice");
        let read = |at: &Timestamp| at.instant().unwrap();
        let performed = read(&entry.performed_at);
        assert!(
            (start..end).contains(&performed),
            "{id} {:?}",
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
fn entries_refer_to_what_exists() {
    let sample_data = sample_data();
    for (company_entries, records) in sample_data
        .all_companies()
        .iter()
        .zip(sample_data.records())
    {
        let ids = |rows: &[Value]| -> HashSet<String> {
            let ids = rows
                .iter()
                .map(|row| row["id"].as_str().unwrap().to_owned());
            ids.chain([UNKNOWN_ID.to_owned()]).collect()
        };
        let (accounts, taxes) = (ids(&records.accounts), ids(&records.tax_codes));
        let tags = &records.tags.tags;
        let pairs: HashSet<(&str, &str)> = tags
            .iter()
            .map(|tag| {
                (
                    tag["groupId"].as_str().unwrap(),
                    tag["id"].as_str().unwrap(),
                )
            })
            .collect();
        let suppliers: HashSet<&str> = records
            .vendors
            .iter()
            .filter_map(|vendor| vendor["externalId"].as_str())
            .collect();
        let teams: HashSet<&str> = records.teams.iter().map(|(id, _)| id.as_str()).collect();
        let mut named = 0;
        for entry in company_entries.entries() {
            let parts = entry.split_items.iter();
            let accounted = parts.clone().map(|part| &part.account_id);
            for id in accounted.chain([&entry.account_id]).flatten() {
                assert!(accounts.contains(id.as_str()), "{id}");
            }
            let taxed = parts.clone().map(|part| &part.tax_code_id);
            for id in taxed.chain([&entry.tax_code_id]).flatten() {
                assert!(taxes.contains(id.as_str()), "{id}");
            }
            for tag in parts.flat_map(|part| &part.tags).chain(&entry.tags) {
                let id = tag.tag_id.as_ref().unwrap().as_str();
                let known = pairs.contains(&(tag.tag_group_id.as_str(), id));
                assert!(known || id == UNKNOWN_ID, "{id}");
            }
            let supplier = entry.supplier.as_ref();
            let supplier = supplier.and_then(|one| one.external_supplier_id.as_deref());
            assert!(supplier.is_none_or(|id| suppliers.contains(id)));
            named += usize::from(supplier.is_some());
            let team = entry.team_id.as_ref();
            assert!(team.is_none_or(|id| teams.contains(id.as_str())));
        }
        assert!(named > 10, "{named}");
    }
}

#[test]
fn every_exported_entry_has_its_job() {
    let sample_data = sample_data();
    let store = Store::new(&sample_data);
    for (company, company_entries) in sample_data.all_companies().iter().enumerate() {
        let jobs = store.jobs.iter().filter(|job| job.company == company);
        let items: Vec<_> = jobs.flat_map(|job| &job.items).collect();
        let rows: HashSet<usize> = items.iter().map(|item| item.entry).collect();
        assert_eq!(rows.len(), items.len(), "an entry in two jobs");
        for (row, entry) in company_entries.entries().iter().enumerate() {
            let exported = [EntryExportStatus::Exported, EntryExportStatus::Exporting];
            let needed = exported.contains(&entry.export_status) && entry.deleted_at.is_none();
            assert!(!needed || rows.contains(&row), "{}", entry.id);
        }
    }
}

#[test]
fn people_have_unique_addresses_under_example() {
    let sample_data = sample_data();
    let mut seen = HashSet::new();
    for one in sample_data.employees() {
        assert!(
            one.email.ends_with(".example") && one.email.is_ascii(),
            "{}",
            one.email
        );
        assert!(seen.insert(&one.email), "{}", one.email);
    }
}

#[test]
fn last_day_is_configurable() {
    let today = Date::parse("2020-03-01").unwrap();
    let sample_data = SampleData::new(500, today);
    for entry in entries(&sample_data) {
        assert!(entry.performed_at.utc_day().unwrap() <= today);
    }
}
