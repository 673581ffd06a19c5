//! The export jobs at the start, made from the export status of the entries: each exported entry
//! belongs to a job.

use std::collections::BTreeMap;

use outlay_pleo::AccountingEntry;
use outlay_pleo::status::EntryExportStatus;
use outlay_pleo::time::{Date, Instant};

use crate::sample_data::SampleData;
use crate::sample_data::company_entries::CompanyEntries;
use crate::sample_data::rng::SeededRng;
use crate::store::job::{ItemReport, ItemStatus, Job, JobItem, JobStatus};

const DAY: i64 = 86_400;
/// The number of entries of the failed job.
const GIVEN_UP: usize = 12;

/// Makes the jobs of one company: one for each month with exported entries, a failed one, and the
/// running one, if an entry is being exported.
pub fn jobs(
    sample_data: &SampleData,
    company: usize,
    company_entries: &CompanyEntries,
    rng: &mut SeededRng,
) -> Vec<Job> {
    let opening = sample_data.opening();
    let mut jobs = Vec::new();
    for (month, rows) in months(company_entries) {
        let end = month.min(opening.seconds - DAY / 2);
        jobs.push(past(company, end, rows, rng));
    }
    let is = |entry: &AccountingEntry, status: EntryExportStatus| {
        entry.deleted_at.is_none() && entry.export_status == status
    };
    let rows = |status: EntryExportStatus| {
        let all = company_entries.entries().iter().enumerate();
        all.filter(move |(_, entry)| is(entry, status.clone()))
            .map(|(row, _)| row)
    };
    let left: Vec<usize> = rows(EntryExportStatus::NotExported)
        .take(GIVEN_UP)
        .collect();
    if !left.is_empty() {
        jobs.push(failed(company, opening.seconds - 3 * DAY, left, rng));
    }
    let now: Vec<usize> = rows(EntryExportStatus::Exporting).collect();
    if !now.is_empty() {
        jobs.push(running(company, opening, now, rng));
    }
    let author = |rng: &mut SeededRng| {
        let staff: Vec<&str> = sample_data
            .employees()
            .iter()
            .filter(|one| sample_data.place(one.company_id.as_str()) == Some(company))
            .map(|one| one.id.as_str())
            .collect();
        rng.pick(&staff).map(|id| (*id).to_owned())
    };
    for job in &mut jobs {
        job.created_by = author(rng);
    }
    jobs
}

/// Returns the exported and failed entries by the month in which they were settled.
fn months(company_entries: &CompanyEntries) -> BTreeMap<i64, Vec<(usize, ItemStatus)>> {
    let mut months = BTreeMap::<i64, Vec<_>>::new();
    for (row, entry) in company_entries.entries().iter().enumerate() {
        let status = match entry.export_status {
            EntryExportStatus::Exported => ItemStatus::Successful,
            EntryExportStatus::Created => ItemStatus::Failed,
            _ => continue,
        };
        let settled = company_entries
            .entries()
            .get(row)
            .and_then(|entry| entry.settled_at.as_ref()?.instant());
        let Some(settled) = settled.filter(|_| entry.deleted_at.is_none()) else {
            continue;
        };
        let Date { year, month, .. } = settled.date();
        let next = Date {
            year: year + i64::from(month == 12),
            month: month % 12 + 1,
            day: 1,
        };
        let end = next.days() * DAY + 7 * 3600;
        months.entry(end).or_default().push((row, status));
    }
    months
}

fn at(seconds: i64) -> Instant {
    Instant { seconds, nanos: 0 }
}

fn job(company: usize, created: Instant, items: Vec<JobItem>, rng: &mut SeededRng) -> Job {
    Job {
        id: rng.uuid(),
        company,
        status: JobStatus::Pending,
        interactive: true,
        by_vendor: false,
        expires_in: crate::store::job::EXPIRES_IN,
        created,
        created_by: None,
        started: None,
        updated: created,
        completed: None,
        expired: None,
        failure: None,
        items,
    }
}

fn past(company: usize, end: i64, rows: Vec<(usize, ItemStatus)>, rng: &mut SeededRng) -> Job {
    let with_errors = rows.iter().any(|(_, status)| *status == ItemStatus::Failed);
    let items = rows.into_iter().map(|(entry, status)| JobItem {
        entry,
        status,
        report: (status == ItemStatus::Failed).then(|| {
            Box::new(ItemReport {
                failure_reason: Some("The ledger does not know the account.".to_owned()),
                failure_reason_type: Some("account_unknown".to_owned()),
                ..ItemReport::default()
            })
        }),
    });
    let items = items.collect();
    Job {
        status: if with_errors {
            JobStatus::CompletedWithErrors
        } else {
            JobStatus::Completed
        },
        started: Some(at(end - 300)),
        updated: at(end),
        completed: Some(at(end)),
        ..job(company, at(end - 600), items, rng)
    }
}

fn failed(company: usize, end: i64, rows: Vec<usize>, rng: &mut SeededRng) -> Job {
    let items = rows.into_iter().map(|entry| JobItem {
        entry,
        status: ItemStatus::Abandoned,
        report: None,
    });
    let items = items.collect();
    let reason = "The ledger did not answer within 30 seconds.".to_owned();
    Job {
        status: JobStatus::Failed,
        started: Some(at(end - 60)),
        updated: at(end),
        completed: Some(at(end)),
        failure: Some((reason, "accounting_system_unreachable".to_owned())),
        ..job(company, at(end - 120), items, rng)
    }
}

/// The running job is pending in the first company and started in the others. It may wait for a
/// day, so that a demonstration has enough time.
fn running(company: usize, opening: Instant, rows: Vec<usize>, rng: &mut SeededRng) -> Job {
    let items = rows.into_iter().map(|entry| JobItem {
        entry,
        status: ItemStatus::Pending,
        report: None,
    });
    let items = items.collect();
    let begun = company > 0;
    Job {
        status: if begun {
            JobStatus::InProgress
        } else {
            JobStatus::Pending
        },
        started: begun.then_some(at(opening.seconds - 60)),
        updated: opening,
        expires_in: DAY,
        ..job(company, at(opening.seconds - 90), items, rng)
    }
}
