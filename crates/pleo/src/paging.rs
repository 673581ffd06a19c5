//! The envelopes around Pleo's answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::open::null_as_empty;
use crate::status::PageOrder;

/// One object: `{"data": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope<T> {
    /// The object.
    pub data: T,
}

/// One page of a list: `{"data": […], "pagination": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub data: Vec<T>,
    /// Where the page lies in the list.
    pub pagination: Pagination,
}

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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pagination {
    /// Whether rows follow.
    pub has_next_page: bool,
    /// Whether rows precede.
    pub has_previous_page: bool,
    /// The cursor of the first row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_cursor: Option<String>,
    /// The cursor of the last row; the next page is asked for with `after` and this value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_cursor: Option<String>,
    /// How many rows the whole list has; not promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The request as Pleo understood it.
    #[serde(default)]
    pub current_request_pagination: RequestEcho,
}

/// The paging of a request, repeated in its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestEcho {
    /// Every query parameter with its values.
    #[serde(default)]
    pub parameters: BTreeMap<String, Vec<String>>,
    /// The cursor that the page ends before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The cursor that the page starts after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many rows were skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<i64>,
    /// The page's size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<i32>,
    /// What the rows are sorted by.
    #[serde(
        default,
        deserialize_with = "null_as_empty",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub sorting_keys: Vec<String>,
    /// In which direction, one for each key.
    #[serde(
        default,
        deserialize_with = "null_as_empty",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub sorting_order: Vec<PageOrder>,
}
