//! Loads all entries of a company in date windows, several at once.
//!
//! [`DateWindows`] decides which pages to request; the caller sends the requests and passes the answers
//! back. The first page comes by the cursor of the whole list, newest first, so that its rows are there
//! after one request. If all entries are needed and many are left, one more request finds the oldest
//! entry, and the period is divided into windows of whole days in UTC:
//!
//! | window | bounds of `performedAt` |
//! | --- | --- |
//! | the newest | from the day of the last row so far; no upper bound |
//! | those between | from a day to the day before the next newer window |
//! | the oldest | no lower bound |
//!
//! Each window is a list with a cursor of its own. At most [`MOST_REQUESTS`] requests are in progress:
//! `RequestLimit` starts at two, rises while answers are fast and is halved when the server is busy.
//! When no window is left to begin, the rest of a long one is divided among the free requests: its rows
//! come newest first, so every row after the day of its last row has come.
//!
//! **Consistency.** The windows cover every instant, so each entry that exists unchanged during the whole
//! load comes in at least one page, as it does with one cursor; the caller counts an entry once by its
//! id. An entry that is added, deleted or gets another date meanwhile may come or not. The last request
//! asks for the server's count again, so that such a change is stated as with one cursor
//! ([`Incomplete::Changed`], [`Incomplete::CountDiffers`]).
//!
//! The list is loaded by its one cursor where windows could lose rows or gain nothing: fewer than
//! [`LEAST_PAGES`] pages are left, an entry has no readable date, the rows are not sorted, or the server
//! ignores the filter.

mod page_request;
mod request_limit;
mod window;

pub use page_request::{PageRequest, RequestPart};
pub use request_limit::MOST_REQUESTS;

use request_limit::RequestLimit;
use window::{DateWindow, DaySpan, RowOrder};

use crate::entry::AccountingEntry;
use crate::filter::EntryFilter;
use crate::list::{Incomplete, ListProgress, MOST_PAGES};
use crate::paging::Page;

/// Windows pay from so many pages on: they need two requests that one cursor does not.
pub const LEAST_PAGES: usize = 10;

/// Pages of a window, about, if the entries are spread evenly over the period.
const PAGES_PER_WINDOW: usize = 16;

/// Windows at the start of a load besides the newest, at most.
const MOST_WINDOWS: usize = 60;

/// After so many failures in sequence no further request is sent.
const MOST_FAILURES: usize = 3;

/// The time left is not estimated before so many milliseconds.
const LEAST_TIME: u64 = 2_000;

/// The windows of a list, and the requests in progress. [`ListProgress`] has the counts of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateWindows {
    stage: Stage,
    limit: RequestLimit,
    in_progress: Vec<RequestPart>,
    /// The number of the next window.
    next_id: u32,
    /// Failures since the last page.
    failures: usize,
    /// Whether no further request is sent until the load is resumed.
    is_halted: bool,
    /// Whether the list is loaded by its one cursor to its end.
    one_cursor: bool,
    /// The rows of the pages that came by the cursor of the list.
    order: RowOrder,
    /// Rows of the largest page so far.
    page_rows: usize,
    /// Pages that came by the cursor of the list.
    list_pages: usize,
    /// The day of the oldest entry.
    oldest: i64,
    /// Why the list of a window ended too early.
    broken_off: Option<Incomplete>,
    /// When the load was begun or resumed, and with how many rows.
    since: Option<(u64, usize)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Stage {
    /// The list is loaded by its own cursor.
    #[default]
    List,
    /// These windows are not complete yet, the newest first.
    Windows(Vec<DateWindow>),
    /// All windows are complete.
    Count,
}

impl DateWindows {
    /// Begins or resumes a load: no request is in progress, and what failed is requested again.
    pub fn begin(&mut self) {
        self.in_progress.clear();
        self.failures = 0;
        self.is_halted = false;
        self.since = None;
        if let Stage::Windows(windows) = &mut self.stage {
            windows.iter_mut().for_each(|it| it.has_failed = false);
        }
    }

    /// Returns the requests to send at `now`, in milliseconds on any clock that does not go back. With
    /// `all` they lead to the end of the list, otherwise one page further. Each must be answered by
    /// [`DateWindows::take`] or [`DateWindows::fail`]. There is none if none is in progress and the list
    /// is over or its load has failed.
    pub fn requests(&mut self, list: &ListProgress, all: bool, now: u64) -> Vec<PageRequest> {
        self.since.get_or_insert((now, list.distinct()));
        let mut requests = Vec::new();
        if list.is_over() || self.is_halted {
            return requests;
        }
        let is_idle = self.in_progress.is_empty();
        let divides = all && self.should_divide(list);
        match &self.stage {
            Stage::List if is_idle && divides => {
                requests.push(PageRequest::new(RequestPart::Oldest, None, no_filter()));
            }
            Stage::List if is_idle => {
                let cursor = list.cursor();
                requests.push(PageRequest::new(RequestPart::List, cursor, no_filter()));
            }
            Stage::Count if is_idle => {
                requests.push(PageRequest::new(RequestPart::Count, None, no_filter()));
            }
            Stage::List | Stage::Count => {}
            Stage::Windows(windows) => {
                // The pause of a busy server is over if no request waits for its end.
                let most = match (all, is_idle) {
                    (true, false) => self.limit.at(now),
                    (true, true) => self.limit.at(u64::MAX),
                    (false, _) => 1,
                };
                let free = most.saturating_sub(self.in_progress.len());
                let waiting = windows.iter().filter(|window| {
                    let part = RequestPart::Window(window.id);
                    !window.has_failed && !self.in_progress.contains(&part)
                });
                requests.extend(waiting.take(free).map(|window| {
                    let part = RequestPart::Window(window.id);
                    PageRequest::new(part, window.progress.cursor(), window.span.filter())
                }));
            }
        }
        let parts = requests.iter().map(|request| request.part);
        self.in_progress.extend(parts);
        requests
    }

    /// Whether the rest of the list is long enough for windows, and can be divided.
    fn should_divide(&self, list: &ListProgress) -> bool {
        let left = match list.total() {
            Some(total) => total.saturating_sub(list.distinct()) / self.page_rows.max(1),
            // Without a total, a list that is long so far counts as one that goes on.
            None => self.list_pages,
        };
        !self.one_cursor && left >= LEAST_PAGES && self.order.last_day().is_some()
    }

    /// Takes in the answer to `request`, which took so many milliseconds. `new_rows` is the number of
    /// its rows, readable or not, that are in no earlier page of any request; 0 if the request
    /// [loads no rows](PageRequest::loads_rows).
    pub fn take(
        &mut self,
        list: &mut ListProgress,
        request: &PageRequest,
        page: &Page<AccountingEntry>,
        new_rows: usize,
        took: u64,
    ) {
        self.in_progress.retain(|part| *part != request.part);
        self.failures = 0;
        self.limit.answered(took);
        match request.part {
            RequestPart::List => {
                self.page_rows = self.page_rows.max(page.facts.rows);
                self.list_pages += 1;
                self.order.take(page);
                // After windows that were given up, rows may be there already.
                let new_for_list = new_rows.max(usize::from(self.one_cursor));
                list.add(&page.facts, new_rows);
                list.follow(&page.facts, new_for_list);
            }
            RequestPart::Oldest => self.divide(list, page),
            RequestPart::Window(id) => {
                list.add_of_part(&page.facts, new_rows);
                self.take_window(list, id, page);
            }
            RequestPart::Count => {
                list.count_again(&page.facts);
                list.finish(self.broken_off.take());
            }
        }
    }

    /// Makes the windows. `page` has the oldest entry.
    fn divide(&mut self, list: &ListProgress, page: &Page<AccountingEntry>) {
        let of_entry = page.data.first().map(|entry| &entry.performed_at);
        let of_record = page.facts.unreadable.first();
        let of_record = of_record.and_then(|record| record.performed_at.as_ref());
        let oldest = of_entry.or(of_record).and_then(window::day);
        let newest = self.order.last_day();
        let (Some(oldest), Some(newest)) = (oldest, newest) else {
            self.one_cursor = true;
            return;
        };
        if oldest > newest {
            self.one_cursor = true;
            return;
        }
        self.oldest = oldest;
        let left = list.total().unwrap_or(0).saturating_sub(list.distinct());
        let pieces = left / self.page_rows.max(1) / PAGES_PER_WINDOW;
        let pieces = pieces.clamp(MOST_REQUESTS - 1, MOST_WINDOWS);
        let first = DaySpan {
            from: Some(newest),
            to: None,
        };
        let rest = DaySpan {
            from: None,
            to: Some(newest),
        };
        let spans = std::iter::once(first).chain(rest.divide(pieces, oldest, newest));
        let windows = spans.map(|span| self.window(span)).collect();
        self.stage = Stage::Windows(windows);
    }

    fn window(&mut self, span: DaySpan) -> DateWindow {
        self.next_id += 1;
        DateWindow::new(self.next_id, span)
    }

    fn take_window(&mut self, list: &mut ListProgress, id: u32, page: &Page<AccountingEntry>) {
        let Stage::Windows(windows) = &mut self.stage else {
            return;
        };
        let Some(at) = windows.iter().position(|window| window.id == id) else {
            return;
        };
        if !windows[at].take(page) {
            // The server ignores the filter: each window would be the whole list.
            self.one_cursor = true;
            self.stage = Stage::List;
            return;
        }
        if list.pages() >= MOST_PAGES {
            list.finish(Some(Incomplete::TooManyPages));
            return;
        }
        if !windows[at].progress.is_over() {
            self.divide_rest(at);
            return;
        }
        let window = windows.remove(at);
        let broken_off = window.broken_off().cloned();
        self.broken_off = self.broken_off.take().or(broken_off);
        if windows.is_empty() {
            match list.total() {
                Some(_) => self.stage = Stage::Count,
                None => list.finish(self.broken_off.take()),
            }
        }
    }

    /// Divides the rest of a window among the requests that have no other window to load.
    fn divide_rest(&mut self, at: usize) {
        let Stage::Windows(windows) = &mut self.stage else {
            return;
        };
        let in_progress = self.in_progress.len();
        let open = windows.iter().filter(|window| !window.has_failed).count();
        if open > in_progress + 1 {
            return;
        }
        let window = &windows[at];
        let Some(last) = window.order.last_day() else {
            return;
        };
        let free = self.limit.at(u64::MAX).saturating_sub(in_progress);
        // A piece of a single page is not worth reading the last day again.
        let left = window.rows_left();
        let pieces = left.map_or(free, |rows| free.min(rows / self.page_rows.max(1) / 2));
        if pieces < 2 {
            return;
        }
        // The first instant of `to` belongs to the filter.
        let end = window.span.to.map_or(last + 1, |to| to.min(last + 1));
        let rest = DaySpan {
            from: window.span.from,
            to: Some(end),
        };
        let oldest = self.oldest.min(end - 1);
        let pieces = rest.divide(pieces, oldest, end - 1);
        if pieces.len() < 2 {
            return;
        }
        windows.remove(at);
        let mut next_id = self.next_id;
        let new = pieces.into_iter().map(|span| {
            next_id += 1;
            DateWindow::new(next_id, span)
        });
        windows.splice(at..at, new);
        self.next_id = next_id;
    }

    /// `request` failed, with 429 or 503 if `is_busy`. The others may go on, except after a busy answer
    /// or three failures in sequence.
    pub fn fail(&mut self, request: &PageRequest, is_busy: bool) {
        self.in_progress.retain(|part| *part != request.part);
        self.failures += 1;
        self.is_halted |= is_busy || self.failures >= MOST_FAILURES;
        if is_busy {
            self.limit = RequestLimit::default();
        }
        match (&mut self.stage, request.part) {
            (Stage::Windows(windows), RequestPart::Window(id)) => {
                let failed = windows.iter_mut().find(|window| window.id == id);
                failed.into_iter().for_each(|it| it.has_failed = true);
            }
            // An answer to a window that was given up is not missed.
            (_, RequestPart::Window(_)) => {}
            _ => self.is_halted = true,
        }
    }

    /// The server was busy (429 or 503) at `now`, and one of the requests in progress is repeated after
    /// `pause` milliseconds: no other is sent until then, and fewer at once after that.
    pub fn slow_down(&mut self, now: u64, pause: u64) {
        self.limit.busy(now, pause);
    }

    /// Whether no request is in progress.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.in_progress.is_empty()
    }

    /// How many requests are in progress.
    #[must_use]
    pub fn in_progress(&self) -> usize {
        self.in_progress.len()
    }

    /// The milliseconds until the end of the list at the speed since the load was begun or resumed.
    /// `None` in the first two seconds, and if the server does not say how many entries there are.
    #[must_use]
    pub fn time_left(&self, list: &ListProgress, now: u64) -> Option<u64> {
        let (began, rows) = self.since?;
        let elapsed = now.saturating_sub(began);
        let loaded = u64::try_from(list.distinct().saturating_sub(rows)).ok()?;
        let left = u64::try_from(list.total()?.saturating_sub(list.distinct())).ok()?;
        if elapsed < LEAST_TIME || loaded == 0 {
            return None;
        }
        Some(left.saturating_mul(elapsed) / loaded)
    }
}

fn no_filter() -> EntryFilter {
    EntryFilter::default()
}
