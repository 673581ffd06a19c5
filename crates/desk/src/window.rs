//! The visible range of a long table, and the fixed pool of slots that shows it.
//!
//! Only the rows in sight and a few around them have elements. The elements are a pool that never
//! grows: while the table scrolls, a slot that leaves on one side shows a new row on the other, and
//! every other slot keeps its row.

use std::ops::Range;

/// The most row elements that a table ever has.
pub const MOST_SLOTS: usize = 80;

/// What part of a table is in sight. Lengths are whole CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// How far the first row has been scrolled out at the top.
    pub scroll_top: u32,
    /// The height of the scrolling area.
    pub height: u32,
    /// The height of one row; 0 counts as 1.
    pub row_height: u32,
    /// Rows to have ready above and below.
    pub overscan: usize,
}

impl View {
    /// The rows to show out of `rows`: at most [`MOST_SLOTS`], those in sight before those around.
    #[must_use]
    pub fn range(&self, rows: usize) -> Range<usize> {
        let row_height = self.row_height.max(1);
        // Rows in sight: the last pixel decides, and a table scrolled past its end shows its end.
        let seen = count(self.height.div_ceil(row_height)) + 1;
        let seen = seen.min(MOST_SLOTS).min(rows);
        let first = count(self.scroll_top / row_height).min(rows - seen);
        let around = self.overscan.min((MOST_SLOTS - seen) / 2);
        let start = first.saturating_sub(around);
        let end = (first + seen).saturating_add(around).min(rows);
        start..end
    }

    /// How many slots the table needs, however it is scrolled.
    #[must_use]
    pub fn slots(&self) -> Slots {
        let seen = count(self.height.div_ceil(self.row_height.max(1))) + 1;
        let around = self.overscan.saturating_mul(2);
        Slots {
            count: seen.saturating_add(around).min(MOST_SLOTS),
        }
    }
}

/// A pool of row elements, numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots {
    count: usize,
}

impl Slots {
    /// How many there are: 1 to [`MOST_SLOTS`].
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The row of `range` that this slot shows, or none. A row has the same slot in every range.
    #[must_use]
    pub fn row(&self, slot: usize, range: &Range<usize>) -> Option<usize> {
        if slot >= self.count {
            return None;
        }
        let into = (slot + self.count - range.start % self.count) % self.count;
        let row = range.start.checked_add(into)?;
        range.contains(&row).then_some(row)
    }
}

fn count(pixels: u32) -> usize {
    usize::try_from(pixels).unwrap_or(usize::MAX)
}
