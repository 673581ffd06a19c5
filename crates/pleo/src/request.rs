//! Builds the path, query and body of each call.

use crate::filter::EntryFilter;
use crate::operation::{self, Operation};
use crate::status::{EntrySortingKey, PageOrder};

/// A call ready to be handed to whoever holds the token: it has no origin and no header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiRequest {
    /// Which call it is.
    pub operation: &'static Operation,
    /// The path below the API base, with ids filled in.
    pub path: String,
    /// The query, names and values in the clear.
    pub query: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<String>,
}

impl ApiRequest {
    fn new(operation: &'static Operation) -> ApiRequest {
        ApiRequest {
            operation,
            path: operation.path.to_owned(),
            query: Vec::new(),
            body: None,
        }
    }

    fn with_id(operation: &'static Operation, id: &str) -> ApiRequest {
        ApiRequest {
            path: fill(operation.path, id),
            ..ApiRequest::new(operation)
        }
    }

    fn add(&mut self, name: &str, value: impl Into<String>) {
        self.query.push((name.to_owned(), value.into()));
    }

    fn add_slice(&mut self, slice: &Slice) {
        match &slice.from {
            Anchor::Start => {}
            Anchor::After(cursor) => self.add("after", cursor.as_str()),
            Anchor::Before(cursor) => self.add("before", cursor.as_str()),
        }
        if let Some(limit) = slice.limit {
            self.add("limit", limit.to_string());
        }
    }
}

/// Where a page begins. Cursor and direction exclude one another at Pleo; here they cannot meet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Anchor {
    /// At the first row.
    #[default]
    Start,
    /// After the row of this cursor.
    After(String),
    /// Before the row of this cursor.
    Before(String),
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slice {
    /// Where the page begins.
    pub from: Anchor,
    /// How many rows; 1 to 100 for entries, whose default is 20. Unstated elsewhere.
    pub limit: Option<u32>,
}

impl Slice {
    /// At most `limit` rows after `cursor`, or from the start.
    pub fn after(cursor: Option<&str>, limit: u32) -> Slice {
        Slice {
            from: cursor.map_or(Anchor::Start, |cursor| Anchor::After(cursor.to_owned())),
            limit: Some(limit),
        }
    }
}

/// Calls about the token itself.
pub mod introspect {
    use super::*;

    /// Who the token speaks for; answered by an `Envelope<Introspection>`.
    pub fn get() -> ApiRequest {
        ApiRequest::new(&operation::INTROSPECT)
    }
}

/// Calls about the client's own installation: what a company has of it since its first sign-in.
pub mod installation {
    use super::*;

    /// Removes it, and with it every token of the client; answered by 204 without a body, by 404
    /// where there is none, by 502 where Pleo could not.
    pub fn delete() -> ApiRequest {
        ApiRequest::new(&operation::DELETE_INSTALLATION)
    }
}

/// Calls about companies.
pub mod companies {
    use super::*;

    /// The companies that the token can see; answered by a `Page<Company>`.
    pub fn list(slice: &Slice) -> ApiRequest {
        let mut request = ApiRequest::new(&operation::COMPANIES);
        request.add_slice(slice);
        request
    }

    /// One company; answered by an `Envelope<Company>`.
    pub fn get(company_id: &str) -> ApiRequest {
        ApiRequest::with_id(&operation::COMPANY, company_id)
    }
}

/// Calls about employees.
pub mod employees {
    use super::*;

    /// The employees of a company; answered by a `Page<Employee>`. This list alone spells its
    /// parameter `companyId`.
    pub fn list(company_id: &str, slice: &Slice) -> ApiRequest {
        let mut request = ApiRequest::new(&operation::EMPLOYEES);
        request.add("companyId", company_id);
        request.add_slice(slice);
        request
    }

    /// One employee; answered by an `Envelope<Employee>`.
    pub fn get(employee_id: &str) -> ApiRequest {
        ApiRequest::with_id(&operation::EMPLOYEE, employee_id)
    }
}

/// Calls about accounting entries.
pub mod entries {
    use super::*;

    /// The order of the entries table: newest spend first. The id settles ties, so that no row is
    /// lost or repeated between two pages.
    pub fn newest_first() -> Vec<(EntrySortingKey, PageOrder)> {
        vec![
            (EntrySortingKey::PerformedAt, PageOrder::Desc),
            (EntrySortingKey::Id, PageOrder::Asc),
        ]
    }

    /// A search in one company; answered by a `Page<AccountingEntry>`.
    pub fn search(
        company_id: &str,
        slice: &Slice,
        sort: &[(EntrySortingKey, PageOrder)],
        filter: &EntryFilter,
    ) -> ApiRequest {
        let mut request = ApiRequest::new(&operation::SEARCH_ENTRIES);
        request.add("company_id", company_id);
        request.add_slice(slice);
        for (key, _) in sort {
            request.add("sorting_keys", key.as_str());
        }
        for (_, order) in sort {
            request.add("sorting_order", order.as_str());
        }
        request.body = Some(outlay_wire::to_text(filter));
        request
    }

    /// One entry; answered by an `Envelope<AccountingEntry>`.
    pub fn get(entry_id: &str) -> ApiRequest {
        ApiRequest::with_id(&operation::ENTRY, entry_id)
    }
}

/// Puts an id in the place of the template's `{…}`. Everything but letters, digits, `-` and `_` is
/// percent-encoded, so that an id cannot change the path.
fn fill(template: &str, id: &str) -> String {
    let (Some(open), Some(close)) = (template.find('{'), template.find('}')) else {
        return template.to_owned();
    };
    let mut path = template.get(..open).unwrap_or_default().to_owned();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path.push_str(template.get(close + 1..).unwrap_or_default());
    path
}
