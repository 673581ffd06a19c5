//! What this tab has read with the connection in view. When that connection ends, [`super::kept`]
//! decides whether it waits out of sight or is dropped; it is dropped when another one comes into
//! view, and when the page is hidden for good.

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;
use outlay_pleo::filter::EntryFilter;
use outlay_pleo::id::{AccountingEntryId, CompanyId, EmployeeId};
use outlay_pleo::request::{Slice, Whose, companies, employees, entries};
use outlay_pleo::{AccountingEntry, Company, Employee, ListProgress, Page, PageFacts, Subject};
use outlay_table::{Rows, Totals};
use outlay_vault::client::Client;

use super::call::ask;
use super::kept::Hold;
use super::latest::Latest;
use super::load::{Load, Step, Walk};
use super::stow::Stowed;
use super::trouble::Trouble;
use super::{Session, period};
use crate::platform::clock;

/// Rows of one page; Pleo gives no more.
const PAGE: u32 = 100;

/// Names by employee id.
pub type People = HashMap<EmployeeId, String>;

#[derive(Default)]
pub(super) struct Tasks {
    pub(super) companies: Latest,
    pub(super) people: Latest,
    pub(super) entries: Latest,
    pub(super) totals: Latest,
}

/// The sums of a period. The list may move while it is read, so each entry counts once by its id.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// The sums.
    pub totals: Totals,
    seen: HashSet<AccountingEntryId>,
}

impl Sums {
    /// Takes in a page and tells how many of its rows were not there before.
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
pub type Opened = (AccountingEntry, Option<String>);

/// Where the reader is in a table: pixels scrolled, and the active cell.
pub type Place = (u32, Option<(usize, usize)>);

/// The context.
#[derive(Clone, Copy)]
pub struct Books {
    pub(super) session: Session,
    pub(super) tasks: StoredValue<Tasks, LocalStorage>,
    pub(super) held: StoredValue<Option<Hold>>,
    pub(super) stowed: StoredValue<Option<Stowed>>,
    /// How many entries wait out of sight for their company to reconnect; none while none do.
    pub waiting: RwSignal<Option<usize>>,
    /// The entry in the drawer.
    pub opened: RwSignal<Option<Opened>>,
    /// Where the reader is among the entries.
    pub place: RwSignal<Place>,
    /// The companies that the connection can see.
    pub companies: RwSignal<Load<Vec<Company>>>,
    /// How far the list of companies is, once it has been loaded.
    pub companies_list: RwSignal<ListProgress>,
    /// The employees of the company in view.
    pub people: RwSignal<Load<People>>,
    /// How far the list of employees is, once it has been loaded.
    pub people_list: RwSignal<ListProgress>,
    /// The entries read so far, newest first.
    pub entries: RwSignal<Rows>,
    /// How far the entries are.
    pub entries_walk: RwSignal<Walk>,
    /// Whether the entries are being read to their end.
    pub reading_all: RwSignal<bool>,
    /// The sums read so far.
    pub totals: RwSignal<Sums>,
    /// How far the sums are.
    pub totals_walk: RwSignal<Walk>,
    /// The company that the user has chosen among several.
    pub chosen_company: RwSignal<Option<CompanyId>>,
    /// The company in view.
    pub company_id: Memo<Option<CompanyId>>,
}

impl Books {
    /// Nothing read yet.
    pub fn new(session: Session) -> Books {
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
        Books {
            session,
            tasks: StoredValue::new_local(Tasks::default()),
            held: StoredValue::new(None),
            stowed: StoredValue::new(None),
            waiting: RwSignal::new(None),
            opened: RwSignal::new(None),
            place: RwSignal::new(Place::default()),
            companies,
            companies_list: RwSignal::new(ListProgress::default()),
            people: RwSignal::new(Load::Idle),
            people_list: RwSignal::new(ListProgress::default()),
            entries: RwSignal::new(Rows::new()),
            entries_walk: RwSignal::new(Walk::default()),
            reading_all: RwSignal::new(false),
            totals: RwSignal::new(Sums::default()),
            totals_walk: RwSignal::new(Walk::default()),
            chosen_company,
            company_id,
        }
    }

    /// Drops what belongs to the company in view.
    pub fn forget_company(self) {
        drop(self.take_company());
    }

    /// Drops the entries, so that they are read again.
    pub fn forget_entries(self) {
        self.tasks.with_value(|tasks| tasks.entries.stop());
        self.entries.set(Rows::new());
        self.entries_walk.set(Walk::default());
        self.reading_all.set(false);
    }

    /// Drops the sums, so that they are read again.
    pub fn forget_totals(self) {
        self.tasks.with_value(|tasks| tasks.totals.stop());
        self.totals.set(Sums::default());
        self.totals_walk.set(Walk::default());
    }

    fn with(self) -> Option<(Client, String)> {
        self.session.touch();
        Some((
            self.session.client()?,
            self.session.live_id.get_untracked()?,
        ))
    }

    /// Reads the companies, unless that was asked before.
    pub fn want_companies(self) {
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
                    Err(trouble) => Load::Failed(trouble),
                });
            });
        });
    }

    /// Reads the employees, unless that was asked before.
    pub fn want_people(self) {
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
                let named = |person: Employee| (person.id.clone(), person.full_name());
                self.people.set(match result.await {
                    Ok((all, list)) => {
                        self.people_list.set(list);
                        Load::Ready(all.into_iter().map(named).collect())
                    }
                    Err(trouble) => Load::Failed(trouble),
                });
            });
        });
    }

    /// Reads the first entries, unless that was asked before.
    pub fn want_entries(self) {
        if self.entries_walk.with(|walk| walk.step == Step::Idle) {
            self.more_entries();
        }
    }

    /// Reads the entries to their end.
    pub fn all_entries(self) {
        self.reading_all.set(true);
        self.more_entries();
    }

    /// Reads one more page of entries, where there is more and none is being read.
    pub fn more_entries(self) {
        let busy = |walk: &Walk| matches!(walk.step, Step::Loading | Step::Done);
        if self.entries_walk.with_untracked(busy) {
            return;
        }
        let (Some((client, connection)), Some(company)) = (self.with(), self.company_id.get())
        else {
            return;
        };
        let whose = Whose::Company(company);
        self.entries_walk.update(|walk| walk.step = Step::Loading);
        self.tasks.with_value(|tasks| {
            tasks.entries.run(async move {
                let filter = EntryFilter::default();
                loop {
                    let cursor = self.entries_walk.with_untracked(cursor);
                    let from = cursor.as_deref();
                    match page_of_entries(&client, &connection, &whose, from, &filter).await {
                        Ok(Page { data, facts }) => {
                            let goes_on = self.reading_all.get_untracked();
                            let mut new_rows = 0;
                            self.entries.update(|rows| {
                                new_rows = rows.append_page(data, facts.unreadable.clone());
                            });
                            self.entries_walk
                                .update(|walk| take(walk, &facts, new_rows, goes_on));
                        }
                        Err(trouble) => {
                            self.entries_walk
                                .update(|walk| walk.step = Step::Failed(trouble));
                        }
                    }
                    if self
                        .entries_walk
                        .with_untracked(|walk| walk.step != Step::Loading)
                    {
                        break;
                    }
                }
                self.reading_all.set(false);
            });
        });
    }

    /// Reads and sums up the whole period, unless that was asked before.
    pub fn want_totals(self) {
        if self.totals_walk.with(|walk| walk.step == Step::Idle) {
            self.go_on_with_totals();
        }
    }

    /// Goes on summing up where it was stopped or failed.
    pub fn go_on_with_totals(self) {
        let (Some((client, connection)), Some(company)) = (self.with(), self.company_id.get())
        else {
            return;
        };
        let whose = Whose::Company(company);
        self.totals_walk.update(|walk| walk.step = Step::Loading);
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this age")]
        let start = period::start(clock::wall() as i64);
        let filter = EntryFilter {
            performed_at_start: Some(start),
            ..EntryFilter::default()
        };
        self.tasks.with_value(|tasks| {
            tasks.totals.run(async move {
                while self
                    .totals_walk
                    .with_untracked(|walk| walk.step == Step::Loading)
                {
                    let cursor = self.totals_walk.with_untracked(cursor);
                    let from = cursor.as_deref();
                    match page_of_entries(&client, &connection, &whose, from, &filter).await {
                        Ok(page) => {
                            let mut new_rows = 0;
                            self.totals.update(|sums| new_rows = sums.take(&page));
                            self.totals_walk
                                .update(|walk| take(walk, &page.facts, new_rows, true));
                        }
                        Err(trouble) => {
                            self.totals_walk
                                .update(|walk| walk.step = Step::Failed(trouble));
                        }
                    }
                }
            });
        });
    }

    /// Stops summing up; what is summed stays.
    pub fn stop_totals(self) {
        self.tasks.with_value(|tasks| tasks.totals.stop());
        self.totals_walk.update(|walk| walk.step = Step::Paused);
    }
}

fn cursor(walk: &Walk) -> Option<String> {
    walk.list.cursor().map(str::to_owned)
}

/// Takes in a page; the next one follows if the walk `goes_on` and the list does.
fn take(walk: &mut Walk, page: &PageFacts, new_rows: usize, goes_on: bool) {
    walk.take(page, new_rows);
    if goes_on && walk.step == Step::Paused {
        walk.step = Step::Loading;
    }
}

/// Reads one page of entries, newest first.
async fn page_of_entries(
    client: &Client,
    connection: &str,
    whose: &Whose,
    from: Option<&str>,
    filter: &EntryFilter,
) -> Result<Page<AccountingEntry>, Trouble> {
    let slice = entries::newest_first(Slice::after(from, PAGE));
    let request = entries::search(whose, &slice, filter);
    // It asks for no more than Pleo gives.
    let request = request.map_err(|_| Trouble::of("api_bad_request"))?;
    ask(client, connection, request).await
}

/// Loads a list to its end. Each row comes once by its `id`; rows that cannot be read are counted.
async fn every_page<T: outlay_wire::Wire>(
    client: &Client,
    connection: &str,
    request: impl Fn(&Slice) -> outlay_pleo::ApiRequest,
    id: impl Fn(&T) -> &str,
) -> Result<(Vec<T>, ListProgress), Trouble> {
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
