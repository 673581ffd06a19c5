//! What this tab has read with the connection in view. When that connection ends, [`super::retention`]
//! decides whether it waits out of sight or is dropped; it is dropped when another one comes into
//! view, and when the page is hidden for good.

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;
use outlay_pleo::filter::EntryFilter;
use outlay_pleo::id::{AccountingEntryId, CompanyId, EmployeeId};
use outlay_pleo::request::{EntryOwner, Slice, companies, employees};
use outlay_pleo::{AccountingEntry, Company, Employee, ListProgress, Page, PageFacts, Subject};
use outlay_table::names::Coded;
use outlay_table::{EntryTable, Rows, Totals};
use outlay_vault::client::VaultClient;

use super::app_error::AppError;
use super::call::ask;
use super::entries::{EntriesWalk, page_of_entries};
use super::latest::Latest;
use super::ledger_names::NamesFailed;
use super::load::{ListPagination, Load, LoadState};
use super::retained_data::RetainedData;
use super::retention::DataOwner;
use super::{Session, period};
use crate::platform::clock;

/// Rows of one page; Pleo gives no more.
const PAGE: u32 = 100;

/// Names and payroll numbers by employee id.
pub type People = HashMap<EmployeeId, Coded>;

#[derive(Default)]
pub(super) struct LoadTasks {
    pub(super) companies: Latest,
    pub(super) people: Latest,
    pub(super) entries: Latest,
    pub(super) names: Latest,
    pub(super) totals: Latest,
}

/// The sums of a period. The list may move while it is read, so each entry counts once by its id.
#[derive(Debug, Clone, Default)]
pub struct PeriodTotals {
    /// The sums.
    pub totals: Totals,
    seen: HashSet<AccountingEntryId>,
}

impl PeriodTotals {
    /// Adds a page and returns how many of its rows are new.
    fn take(&mut self, page: &Page<AccountingEntry>) -> usize {
        let mut new_rows = 0;
        for entry in &page.data {
            if self.seen.insert(entry.id.clone()) {
                self.totals.add(entry);
                new_rows += 1;
            }
        }
        for record in &page.facts.unreadable {
            let id = record.id.as_deref().map(AccountingEntryId::from);
            if id.is_none_or(|id| self.seen.insert(id)) {
                self.totals.add_unreadable(record);
                new_rows += 1;
            }
        }
        new_rows
    }
}

/// An entry in the drawer, with the name of who spent, where it is known.
pub type OpenedEntry = (AccountingEntry, Option<String>);

/// Where the reader is in a table: pixels scrolled, and the active cell.
pub type ScrollPosition = (u32, Option<(usize, usize)>);

/// The company data of the session in view, from the context.
#[derive(Clone, Copy)]
pub struct CompanyData {
    pub(super) session: Session,
    pub(super) tasks: StoredValue<LoadTasks, LocalStorage>,
    pub(super) previous_owner: StoredValue<Option<DataOwner>>,
    pub(super) retained_data: StoredValue<Option<RetainedData>>,
    /// How many entries wait out of sight for their company to reconnect; none while none do.
    pub waiting: RwSignal<Option<usize>>,
    /// The entry in the drawer.
    pub opened: RwSignal<Option<OpenedEntry>>,
    /// Where the reader is among the entries.
    pub place: RwSignal<ScrollPosition>,
    /// The companies that the connection can see.
    pub companies: RwSignal<Load<Vec<Company>>>,
    /// How far the list of companies is, once it has been loaded.
    pub companies_list: RwSignal<ListProgress>,
    /// The employees of the company in view.
    pub people: RwSignal<Load<People>>,
    /// How far the list of employees is, once it has been loaded.
    pub people_list: RwSignal<ListProgress>,
    /// The same entries one by one, as the entries page still shows them.
    pub entries: RwSignal<Rows>,
    /// The entries loaded so far, with the names of their ids.
    pub table: RwSignal<EntryTable>,
    /// How far the entries are.
    pub entries_pagination: RwSignal<ListPagination>,
    /// How far the entries are needed; see [`super::entries`].
    pub walk: RwSignal<EntriesWalk>,
    /// Whether loading the entries has begun.
    pub(super) entries_begun: Memo<bool>,
    /// Whether names of ids in the table are being loaded.
    pub names_loading: RwSignal<bool>,
    /// The kinds of names that the last attempt could not load.
    pub names_failed: RwSignal<NamesFailed>,
    /// The sums read so far.
    pub totals: RwSignal<PeriodTotals>,
    /// How far the sums are.
    pub totals_pagination: RwSignal<ListPagination>,
    /// The company that the user has chosen among several.
    pub chosen_company: RwSignal<Option<CompanyId>>,
    /// The company in view.
    pub company_id: Memo<Option<CompanyId>>,
}

impl CompanyData {
    /// Nothing read yet.
    pub fn new(session: Session) -> CompanyData {
        let companies = RwSignal::new(Load::<Vec<Company>>::Idle);
        let chosen_company = RwSignal::new(None::<CompanyId>);
        let company_id = Memo::new(move |_| {
            let subject = session.view.with(|view| view.live()?.subject.clone());
            let of_subject = subject.and_then(|urn| Subject::parse(&urn));
            let of_subject =
                of_subject.and_then(|subject| subject.company_id().map(CompanyId::from));
            let first = companies.with(|all| Some(all.ready()?.first()?.id.clone()));
            session.live_id.get()?;
            chosen_company.get().or(of_subject).or(first)
        });
        let entries_pagination = RwSignal::new(ListPagination::default());
        let entries_begun =
            Memo::new(move |_| entries_pagination.with(|it| it.step != LoadState::Idle));
        CompanyData {
            session,
            tasks: StoredValue::new_local(LoadTasks::default()),
            previous_owner: StoredValue::new(None),
            retained_data: StoredValue::new(None),
            waiting: RwSignal::new(None),
            opened: RwSignal::new(None),
            place: RwSignal::new(ScrollPosition::default()),
            companies,
            companies_list: RwSignal::new(ListProgress::default()),
            people: RwSignal::new(Load::Idle),
            people_list: RwSignal::new(ListProgress::default()),
            entries: RwSignal::new(Rows::new()),
            table: RwSignal::new(EntryTable::new()),
            entries_pagination,
            walk: RwSignal::new(EntriesWalk::default()),
            entries_begun,
            names_loading: RwSignal::new(false),
            names_failed: RwSignal::new(Vec::new()),
            totals: RwSignal::new(PeriodTotals::default()),
            totals_pagination: RwSignal::new(ListPagination::default()),
            chosen_company,
            company_id,
        }
    }

    /// Drops what belongs to the company in view.
    pub fn drop_company(self) {
        drop(self.take_company());
    }

    /// Drops the sums, so that they are read again.
    pub fn drop_totals(self) {
        self.tasks.with_value(|tasks| tasks.totals.stop());
        self.totals.set(PeriodTotals::default());
        self.totals_pagination.set(ListPagination::default());
    }

    pub(super) fn with(self) -> Option<(VaultClient, String)> {
        self.session.touch();
        Some((
            self.session.client()?,
            self.session.live_id.get_untracked()?,
        ))
    }

    /// Reads the companies, unless that was asked before.
    pub fn load_companies(self) {
        if !self.companies.with(Load::is_idle) {
            return;
        }
        let Some((client, connection)) = self.with() else {
            return;
        };
        self.companies.set(Load::Loading);
        self.tasks.with_value(|tasks| {
            tasks.companies.run(async move {
                let result = every_page(
                    &client,
                    &connection,
                    companies::list,
                    |company: &Company| company.id.as_str(),
                );
                self.companies.set(match result.await {
                    Ok((all, list)) => {
                        self.companies_list.set(list);
                        Load::Ready(all)
                    }
                    Err(app_error) => Load::Failed(app_error),
                });
            });
        });
    }

    /// Reads the employees, unless that was asked before.
    pub fn load_people(self) {
        if !self.people.with(Load::is_idle) {
            return;
        }
        let (Some((client, connection)), Some(company)) = (self.with(), self.company_id.get())
        else {
            return;
        };
        self.people.set(Load::Loading);
        self.tasks.with_value(|tasks| {
            tasks.people.run(async move {
                let result = every_page(
                    &client,
                    &connection,
                    |slice| employees::list(&company, slice),
                    |person: &Employee| person.id.as_str(),
                );
                let named = |person: Employee| {
                    let name = Some(person.full_name()).filter(|name| !name.is_empty());
                    let code = person.code.clone();
                    (person.id, Coded { code, name })
                };
                self.people.set(match result.await {
                    Ok((all, list)) => {
                        self.people_list.set(list);
                        let all: People = all.into_iter().map(named).collect();
                        self.set_employees(&all);
                        Load::Ready(all)
                    }
                    Err(app_error) => Load::Failed(app_error),
                });
            });
        });
    }

    /// Reads and sums up the whole period, unless that was asked before.
    pub fn load_totals(self) {
        if self
            .totals_pagination
            .with(|pagination| pagination.step == LoadState::Idle)
        {
            self.resume_totals();
        }
    }

    /// Goes on summing up where it was stopped or failed.
    pub fn resume_totals(self) {
        let (Some((client, connection)), Some(company)) = (self.with(), self.company_id.get())
        else {
            return;
        };
        let owner_label = EntryOwner::Company(company);
        self.totals_pagination
            .update(|pagination| pagination.step = LoadState::Loading);
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this age")]
        let start = period::start(clock::wall() as i64);
        let filter = EntryFilter {
            performed_at_start: Some(start),
            ..EntryFilter::default()
        };
        self.tasks.with_value(|tasks| {
            tasks.totals.run(async move {
                while self
                    .totals_pagination
                    .with_untracked(|pagination| pagination.step == LoadState::Loading)
                {
                    let cursor = self.totals_pagination.with_untracked(cursor);
                    let from = cursor.as_deref();
                    match page_of_entries(&client, &connection, &owner_label, from, &filter).await {
                        Ok(page) => {
                            let mut new_rows = 0;
                            self.totals.update(|sums| new_rows = sums.take(&page));
                            self.totals_pagination
                                .update(|pagination| take(pagination, &page.facts, new_rows, true));
                        }
                        Err(app_error) => {
                            self.totals_pagination.update(|pagination| {
                                pagination.step = LoadState::Failed(app_error)
                            });
                        }
                    }
                }
            });
        });
    }

    /// Stops summing up; what is summed stays.
    pub fn stop_totals(self) {
        self.tasks.with_value(|tasks| tasks.totals.stop());
        self.totals_pagination
            .update(|pagination| pagination.step = LoadState::Paused);
    }
}

fn cursor(pagination: &ListPagination) -> Option<String> {
    pagination.list.cursor().map(str::to_owned)
}

/// Takes in a page; the next one follows if the walk `goes_on` and the list does.
fn take(pagination: &mut ListPagination, page: &PageFacts, new_rows: usize, goes_on: bool) {
    pagination.take(page, new_rows);
    if goes_on && pagination.step == LoadState::Paused {
        pagination.step = LoadState::Loading;
    }
}

/// Loads a list to its end. Each row comes once by its `id`; rows that cannot be read are counted.
async fn every_page<T: outlay_wire::Wire>(
    client: &VaultClient,
    connection: &str,
    request: impl Fn(&Slice) -> outlay_pleo::ApiRequest,
    id: impl Fn(&T) -> &str,
) -> Result<(Vec<T>, ListProgress), AppError> {
    let mut list = ListProgress::default();
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    while !list.is_over() {
        let slice = Slice::after(list.cursor(), PAGE);
        let page: Page<T> = ask(client, connection, request(&slice)).await?;
        let before = all.len();
        let rows = page.data.into_iter();
        all.extend(rows.filter(|row| seen.insert(id(row).to_owned())));
        let mut new_rows = all.len() - before;
        for record in &page.facts.unreadable {
            let id = record.id.clone();
            new_rows += usize::from(id.is_none_or(|id| seen.insert(id)));
        }
        list.take(&page.facts, new_rows);
    }
    Ok((all, list))
}
