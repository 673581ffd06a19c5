//! The envelopes around Pleo's answers.

use outlay_wire::{Value, record};

use crate::status::PageOrder;

/// One object: `{"data": …}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope<T> {
    /// The object.
    pub data: T,
}

record!(Envelope<T> { data = "data" });

/// One page of a list: `{"data": […], "pagination": …}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page.
    pub data: Vec<T>,
    /// Where the page lies in the list.
    pub pagination: Pagination,
}

record!(Page<T> { data = "data", pagination = "pagination" });

impl<T> Page<T> {
    /// The cursor of the following page: `endCursor` while there is a next page. None at the end,
    /// and none where Pleo promises a next page without saying where it starts.
    pub fn next_cursor(&self) -> Option<&str> {
        if self.pagination.has_next_page {
            self.pagination.end_cursor.as_deref()
        } else {
            None
        }
    }
}

/// Where a page lies in its list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pagination {
    /// Whether rows follow.
    pub has_next_page: bool,
    /// Whether rows precede.
    pub has_previous_page: bool,
    /// The cursor of the first row.
    pub start_cursor: Option<String>,
    /// The cursor of the last row; the next page is asked for with `after` and this value.
    pub end_cursor: Option<String>,
    /// How many rows the whole list has; not promised.
    pub total: Option<i64>,
    /// The request as Pleo understood it: a [`RequestEcho`], which no caller needs to read.
    pub current_request_pagination: Value,
}

record!(Pagination {
    has_next_page = "hasNextPage", has_previous_page = "hasPreviousPage",
    start_cursor = "startCursor", end_cursor = "endCursor", total = "total",
    current_request_pagination = "currentRequestPagination",
});

/// The paging of a request, repeated in its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestEcho {
    /// An object: every query parameter with the list of its values.
    pub parameters: Value,
    /// The cursor that the page ends before.
    pub before: Option<String>,
    /// The cursor that the page starts after.
    pub after: Option<String>,
    /// How many rows were skipped.
    pub offset: Option<i64>,
    /// The page's size.
    pub limit: Option<i32>,
    /// What the rows are sorted by.
    pub sorting_keys: Option<Vec<String>>,
    /// In which direction, one for each key.
    pub sorting_order: Option<Vec<PageOrder>>,
}

record!(RequestEcho {
    parameters = "parameters", before = "before", after = "after", offset = "offset",
    limit = "limit", sorting_keys = "sortingKeys", sorting_order = "sortingOrder",
});
