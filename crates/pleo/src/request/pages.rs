//! A list walked to its end, page by page.

use std::collections::HashSet;
use std::fmt;

use super::ApiRequest;
use crate::paging::Pagination;

/// Pages of one list, at most: a list that brings a new cursor for ever ends here.
const MOST_PAGES: usize = 10_000;

/// A walk through a list: the request of its next page, until an answer says that there is none.
///
/// ```
/// use outlay_pleo::request::{Pages, Slice, companies};
/// # use outlay_pleo::{Company, Page};
/// # let answer = |_: &_| outlay_wire::from_text::<Page<Company>>(
/// #     r#"{"data":[],"pagination":{"hasNextPage":false,"hasPreviousPage":false}}"#).unwrap();
/// let mut pages = Pages::new(companies::list(&Slice::default()));
/// while let Some(request) = pages.next_request() {
///     let page = answer(&request);
///     pages.take(&page.pagination)?;
/// }
/// # Ok::<(), outlay_pleo::request::Endless>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pages {
    next: Option<ApiRequest>,
    /// The cursors that were gone on from.
    seen: HashSet<String>,
}

/// A list that does not lead to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endless {
    /// It leads back to where it was.
    Repeated,
    /// It promises a next page and does not say where it begins.
    Nowhere,
    /// It has more pages than any list should.
    TooLong,
}

impl fmt::Display for Endless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Endless::Repeated => "a cursor that was used before",
            Endless::Nowhere => "a next page without a cursor",
            Endless::TooLong => "too many pages",
        })
    }
}

impl std::error::Error for Endless {}

impl Pages {
    /// A walk that begins with this request.
    #[must_use]
    pub fn new(first: ApiRequest) -> Pages {
        Pages {
            next: Some(first),
            seen: HashSet::new(),
        }
    }

    /// The request of the page to be read; the same one until its answer was taken. None at the end.
    #[must_use]
    pub fn next_request(&self) -> Option<ApiRequest> {
        self.next.clone()
    }

    /// Goes on to the page that an answer leads to.
    ///
    /// # Errors
    ///
    /// What keeps the list from ending; the walk is over then.
    pub fn take(&mut self, answer: &Pagination) -> Result<(), Endless> {
        let Some(request) = self.next.take() else {
            return Ok(());
        };
        if !answer.has_next_page {
            return Ok(());
        }
        let cursor = answer.end_cursor.as_deref().ok_or(Endless::Nowhere)?;
        if self.seen.len() + 1 == MOST_PAGES {
            return Err(Endless::TooLong);
        }
        if !self.seen.insert(cursor.to_owned()) {
            return Err(Endless::Repeated);
        }
        self.next = Some(request.after(cursor));
        Ok(())
    }
}
