//! Which part of which list.

use super::ApiRequest;
use crate::id::{CompanyId, OrganizationId};
use crate::status::PageOrder;

/// Where a page begins. Cursor, direction and offset exclude one another at Pleo; here they cannot
/// meet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Anchor {
    /// At the first row.
    #[default]
    Start,
    /// After the row of this cursor.
    After(String),
    /// Before the row of this cursor.
    Before(String),
    /// After so many rows; entries and receipts do not know it.
    Skip(u64),
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slice {
    /// Where the page begins.
    pub from: Anchor,
    /// How many rows; 1 to 100 for entries and receipts, whose defaults are 20 and 10. Unstated
    /// elsewhere.
    pub limit: Option<u32>,
    /// What the rows are sorted by, and in which direction.
    pub sort: Vec<(String, PageOrder)>,
}

impl Slice {
    /// At most `limit` rows after `cursor`, or from the start.
    pub fn after(cursor: Option<&str>, limit: u32) -> Slice {
        Slice {
            from: cursor.map_or(Anchor::Start, |cursor| Anchor::After(cursor.to_owned())),
            limit: Some(limit),
            sort: Vec::new(),
        }
    }

    /// The same part, sorted by `key` after what it is sorted by already.
    #[must_use]
    pub fn sorted(mut self, key: &str, order: PageOrder) -> Slice {
        self.sort.push((key.to_owned(), order));
        self
    }

    pub(super) fn add_to(&self, request: ApiRequest) -> ApiRequest {
        let request = match &self.from {
            Anchor::Start => request,
            Anchor::After(cursor) => request.with("after", cursor),
            Anchor::Before(cursor) => request.with("before", cursor),
            Anchor::Skip(rows) => request.with("offset", &rows.to_string()),
        };
        let limit = self.limit.map(|limit| limit.to_string());
        let keys = self.sort.iter().map(|(key, _)| key.as_str());
        let orders = self.sort.iter().map(|(_, order)| order.as_str());
        request
            .with_some("limit", limit.as_deref())
            .with_all("sorting_keys", keys)
            .with_all("sorting_order", orders)
    }
}

/// Whose rows are wanted, where Pleo asks for one of several ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryOwner {
    /// Those of a company.
    Company(CompanyId),
    /// Those of an organisation's companies.
    Organization(OrganizationId),
}

impl EntryOwner {
    pub(super) fn add_to(&self, request: ApiRequest) -> ApiRequest {
        match self {
            EntryOwner::Company(id) => request.with("company_id", id.as_str()),
            EntryOwner::Organization(id) => request.with("organization_id", id.as_str()),
        }
    }
}
