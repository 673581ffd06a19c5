//! One date window: its bounds, its cursor and what it has loaded.

use std::collections::HashSet;

use crate::entry::AccountingEntry;
use crate::filter::EntryFilter;
use crate::list::{Incomplete, ListProgress};
use crate::paging::Page;
use crate::time::{Date, Instant, Timestamp};

/// Days of UTC, counted from 1970-01-01: from `from` to the day before `to`. An absent bound is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DaySpan {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
}

impl DaySpan {
    /// Returns the filter of the span. Pleo does not say whether the end of a range is included, so the
    /// filter ends at the first instant of `to`: a row at that very instant may come in two windows, and
    /// none comes in no window.
    pub(super) fn filter(self) -> EntryFilter {
        let midnight = |day: i64| Date::from_days(day).midnight().format(0);
        EntryFilter {
            performed_at_start: self.from.map(midnight),
            performed_at_end: self.to.map(midnight),
            ..EntryFilter::default()
        }
    }

    /// Whether a row of this day may be in the span: a server may count days in another time zone.
    fn may_hold(self, day: i64) -> bool {
        self.from.is_none_or(|from| from - 1 <= day) && self.to.is_none_or(|to| day <= to + 1)
    }

    /// Divides the span into at most `pieces` spans of about the same number of days, the newest first.
    /// `oldest` and `newest` are days to count with where a bound is open.
    pub(super) fn divide(self, pieces: usize, oldest: i64, newest: i64) -> Vec<DaySpan> {
        let from = self.from.unwrap_or(oldest);
        let to = self.to.unwrap_or(newest + 1);
        let days = (to - from).max(1);
        let pieces = i64::try_from(pieces).unwrap_or(i64::MAX).clamp(1, days);
        let bound = |at: i64| to - days * at / pieces;
        (0..pieces)
            .map(|at| DaySpan {
                from: if at + 1 == pieces {
                    self.from
                } else {
                    Some(bound(at + 1))
                },
                to: if at == 0 { self.to } else { Some(bound(at)) },
            })
            .collect()
    }
}

/// A date window that is being loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateWindow {
    /// Unique among the windows of a list.
    pub(super) id: u32,
    pub(super) span: DaySpan,
    /// The cursor, the total and the end of the window's own list.
    pub(super) progress: ListProgress,
    /// Whether its last request failed; it is not sent again until the load is resumed.
    pub(super) has_failed: bool,
    /// The rows that came, to notice a list that repeats itself.
    ids: HashSet<String>,
    /// The order of the rows, to know which part of the span is complete.
    pub(super) order: RowOrder,
}

impl DateWindow {
    pub(super) fn new(id: u32, span: DaySpan) -> DateWindow {
        DateWindow {
            id,
            span,
            progress: ListProgress::default(),
            has_failed: false,
            ids: HashSet::new(),
            order: RowOrder::default(),
        }
    }

    /// Takes in the window's next page. Returns whether all its rows may be in the span: otherwise the
    /// server does not apply the filter.
    pub(super) fn take(&mut self, page: &Page<AccountingEntry>) -> bool {
        let mut new_rows = 0;
        for entry in &page.data {
            new_rows += usize::from(self.ids.insert(entry.id.as_str().to_owned()));
        }
        for record in &page.facts.unreadable {
            let id = record.id.clone();
            new_rows += usize::from(id.is_none_or(|id| self.ids.insert(id)));
        }
        self.progress.take(&page.facts, new_rows);
        self.order.take(page);
        let mut days = page
            .data
            .iter()
            .filter_map(|entry| day(&entry.performed_at));
        days.all(|day| self.span.may_hold(day))
    }

    /// Why the window's list ended too early; `None` if the server ended it. What the server counts is
    /// compared for the whole list only.
    pub(super) fn broken_off(&self) -> Option<&Incomplete> {
        self.progress.incomplete().filter(|reason| {
            !matches!(
                reason,
                Incomplete::Changed { .. }
                    | Incomplete::CountDiffers { .. }
                    | Incomplete::Unreadable { .. }
            )
        })
    }

    /// How many rows are still to come; `None` if the server does not say.
    pub(super) fn rows_left(&self) -> Option<usize> {
        let total = self.progress.total()?;
        Some(total.saturating_sub(self.progress.distinct()))
    }
}

/// Whether rows came newest first, and the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RowOrder {
    /// The instant of the last row.
    last: Option<Instant>,
    is_broken: bool,
}

impl RowOrder {
    /// Takes in the rows of the next page.
    pub(super) fn take(&mut self, page: &Page<AccountingEntry>) {
        for entry in &page.data {
            let instant = entry.performed_at.instant();
            let sorted = instant.is_some_and(|new| self.last.is_none_or(|last| new <= last));
            self.is_broken |= !sorted;
            self.last = instant.or(self.last);
        }
        // The place of an unreadable row in its page is not known.
        let mut unreadable = page.facts.unreadable.iter();
        self.is_broken |= unreadable.any(|record| {
            let instant = record.performed_at.as_ref().and_then(Timestamp::instant);
            instant.is_none()
        });
    }

    /// The day of the last row: every row of a later day has come. `None` if the order of the rows does
    /// not show that.
    pub(super) fn last_day(&self) -> Option<i64> {
        let last = self.last.filter(|_| !self.is_broken)?;
        Some(last.date().days())
    }
}

/// The day of UTC, counted from 1970-01-01.
pub(super) fn day(at: &Timestamp) -> Option<i64> {
    Some(at.utc_day()?.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_each_day_of_the_span_once() {
        for (from, to) in [
            (None, None),
            (None, Some(20)),
            (Some(3), None),
            (Some(3), Some(20)),
            (Some(3), Some(4)),
        ] {
            let span = DaySpan { from, to };
            for pieces in 0..30 {
                let parts = span.divide(pieces, 0, 25);
                assert!(!parts.is_empty() && parts.len() <= pieces.max(1));
                assert_eq!(parts[0].to, to, "{span:?} {pieces}");
                assert_eq!(parts[parts.len() - 1].from, from, "{span:?} {pieces}");
                for pair in parts.windows(2) {
                    assert!(pair[0].from.is_some() && pair[0].from == pair[1].to);
                }
                for part in &parts {
                    if let (Some(from), Some(to)) = (part.from, part.to) {
                        assert!(from < to, "{parts:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn filter_states_the_first_instants_of_both_bounds() {
        let span = DaySpan {
            from: Some(0),
            to: Some(20_000),
        };
        let filter = span.filter();
        let start = filter.performed_at_start.as_deref();
        assert_eq!(start, Some("1970-01-01T00:00:00Z"));
        let end = filter.performed_at_end.as_deref();
        assert_eq!(end, Some("2024-10-04T00:00:00Z"));
        let open = DaySpan {
            from: None,
            to: None,
        };
        assert_eq!(open.filter(), EntryFilter::default());
    }
}
