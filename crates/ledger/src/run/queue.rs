//! Which job of a company is next, and when a job expires.

use outlay_pleo::export::job::ExportJob;
use outlay_pleo::export::status::ExportJobStatus;
use outlay_pleo::time::Instant;

/// Returns whether the job is pending or in progress.
#[must_use]
pub fn is_running(job: &ExportJob) -> bool {
    matches!(
        job.status,
        ExportJobStatus::Pending | ExportJobStatus::InProgress
    )
}

/// Returns the job to work on: one in progress, which is resumed, before the oldest pending one. `None` if
/// no job is pending or in progress.
#[must_use]
pub fn next(jobs: &[ExportJob]) -> Option<&ExportJob> {
    let rank = |job: &&ExportJob| {
        let waits = job.status == ExportJobStatus::Pending;
        (waits, Instant::parse(&job.created_at), job.id.clone())
    };
    jobs.iter().filter(|job| is_running(job)).min_by_key(rank)
}

/// Returns the instant at which the job expires if nothing is sent: `expiresIn` seconds after the last
/// update. `None` for a job that has ended, or without a readable instant.
#[must_use]
pub fn expires_at(job: &ExportJob) -> Option<Instant> {
    if !is_running(job) {
        return None;
    }
    let updated = job.last_updated_at.as_deref().or(job.started_at.as_deref());
    let from = Instant::parse(updated.unwrap_or(&job.created_at))?;
    Some(Instant {
        seconds: from.seconds.checked_add(i64::from(job.expires_in))?,
        ..from
    })
}

/// Returns the seconds until the next automatic check, after `quiet` checks in a row that found no change:
/// 30 at first, twice as many each time, 300 at most.
#[must_use]
pub fn poll_delay(quiet: u32) -> u32 {
    30_u32.saturating_mul(2_u32.saturating_pow(quiet)).min(300)
}
