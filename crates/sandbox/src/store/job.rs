//! An export job and its items: which step may follow which. No I/O; the time is passed in.

use outlay_pleo::time::Instant;

/// Seconds without a change after which a job expires.
pub const EXPIRES_IN: i64 = 3600;

/// Status of an export job, as Pleo documents it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobStatus {
    /// Created, not started.
    Pending,
    /// Started by an integration.
    InProgress,
    /// Ended without success.
    Failed,
    /// Ended with every item exported.
    Completed,
    /// Ended with some items failed.
    CompletedWithErrors,
}

impl JobStatus {
    /// Returns Pleo's word for the status.
    pub fn word(self) -> &'static str {
        match self {
            JobStatus::Pending => "pending",
            JobStatus::InProgress => "in_progress",
            JobStatus::Failed => "failed",
            JobStatus::Completed => "completed",
            JobStatus::CompletedWithErrors => "completed_with_errors",
        }
    }

    /// Returns whether the job is pending or in progress.
    pub fn runs(self) -> bool {
        matches!(self, JobStatus::Pending | JobStatus::InProgress)
    }
}

/// Status of an item of an export job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemStatus {
    /// Not processed.
    Pending,
    /// Being processed.
    InProgress,
    /// Not exported.
    Failed,
    /// Exported to the ledger.
    Successful,
    /// Its job ended before it was processed.
    Abandoned,
}

const ITEM_WORDS: [(ItemStatus, &str); 5] = [
    (ItemStatus::Pending, "pending"),
    (ItemStatus::InProgress, "in_progress"),
    (ItemStatus::Failed, "failed"),
    (ItemStatus::Successful, "successful"),
    (ItemStatus::Abandoned, "abandoned"),
];

impl ItemStatus {
    /// Returns Pleo's word for the status.
    pub fn word(self) -> &'static str {
        let mut words = ITEM_WORDS.iter();
        words
            .find(|(status, _)| *status == self)
            .map_or("", |(_, word)| word)
    }

    /// Returns the status with this word; `None` for an unknown one.
    pub fn named(text: &str) -> Option<ItemStatus> {
        let mut words = ITEM_WORDS.iter();
        words
            .find(|(_, word)| *word == text)
            .map(|(status, _)| *status)
    }
}

/// An entry in an export job, with its own status.
#[derive(Debug, Clone)]
pub struct JobItem {
    /// Row number of the entry.
    pub entry: usize,
    /// Status of the item.
    pub status: ItemStatus,
    /// The last update of the item; `None` for most items.
    pub report: Option<Box<ItemReport>>,
}

impl JobItem {
    /// Returns whether the item was updated before, or has a result from the start.
    pub fn was_reported(&self) -> bool {
        let is_open = matches!(self.status, ItemStatus::Pending | ItemStatus::InProgress);
        self.report.is_some() || !is_open
    }
}

/// Data of an item update (`PUT /v3/export-jobs/{jobId}/items`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemReport {
    /// Id in the target system.
    pub external_id: Option<String>,
    /// Address in the target system.
    pub external_url: Option<String>,
    /// Reason of a failure, in words.
    pub failure_reason: Option<String>,
    /// Reason of a failure, as a code.
    pub failure_reason_type: Option<String>,
    /// Instant of the export, as sent.
    pub exported_at: Option<String>,
}

/// An export job; a company has at most one that runs.
#[derive(Debug, Clone)]
pub struct Job {
    /// UUID of the job.
    pub id: String,
    /// Index of its company in the sample data.
    pub company: usize,
    /// Status of the job.
    pub status: JobStatus,
    /// Whether a user started it.
    pub interactive: bool,
    /// Whether entries are booked against vendors.
    pub by_vendor: bool,
    /// Seconds from the last update until it expires.
    pub expires_in: i64,
    /// Instant of its creation.
    pub created: Instant,
    /// UUID of the employee who created it.
    pub created_by: Option<String>,
    /// Instant at which it was started.
    pub started: Option<Instant>,
    /// Instant of the last change.
    pub updated: Instant,
    /// Instant at which it ended.
    pub completed: Option<Instant>,
    /// Instant at which it expired.
    pub expired: Option<Instant>,
    /// Reason of a failure in words and as a code.
    pub failure: Option<(String, String)>,
    /// The items, one for each entry.
    pub items: Vec<JobItem>,
}

/// A status change of a job (`POST /v3/export-job-events`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobTransition {
    /// Start a pending job.
    Started,
    /// End the job as failed, with the reason in words and as a code.
    Failed(String, String),
    /// End the job as completed.
    Completed,
    /// End the job with some items failed.
    CompletedWithErrors,
}

impl Job {
    /// Changes the status. Returns `false`, and changes nothing, if the change is not allowed.
    /// Unsettled items are abandoned when a job ends.
    pub fn step(&mut self, step: JobTransition, now: Instant) -> bool {
        let next = match (self.status, step) {
            (JobStatus::Pending, JobTransition::Started) => JobStatus::InProgress,
            (JobStatus::Pending | JobStatus::InProgress, JobTransition::Failed(reason, kind)) => {
                self.failure = Some((reason, kind));
                JobStatus::Failed
            }
            (JobStatus::InProgress, JobTransition::Completed) => JobStatus::Completed,
            (JobStatus::InProgress, JobTransition::CompletedWithErrors) => {
                JobStatus::CompletedWithErrors
            }
            _ => return false,
        };
        self.status = next;
        self.updated = now;
        if next == JobStatus::InProgress {
            self.started = Some(now);
        } else {
            self.completed = Some(now);
            self.abandon();
        }
        true
    }

    /// Expires the job if it is too old at `now`; returns whether it did.
    pub fn expire(&mut self, now: Instant) -> bool {
        let end = self.updated.seconds.saturating_add(self.expires_in);
        if !self.status.runs() || now.seconds < end {
            return false;
        }
        self.status = JobStatus::Failed;
        self.expired = Some(Instant {
            seconds: end,
            ..self.updated
        });
        let reason = format!("It was not updated for {} seconds.", self.expires_in);
        self.failure = Some((reason, "job_expired".to_owned()));
        self.abandon();
        true
    }

    fn abandon(&mut self) {
        for item in &mut self.items {
            if matches!(item.status, ItemStatus::Pending | ItemStatus::InProgress) {
                item.status = ItemStatus::Abandoned;
            }
        }
    }

    /// Updates an item. Returns `false` if its status is final, or if only the start or end of the
    /// job can set the new status.
    pub fn report(
        &mut self,
        at: usize,
        status: ItemStatus,
        report: ItemReport,
        now: Instant,
    ) -> bool {
        let Some(item) = self.items.get_mut(at) else {
            return false;
        };
        let settled = matches!(item.status, ItemStatus::Successful | ItemStatus::Abandoned);
        if settled || matches!(status, ItemStatus::Pending | ItemStatus::Abandoned) {
            return false;
        }
        item.status = status;
        item.report = Some(Box::new(report));
        self.updated = now;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant { seconds, nanos: 0 }
    }

    fn job(status: JobStatus) -> Job {
        let item = |status| JobItem {
            entry: 0,
            status,
            report: None,
        };
        Job {
            id: String::new(),
            company: 0,
            status,
            interactive: true,
            by_vendor: false,
            expires_in: EXPIRES_IN,
            created: at(0),
            created_by: None,
            started: None,
            updated: at(0),
            completed: None,
            expired: None,
            failure: None,
            items: vec![item(ItemStatus::Pending), item(ItemStatus::Successful)],
        }
    }

    #[test]
    fn only_documented_status_transitions_are_accepted() {
        use JobStatus::{Completed, CompletedWithErrors, Failed, InProgress, Pending};
        let failed =
            || JobTransition::Failed("No disk".to_owned(), "service_unreachable".to_owned());
        let steps = || {
            [
                JobTransition::Started,
                failed(),
                JobTransition::Completed,
                JobTransition::CompletedWithErrors,
            ]
        };
        let table = [
            (Pending, [Some(InProgress), Some(Failed), None, None]),
            (
                InProgress,
                [
                    None,
                    Some(Failed),
                    Some(Completed),
                    Some(CompletedWithErrors),
                ],
            ),
            (Failed, [None; 4]),
            (Completed, [None; 4]),
            (CompletedWithErrors, [None; 4]),
        ];
        for (from, results) in table {
            for (step, result) in steps().into_iter().zip(results) {
                let mut job = job(from);
                assert_eq!(
                    job.step(step.clone(), at(9)),
                    result.is_some(),
                    "{from:?} {step:?}"
                );
                assert_eq!(job.status, result.unwrap_or(from));
                let ended = result.is_some_and(|result| !result.runs());
                assert_eq!(job.completed.is_some(), ended);
                let abandoned = job.items[0].status == ItemStatus::Abandoned;
                assert_eq!(abandoned, ended);
                assert_eq!(job.items[1].status, ItemStatus::Successful);
            }
        }
    }

    #[test]
    fn job_without_updates_expires_and_an_update_extends_it() {
        let mut job = job(JobStatus::InProgress);
        assert!(!job.expire(at(EXPIRES_IN - 1)));
        assert!(job.report(0, ItemStatus::Failed, ItemReport::default(), at(100)));
        assert!(!job.expire(at(EXPIRES_IN)));
        assert!(job.expire(at(EXPIRES_IN + 500)));
        assert_eq!(job.expired, Some(at(EXPIRES_IN + 100)));
        assert_eq!(job.failure.as_ref().unwrap().1, "job_expired");
        assert!(!job.expire(at(2 * EXPIRES_IN)));
    }

    #[test]
    fn final_job_status_does_not_change() {
        let mut job = job(JobStatus::InProgress);
        let mut report =
            |at_item, status| job.report(at_item, status, ItemReport::default(), at(1));
        assert!(!report(1, ItemStatus::Failed));
        assert!(!report(0, ItemStatus::Abandoned));
        assert!(!report(0, ItemStatus::Pending));
        assert!(report(0, ItemStatus::InProgress));
        assert!(report(0, ItemStatus::Failed));
        assert!(report(0, ItemStatus::Successful));
        assert!(!report(0, ItemStatus::Failed));
        assert!(!report(2, ItemStatus::Failed));
    }
}
