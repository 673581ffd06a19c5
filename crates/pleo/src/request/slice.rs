//! Which part of which list.

use super::ApiRequest;
use crate::id::{CompanyId, OrganizationId};
use crate::status::PageOrder;

/// The part of a list to load: start, size and order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slice {
    /// Cursor of the row before the page (`after`); `None` for the first page.
    pub after: Option<String>,
    /// How many rows; 1 to 100 for entries and receipts, whose defaults are 20 and 10. Unstated
    /// elsewhere.
    pub limit: Option<u32>,
    /// Sort keys with their directions, the first being the most significant.
    pub sort: Vec<(String, PageOrder)>,
}

impl Slice {
    /// Returns the part of at most `limit` rows after `cursor`, or from the start for `None`.
    pub fn after(cursor: Option<&str>, limit: u32) -> Slice {
        Slice {
            after: cursor.map(str::to_owned),
            limit: Some(limit),
            sort: Vec::new(),
        }
    }

    /// Adds `key` as the least significant sort key.
    #[must_use]
    pub fn sorted(mut self, key: &str, order: PageOrder) -> Slice {
        self.sort.push((key.to_owned(), order));
        self
    }

    pub(super) fn add_to(&self, request: ApiRequest) -> ApiRequest {
        let limit = self.limit.map(|limit| limit.to_string());
        let keys = self.sort.iter().map(|(key, _)| key.as_str());
        let orders = self.sort.iter().map(|(_, order)| order.as_str());
        request
            .with_some("after", self.after.as_deref())
            .with_some("limit", limit.as_deref())
            .with_all("sorting_keys", keys)
            .with_all("sorting_order", orders)
    }
}

/// The owner of the rows, for operations that accept one of several ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryOwner {
    /// One company, sent as `company_id`.
    Company(CompanyId),
    /// All companies of an organisation, sent as `organization_id`.
    Organization(OrganizationId),
}

impl EntryOwner {
    /// Adds `company_id` or `organization_id`.
    pub(super) fn add_to(&self, request: ApiRequest) -> ApiRequest {
        match self {
            EntryOwner::Company(id) => request.with("company_id", id.as_str()),
            EntryOwner::Organization(id) => request.with("organization_id", id.as_str()),
        }
    }
}
