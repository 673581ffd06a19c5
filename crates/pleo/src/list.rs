//! Loading a list page by page, and what can be said about it at its end.
//!
//! A list is complete only if the server ends it, and if as many different rows arrived as the server
//! counts in it. Every other end has a reason that the user can read. [`crate::paging`] reads each record
//! on its own, so that one that cannot be read does not fail its page.

use std::collections::HashSet;

use crate::paging::{PageFacts, Unreadable};

/// Pages of a list, at most: half a million rows at Pleo's 100 a page, more than the longest table
/// that the product is made for. A list that is longer counts as endless.
pub const MOST_PAGES: usize = 5_000;

/// How much of a paged list is loaded, and whether it is complete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListProgress {
    pages: usize,
    distinct: usize,
    unreadable: usize,
    unreadable_example: Option<Unreadable>,
    lenient: usize,
    lenient_example: Option<Unreadable>,
    /// The ids of records that were counted as unreadable (`true`) or lenient (`false`): a record may
    /// come in several pages.
    odd_ids: HashSet<(bool, String)>,
    first_total: Option<usize>,
    total: Option<usize>,
    cursor: Option<String>,
    /// Every cursor that was followed or will be.
    cursors: HashSet<String>,
    end: Option<Result<(), Incomplete>>,
}

/// Why a list is incomplete although no further page can be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomplete {
    /// The server reports a next page (`hasNextPage`) without a cursor.
    NoCursor,
    /// The server reports a next page with a cursor that it sent before.
    RepeatedCursor,
    /// The server sent a page without rows and reports a next page.
    EmptyPage,
    /// A page with rows that are all there already, although the server says that another follows.
    NoNewRows,
    /// The list has more than [`MOST_PAGES`] pages; loading stops there.
    TooManyPages,
    /// The server's `total` changed between the first and the last page.
    Changed {
        /// The count of the first page.
        first: usize,
        /// The count of the last page.
        last: usize,
        /// The different rows that arrived.
        distinct: usize,
    },
    /// The server's `total` differs from the number of distinct rows.
    CountDiffers {
        /// The server's count.
        total: usize,
        /// The different rows that arrived.
        distinct: usize,
    },
    /// The rows come from a file that was made of a part of the list.
    File,
    /// All rows arrived, but some do not have the documented shape.
    Unreadable {
        /// How many.
        rows: usize,
    },
}

/// Whether the loaded rows are the complete list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completeness {
    /// Every row of the list is loaded and readable.
    Complete,
    /// At least one further page can be loaded.
    Partial,
    /// Rows are missing and no further page can be loaded.
    Incomplete(Incomplete),
}

impl ListProgress {
    /// Returns the progress of a list that is read from a page in its middle: `followed` are the
    /// cursors that led there, that page's own included.
    #[must_use]
    pub fn following(followed: &[String]) -> ListProgress {
        ListProgress {
            cursors: followed.iter().cloned().collect(),
            ..ListProgress::default()
        }
    }

    /// Returns the progress of a list of `rows` rows that come from a file. `complete` is whether the
    /// file was made of the whole list.
    #[must_use]
    pub fn of_file(rows: usize, complete: bool) -> ListProgress {
        ListProgress {
            distinct: rows,
            end: Some(if complete {
                Ok(())
            } else {
                Err(Incomplete::File)
            }),
            ..ListProgress::default()
        }
    }

    /// Takes in one page. `new_rows` is the number of its rows, readable or not, that are in no
    /// earlier page.
    pub fn take(&mut self, page: &PageFacts, new_rows: usize) {
        self.add(page, new_rows);
        self.follow(page, new_rows);
    }

    /// Counts the rows of a page, and takes the server's count of the list from it.
    pub(crate) fn add(&mut self, page: &PageFacts, new_rows: usize) {
        self.add_of_part(page, new_rows);
        self.count_again(page);
    }

    /// Counts the rows of a page of a part of the list.
    pub(crate) fn add_of_part(&mut self, page: &PageFacts, new_rows: usize) {
        self.pages += 1;
        self.distinct += new_rows;
        add_example(&mut self.unreadable_example, &page.unreadable);
        add_example(&mut self.lenient_example, &page.lenient);
        let known = &mut self.odd_ids;
        let mut count = |records: &[Unreadable], is_unreadable| {
            let ids = records.iter().map(|record| record.id.clone());
            let new = ids.filter(|id| match id {
                Some(id) => known.insert((is_unreadable, id.clone())),
                None => true,
            });
            new.count()
        };
        self.unreadable += count(&page.unreadable, true);
        self.lenient += count(&page.lenient, false);
    }

    /// Takes the server's count of the list from a page.
    pub(crate) fn count_again(&mut self, page: &PageFacts) {
        let total = page.pagination.total;
        let total = total.and_then(|total| usize::try_from(total).ok());
        self.first_total = self.first_total.or(total);
        self.total = total.or(self.total);
    }

    /// Goes on to the next page, or ends the list.
    pub(crate) fn follow(&mut self, page: &PageFacts, new_rows: usize) {
        let pagination = &page.pagination;
        self.cursor = pagination.next_cursor().map(str::to_owned);
        let end = match &self.cursor {
            _ if !pagination.has_next_page => Some(self.check_count()),
            None => Some(Err(Incomplete::NoCursor)),
            _ if page.rows == 0 => Some(Err(Incomplete::EmptyPage)),
            Some(cursor) if !self.cursors.insert(cursor.clone()) => {
                Some(Err(Incomplete::RepeatedCursor))
            }
            _ if new_rows == 0 => Some(Err(Incomplete::NoNewRows)),
            _ if self.pages >= MOST_PAGES => Some(Err(Incomplete::TooManyPages)),
            _ => None,
        };
        self.end = end;
        if self.end.is_some() {
            self.cursor = None;
        }
    }

    /// Ends a list that was loaded in parts: with `reason`, or with what the server counts.
    pub(crate) fn finish(&mut self, reason: Option<Incomplete>) {
        self.end = Some(reason.map_or_else(|| self.check_count(), Err));
        self.cursor = None;
    }

    fn check_count(&self) -> Result<(), Incomplete> {
        let distinct = self.distinct;
        match (self.first_total, self.total) {
            (Some(first), Some(last)) if first != last => Err(Incomplete::Changed {
                first,
                last,
                distinct,
            }),
            (_, Some(total)) if total != distinct => {
                Err(Incomplete::CountDiffers { total, distinct })
            }
            _ if self.unreadable > 0 => Err(Incomplete::Unreadable {
                rows: self.unreadable,
            }),
            _ => Ok(()),
        }
    }

    /// Returns whether the loaded rows are the complete list, and if not, why.
    #[must_use]
    pub fn completeness(&self) -> Completeness {
        match &self.end {
            None => Completeness::Partial,
            Some(Ok(())) => Completeness::Complete,
            Some(Err(reason)) => Completeness::Incomplete(reason.clone()),
        }
    }

    /// Returns why the list is incomplete; `None` if it is complete, or if more pages can be loaded.
    #[must_use]
    pub fn incomplete(&self) -> Option<&Incomplete> {
        self.end.as_ref()?.as_ref().err()
    }

    /// Returns whether no further page can be loaded; the list may be incomplete all the same.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.end.is_some()
    }

    /// Where the next page begins; `None` before the first page and at the end.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Returns the number of pages so far, those of parts of the list included.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// Returns the number of distinct rows so far, readable or not.
    #[must_use]
    pub fn distinct(&self) -> usize {
        self.distinct
    }

    /// Rows of the whole list by the server's last count; `None` if it states none.
    #[must_use]
    pub fn total(&self) -> Option<usize> {
        self.total
    }

    /// Returns the number of unreadable rows and the first of them.
    #[must_use]
    pub fn unreadable(&self) -> (usize, Option<&Unreadable>) {
        (self.unreadable, self.unreadable_example.as_ref())
    }

    /// How many rows were read from another form than documented, and the first of them.
    #[must_use]
    pub fn lenient(&self) -> (usize, Option<&Unreadable>) {
        (self.lenient, self.lenient_example.as_ref())
    }
}

fn add_example(example: &mut Option<Unreadable>, found: &[Unreadable]) {
    if example.is_none() {
        *example = found.first().cloned();
    }
}

impl Incomplete {
    /// Returns a stable snake_case code for an attribute of the page.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Incomplete::NoCursor => "no_cursor",
            Incomplete::RepeatedCursor => "repeated_cursor",
            Incomplete::EmptyPage => "empty_page",
            Incomplete::NoNewRows => "no_new_rows",
            Incomplete::TooManyPages => "too_many_pages",
            Incomplete::Changed { .. } => "changed",
            Incomplete::CountDiffers { .. } => "count_differs",
            Incomplete::File => "file",
            Incomplete::Unreadable { .. } => "unreadable",
        }
    }

    /// A sentence for the user. `what` names the rows, for example `entries`; `number` writes a
    /// count.
    #[must_use]
    pub fn sentence(&self, what: &str, number: impl Fn(usize) -> String) -> String {
        match self {
            Incomplete::NoCursor => {
                format!("Pleo says that more {what} follow, but not where they begin.")
            }
            Incomplete::RepeatedCursor => {
                format!("Pleo says that more {what} follow, but leads back to an earlier page.")
            }
            Incomplete::EmptyPage => {
                format!("Pleo says that more {what} follow, but sent a page without any.")
            }
            Incomplete::NoNewRows => {
                format!(
                    "Pleo says that more {what} follow, but sends only {what} that came before."
                )
            }
            Incomplete::TooManyPages => format!(
                "The list did not end after {} pages. Outlay loads no more.",
                number(MOST_PAGES)
            ),
            Incomplete::Changed {
                first,
                last,
                distinct,
            } => format!(
                "The list changed while it was loading: Pleo counted {} {what} at first and {} at \
                 the end; {} different {what} arrived.",
                number(*first),
                number(*last),
                number(*distinct)
            ),
            Incomplete::CountDiffers { total, distinct } => format!(
                "Pleo counts {} {what}; {} different {what} arrived.",
                number(*total),
                number(*distinct)
            ),
            Incomplete::File => format!("The file was made of a part of the {what}."),
            Incomplete::Unreadable { rows } => {
                format!("{} of the {what} could not be read.", number(*rows))
            }
        }
    }
}
