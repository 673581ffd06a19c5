//! Moves company data off the page and back, as [`super::retention`] decides.

use leptos::prelude::*;
use outlay_pleo::id::CompanyId;
use outlay_pleo::{Company, ListProgress};
use outlay_table::EntryTable;

use super::company_data::{CompanyData, KeptRows, ScrollPosition};
use super::directory::kind::DirectoryKind;
use super::directory::load::DirectoryList;
use super::entries::LoadRequest;
use super::latest::Latest;
use super::ledger_names::NamesFailed;
use super::load::{ListPagination, Load, LoadState};
use super::opened_entry::{OpenedEntry, OpenedReceipts};
use super::retention::{DataOwner, RETENTION_PERIOD, RetentionAction};
use crate::platform::{clock, download};

/// All loaded data, and the scroll position.
#[derive(Default)]
pub(super) struct RetainedData {
    chosen_company: Option<CompanyId>,
    companies: Load<Vec<Company>>,
    companies_list: ListProgress,
    people: Load<()>,
    people_list: ListProgress,
    table: EntryTable,
    load_request: LoadRequest,
    names_failed: NamesFailed,
    entries_pagination: ListPagination,
    opened: OpenedEntry,
    receipts: OpenedReceipts,
    directory: [DirectoryList; DirectoryKind::ALL.len()],
    place: ScrollPosition,
    since: clock::Moment,
}

impl CompanyData {
    /// Applies the action for a new owner. Must run before anything is rendered.
    pub fn follow(self, owner: Option<DataOwner>) {
        let before = self.previous_owner.get_value();
        self.previous_owner.set_value(owner.clone());
        match DataOwner::retention_action(before.as_ref(), owner.as_ref()) {
            RetentionAction::Unchanged => {}
            RetentionAction::Hide => self.retain(),
            RetentionAction::Restore => self.restore(),
            RetentionAction::Drop => {
                drop(self.take());
                self.session.dropped(owner.as_ref());
                // A memo that nothing reads any more keeps its last value.
                leptos::task::spawn_local(async move {
                    self.company_id.with_untracked(|_| ());
                });
            }
        }
    }

    /// Drops data that has been hidden for longer than [`RETENTION_PERIOD`], and every draft with it.
    pub fn drop_expired(self) {
        let too_long = self.retained_data.with_value(|retained_data| {
            retained_data
                .as_ref()
                .is_some_and(|retained_data| retained_data.since.elapsed() >= RETENTION_PERIOD)
        });
        if too_long {
            self.session.drop_everything();
        }
    }

    /// Takes everything off the page.
    fn take(self) -> RetainedData {
        download::drop_all();
        self.tasks.with_value(|tasks| {
            tasks.companies.stop();
            tasks.opened.stop();
            tasks.receipts.stop();
        });
        self.retained_data.set_value(None);
        self.waiting.set(None);
        let companies = taken(self.companies);
        let chosen_company = taken(self.chosen_company);
        RetainedData {
            chosen_company,
            companies,
            companies_list: taken(self.companies_list),
            opened: taken(self.opened),
            receipts: taken(self.receipts),
            ..self.take_company()
        }
    }

    pub(super) fn take_company(self) -> RetainedData {
        self.tasks.with_value(|tasks| {
            tasks.people.stop();
            tasks.entries.stop();
            tasks.names.stop();
            tasks.directory.iter().for_each(Latest::stop);
        });
        RetainedData {
            people: taken(self.people),
            people_list: taken(self.people_list),
            table: taken(self.table),
            load_request: taken(self.load_request),
            names_failed: {
                self.names_loading.set(false);
                taken(self.names_failed)
            },
            entries_pagination: taken(self.entries_pagination),
            place: taken(self.place),
            directory: self.directory.map(taken),
            ..RetainedData::default()
        }
    }

    fn retain(self) {
        let retained_data = RetainedData {
            since: clock::Moment::now(),
            ..self.take()
        };
        let lists = retained_data.directory.iter();
        let rows = KeptRows {
            entries: retained_data.table.entries(),
            directory: lists.map(|list| list.pagination.list.distinct()).sum(),
        };
        self.retained_data.set_value(Some(retained_data));
        self.waiting.set(Some(rows));
    }

    /// Puts everything back.
    fn restore(self) {
        let retained_data = self.retained_data.try_update_value(Option::take).flatten();
        let Some(retained_data) =
            retained_data.filter(|retained_data| retained_data.since.elapsed() < RETENTION_PERIOD)
        else {
            drop(self.take());
            return;
        };
        self.waiting.set(None);
        self.chosen_company.set(retained_data.chosen_company);
        self.companies.set(retained_data.companies.settled());
        self.companies_list.set(retained_data.companies_list);
        self.people.set(retained_data.people.settled());
        self.people_list.set(retained_data.people_list);
        self.table.set(retained_data.table);
        self.load_request.set(retained_data.load_request);
        self.names_failed.set(retained_data.names_failed);
        resume(self.entries_pagination, retained_data.entries_pagination);
        self.place.set(retained_data.place);
        for (signal, list) in self.directory.into_iter().zip(retained_data.directory) {
            signal.set(list.settled());
        }
        let opened = retained_data.opened;
        self.opened.set(OpenedEntry {
            entry: opened.entry.settled(),
            ..opened
        });
        let receipts = retained_data.receipts;
        self.receipts.set(OpenedReceipts {
            list: receipts.list.settled(),
            ..receipts
        });
    }
}

fn taken<T: Default + Send + Sync + 'static>(signal: RwSignal<T>) -> T {
    signal.try_update(std::mem::take).unwrap_or_default()
}

/// Restores the state of a list. The page continues one that was loading like one that was never begun.
fn resume(signal: RwSignal<ListPagination>, mut pagination: ListPagination) {
    if pagination.step == LoadState::Loading {
        pagination.step = LoadState::Idle;
    }
    signal.set(pagination);
}
