//! An export run against a model of Pleo: no item is reported twice, no job is started twice, whatever is
//! lost, refused or interrupted.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeMap;

use outlay_ledger::run::queue::{expires_at, next, poll_delay};
use outlay_ledger::run::results::{LeftOut, not_in_file};
use outlay_ledger::run::{
    Ending, ExportRun, ItemResult, Phase, Reading, RunStep, StepFacts, WriteFailure,
};
use outlay_pleo::export::job::{
    CreateExportJobEvent, ExportJob, ExportJobItem, ExportJobItemUpdate, ExportJobItemUpdateError,
    UpdateExportJobItem,
};
use outlay_pleo::export::status::{
    ExportJobEventType, ExportJobFailureReasonType, ExportJobItemFailureReasonType,
    ExportJobItemStatus, ExportJobItemUpdateErrorType, ExportJobStatus,
};
use outlay_pleo::id::AccountingEntryId;
use proptest::prelude::*;

type Results = BTreeMap<AccountingEntryId, ItemResult>;

fn id(number: usize) -> AccountingEntryId {
    format!("e0000000-0000-4000-8000-{number:012}")
        .as_str()
        .into()
}

fn job(status: ExportJobStatus) -> ExportJob {
    ExportJob {
        id: "10b00000-0000-4000-8000-000000000001".into(),
        company_id: "c0000000-0000-4000-8000-000000000001".into(),
        status,
        number_of_items: 0,
        is_interactive: true,
        vendor_based_bookkeeping: false,
        expires_in: 3_600,
        created_at: "2026-11-20T08:00:00Z".to_owned(),
        created_by: None,
        started_at: None,
        last_updated_at: None,
        completed_at: None,
        expired_at: None,
        failure_reason: None,
        failure_reason_type: None,
    }
}

fn item(number: usize, status: ExportJobItemStatus) -> ExportJobItem {
    ExportJobItem {
        export_job_id: job(ExportJobStatus::Pending).id,
        accounting_entry_id: id(number),
        status,
        external_id: None,
        external_url: None,
        failure_reason: None,
        failure_reason_type: None,
        exported_at: None,
    }
}

fn results(count: usize, left_out: impl Fn(usize) -> bool) -> Results {
    let result = |number: usize| match left_out(number) {
        true => ItemResult::LeftOut(LeftOut {
            reason: ExportJobItemFailureReasonType::AccountUnknown,
            message: "No account.".to_owned(),
        }),
        false => ItemResult::Exported {
            voucher: format!("P{number}"),
        },
    };
    (0..count)
        .map(|number| (id(number), result(number)))
        .collect()
}

/// Pleo as `docs/sandbox.md` describes it. It panics on a request that no client may send.
struct Model {
    job: ExportJob,
    items: Vec<ExportJobItem>,
    /// Items that it refuses to update.
    refused: Vec<usize>,
    started: usize,
    ended: usize,
}

impl Model {
    fn new(count: usize, refused: Vec<usize>) -> Model {
        Model {
            job: job(ExportJobStatus::Pending),
            items: (0..count)
                .map(|number| item(number, ExportJobItemStatus::Pending))
                .collect(),
            refused,
            started: 0,
            ended: 0,
        }
    }

    fn event(&mut self, event: &CreateExportJobEvent) -> Result<(), WriteFailure> {
        assert_eq!(event.job_id, self.job.id);
        let explained = event.failure_reason.is_some() && event.failure_reason_type.is_some();
        assert_eq!(explained, event.event == ExportJobEventType::Failed);
        use ExportJobEventType as Event;
        use ExportJobStatus as Status;
        let next = match (&self.job.status, &event.event) {
            (Status::Pending, Event::Started) => Status::InProgress,
            (Status::InProgress, Event::Started) => unreachable!("a second started"),
            (Status::InProgress, Event::Completed) => Status::Completed,
            (Status::InProgress, Event::CompletedWithErrors) => Status::CompletedWithErrors,
            (Status::Pending | Status::InProgress, Event::Failed) => Status::Failed,
            _ => return Err(WriteFailure::Refused),
        };
        self.started += usize::from(next == Status::InProgress);
        self.ended += usize::from(next != Status::InProgress);
        self.job.status = next;
        Ok(())
    }

    fn expire(&mut self) {
        if matches!(
            self.job.status,
            ExportJobStatus::Pending | ExportJobStatus::InProgress
        ) {
            self.job.status = ExportJobStatus::Failed;
            self.job.expired_at = Some("2026-11-20T10:00:00Z".to_owned());
            self.job.failure_reason_type = Some(ExportJobFailureReasonType::JobExpired);
        }
    }

    fn report(
        &mut self,
        batch: &[UpdateExportJobItem],
    ) -> Result<ExportJobItemUpdate, WriteFailure> {
        assert!(!batch.is_empty() && batch.len() <= 100, "{}", batch.len());
        if self.job.status != ExportJobStatus::InProgress {
            return Err(WriteFailure::Refused);
        }
        let mut update = ExportJobItemUpdate::default();
        for reported in batch {
            let at = self
                .items
                .iter()
                .position(|item| item.accounting_entry_id == reported.accounting_entry_id)
                .unwrap();
            if self.refused.contains(&at) {
                update.errors.push(ExportJobItemUpdateError {
                    accounting_entry_id: id(at),
                    kind: ExportJobItemUpdateErrorType::AccountingEntryUpdateFailed,
                    message: "Locked.".to_owned(),
                });
                continue;
            }
            let item = &mut self.items[at];
            let open = matches!(item.status, ExportJobItemStatus::Pending);
            assert!(open, "item {at} is reported a second time");
            item.status = reported.status.clone();
            item.external_id.clone_from(&reported.external_id);
            update.data.push(item.clone());
        }
        Ok(update)
    }
}

/// Whether a request and its answer arrive.
#[derive(Debug, Clone, Copy)]
enum Delivery {
    Answered,
    /// Pleo acts, and the answer is lost.
    AnswerLost,
    /// The request is lost.
    RequestLost,
    /// Pleo refuses for now, 429.
    Later,
    /// The page is closed after Pleo acted, and opened again.
    Closed,
}

fn delivery() -> impl Strategy<Value = Delivery> {
    prop_oneof![
        6 => Just(Delivery::Answered),
        1 => Just(Delivery::AnswerLost),
        1 => Just(Delivery::RequestLost),
        1 => Just(Delivery::Later),
        1 => Just(Delivery::Closed),
    ]
}

/// Carries out a write of the run. Returns its answer, or `None` if the page was closed.
fn carry<T>(
    delivery: Delivery,
    act: impl FnOnce() -> Result<T, WriteFailure>,
) -> Option<Result<T, WriteFailure>> {
    match delivery {
        Delivery::Answered => Some(act()),
        Delivery::AnswerLost => {
            let _ = act();
            Some(Err(WriteFailure::Unknown))
        }
        Delivery::RequestLost => Some(Err(WriteFailure::Unknown)),
        Delivery::Later => Some(Err(WriteFailure::NotDone)),
        Delivery::Closed => {
            let _ = act();
            None
        }
    }
}

fn read(run: &mut ExportRun, model: &Model) {
    while let Some(reading) = run.reading() {
        match reading {
            Reading::Job => run.take_job(model.job.clone()),
            Reading::Items => run.take_items(model.items.clone()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_interrupted_run_ends_with_each_item_reported_once(
        count in 0_usize..260,
        refused in prop::collection::vec(0_usize..260, 0..4),
        deliveries in prop::collection::vec(delivery(), 0..30),
        left_out_each in 1_usize..9,
    ) {
        let mut model = Model::new(count, refused.into_iter().filter(|at| *at < count).collect());
        let results = results(count, |number| number % left_out_each == 0);
        let mut deliveries = deliveries.into_iter();
        let mut run = ExportRun::default();
        for turn in 0.. {
            prop_assert!(turn < 200, "the run does not end");
            read(&mut run, &model);
            let delivery = deliveries.next().unwrap_or(Delivery::Answered);
            let answered = match run.phase() {
                Phase::Unread => unreachable!("everything is read"),
                Phase::Pending => {
                    let event = run.start().unwrap();
                    let answer = carry(delivery, || model.event(&event));
                    answer.map(|answer| run.event_answered(answer))
                }
                Phase::AskImported => {
                    run.answer_imported(true);
                    Some(())
                }
                Phase::Running if run.closing().is_some() => {
                    let event = run.close("Nothing was exported.").unwrap();
                    let answer = carry(delivery, || model.event(&event));
                    answer.map(|answer| run.event_answered(answer))
                }
                Phase::Running => {
                    let batch = run.batch(&results, "2026-11-20T09:00:00Z");
                    prop_assert!(!batch.is_empty());
                    let answer = carry(delivery, || model.report(&batch));
                    answer.map(|answer| run.batch_answered(answer))
                }
                Phase::Ended(ending) => {
                    prop_assert!(!matches!(ending, Ending::Expired | Ending::Unknown(_)));
                    break;
                }
            };
            if answered.is_none() {
                run = ExportRun::default();
            }
        }
        prop_assert_eq!((model.started, model.ended), (1, 1));
        for (number, item) in model.items.iter().enumerate() {
            let expected = match &results[&id(number)] {
                _ if model.refused.contains(&number) => ExportJobItemStatus::Pending,
                ItemResult::Exported { .. } => ExportJobItemStatus::Successful,
                ItemResult::LeftOut(_) => ExportJobItemStatus::Failed,
            };
            prop_assert_eq!(&item.status, &expected, "item {}", number);
        }
    }
}

/// A run whose job is in progress, which the user says was not imported before.
fn running(statuses: &[ExportJobItemStatus]) -> ExportRun {
    let items = statuses.iter().cloned().enumerate();
    let mut run = ExportRun::default();
    run.take_job(job(ExportJobStatus::InProgress));
    run.take_items(items.map(|(number, status)| item(number, status)).collect());
    run.answer_imported(false);
    run
}

#[test]
fn status_of_the_job_decides_the_phase() {
    use ExportJobStatus as Status;
    for (status, phase) in [
        (Status::Pending, Phase::Pending),
        (Status::InProgress, Phase::AskImported),
        (Status::Failed, Phase::Ended(Ending::Failed)),
        (Status::Completed, Phase::Ended(Ending::Completed)),
        (
            Status::CompletedWithErrors,
            Phase::Ended(Ending::CompletedWithErrors),
        ),
        (
            Status::from("canceled"),
            Phase::Ended(Ending::Unknown("canceled".to_owned())),
        ),
    ] {
        let mut run = ExportRun::default();
        assert_eq!(run.phase(), Phase::Unread);
        run.take_job(job(status.clone()));
        run.take_items(vec![item(0, ExportJobItemStatus::Pending)]);
        assert_eq!(run.phase(), phase);
        // An expired job has ended, whatever status Pleo gives it.
        if matches!(
            status,
            Status::Pending | Status::InProgress | Status::Failed
        ) {
            let mut expired = job(status);
            expired.expired_at = Some("2026-11-20T10:00:00Z".to_owned());
            run.take_job(expired);
            assert_eq!(run.phase(), Phase::Ended(Ending::Expired));
            assert!(!run.may_start() && !run.may_report() && !run.may_cancel());
        }
    }
}

#[test]
fn job_without_open_items_is_not_asked_about() {
    let mut run = ExportRun::default();
    run.take_job(job(ExportJobStatus::InProgress));
    assert_eq!(run.phase(), Phase::Unread);
    run.take_items(vec![item(0, ExportJobItemStatus::Successful)]);
    assert_eq!(run.phase(), Phase::Running);
}

#[test]
fn job_that_this_run_started_is_not_asked_about() {
    let mut run = ExportRun::default();
    run.take_job(job(ExportJobStatus::Pending));
    run.take_items(Vec::new());
    assert!(run.start().is_some());
    assert!(run.start().is_none(), "a start is on its way");
    run.event_answered(Ok(()));
    assert_eq!(run.reading(), Some(Reading::Job));
    run.take_job(job(ExportJobStatus::InProgress));
    run.take_items(vec![item(0, ExportJobItemStatus::Pending)]);
    assert_eq!((run.phase(), run.imported()), (Phase::Running, Some(false)));
}

#[test]
fn refused_and_lost_writes_make_the_state_be_read_again() {
    use ExportJobItemStatus::Pending;
    for (failure, reads) in [
        (WriteFailure::Refused, true),
        (WriteFailure::Unknown, true),
        (WriteFailure::NotDone, false),
    ] {
        let mut run = running(&[Pending]);
        let results = results(1, |_| false);
        assert_eq!(run.batch(&results, "").len(), 1);
        assert!(run.batch(&results, "").is_empty(), "a batch is on its way");
        run.batch_answered(Err(failure));
        assert_eq!(run.reading().is_some(), reads, "{failure:?}");
        assert_eq!(run.batch(&results, "").is_empty(), reads, "{failure:?}");
    }
}

#[test]
fn item_that_the_answer_does_not_mention_makes_the_items_be_read_again() {
    use ExportJobItemStatus::{Pending, Successful};
    let mut run = running(&[Pending, Pending]);
    assert_eq!(run.batch(&results(2, |_| false), "").len(), 2);
    run.batch_answered(Ok(ExportJobItemUpdate {
        data: vec![item(0, Successful)],
        errors: Vec::new(),
    }));
    assert_eq!(run.reading(), Some(Reading::Job));
}

#[test]
fn refused_item_is_reported_again_only_after_a_retry() {
    use ExportJobItemStatus::{Pending, Successful};
    let mut run = running(&[Pending, Pending]);
    let results = results(2, |_| false);
    run.batch(&results, "");
    run.batch_answered(Ok(ExportJobItemUpdate {
        data: vec![item(0, Successful)],
        errors: vec![ExportJobItemUpdateError {
            accounting_entry_id: id(1),
            kind: ExportJobItemUpdateErrorType::ExportEntryStatusUpdateFailed,
            message: "Not now.".to_owned(),
        }],
    }));
    assert_eq!(run.errors()[&id(1)].message, "Not now.");
    assert_eq!(run.left_to_report(&results), 0);
    assert!(run.batch(&results, "").is_empty());
    let closing = run.closing().unwrap();
    assert_eq!(
        (closing.successful, closing.failed, closing.unreported),
        (1, 0, 1)
    );
    run.retry(&id(1));
    assert!(run.closing().is_none());
    let again = run.batch(&results, "");
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].external_id.as_deref(), Some("P1"));
}

#[test]
fn items_decide_the_final_status() {
    use ExportJobItemStatus::{Abandoned, Failed, Successful};
    let events = ExportJobEventType::from;
    for (statuses, event) in [
        (vec![], "completed"),
        (vec![Successful, Successful], "completed"),
        (vec![Successful, Failed], "completed_with_errors"),
        (vec![Successful, Abandoned], "completed_with_errors"),
        (vec![Failed, Failed], "failed"),
    ] {
        let mut run = running(&statuses);
        assert_eq!(run.closing().unwrap().event, events(event), "{statuses:?}");
        let sent = run.close("No entry was exported.").unwrap();
        let has_reason = sent.failure_reason.is_some() && sent.failure_reason_type.is_some();
        assert_eq!(has_reason, event == "failed", "{statuses:?}");
        assert!(run.closing().is_none(), "the event is on its way");
    }
    assert!(running(&[ExportJobItemStatus::Pending]).closing().is_none());
}

#[test]
fn job_with_an_exported_item_cannot_be_cancelled() {
    use ExportJobItemStatus::{Failed, Pending, Successful};
    let sent = running(&[Pending, Failed]).cancel("Cancelled.").unwrap();
    assert_eq!(
        sent.failure_reason_type,
        Some(ExportJobFailureReasonType::CanceledByUser)
    );
    assert!(running(&[Pending, Successful]).cancel("").is_none());
}

#[test]
fn expiry_during_the_report_ends_the_run() {
    let mut model = Model::new(150, Vec::new());
    let results = results(150, |_| false);
    let mut run = ExportRun::default();
    read(&mut run, &model);
    let event = run.start().unwrap();
    run.event_answered(model.event(&event));
    read(&mut run, &model);
    let batch = run.batch(&results, "");
    run.batch_answered(model.report(&batch));
    model.expire();
    let batch = run.batch(&results, "");
    assert_eq!(batch.len(), 50);
    run.batch_answered(model.report(&batch));
    read(&mut run, &model);
    assert_eq!(run.phase(), Phase::Ended(Ending::Expired));
    assert!(run.batch(&results, "").is_empty());
}

#[test]
fn step_follows_from_the_run_and_the_file() {
    use ExportJobItemStatus::{Pending, Successful};
    let facts = |loaded, mapped, findings, rehearsed, imported| StepFacts {
        loaded,
        mapped,
        findings,
        rehearsed,
        imported,
    };
    let open = running(&[Pending]);
    for (facts, step) in [
        (facts(false, false, false, false, false), RunStep::Fetch),
        (facts(true, false, true, false, false), RunStep::Map),
        (facts(true, true, true, false, false), RunStep::Check),
        (facts(true, true, false, false, false), RunStep::Rehearse),
        (facts(true, true, false, true, false), RunStep::File),
        (facts(true, true, false, true, true), RunStep::Report),
    ] {
        assert_eq!(open.step(facts), step);
    }
    let done = running(&[Successful]);
    assert_eq!(done.step(StepFacts::default()), RunStep::Close);
    assert_eq!(
        ExportRun::default().step(StepFacts::default()),
        RunStep::Start
    );
}

#[test]
fn file_has_neither_reported_nor_left_out_entries() {
    use ExportJobItemStatus::{Abandoned, Failed, Pending, Successful};
    let statuses = [Pending, Successful, Failed, Abandoned, Pending];
    let items: Vec<ExportJobItem> = statuses
        .into_iter()
        .enumerate()
        .map(|(number, status)| item(number, status))
        .collect();
    let left_out = [(
        id(4),
        LeftOut {
            reason: ExportJobItemFailureReasonType::TagUnknown,
            message: String::new(),
        },
    )]
    .into();
    assert_eq!(
        not_in_file(&items, &left_out, false),
        [id(1), id(2), id(3), id(4)]
    );
    // The file that was imported had the entries that are reported since.
    assert_eq!(not_in_file(&items, &left_out, true), [id(2), id(3), id(4)]);
}

#[test]
fn running_job_comes_before_the_oldest_pending_one() {
    let with = |status, created: &str| ExportJob {
        id: created.into(),
        created_at: created.to_owned(),
        ..job(status)
    };
    let newer = with(ExportJobStatus::Pending, "2026-11-20T10:00:00Z");
    let older = with(ExportJobStatus::Pending, "2026-11-20T11:00:00+02:00");
    let ended = with(ExportJobStatus::Completed, "2026-11-01T10:00:00Z");
    let begun = with(ExportJobStatus::InProgress, "2026-11-20T12:00:00Z");
    let of = |jobs: &[&ExportJob]| {
        let jobs: Vec<ExportJob> = jobs.iter().map(|job| (*job).clone()).collect();
        next(&jobs).map(|job| job.created_at.clone())
    };
    assert_eq!(
        of(&[&newer, &older, &ended]),
        Some(older.created_at.clone())
    );
    assert_eq!(of(&[&newer, &begun]), Some(begun.created_at.clone()));
    assert_eq!(of(&[&ended]), None);
    let mut updated = older;
    updated.last_updated_at = Some("2026-11-20T12:00:00Z".to_owned());
    let expires = expires_at(&updated).unwrap();
    assert_eq!(expires.format(0), "2026-11-20T13:00:00Z");
    assert_eq!(expires_at(&ended), None);
}

#[test]
fn polling_slows_down_to_five_minutes() {
    let delays: Vec<u32> = (0..6).map(poll_delay).collect();
    assert_eq!(delays, [30, 60, 120, 240, 300, 300]);
    assert_eq!(poll_delay(u32::MAX), 300);
}
