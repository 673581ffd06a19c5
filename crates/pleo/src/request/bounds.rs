//! How much one call may carry. Source: the descriptions in the OpenAPI document.

use std::fmt;

use super::Slice;

/// Most ids in one list of a search (Pleo's `maxItems`).
pub const MOST_IDS: usize = 100;
/// Most items in one status update of an export job; more is a 413.
pub const MOST_ITEMS: usize = 100;
/// Largest `limit` of a page of entries or receipts, in rows.
pub const MOST_ROWS: u32 = 100;

/// A request with more or fewer values than Pleo accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfBounds {
    /// The parameter or field, in Pleo's spelling.
    pub of: &'static str,
    /// Smallest number of values that Pleo accepts.
    pub least: usize,
    /// Largest number of values that Pleo accepts.
    pub most: usize,
    /// Number of values in the request.
    pub found: usize,
}

impl fmt::Display for OutOfBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OutOfBounds {
            of,
            least,
            most,
            found,
        } = self;
        write!(f, "{of}: {found}, not {least} to {most}")
    }
}

impl std::error::Error for OutOfBounds {}

pub(super) fn within(
    of: &'static str,
    found: usize,
    least: usize,
    most: usize,
) -> Result<(), OutOfBounds> {
    if (least..=most).contains(&found) {
        Ok(())
    } else {
        Err(OutOfBounds {
            of,
            least,
            most,
            found,
        })
    }
}

/// At most 100 ids; a list that is absent is none.
pub(super) fn few<T>(of: &'static str, list: &Option<Vec<T>>) -> Result<(), OutOfBounds> {
    within(of, list.as_ref().map_or(0, Vec::len), 0, MOST_IDS)
}

/// A page of 1 to 100 rows; one of no stated size has Pleo's.
pub(super) fn page(slice: &Slice) -> Result<(), OutOfBounds> {
    let rows = slice.limit.unwrap_or(MOST_ROWS);
    within("limit", rows as usize, 1, MOST_ROWS as usize)
}
