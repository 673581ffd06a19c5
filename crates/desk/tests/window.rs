//! The visible range and the slots that show it.

use outlay_desk::{MOST_SLOTS, View};
use proptest::prelude::*;

fn view(scroll_top: u32) -> View {
    View {
        scroll_top,
        height: 360,
        row_height: 36,
        overscan: 4,
    }
}

#[test]
fn the_range_follows_the_scroll_offset() {
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
fn a_slot_keeps_its_row_while_the_table_scrolls() {
    let slots = view(0).slots();
    assert_eq!(slots.count(), 19);
    let before = view(36 * 100).range(1000);
    let after = view(36 * 101).range(1000);
    let changed = (0..slots.count())
        .filter(|slot| slots.row(*slot, &before) != slots.row(*slot, &after))
        .count();
    assert_eq!(changed, 1);
    assert_eq!(slots.row(19, &before), None);
}

proptest! {
    #[test]
    fn what_is_in_sight_is_shown_once_by_few_slots(
        scroll_top in any::<u32>(),
        height in 0..20_000u32,
        row_height in 0..200u32,
        overscan in 0..200usize,
        rows in 0..100_001usize,
    ) {
        let view = View { scroll_top, height, row_height, overscan };
        let range = view.range(rows);
        let slots = view.slots();
        prop_assert!(range.start <= range.end && range.end <= rows);
        prop_assert!(range.len() <= slots.count() && slots.count() <= MOST_SLOTS);
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
