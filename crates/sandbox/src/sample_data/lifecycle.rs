//! The states of an entry over time: status, settlement, export, review.

use outlay_pleo::status::{EntryExportStatus, EntryFamily, EntryStatus, ReviewStatus};

use crate::sample_data::rng::SeededRng;

/// The states of an entry on the last day of the data.
#[derive(Debug)]
pub struct EntryLifecycle {
    /// Entry status.
    pub status: EntryStatus,
    /// Days from purchase to settlement; `None` if it is not settled.
    pub settled_after: Option<i64>,
    /// Export status.
    pub export: EntryExportStatus,
    /// Review status.
    pub review: ReviewStatus,
}

impl EntryLifecycle {
    /// Selects random states for an entry whose purchase was `age` days ago.
    pub fn random(family: &EntryFamily, age: i64, rng: &mut SeededRng) -> EntryLifecycle {
        let (status, delay) = match family {
            EntryFamily::CardPurchase => card(age, rng),
            EntryFamily::OutOfPocket | EntryFamily::Mileage | EntryFamily::PerDiem => {
                claim(age, rng)
            }
            EntryFamily::BillInvoice | EntryFamily::CreditNote => invoice(age, rng),
            _ => (EntryStatus::Completed, 0),
        };
        let completed = matches!(
            status,
            EntryStatus::Completed | EntryStatus::CompletedExternally
        );
        // An entry that would settle tomorrow is being processed today.
        let status = if completed && delay > age {
            EntryStatus::Pending
        } else {
            status
        };
        let done = completed && delay <= age;
        EntryLifecycle {
            settled_after: done.then_some(delay),
            export: export(done, age, rng),
            review: review(done, age, rng),
            status,
        }
    }
}

fn card(age: i64, rng: &mut SeededRng) -> (EntryStatus, i64) {
    let delay = rng.between(1, 3);
    match rng.below(1000) {
        0..12 => (EntryStatus::Rejected, 0),
        12..18 => (EntryStatus::Cancelled, 0),
        18..22 => (EntryStatus::Error, 0),
        22..40 if age < 6 => (EntryStatus::Draft, 0),
        _ => (EntryStatus::Completed, delay),
    }
}

fn claim(age: i64, rng: &mut SeededRng) -> (EntryStatus, i64) {
    let delay = rng.between(2, 18);
    match rng.below(1000) {
        0..400 if age < 6 => (EntryStatus::Draft, 0),
        0..14 => (EntryStatus::Rejected, 0),
        14..150 => (EntryStatus::CompletedExternally, delay),
        _ => (EntryStatus::Completed, delay),
    }
}

fn invoice(age: i64, rng: &mut SeededRng) -> (EntryStatus, i64) {
    let delay = rng.between(4, 30);
    match rng.below(1000) {
        0..250 if age < 10 => (EntryStatus::Draft, 0),
        0..12 => (EntryStatus::Cancelled, 0),
        12..18 => (EntryStatus::Error, 0),
        18..120 => (EntryStatus::CompletedExternally, delay),
        _ => (EntryStatus::Completed, delay),
    }
}

fn export(done: bool, age: i64, rng: &mut SeededRng) -> EntryExportStatus {
    use EntryExportStatus::{Created, Exported, Exporting, NotCreated, NotExported, Queued};
    let odds: &[(u64, EntryExportStatus)] = match (done, age) {
        (false, _) => &[(95, NotCreated), (5, NotExported)],
        (true, 46..) => &[
            (940, Exported),
            (32, NotExported),
            (20, Queued),
            (8, Created),
        ],
        (true, 10..) => &[
            (500, Exported),
            (200, Queued),
            (190, NotExported),
            (70, Created),
            (40, Exporting),
        ],
        (true, _) => &[(55, NotExported), (30, Created), (15, Queued)],
    };
    rng.weighted(odds).cloned().unwrap_or(NotCreated)
}

fn review(done: bool, age: i64, rng: &mut SeededRng) -> ReviewStatus {
    use ReviewStatus::{
        NotOk, NotRequired, NotSet, Ok, WaitingForCompanyReviewer, WaitingForExpenseOwner,
        WaitingForReviewer, WaitingForTagReviewer, WaitingForTeamReviewer,
    };
    let odds: &[(u64, ReviewStatus)] = if done && age > 45 {
        &[(800, Ok), (150, NotRequired), (40, NotSet), (10, NotOk)]
    } else {
        &[
            (250, Ok),
            (150, NotRequired),
            (200, NotSet),
            (30, NotOk),
            (130, WaitingForExpenseOwner),
            (90, WaitingForReviewer),
            (60, WaitingForCompanyReviewer),
            (60, WaitingForTeamReviewer),
            (30, WaitingForTagReviewer),
        ]
    };
    rng.weighted(odds).cloned().unwrap_or(NotSet)
}
