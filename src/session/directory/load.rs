//! Loads the lists, each to its end.

use std::collections::HashSet;

use leptos::prelude::*;
use outlay_codes::ErrorCode;
use outlay_pleo::account::{Account, AccountFilter};
use outlay_pleo::id::CompanyId;
use outlay_pleo::request::bounds::MOST_ROWS;
use outlay_pleo::request::tag_groups::Include;
use outlay_pleo::request::{
    ApiRequest, EntryOwner, OutOfBounds, Slice, accounts, companies, employees, tag_groups, tags,
    tax_codes, vendors,
};
use outlay_pleo::tag::group::TagGroup;
use outlay_pleo::tag::one::{Tag, TagFilter};
use outlay_pleo::tax_code::{TaxCode, TaxCodeFilter};
use outlay_pleo::vendor::{Vendor, VendorFilter};
use outlay_pleo::{Company, Employee, Envelope, Page, Unreadable};
use outlay_table::notes::label;
use outlay_table::record_table::RecordTable;
use outlay_vault::client::VaultClient;
use outlay_wire::{Value, Wire};

use super::kind::DirectoryKind;
use super::rows;
use crate::session::app_error::AppError;
use crate::session::call::ask;
use crate::session::company_data::CompanyData;
use crate::session::latest::Latest;
use crate::session::load::{ListPagination, LoadState};

/// One list, as far as it is loaded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DirectoryList {
    /// Its rows; [`rows::columns`] has their columns.
    pub table: RecordTable,
    /// How far it is.
    pub pagination: ListPagination,
    /// The ids of its records, so that each comes once.
    seen: HashSet<String>,
}

/// One signal for each kind, in the order of [`DirectoryKind::ALL`].
pub type DirectoryLists = [RwSignal<DirectoryList>; DirectoryKind::ALL.len()];

/// One task for each kind.
pub type DirectoryTasks = [Latest; DirectoryKind::ALL.len()];

/// Where the requests of one load go.
struct Source {
    client: VaultClient,
    connection: String,
    company: CompanyId,
}

impl CompanyData {
    /// The list of a kind.
    pub fn directory_list(self, kind: DirectoryKind) -> RwSignal<DirectoryList> {
        self.directory[kind as usize]
    }

    /// Has a list loaded, unless that has begun. Tracks the company and whether loading has begun: an
    /// effect that calls this loads the list again after it was dropped.
    pub fn load_directory(self, kind: DirectoryKind) {
        self.company_id.track();
        let begun = self
            .directory_list(kind)
            .with(|list| list.pagination.step != LoadState::Idle);
        if !begun {
            untrack(|| self.resume_directory(kind));
        }
    }

    /// Loads the rest of a list, also after a stop or a failure. Without the scope that it needs, no
    /// request is sent.
    pub fn resume_directory(self, kind: DirectoryKind) {
        let list = self.directory_list(kind);
        let busy = |list: &DirectoryList| {
            matches!(list.pagination.step, LoadState::Loading | LoadState::Done)
        };
        if list.with_untracked(busy) {
            return;
        }
        let (Some((client, connection)), Some(company)) =
            (self.with(), self.company_id.get_untracked())
        else {
            return;
        };
        if let Some(scope) = kind.lacking(&self.granted()) {
            let app_error = AppError {
                scope: Some(scope),
                ..AppError::of(ErrorCode::ScopeMissing)
            };
            list.update(|list| list.pagination.step = LoadState::Failed(app_error));
            return;
        }
        list.update(|list| list.pagination.step = LoadState::Loading);
        let source = Source {
            client,
            connection,
            company,
        };
        self.tasks.with_value(|tasks| {
            tasks.directory[kind as usize].run(async move {
                if let Err(app_error) = source.load(kind, list).await {
                    list.update(|list| list.pagination.step = LoadState::Failed(app_error));
                }
            });
        });
    }

    /// Stops loading a list; what is loaded stays.
    pub fn stop_directory(self, kind: DirectoryKind) {
        self.tasks
            .with_value(|tasks| tasks.directory[kind as usize].stop());
        self.directory_list(kind).update(|list| {
            if list.pagination.step == LoadState::Loading {
                list.pagination.step = LoadState::Paused;
            }
        });
    }

    /// Drops a list, so that it is loaded again.
    pub fn drop_directory(self, kind: DirectoryKind) {
        self.tasks
            .with_value(|tasks| tasks.directory[kind as usize].stop());
        self.directory_list(kind).set(DirectoryList::default());
    }
}

impl DirectoryList {
    /// A list that was loading is loaded further when it is next shown.
    pub fn settled(mut self) -> DirectoryList {
        if self.pagination.step == LoadState::Loading {
            self.pagination.step = LoadState::Idle;
        }
        self
    }

    /// Takes in a page. A record that came before is left out; one that could not be read is a row of
    /// its own.
    fn take<T>(&mut self, page: &Page<T>, id: fn(&T) -> &str, cells: impl Fn(&T) -> Vec<String>) {
        let before = self.table.len();
        for record in &page.data {
            if self.seen.insert(id(record).to_owned()) {
                self.table.push(cells(record));
            }
        }
        self.take_unreadable(&page.facts.unreadable);
        let new_rows = self.table.len() - before;
        self.pagination.take(&page.facts, new_rows);
        if self.pagination.step == LoadState::Paused {
            self.pagination.step = LoadState::Loading;
        }
    }

    fn take_unreadable(&mut self, unreadable: &[Unreadable]) {
        for record in unreadable {
            let is_new = record
                .id
                .as_ref()
                .is_none_or(|id| self.seen.insert(id.clone()));
            if is_new {
                self.table.push(rows::unreadable(&label(record)));
            }
        }
    }
}

impl Source {
    async fn load(
        &self,
        kind: DirectoryKind,
        list: RwSignal<DirectoryList>,
    ) -> Result<(), AppError> {
        let company = &self.company;
        match kind {
            DirectoryKind::Companies => {
                let request = |slice: &Slice| Ok(companies::list(slice));
                self.pages(list, request, |it: &Company| it.id.as_str(), rows::company)
                    .await
            }
            DirectoryKind::Employees => {
                let request = |slice: &Slice| Ok(employees::list(company, slice));
                self.pages(
                    list,
                    request,
                    |it: &Employee| it.id.as_str(),
                    rows::employee,
                )
                .await
            }
            DirectoryKind::Accounts => {
                let filter = AccountFilter {
                    company_id: company.clone(),
                    exclude_if_assigned_to_category: false,
                    exclude_if_assigned_to_contra_account: false,
                    archived: None,
                    codes: None,
                    code: None,
                    external_id: None,
                    ids: None,
                    name: None,
                };
                let request = |slice: &Slice| Ok(accounts::search(slice, &filter));
                self.pages(list, request, |it: &Account| it.id.as_str(), rows::account)
                    .await
            }
            DirectoryKind::TagGroups => self.tags(list).await,
            DirectoryKind::TaxCodes => {
                let filter = TaxCodeFilter::default();
                let request = |slice: &Slice| Ok(tax_codes::search(company, slice, &filter));
                self.pages(list, request, |it: &TaxCode| it.id.as_str(), rows::tax_code)
                    .await
            }
            DirectoryKind::Vendors => {
                let filter = VendorFilter::default();
                let request = |slice: &Slice| vendors::search(company, slice, &filter);
                self.pages(list, request, |it: &Vendor| it.id.as_str(), rows::vendor)
                    .await
            }
        }
    }

    /// Loads the groups, then the tags, and adds the groups that have none.
    async fn tags(&self, list: RwSignal<DirectoryList>) -> Result<(), AppError> {
        let owner = EntryOwner::Company(self.company.clone());
        let with = Include {
            archived: true,
            ..Include::default()
        };
        let request = tag_groups::list(&owner, with);
        let all: Envelope<Vec<Value>> = ask(&self.client, &self.connection, request).await?;
        let groups: Page<TagGroup> = Page::unpaged(all.data);
        let filter = TagFilter {
            include_archived: Some(true),
            ..TagFilter::default()
        };
        let request = |slice: &Slice| Ok(tags::search(&owner, slice, &filter));
        let cells = |tag: &Tag| rows::tag(tag, &groups.data);
        self.pages(list, request, |it: &Tag| it.id.as_str(), cells)
            .await?;
        list.update(|list| {
            for group in &groups.data {
                let id = group.id.as_str();
                let is_empty = list.table.column(rows::TAG_GROUP_ID).all(|of| of != id);
                if is_empty {
                    list.table.push(rows::empty_group(group));
                }
            }
            list.take_unreadable(&groups.facts.unreadable);
        });
        Ok(())
    }

    /// Loads page after page to the end of the list.
    async fn pages<T: Wire>(
        &self,
        list: RwSignal<DirectoryList>,
        request: impl Fn(&Slice) -> Result<ApiRequest, OutOfBounds>,
        id: fn(&T) -> &str,
        cells: impl Fn(&T) -> Vec<String>,
    ) -> Result<(), AppError> {
        while !list.with_untracked(|list| list.pagination.list.is_over()) {
            let slice =
                list.with_untracked(|list| Slice::after(list.pagination.list.cursor(), MOST_ROWS));
            let request = request(&slice).map_err(|_| AppError::of(ErrorCode::ApiBadRequest))?;
            let page: Page<T> = ask(&self.client, &self.connection, request).await?;
            list.update(|list| list.take(&page, id, &cells));
        }
        Ok(())
    }
}
