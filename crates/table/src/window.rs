//! The visible range of a long table, and the fixed pool of slots that shows it.
//!
//! Only the visible rows and a few around them have elements. The elements are a pool that never
//! grows: while the table scrolls, a slot that leaves on one side shows a new row on the other, and
//! every other slot keeps its row.
//!
//! A browser draws nothing below some height, so that a very long table is scrolled in proportion:
//! [`Layout`] and [`Scroll`].

use std::ops::Range;

/// Most row elements in the document, whatever the height of the table.
pub const MOST_SLOTS: usize = 80;

/// The scroll position of a table and the size of its viewport. Lengths are whole CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisibleRange {
    /// Height of the rows above the viewport.
    pub scroll_top: u32,
    /// Height of the viewport.
    pub height: u32,
    /// Height of one row; 0 counts as 1.
    pub row_height: u32,
    /// Number of rows to render above and below the viewport.
    pub overscan: usize,
}

impl VisibleRange {
    /// The rows to show out of `rows`: at most [`MOST_SLOTS`], visible ones before those around.
    #[must_use]
    pub fn range(&self, rows: usize) -> Range<usize> {
        let row_height = self.row_height.max(1);
        // Visible rows: the last pixel decides, and a table scrolled past its end shows its end.
        let seen = count(self.height.div_ceil(row_height)) + 1;
        let seen = seen.min(MOST_SLOTS).min(rows);
        let first = count(self.scroll_top / row_height).min(rows - seen);
        let around = self.overscan.min((MOST_SLOTS - seen) / 2);
        let start = first.saturating_sub(around);
        let end = (first + seen).saturating_add(around).min(rows);
        start..end
    }

    /// Returns the number of row elements that the table needs at any scroll position; an even number, so
    /// that the rows of an element are all even or all odd.
    #[must_use]
    pub fn slots(&self) -> Slots {
        let seen = count(self.height.div_ceil(self.row_height.max(1))) + 1;
        let around = self.overscan.saturating_mul(2);
        Slots {
            count: seen
                .saturating_add(around)
                .next_multiple_of(2)
                .min(MOST_SLOTS),
        }
    }
}

/// The tallest that the rows of a table are laid out, in CSS pixels. Firefox draws nothing below
/// 8,947,848 CSS pixels. Chromium draws nothing below 33,554,432 device pixels, which are 2,236,962
/// CSS pixels at 500 % zoom on a screen with three device pixels per CSS pixel.
pub const TALLEST: u32 = 2_000_000;

/// At either end of a table that is taller than its element, this many CSS pixels scroll one to one,
/// so that both ends are reached without a jump.
const EXACT: u32 = 10_000;

/// A scroll event that moves further than this, in CSS pixels, comes from the scroll bar or from a
/// script. A turn of the wheel or a swipe moves less per event.
const JUMP: u32 = 600;

/// How the rows of a table lie in the element that scrolls them. Lengths are whole CSS pixels.
///
/// Up to [`Layout::tallest`] the element is as tall as its rows and the offset equals `scrollTop`.
/// Beyond it the element keeps that height, and `scrollTop` gives the offset in proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Number of rows in the table.
    pub rows: usize,
    /// Height of one row, in CSS pixels.
    pub row_height: u32,
    /// Height of the viewport, in CSS pixels.
    pub height: u32,
    /// Largest element height that the browser supports, in CSS pixels.
    pub tallest: u32,
}

impl Layout {
    /// Returns the height of the element that contains the rows, in CSS pixels.
    #[must_use]
    pub fn body_height(&self) -> u32 {
        self.rows_height().min(self.tallest)
    }

    /// The height of all rows; saturates at `u32::MAX`.
    fn rows_height(&self) -> u32 {
        let rows = u32::try_from(self.rows).unwrap_or(u32::MAX);
        rows.saturating_mul(self.row_height)
    }

    /// The largest `scrollTop`.
    fn last_top(&self) -> u32 {
        self.body_height().saturating_sub(self.height)
    }

    /// The largest offset.
    fn last_offset(&self) -> u32 {
        self.rows_height().saturating_sub(self.height)
    }

    fn is_exact(&self) -> bool {
        self.rows_height() <= self.tallest
    }

    /// The `scrollTop` that belongs to `offset`.
    fn top_of(&self, offset: u32) -> u32 {
        stretch(offset, self.last_offset(), self.last_top())
    }

    /// The offset that belongs to `top`.
    fn offset_of(&self, top: u32) -> u32 {
        stretch(top, self.last_top(), self.last_offset())
    }
}

/// Maps `0..=from` to `0..=to`: one to one at both ends, in proportion between them.
fn stretch(value: u32, from: u32, to: u32) -> u32 {
    let value = value.min(from);
    let exact = EXACT.min(from.min(to) / 2);
    let left = from - value;
    if value <= exact {
        return value;
    }
    if left <= exact {
        return to - left;
    }
    // `from` is larger than twice `exact` here.
    let share = u64::from(value - exact) * u64::from(to - 2 * exact) / u64::from(from - 2 * exact);
    exact + u32::try_from(share).unwrap_or(u32::MAX - exact)
}

/// A scroll position. Lengths are whole CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll {
    /// The element's `scrollTop`, limited by the largest element height.
    pub top: u32,
    /// Height of the rows above the viewport, without that limit.
    pub offset: u32,
}

impl Scroll {
    /// Returns the position with `offset` pixels of rows above the viewport.
    #[must_use]
    pub fn at(offset: u32, layout: &Layout) -> Scroll {
        let offset = offset.min(layout.last_offset());
        let top = layout.top_of(offset);
        Scroll { top, offset }
    }

    /// The position after the element has been scrolled to `top`. A short way moves the rows by as
    /// many pixels, a long way goes to the rows in proportion.
    #[must_use]
    pub fn scrolled(self, top: u32, layout: &Layout) -> Scroll {
        let offset = if layout.is_exact() {
            top
        } else if self.top.abs_diff(top) > JUMP {
            layout.offset_of(top)
        } else {
            let moved = u64::from(self.offset) + u64::from(top);
            let moved = moved.saturating_sub(u64::from(self.top));
            u32::try_from(moved)
                .unwrap_or(u32::MAX)
                .min(layout.last_offset())
        };
        Scroll { top, offset }
    }

    /// The same rows with the `scrollTop` that belongs to them; `None` if they have it already, to
    /// the pixels that a browser rounds by.
    #[must_use]
    pub fn settled(self, layout: &Layout) -> Option<Scroll> {
        let settled = Scroll::at(self.offset, layout);
        (!layout.is_exact() && settled.top.abs_diff(self.top) > 2).then_some(settled)
    }

    /// Whether the element is at an end that its rows have not reached, so that it must be
    /// [settled](Scroll::settled) to be scrolled further.
    #[must_use]
    pub fn is_stuck(self, layout: &Layout) -> bool {
        !layout.is_exact()
            && (self.top == 0 && self.offset > 0
                || self.top + 1 >= layout.last_top() && self.offset < layout.last_offset())
    }

    /// Returns how many pixels higher a row is in the element than without the height limit.
    #[must_use]
    pub fn shift(self) -> i64 {
        i64::from(self.offset) - i64::from(self.top)
    }

    /// Returns the nearest position at which `row` is fully visible.
    #[must_use]
    pub fn revealing(self, row: usize, layout: &Layout) -> Scroll {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let top = row.saturating_mul(layout.row_height);
        let least = top
            .saturating_add(layout.row_height)
            .saturating_sub(layout.height);
        let offset = self.offset.min(top).max(least);
        if offset == self.offset {
            self
        } else {
            Scroll::at(offset, layout)
        }
    }
}

/// A pool of row elements, numbered from 0, that are reused while scrolling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots {
    count: usize,
}

impl Slots {
    /// Returns the number of elements, an even number from 2 to [`MOST_SLOTS`].
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
