//! What this tab has read with the connection in view. When that connection ends, [`super::retention`]
//! decides whether it is hidden or dropped; it is dropped when another one comes into
//! view, and when the page is hidden for good.

use std::collections::HashSet;

use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_pleo::company::Address;
use outlay_pleo::id::CompanyId;
use outlay_pleo::request::bounds::MOST_ROWS;
use outlay_pleo::request::{OutOfBounds, Slice, companies, employees};
use outlay_pleo::{ApiRequest, Company, Employee, ListProgress, Page, Subject};
use outlay_snapshot::Header;
use outlay_table::EntryTable;
use outlay_table::names::Coded;
use outlay_vault::client::VaultClient;

use super::Session;
use super::app_error::AppError;
use super::call::ask;
use super::directory::load::{DirectoryList, DirectoryLists, DirectoryTasks};
use super::entries::LoadRequest;
use super::latest::Latest;
use super::ledger_names::NamesFailed;
use super::load::{ListPagination, Load, LoadState};
use super::opened_entry::{OpenedEntry, OpenedReceipts};
use super::retained_data::RetainedData;
use super::retention::DataOwner;

#[derive(Default)]
pub(super) struct LoadTasks {
    pub(super) companies: Latest,
    pub(super) people: Latest,
    pub(super) entries: Latest,
    pub(super) names: Latest,
    pub(super) opened: Latest,
    pub(super) receipts: Latest,
    pub(super) directory: DirectoryTasks,
}

/// The numbers of loaded rows that wait out of sight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeptRows {
    /// Accounting entries.
    pub entries: usize,
    /// Rows of the directory's lists.
    pub directory: usize,
}

/// Where the reader is in a table: pixels scrolled, and the active cell.
pub type ScrollPosition = (u32, Option<(usize, usize)>);

/// Where the entries of a page come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowSource {
    /// From Pleo, by the connection in view. They leave the page with it.
    Connection,
    /// From a file that the user opened. Nothing is requested, and they stay until it is closed.
    File,
}

/// The company data of the session in view, where the context has that of a file.
#[derive(Clone, Copy)]
pub struct ConnectedData(pub CompanyData);

/// Entries with what belongs to them, from the context: of the session in view, or of a file.
#[derive(Clone, Copy)]
pub struct CompanyData {
    /// Where they come from.
    pub source: RowSource,
    pub(super) session: Session,
    pub(super) tasks: StoredValue<LoadTasks, LocalStorage>,
    pub(super) previous_owner: StoredValue<Option<DataOwner>>,
    pub(super) retained_data: StoredValue<Option<RetainedData>>,
    /// The hidden rows, kept until their company reconnects; `None` if no data is hidden.
    pub waiting: RwSignal<Option<KeptRows>>,
    /// The entry in the drawer.
    pub opened: RwSignal<OpenedEntry>,
    /// The receipts of the entry in the drawer.
    pub receipts: RwSignal<OpenedReceipts>,
    /// Where the reader is among the entries.
    pub place: RwSignal<ScrollPosition>,
    /// The companies that the connection can see.
    pub companies: RwSignal<Load<Vec<Company>>>,
    /// How far the list of companies is, once it has been loaded.
    pub companies_list: RwSignal<ListProgress>,
    /// Whether the employees of the company in view are loaded; their names are in the table.
    pub people: RwSignal<Load<()>>,
    /// How far the list of employees is, once it has been loaded.
    pub people_list: RwSignal<ListProgress>,
    /// The entries loaded so far, with the names of their ids.
    pub table: RwSignal<EntryTable>,
    /// The loaded pages of entries and the state of the load.
    pub entries_pagination: RwSignal<ListPagination>,
    /// How far the entries are needed; see [`super::entries`].
    pub load_request: RwSignal<LoadRequest>,
    /// Whether loading the entries has begun.
    pub(super) entries_begun: Memo<bool>,
    /// Whether names of ids in the table are being loaded.
    pub names_loading: RwSignal<bool>,
    /// The kinds of names that the last attempt could not load.
    pub names_failed: RwSignal<NamesFailed>,
    /// The lists of the directory, as far as they are loaded.
    pub(super) directory: DirectoryLists,
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
            source: RowSource::Connection,
            session,
            tasks: StoredValue::new_local(LoadTasks::default()),
            previous_owner: StoredValue::new(None),
            retained_data: StoredValue::new(None),
            waiting: RwSignal::new(None),
            opened: RwSignal::new(OpenedEntry::default()),
            receipts: RwSignal::new(OpenedReceipts::default()),
            place: RwSignal::new(ScrollPosition::default()),
            companies,
            companies_list: RwSignal::new(ListProgress::default()),
            people: RwSignal::new(Load::Idle),
            people_list: RwSignal::new(ListProgress::default()),
            table: RwSignal::new(EntryTable::new()),
            entries_pagination,
            load_request: RwSignal::new(LoadRequest::default()),
            entries_begun,
            names_loading: RwSignal::new(false),
            names_failed: RwSignal::new(Vec::new()),
            directory: std::array::from_fn(|_| RwSignal::new(DirectoryList::default())),
            chosen_company,
            company_id,
        }
    }

    /// The entries of a file.
    pub fn of_file(session: Session, header: &Header, table: EntryTable) -> CompanyData {
        let id = CompanyId::from(&*header.company_id);
        let own = id.clone();
        let data = CompanyData {
            source: RowSource::File,
            company_id: Memo::new(move |_| Some(own.clone())),
            ..CompanyData::new(session)
        };
        data.companies.set(Load::Ready(vec![Company {
            id,
            name: header.company.clone(),
            address: Address::default(),
            organization_id: None,
            registration_number: None,
        }]));
        data.people.set(Load::Ready(()));
        data.entries_pagination.set(ListPagination {
            list: ListProgress::of_file(table.entries(), header.complete),
            step: LoadState::Done,
            ..ListPagination::default()
        });
        data.table.set(table);
        data
    }

    /// Whether the entries come from a file.
    pub fn is_file(self) -> bool {
        self.source == RowSource::File
    }

    /// Drops what belongs to the company in view.
    pub fn drop_company(self) {
        drop(self.take_company());
    }

    /// The vault's client and the id of the connection in view; `None` for the entries of a file, about
    /// which nothing is requested.
    pub fn with(self) -> Option<(VaultClient, String)> {
        if self.is_file() {
            return None;
        }
        self.session.touch();
        Some((
            self.session.client()?,
            self.session.live_id.get_untracked()?,
        ))
    }

    /// The scopes of the connection in view; empty if the server does not say what it has granted.
    pub fn granted(self) -> Vec<String> {
        if self.is_file() {
            return Vec::new();
        }
        let granted = self.session.view.with_untracked(|view| {
            let live = view.live()?;
            Some(live.scopes_granted.clone())
        });
        granted.unwrap_or_default()
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
                    |slice| Ok(companies::list(slice)),
                    |company: &Company| company.id.as_str(),
                    |_| {},
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
                    |slice| Ok(employees::list(&company, slice)),
                    |person: &Employee| person.id.as_str(),
                    |_| {},
                );
                let named = |person: Employee| {
                    let name = Some(person.full_name()).filter(|name| !name.is_empty());
                    let code = person.code.clone();
                    (person.id, Coded { code, name })
                };
                self.people.set(match result.await {
                    Ok((all, list)) => {
                        self.people_list.set(list);
                        self.set_employees(all.into_iter().map(named).collect());
                        Load::Ready(())
                    }
                    Err(app_error) => Load::Failed(app_error),
                });
            });
        });
    }
}

/// Loads a list to its end. Each row comes once by its `id`; rows that cannot be read are counted.
/// `progress` is called after each page.
///
/// # Errors
///
/// The error of the first page that fails.
pub async fn every_page<T: outlay_wire::Wire>(
    client: &VaultClient,
    connection: &str,
    request: impl Fn(&Slice) -> Result<ApiRequest, OutOfBounds>,
    id: impl Fn(&T) -> &str,
    progress: impl Fn(&ListProgress),
) -> Result<(Vec<T>, ListProgress), AppError> {
    let mut list = ListProgress::default();
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    while !list.is_over() {
        let slice = Slice::after(list.cursor(), MOST_ROWS);
        let request = request(&slice).map_err(|_| AppError::of(ErrorCode::ApiBadRequest))?;
        let page: Page<T> = ask(client, connection, request).await?;
        let before = all.len();
        let rows = page.data.into_iter();
        all.extend(rows.filter(|row| seen.insert(id(row).to_owned())));
        let mut new_rows = all.len() - before;
        for record in &page.facts.unreadable {
            let id = record.id.clone();
            new_rows += usize::from(id.is_none_or(|id| seen.insert(id)));
        }
        list.take(&page.facts, new_rows);
        progress(&list);
    }
    Ok((all, list))
}
