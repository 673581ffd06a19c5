//! How much one call may carry. Source: the descriptions in the OpenAPI document.

use std::fmt;

use super::Slice;

/// Ids in one list of a search, at most.
pub const MOST_IDS: usize = 100;
/// Items of an export job in one report, at most.
pub const MOST_ITEMS: usize = 100;
/// Accounts in one batch, at most.
pub const MOST_ACCOUNTS: usize = 1000;
/// Tags that are removed or archived at once, at most.
pub const MOST_TAGS: usize = 100;
/// Rows of one page of entries or receipts, at most.
pub const MOST_ROWS: u32 = 100;
/// Characters of an account's external id, name and code, at most.
pub const LONGEST: usize = 255;

/// More, or less, than one call may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfBounds {
    /// Which parameter or field, in Pleo's spelling.
    pub of: &'static str,
    /// How many there must be at least.
    pub least: usize,
    /// How many there may be at most.
    pub most: usize,
    /// How many there are.
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
