//! The visible range and the slots that show it.

use outlay_table::window::TALLEST;
use outlay_table::{Layout, MOST_SLOTS, Scroll, VisibleRange};
use proptest::prelude::*;

fn view(scroll_top: u32) -> VisibleRange {
    VisibleRange {
        scroll_top,
        height: 360,
        row_height: 36,
        overscan: 4,
    }
}

#[test]
fn visible_range_follows_the_scroll_offset() {
    let table = [
        (0, 1000, 0..15),
        (1, 1000, 0..15),
        (36, 1000, 0..16),
        (3600, 1000, 96..115),
        (3_599_999, 100_000, 99_985..100_000),
        // Scrolled past the end, as touch screens do.
        (u32::MAX, 1000, 985..1000),
        (500, 3, 0..3),
        (0, 0, 0..0),
    ];
    for (scroll_top, rows, range) in table {
        assert_eq!(view(scroll_top).range(rows), range, "{scroll_top} {rows}");
    }
}

#[test]
fn slot_keeps_its_row_while_scrolling() {
    let slots = view(0).slots();
    assert_eq!(slots.count(), 20);
    let before = view(36 * 100).range(1000);
    let after = view(36 * 101).range(1000);
    let changed = (0..slots.count())
        .filter(|slot| slots.row(*slot, &before) != slots.row(*slot, &after))
        .count();
    // The slot of the row that leaves, and that of the row that comes.
    assert_eq!(changed, 2);
    assert_eq!(slots.row(20, &before), None);
}

proptest! {
    #[test]
    fn each_visible_row_has_one_slot(
        scroll_top in any::<u32>(),
        height in 0..20_000u32,
        row_height in 0..200u32,
        overscan in 0..200usize,
        rows in 0..100_001usize,
    ) {
        let view = VisibleRange { scroll_top, height, row_height, overscan };
        let range = view.range(rows);
        let slots = view.slots();
        prop_assert!(range.start <= range.end && range.end <= rows);
        prop_assert!(range.len() <= slots.count() && slots.count() <= MOST_SLOTS);
        prop_assert!(slots.count().is_multiple_of(2));
        let mut shown: Vec<usize> = (0..slots.count()).filter_map(|slot| slots.row(slot, &range)).collect();
        shown.sort_unstable();
        prop_assert_eq!(shown, range.clone().collect::<Vec<_>>());
        // The first row in sight is there, unless the table ends above it.
        let row_height = row_height.max(1) as usize;
        let first = scroll_top as usize / row_height;
        let last = (scroll_top as usize + height as usize) / row_height;
        if last < rows && height as usize / row_height < MOST_SLOTS - 1 {
            prop_assert!(range.contains(&first) && range.contains(&last));
        }
    }
}

const ROW: u32 = 36;

fn layout(rows: usize, height: u32, tallest: u32) -> Layout {
    Layout {
        rows,
        row_height: ROW,
        height,
        tallest,
    }
}

/// Row counts around Firefox's first limit (248,551 rows of 36 px) and far beyond it.
const ROWS: [usize; 6] = [1, 100, 248_551, 300_000, 497_102, 1_000_000];

/// Limits of a browser's height: none that matters, the product's, and a small one.
const LIMITS: [u32; 3] = [u32::MAX, TALLEST, 100_000];

#[test]
fn body_height_is_limited() {
    for (rows, tallest, expected) in [
        (0, TALLEST, 0),
        (1, TALLEST, 36),
        (55_555, TALLEST, 1_999_980),
        (55_556, TALLEST, TALLEST),
        (1_000_000, TALLEST, TALLEST),
        (1_000_000, u32::MAX, 36_000_000),
    ] {
        assert_eq!(layout(rows, 600, tallest).body_height(), expected, "{rows}");
    }
}

#[test]
fn scroll_bar_ends_reach_first_and_last_row() {
    for (rows, tallest, height) in product() {
        let layout = layout(rows, height, tallest);
        let last_top = layout.body_height().saturating_sub(height);
        let start = Scroll::default();
        let end = start.scrolled(last_top, &layout);
        let shown = seen(end, height).range(rows);
        assert_eq!(shown.end, rows, "{layout:?}");
        let back = end.scrolled(0, &layout);
        assert_eq!(seen(back, height).range(rows).start, 0, "{layout:?}");
    }
}

#[test]
fn every_row_can_be_scrolled_fully_into_view() {
    for (rows, tallest, height) in product() {
        let layout = layout(rows, height, tallest);
        let mut scroll = Scroll::default();
        let few = [0, 1, 99, 248_551, 248_552, rows / 3, rows - 1, rows / 2];
        for row in few.into_iter().filter(|row| *row < rows) {
            scroll = scroll.revealing(row, &layout);
            let top = i64::from(ROW) * row as i64 - i64::from(scroll.offset);
            assert!(
                top >= 0 && top + i64::from(ROW) <= i64::from(height),
                "{row} {layout:?}"
            );
            let y = i64::from(ROW) * row as i64 - scroll.shift();
            let in_sight = i64::from(scroll.top)..=i64::from(scroll.top) + i64::from(height);
            assert!(in_sight.contains(&y), "{row} {layout:?}");
            assert!(
                y + i64::from(ROW) <= i64::from(layout.body_height()),
                "{row} {layout:?}"
            );
        }
    }
}

#[test]
fn wheel_moves_rows_by_its_pixels() {
    for (rows, tallest) in [(300_000, TALLEST), (1_000_000, 100_000)] {
        let layout = layout(rows, 720, tallest);
        let middle = Scroll::at(ROW * 150_000, &layout);
        for (moved, offset) in [(36, 150_001), (-36, 149_999), (360, 150_010)] {
            let top = middle.top.checked_add_signed(moved).unwrap();
            let after = middle.scrolled(top, &layout);
            assert_eq!(after.offset, ROW * offset, "{moved}");
            // At rest the same rows stay in sight.
            let rest = after.settled(&layout).unwrap_or(after);
            assert_eq!(rest.offset, after.offset);
        }
    }
}

#[test]
fn wheel_reaches_both_ends() {
    let layout = layout(1_000_000, 720, 100_000);
    for (from, step, end) in [
        (ROW * 1_000, -120_i32, 0),
        (ROW * 999_000, 120, 36_000_000 - 720),
    ] {
        let mut scroll = Scroll::at(from, &layout);
        let mut turns = 0;
        while scroll.offset != end {
            // The browser keeps `scrollTop` within the element.
            let top = scroll.top.saturating_add_signed(step).min(100_000 - 720);
            scroll = scroll.scrolled(top, &layout);
            if turns % 3 == 0 || scroll.is_stuck(&layout) {
                scroll = scroll.settled(&layout).unwrap_or(scroll);
            }
            turns += 1;
            assert!(turns <= 310, "stuck at {scroll:?}");
        }
        assert!(!scroll.is_stuck(&layout));
    }
}

#[test]
fn short_table_uses_native_scrolling() {
    let layout = layout(50_000, 720, TALLEST);
    for top in [0, 1, 36, 1_000_000, 1_799_280] {
        let scroll = Scroll::default().scrolled(top, &layout);
        assert_eq!((scroll.offset, scroll.shift()), (top, 0));
        assert_eq!(scroll.settled(&layout), None);
        assert_eq!(Scroll::at(top, &layout), scroll);
    }
}

fn product() -> impl Iterator<Item = (usize, u32, u32)> {
    ROWS.into_iter().flat_map(|rows| {
        LIMITS
            .into_iter()
            .flat_map(move |tallest| [36, 600, 2_520].map(|height| (rows, tallest, height)))
    })
}

fn seen(scroll: Scroll, height: u32) -> VisibleRange {
    VisibleRange {
        scroll_top: scroll.offset,
        height,
        row_height: ROW,
        overscan: 4,
    }
}

proptest! {
    #[test]
    fn larger_scroll_offset_never_shows_an_earlier_row(
        rows in 0..2_000_000usize,
        height in 1..5_000u32,
        tallest in 5_000..5_000_000u32,
        tops in prop::collection::vec(any::<u32>(), 2),
    ) {
        let layout = layout(rows, height, tallest);
        let last = layout.body_height().saturating_sub(height);
        let mut tops: Vec<u32> = tops.into_iter().map(|top| top % (last + 1)).collect();
        tops.sort_unstable();
        let far = Scroll { top: u32::MAX, offset: 0 };
        let [first, second] = [tops[0], tops[1]].map(|top| far.scrolled(top, &layout));
        prop_assert!(first.offset <= second.offset);
        // A position at rest stays: placing it again moves nothing by more than a pixel per row.
        let again = Scroll::at(first.offset, &layout);
        prop_assert_eq!(again.offset, first.offset);
        prop_assert!(again.top.abs_diff(first.top) <= 1);
    }
}
