//! The state of a run on the page, and its requests.

use std::collections::BTreeMap;

use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_ledger::mapping::{MappingDraft, propose};
use outlay_ledger::run::results::{LeftOut, LeftOutEntries, not_in_file, results};
use outlay_ledger::run::{ExportRun, ItemResult, Phase, Reading, RunStep, StepFacts, WriteFailure};
use outlay_ledger::{Format, manifest};
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::export::job::{
    CreateExportJobEvent, ExportJob, ExportJobItem, ExportJobItemUpdate,
};
use outlay_pleo::export::status::{ExportJobItemFailureReasonType, ExportJobItemStatus};
use outlay_pleo::id::{AccountingEntryId, ExportJobId};
use outlay_pleo::paging::Envelope;
use outlay_pleo::request::{export_items, export_jobs};
use outlay_pleo::{Completeness, ListProgress};

use super::failure::write_failure;
use super::list::is_retained;
use super::messages;
use super::preview::{Preview, preview};
use crate::effect::effect;
use crate::platform::locks::{self, HeldLock};
use crate::platform::unload_guard::{self, UnsavedWork};
use crate::platform::{clock, document, intl};
use crate::session::Session;
use crate::session::app_error::AppError;
use crate::session::call::{ask, execute};
use crate::session::company_data::{CompanyData, every_page};
use crate::session::latest::Latest;
use crate::session::load::{ListPagination, Load, LoadState};

/// A write that the user confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunWrite {
    Start,
    Report,
    Close,
    Cancel,
}

/// Whether this tab may work on the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TabLock {
    Asking,
    Held,
    /// Another tab has the job.
    Elsewhere,
}

/// The note after a write that Pleo refused or whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteNote {
    /// Its answer was lost, and the state was read again.
    Lost,
    /// Pleo refused it, and the state was read again.
    Changed,
}

/// The run of one job.
#[derive(Clone, Copy)]
pub struct RunState {
    pub session: Session,
    pub company_data: CompanyData,
    pub id: StoredValue<ExportJobId>,
    pub lock: RwSignal<TabLock>,
    held: StoredValue<Option<HeldLock>, LocalStorage>,
    pub run: RwSignal<ExportRun>,
    /// Whether a request is in progress.
    pub busy: RwSignal<bool>,
    pub error: RwSignal<Option<AppError>>,
    pub note: RwSignal<Option<WriteNote>>,
    /// The bookkeeping data of the items.
    pub items: RwSignal<Load<Vec<ExportItem>>>,
    pub pagination: RwSignal<ListPagination>,
    pub draft: RwSignal<Option<MappingDraft>>,
    pub left_out: RwSignal<LeftOutEntries>,
    /// The entries that were settled at Pleo before this page made a file; they are in no file.
    settled: RwSignal<Vec<AccountingEntryId>>,
    /// Whether the user said on resuming that the file was imported.
    pub imported_before: RwSignal<bool>,
    /// Whether the manifest of that import was loaded.
    pub manifest_loaded: RwSignal<bool>,
    /// The entries in the imported files with their voucher numbers, as the manifest states them.
    vouchers: RwSignal<BTreeMap<AccountingEntryId, String>>,
    /// The write that waits for its confirmation.
    pub confirming: RwSignal<Option<RunWrite>>,
    pub preview: Memo<Preview>,
    pub phase: Memo<Phase>,
    pub step: Memo<RunStep>,
    task: StoredValue<Latest, LocalStorage>,
}

impl RunState {
    /// Takes the job's lock, then reads the job. Another tab's lock is waited for.
    pub fn new(id: ExportJobId) -> RunState {
        let run = RwSignal::new(ExportRun::default());
        let items = RwSignal::new(Load::<Vec<ExportItem>>::Idle);
        let draft = RwSignal::new(None::<MappingDraft>);
        let left_out = RwSignal::new(LeftOutEntries::new());
        let settled = RwSignal::new(Vec::<AccountingEntryId>::new());
        let imported_before = RwSignal::new(false);
        let manifest_loaded = RwSignal::new(false);
        let vouchers = RwSignal::new(BTreeMap::new());
        let job = Memo::new(move |before: Option<&Option<ExportJob>>| {
            // The job as it was read first: its files do not depend on its state.
            let known = before.and_then(Clone::clone);
            known.or_else(|| run.with(|run| run.job().cloned()))
        });
        let preview = Memo::new_with_compare(
            move |_| {
                let (Some(job), Some(draft)) = (job.get(), draft.get()) else {
                    return Preview::default();
                };
                let mut excluded = settled.get();
                left_out.with(|left_out| excluded.extend(left_out.keys().cloned()));
                excluded.sort();
                excluded.dedup();
                items.with(|items| match items {
                    Load::Ready(items) => preview(&job, items, &draft, &excluded),
                    _ => Preview::default(),
                })
            },
            |_, _| true,
        );
        let phase = Memo::new(move |_| run.with(ExportRun::phase));
        let state = RunState {
            session: expect_context::<Session>(),
            company_data: expect_context::<CompanyData>(),
            id: StoredValue::new(id),
            lock: RwSignal::new(TabLock::Asking),
            held: StoredValue::new_local(None),
            run,
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            note: RwSignal::new(None),
            items,
            pagination: RwSignal::new(ListPagination::default()),
            draft,
            left_out,
            settled,
            imported_before,
            manifest_loaded,
            vouchers,
            confirming: RwSignal::new(None),
            preview,
            phase,
            step: Memo::new(|_| RunStep::Start),
            task: StoredValue::new_local(Latest::default()),
        };
        let state = RunState {
            step: Memo::new(move |_| state.current_step()),
            ..state
        };
        on_cleanup(move || {
            let _ = state.task.try_with_value(Latest::stop);
            let _ = state.held.try_update_value(Option::take);
        });
        // The dialog would cover the way to reconnect.
        effect(move || {
            if is_retained(state.session) {
                state.confirming.set(None);
            }
        });
        unload_guard::warn_while(UnsavedWork::ExportRun, move || {
            let chosen = state.is_fixed() || state.left_out.with(|all| !all.is_empty());
            matches!(state.phase.get(), Phase::Running) && (chosen || state.busy.get())
        });
        clock::poll_while_mounted(1_000, move || state.take_lock());
        state
    }

    /// Takes the job's lock, unless this tab holds it.
    async fn take_lock(self) {
        if self.lock.try_get_untracked() != Some(TabLock::Asking)
            && self.lock.try_get_untracked() != Some(TabLock::Elsewhere)
        {
            return;
        }
        let Some(name) = self
            .id
            .try_with_value(|id| ["outlay-export-", id.as_str()].concat())
        else {
            return;
        };
        let taken = locks::take(&name).await;
        if self.lock.try_get_untracked().is_none() {
            return;
        }
        match taken {
            Some(held) => {
                self.held.set_value(Some(held));
                self.lock.set(TabLock::Held);
                self.read();
            }
            None if self.lock.get_untracked() == TabLock::Asking => {
                self.lock.set(TabLock::Elsewhere);
            }
            None => {}
        }
    }

    fn current_step(self) -> RunStep {
        let facts = self.preview.with(|preview| StepFacts {
            loaded: self.items.with(|items| items.ready().is_some()),
            mapped: preview.problem.is_none(),
            findings: !preview.issues.is_empty() || !self.without_data().is_empty(),
            rehearsed: preview.files.is_some() || preview.is_empty,
            imported: preview.is_empty,
        });
        let imported = self.run.with(|run| run.imported() == Some(true));
        let facts = match self.imported_before.get() {
            // The file is in the ledger: nothing before the report is left to do.
            true => StepFacts {
                loaded: facts.loaded,
                mapped: true,
                findings: false,
                rehearsed: true,
                imported: true,
            },
            false => StepFacts {
                imported: imported || facts.imported,
                ..facts
            },
        };
        self.run.with(|run| run.step(facts))
    }

    /// The open items without bookkeeping data that are not left out. Tracks items and run.
    pub fn without_data(self) -> Vec<AccountingEntryId> {
        self.items.with(|items| {
            let Load::Ready(items) = items else {
                return Vec::new();
            };
            let known: std::collections::HashSet<&AccountingEntryId> =
                items.iter().map(|item| &item.accounting_entry_id).collect();
            self.left_out.with(|left_out| {
                self.run.with(|run| {
                    let open = run.open_items().map(|item| &item.accounting_entry_id);
                    open.filter(|id| !known.contains(id) && !left_out.contains_key(id))
                        .cloned()
                        .collect()
                })
            })
        })
    }

    /// Whether mapping and choices may be changed: not after the user has said that the file is in the
    /// ledger.
    pub fn is_fixed(self) -> bool {
        self.run.with(|run| run.imported() == Some(true))
    }

    /// The results to report. Empty until the file is in the ledger.
    pub fn results(self) -> BTreeMap<AccountingEntryId, ItemResult> {
        if self.imported_before.get() {
            let left_out = self.left_out.get();
            // The files are in the ledger: only their manifest knows the numbers there.
            let vouchers = self.manifest_loaded.get().then(|| self.vouchers.get());
            return self.run.with(|run| {
                let open = run.open_items().filter_map(|item| {
                    let id = item.accounting_entry_id.clone();
                    let result = match (left_out.get(&id), &vouchers) {
                        (Some(left_out), _) => ItemResult::LeftOut(left_out.clone()),
                        (None, None) => ItemResult::Exported {
                            voucher: String::new(),
                        },
                        // An entry that the manifest does not name is not reported.
                        (None, Some(vouchers)) => ItemResult::Exported {
                            voucher: vouchers.get(&id)?.clone(),
                        },
                    };
                    Some((id, result))
                });
                open.collect()
            });
        }
        self.preview.with(|preview| {
            self.left_out.with(|left_out| match &preview.files {
                Some(files) if self.is_fixed() => results(&files.journal, left_out),
                None if preview.is_empty => left_out
                    .iter()
                    .map(|(id, left_out)| (id.clone(), ItemResult::LeftOut(left_out.clone())))
                    .collect(),
                _ => BTreeMap::new(),
            })
        })
    }

    /// Reads what the run needs from Pleo, and the items' data if the job is in progress.
    pub fn read(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.error.set(None);
        self.busy.set(true);
        self.task.with_value(|task| {
            task.run(async move {
                if let Err(app_error) = self.refresh().await {
                    self.error.set(Some(app_error));
                }
                self.busy.set(false);
                self.load_if_running();
            });
        });
    }

    /// Reads job and items as far as the run asks for them.
    async fn refresh(self) -> Result<(), AppError> {
        let gone = || AppError::of(ErrorCode::SessionEnded);
        let id = self.id.get_value();
        while let Some(reading) = self.run.with_untracked(ExportRun::reading) {
            let (client, connection) = self.company_data.with().ok_or_else(gone)?;
            match reading {
                Reading::Job => {
                    let job: Envelope<ExportJob> =
                        ask(&client, &connection, export_jobs::get(&id)).await?;
                    self.run.update(|run| run.take_job(job.data));
                }
                Reading::Items => {
                    let result = every_page(
                        &client,
                        &connection,
                        |slice| Ok(export_jobs::items(&id, None, slice)),
                        |item: &ExportJobItem| item.accounting_entry_id.as_str(),
                        |_| {},
                    );
                    let (items, list) = result.await?;
                    complete(&list)?;
                    self.run.update(|run| run.take_items(items));
                }
            }
        }
        Ok(())
    }

    fn load_if_running(self) {
        let running = self.phase.get_untracked() == Phase::Running;
        let loaded = self.items.with_untracked(|items| items.ready().is_some());
        if running && !loaded {
            self.load_items();
        }
    }

    /// Loads the bookkeeping data of the items.
    pub fn load_items(self) {
        // A request in progress would be cancelled.
        if self.busy.get_untracked() {
            return;
        }
        let Some((client, connection)) = self.company_data.with() else {
            return;
        };
        let id = self.id.get_value();
        self.items.set(Load::Loading);
        self.pagination.set(ListPagination {
            step: LoadState::Loading,
            ..ListPagination::default()
        });
        self.task.with_value(|task| {
            task.run(async move {
                let result = every_page(
                    &client,
                    &connection,
                    |slice| Ok(export_items::list(&id, slice)),
                    |item: &ExportItem| item.accounting_entry_id.as_str(),
                    |list| self.pagination.update(|it| it.list = list.clone()),
                );
                let result = result.await;
                let result = result.and_then(|(items, list)| complete(&list).map(|()| items));
                match result {
                    Ok(items) => self.take_data(items),
                    Err(app_error) => self.items.set(Load::Failed(app_error)),
                }
            });
        });
    }

    fn take_data(self, mut items: Vec<ExportItem>) {
        // The items of the job decide what is exported.
        self.run.with_untracked(|run| {
            let of_job: std::collections::HashSet<&AccountingEntryId> = run
                .items()
                .iter()
                .map(|item| &item.accounting_entry_id)
                .collect();
            items.retain(|item| of_job.contains(&item.accounting_entry_id));
        });
        let imported = self.run.with_untracked(|run| run.imported() == Some(true));
        self.imported_before.set(imported);
        self.take_settled(imported);
        if self.draft.with_untracked(Option::is_none) {
            let mapping = propose(Format::Csv, "", &items);
            self.draft.set(Some(MappingDraft::from(&mapping)));
        }
        self.items.set(Load::Ready(items));
        self.pagination.update(|it| it.step = LoadState::Done);
    }

    /// Leaves entries that already have a result at Pleo out of the next file.
    fn take_settled(self, imported: bool) {
        let none = LeftOutEntries::new();
        let settled = self
            .run
            .with_untracked(|run| not_in_file(run.items(), &none, imported));
        self.settled.set(settled);
    }

    /// Takes in the answer to the question whether the file was imported before.
    pub fn answer_imported(self, imported: bool) {
        self.run.update(|run| run.answer_imported(imported));
        if !imported {
            self.imported_before.set(false);
            self.manifest_loaded.set(false);
            self.take_settled(false);
        }
        self.load_if_running();
    }

    /// Takes in a manifest that the user chose. Returns the problem in words.
    pub fn load_manifest(self, text: &str) -> Result<(), String> {
        let facts = manifest::read(text).map_err(|error| error.to_string())?;
        if self.id.with_value(|id| *id != facts.job) {
            return Err(messages::run::MANIFEST_OTHER.to_owned());
        }
        let open: Vec<AccountingEntryId> = self.run.with_untracked(|run| {
            let open = run.open_items();
            open.map(|item| item.accounting_entry_id.clone()).collect()
        });
        let left_out = facts.left_out.into_iter().filter(|id| open.contains(id));
        let left_out = left_out.map(|id| {
            let left_out = LeftOut {
                reason: ExportJobItemFailureReasonType::AccountingSystemValidationFailure,
                message: messages::check::BY_MANIFEST.to_owned(),
            };
            (id, left_out)
        });
        self.left_out.set(left_out.collect());
        self.vouchers.set(facts.vouchers.into_iter().collect());
        self.draft.set(Some(MappingDraft::from(&facts.mapping)));
        self.manifest_loaded.set(true);
        Ok(())
    }

    /// Leaves entries out, each with its reason. The focus stays in the section whose row goes.
    pub fn leave_out(self, entries: Vec<(AccountingEntryId, LeftOut)>) {
        self.left_out.update(|left_out| left_out.extend(entries));
        request_animation_frame(|| document::focus_if_lost("run-check"));
    }

    /// Takes an entry into the file again.
    pub fn put_back(self, id: &AccountingEntryId) {
        self.left_out.update(|left_out| {
            left_out.remove(id);
        });
        request_animation_frame(|| document::focus_if_lost("run-check"));
    }

    /// Carries out a confirmed write.
    pub fn write(self, write: RunWrite) {
        if self.busy.get_untracked() {
            return;
        }
        // Without a connection nothing is sent, and the run must not wait for an answer.
        if self.company_data.with().is_none() {
            return;
        }
        self.error.set(None);
        self.note.set(None);
        let event = |make: fn(&mut ExportRun) -> Option<CreateExportJobEvent>| {
            self.run.try_update(make).flatten()
        };
        match write {
            RunWrite::Report => self.report(),
            RunWrite::Start => self.send(event(ExportRun::start)),
            RunWrite::Close => self.send(event(|run| run.close(messages::run::NOTHING_REASON))),
            RunWrite::Cancel => {
                self.send(event(|run| run.cancel(messages::run::CANCELLED_REASON)));
            }
        }
    }

    fn send(self, event: Option<CreateExportJobEvent>) {
        let (Some(event), Some((client, connection))) = (event, self.company_data.with()) else {
            return;
        };
        self.busy.set(true);
        self.task.with_value(|task| {
            task.run(async move {
                let answer = execute(&client, &connection, export_jobs::report(&event)).await;
                let answer = answer.map(drop).map_err(|app_error| {
                    let failure = write_failure(app_error.code);
                    self.error.set(Some(app_error));
                    failure
                });
                self.run.update(|run| run.event_answered(answer));
                self.after_write(answer.err()).await;
                if matches!(self.phase.get_untracked(), Phase::Ended(_)) {
                    // Their export status has changed.
                    self.company_data.drop_entries();
                }
                self.settle();
                self.load_if_running();
            });
        });
    }

    /// Ends a write: the button that began it may be gone, so the focus is not lost with it.
    fn settle(self) {
        self.busy.set(false);
        request_animation_frame(|| document::focus_if_lost("heading"));
    }

    /// Reads the state again if the write requires it, and notes why.
    async fn after_write(self, failure: Option<WriteFailure>) {
        if self.run.with_untracked(ExportRun::reading).is_none() {
            return;
        }
        match (self.refresh().await, failure) {
            (Err(app_error), _) => self.error.set(Some(app_error)),
            (Ok(()), Some(WriteFailure::Unknown)) => {
                self.error.set(None);
                self.note.set(Some(WriteNote::Lost));
            }
            (Ok(()), Some(_)) => self.note.set(Some(WriteNote::Changed)),
            (Ok(()), None) => {}
        }
    }

    /// Reports batch after batch, until nothing is left or a batch fails.
    fn report(self) {
        let results = untrack(|| self.results());
        self.busy.set(true);
        self.task.with_value(|task| {
            task.run(async move {
                self.report_batches(&results).await;
                self.settle();
            });
        });
    }

    async fn report_batches(self, results: &BTreeMap<AccountingEntryId, ItemResult>) {
        let id = self.id.get_value();
        loop {
            let Some((client, connection)) = self.company_data.with() else {
                return;
            };
            let now = intl::iso(clock::wall_millis());
            let batch = self.run.try_update(|run| run.batch(results, &now));
            let batch = batch.unwrap_or_default();
            // A batch has at most 100 items.
            let Ok(request) = export_jobs::update_items(&id, &batch) else {
                return;
            };
            let answer = ask::<ExportJobItemUpdate>(&client, &connection, request).await;
            let answer = answer.map_err(|app_error| {
                let failure = write_failure(app_error.code);
                self.error.set(Some(app_error));
                failure
            });
            let failure = answer.as_ref().err().copied();
            self.run.update(|run| run.batch_answered(answer));
            let reads = self.run.with_untracked(ExportRun::reading).is_some();
            if failure.is_some() || reads {
                return self.after_write(failure).await;
            }
        }
    }

    /// Whether no item was reported as exported.
    pub fn nothing_exported(self) -> bool {
        self.run
            .with(|run| run.count(&ExportJobItemStatus::Successful) == 0)
    }
}

/// Fails unless the whole list of items arrived: a part of it could hide an item.
fn complete(list: &ListProgress) -> Result<(), AppError> {
    match list.completeness() {
        Completeness::Incomplete(reason) => Err(AppError {
            detail: Some(reason.sentence(messages::ITEMS, intl::count)),
            ..AppError::of(ErrorCode::ApiMalformed)
        }),
        Completeness::Complete | Completeness::Partial => Ok(()),
    }
}
