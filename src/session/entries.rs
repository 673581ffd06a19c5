//! The company's entries. The overview and the entries page read the same list: each states how far it
//! needs it, and one task loads it as far as the furthest asks ([`super::entry_pages`]).

use std::collections::HashMap;

use leptos::prelude::*;
use outlay_pleo::id::EmployeeId;
use outlay_pleo::request::EntryOwner;
use outlay_table::EntryTable;
use outlay_table::names::Coded;

use super::company_data::CompanyData;
use super::entry_pages::EntrySource;
use super::ledger_names::{self, NameSource};
use super::load::{ListPagination, LoadState};

/// How far the list is needed, the nearest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadGoal {
    /// The newest entries, one page.
    #[default]
    FirstPage,
    /// The whole list.
    All,
}

impl LoadGoal {
    /// Whether the list reaches so far, or can reach no further.
    pub(super) fn is_met(self, pagination: &ListPagination) -> bool {
        pagination.list.is_over()
            || (self == LoadGoal::FirstPage && pagination.list.cursor().is_some())
    }
}

/// What the pages and the user ask of the list.
#[derive(Debug, Clone, Default)]
pub struct LoadRequest {
    /// How far it is needed.
    pub goal: LoadGoal,
    /// Whether the user has stopped loading.
    pub stopped: bool,
}

impl CompanyData {
    /// Has the list loaded as far as `goal`, unless it reaches so far, the user has stopped it, or it
    /// failed. Tracks the company, and whether loading has begun: an effect that calls this loads the
    /// list again after it was dropped.
    pub fn load_entries(self, goal: LoadGoal) {
        self.entries_begun.track();
        self.company_id.track();
        untrack(|| {
            self.load_request
                .update(|request| request.goal = request.goal.max(goal));
            let stopped = self.load_request.with(|request| request.stopped);
            let may_start =
                self.entries_pagination
                    .with(|pagination| match (&pagination.step, stopped) {
                        (LoadState::Idle, _) => true,
                        (LoadState::Paused, stopped) => !stopped && !self.is_met(pagination),
                        _ => false,
                    });
            if may_start {
                self.load_pages();
            }
        });
    }

    /// Goes on after a stop or a failure, as far as `goal`. For a button.
    pub fn resume_entries(self, goal: LoadGoal) {
        self.load_request.update(|request| {
            request.goal = request.goal.max(goal);
            request.stopped = false;
        });
        self.load_more_entries();
    }

    /// Loads one more page of entries, or as far as the goal; does nothing while a page is being
    /// loaded and at the end of the list.
    pub fn load_more_entries(self) {
        let busy = |pagination: &ListPagination| {
            matches!(pagination.step, LoadState::Loading | LoadState::Done)
        };
        if !self.entries_pagination.with_untracked(busy) {
            self.load_pages();
        }
    }

    /// Stops loading; what is loaded stays. The next [`CompanyData::resume_entries`] goes on there.
    pub fn stop_entries(self) {
        self.tasks.with_value(|tasks| tasks.entries.stop());
        self.load_request.set(LoadRequest {
            goal: LoadGoal::FirstPage,
            stopped: true,
        });
        self.entries_pagination.update(|pagination| {
            if pagination.step == LoadState::Loading {
                pagination.step = LoadState::Paused;
            }
        });
        self.table.notify();
    }

    /// Drops the entries, so that they are loaded again. The names of ids stay.
    pub fn drop_entries(self) {
        self.tasks.with_value(|tasks| tasks.entries.stop());
        self.table.update(EntryTable::clear);
        self.load_request.set(LoadRequest::default());
        self.entries_pagination.set(ListPagination::default());
    }

    /// Whether all entries as far as `goal` are loaded, or no further one can be. Tracks the list.
    pub fn reaches(self, goal: LoadGoal) -> bool {
        self.entries_pagination
            .with(|pagination| goal.is_met(pagination))
    }

    pub(super) fn is_met(self, pagination: &ListPagination) -> bool {
        self.load_request
            .with_untracked(|request| request.goal.is_met(pagination))
    }

    /// Loads a page, and further ones until the goal is met.
    fn load_pages(self) {
        let (Some((client, connection)), Some(company)) =
            (self.with(), self.company_id.get_untracked())
        else {
            return;
        };
        let source = EntrySource {
            client,
            connection,
            owner: EntryOwner::Company(company),
        };
        self.entries_pagination.update(|pagination| {
            pagination.step = LoadState::Loading;
            pagination.windows.begin();
        });
        self.tasks
            .with_value(|tasks| tasks.entries.run(self.load_parts(source)));
    }

    /// Loads the names of ids in the table that have none yet, except of the kinds that this connection
    /// may not load. Each id is asked for once.
    pub fn load_names(self) {
        if self.names_loading.get_untracked() {
            return;
        }
        let missing = self.table.with_untracked(EntryTable::missing_names);
        let without = self.lacking_names();
        let is_wanted = |kind: &str| without.iter().all(|(without, _)| *without != kind);
        if !ledger_names::kinds_of(&missing).any(is_wanted) {
            return;
        }
        let (Some((client, connection)), Some(company)) =
            (self.with(), self.company_id.get_untracked())
        else {
            return;
        };
        let source = NameSource {
            client,
            connection,
            company,
        };
        self.names_loading.set(true);
        self.tasks.with_value(|tasks| {
            tasks.names.run(async move {
                let (found, failed) = ledger_names::load(&source, missing.clone(), &without).await;
                let failed_kind = |kind: &str| {
                    failed.iter().any(|(failed, _)| *failed == kind)
                        || without.iter().any(|(without, _)| *without == kind)
                };
                self.table.update(|table| {
                    table.update_names(|names| {
                        ledger_names::merge(names, found);
                        ledger_names::mark_asked(names, missing, failed_kind);
                    });
                });
                let again = failed.is_empty();
                self.names_failed.set(failed);
                self.names_loading.set(false);
                // Pages that came meanwhile; what failed is asked for with the next page.
                if again {
                    self.load_names();
                }
            });
        });
    }

    /// The kinds of names that this connection may not load.
    pub fn lacking_names(self) -> Vec<ledger_names::NameKind> {
        ledger_names::not_granted(&self.granted())
    }

    /// Gives the table the names and payroll numbers of employees.
    pub(super) fn set_employees(self, employees: HashMap<EmployeeId, Coded>) {
        self.table
            .update(|table| table.update_names(|names| names.employees = employees));
    }
}
