//! The requests of a load.

use crate::filter::EntryFilter;
use crate::request::bounds::MOST_ROWS;
use crate::request::entries::{newest_first, search};
use crate::request::{ApiRequest, EntryOwner, OutOfBounds, Slice};
use crate::status::{EntrySortingKey, PageOrder};

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestPart {
    /// The next page of the whole list.
    List,
    /// The oldest entry, for the lower end of the period.
    Oldest,
    /// The next page of a date window, by the window's number.
    Window(u32),
    /// The number of entries after all windows are loaded.
    Count,
}

/// A request for one page of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// What it is for.
    pub part: RequestPart,
    /// The wanted rows.
    pub slice: Slice,
    /// The bounds of the window.
    pub filter: EntryFilter,
}

impl PageRequest {
    pub(super) fn new(part: RequestPart, cursor: Option<&str>, filter: EntryFilter) -> PageRequest {
        let slice = match part {
            // An entry without a date, which no window would contain, comes first.
            RequestPart::Oldest => Slice::after(None, 1)
                .sorted(
                    EntrySortingKey::PerformedAt.as_str(),
                    PageOrder::AscNullsFirst,
                )
                .sorted(EntrySortingKey::Id.as_str(), PageOrder::Asc),
            RequestPart::Count => newest_first(Slice::after(None, 1)),
            RequestPart::List | RequestPart::Window(_) => {
                newest_first(Slice::after(cursor, MOST_ROWS))
            }
        };
        PageRequest {
            part,
            slice,
            filter,
        }
    }

    /// Whether the rows of the answer belong into the table. The others answer a question about the list.
    #[must_use]
    pub fn loads_rows(&self) -> bool {
        matches!(self.part, RequestPart::List | RequestPart::Window(_))
    }

    /// Returns the call of the API.
    ///
    /// # Errors
    ///
    /// None in practice: the slice asks for 1 or 100 rows, and the filter has no list of ids.
    pub fn api_request(&self, owner: &EntryOwner) -> Result<ApiRequest, OutOfBounds> {
        search(owner, &self.slice, &self.filter)
    }
}
