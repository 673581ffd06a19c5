//! Where a key moves the active cell of a grid, and which rows it selects, as the ARIA practices for
//! grids say.

use outlay_table::Selection;

/// A cell: row and column from 0, the header not counted.
pub type GridCell = (usize, usize);

/// The size of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridExtent {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Rows that Page Up and Page Down move by.
    pub page: usize,
}

/// The cell that `key` leads to from `from`; none for a key that does not move, or without rows.
/// With no active cell yet, any moving key goes to the first row in sight.
pub fn step(
    key: &str,
    ctrl: bool,
    from: Option<GridCell>,
    first_in_sight: usize,
    extent: GridExtent,
) -> Option<GridCell> {
    let (last_row, last_column) = (extent.rows.checked_sub(1)?, extent.columns.checked_sub(1)?);
    let moves = matches!(
        key,
        "ArrowDown"
            | "ArrowUp"
            | "ArrowLeft"
            | "ArrowRight"
            | "Home"
            | "End"
            | "PageUp"
            | "PageDown"
    );
    if !moves {
        return None;
    }
    let Some((row, column)) = from else {
        return Some(match (key, ctrl) {
            ("End", true) => (last_row, last_column),
            ("Home", true) => (0, 0),
            _ => (first_in_sight.min(last_row), 0),
        });
    };
    let row = row.min(last_row);
    Some(match (key, ctrl) {
        ("ArrowDown", _) => ((row + 1).min(last_row), column),
        ("ArrowUp", _) => (row.saturating_sub(1), column),
        ("ArrowLeft", _) => (row, column.saturating_sub(1)),
        ("ArrowRight", _) => (row, (column + 1).min(last_column)),
        ("PageDown", _) => ((row + extent.page).min(last_row), column),
        ("PageUp", _) => (row.saturating_sub(extent.page), column),
        ("Home", true) => (0, 0),
        ("End", true) => (last_row, last_column),
        ("Home", false) => (row, 0),
        (_, _) => (row, last_column),
    })
}

/// What a key does to the selected rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectionKey {
    /// These rows are selected, and the row at the selection's end comes into sight.
    Set(Selection),
    /// All rows are selected; the table stays where it is.
    All(Option<Selection>),
    /// No row is selected any more.
    Clear,
}

/// What `key` with `(ctrl, shift)` does to the selected rows, or `None` if it is no key for them.
/// `now` holds the selection and the active row.
pub fn select(
    key: &str,
    (ctrl, shift): (bool, bool),
    (selection, active): (Option<Selection>, Option<usize>),
    first_in_sight: usize,
    extent: GridExtent,
) -> Option<SelectionKey> {
    match key {
        "Escape" => return selection.map(|_| SelectionKey::Clear),
        "a" | "A" if ctrl && !shift => return Some(SelectionKey::All(Selection::all(extent.rows))),
        _ if !shift => return None,
        _ => {}
    }
    let last = extent.rows.checked_sub(1)?;
    let Some(active) = selection.map(Selection::end).or(active) else {
        let (row, _) = step(key, true, None, first_in_sight, extent)?;
        return Some(SelectionKey::Set(Selection::of(row)));
    };
    let from = selection.unwrap_or(Selection::of(active.min(last)));
    let row = match key {
        " " => return Some(SelectionKey::Set(from)),
        // Both lead to an end of the table: a selection has no columns.
        "Home" | "End" => step(key, true, Some((active, 0)), first_in_sight, extent)?.0,
        "ArrowUp" | "ArrowDown" | "PageUp" | "PageDown" => {
            step(key, false, Some((active, 0)), first_in_sight, extent)?.0
        }
        _ => return None,
    };
    Some(SelectionKey::Set(from.extended_to(row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: GridExtent = GridExtent {
        rows: 100,
        columns: 5,
        page: 10,
    };

    #[test]
    fn keys_move_within_the_grid() {
        for (key, ctrl, from, to) in [
            ("ArrowDown", false, (0, 0), (1, 0)),
            ("ArrowDown", false, (99, 0), (99, 0)),
            ("ArrowUp", false, (0, 3), (0, 3)),
            ("ArrowRight", false, (7, 4), (7, 4)),
            ("ArrowLeft", false, (7, 4), (7, 3)),
            ("Home", false, (7, 4), (7, 0)),
            ("End", false, (7, 1), (7, 4)),
            ("Home", true, (7, 4), (0, 0)),
            ("End", true, (7, 1), (99, 4)),
            ("PageDown", false, (7, 1), (17, 1)),
            ("PageDown", false, (95, 1), (99, 1)),
            ("PageUp", false, (7, 1), (0, 1)),
        ] {
            assert_eq!(
                step(key, ctrl, Some(from), 0, EXTENT),
                Some(to),
                "{key} from {from:?}"
            );
        }
    }

    #[test]
    fn first_key_moves_to_the_visible_rows() {
        assert_eq!(step("ArrowDown", false, None, 40, EXTENT), Some((40, 0)));
        assert_eq!(step("End", true, None, 40, EXTENT), Some((99, 4)));
        assert_eq!(step("x", false, None, 40, EXTENT), None);
        assert_eq!(
            step(
                "ArrowDown",
                false,
                None,
                0,
                GridExtent { rows: 0, ..EXTENT }
            ),
            None
        );
    }

    #[test]
    fn shift_with_a_moving_key_extends_the_selection() {
        let set = |from: usize, to| SelectionKey::Set(Selection::of(from).extended_to(to));
        let shift = (false, true);
        for (key, modifiers, selection, active, expected) in [
            ("ArrowDown", shift, None, Some(3), Some(set(3, 4))),
            ("ArrowUp", shift, None, Some(0), Some(set(0, 0))),
            ("PageDown", shift, None, Some(3), Some(set(3, 13))),
            ("Home", shift, None, Some(3), Some(set(3, 0))),
            ("End", shift, None, Some(3), Some(set(3, 99))),
            ("End", (true, true), None, Some(3), Some(set(3, 99))),
            (" ", shift, None, Some(3), Some(set(3, 3))),
            (
                "ArrowUp",
                shift,
                Some(Selection::of(5).extended_to(7)),
                Some(7),
                Some(set(5, 6)),
            ),
            (
                "PageUp",
                shift,
                Some(Selection::of(5).extended_to(7)),
                Some(7),
                Some(set(5, 0)),
            ),
            ("ArrowDown", shift, None, None, Some(set(40, 40))),
            (
                "ArrowDown",
                (false, false),
                Some(Selection::of(5)),
                Some(5),
                None,
            ),
            ("ArrowLeft", shift, None, Some(3), None),
            ("Tab", shift, None, Some(3), None),
            (
                "a",
                (true, false),
                None,
                None,
                Some(SelectionKey::All(Selection::all(100))),
            ),
            ("a", (false, false), None, None, None),
            (
                "Escape",
                (false, false),
                Some(Selection::of(5)),
                None,
                Some(SelectionKey::Clear),
            ),
            ("Escape", (false, false), None, Some(5), None),
        ] {
            assert_eq!(
                select(key, modifiers, (selection, active), 40, EXTENT),
                expected,
                "{key} {modifiers:?} {selection:?} {active:?}"
            );
        }
        let empty = GridExtent { rows: 0, ..EXTENT };
        assert_eq!(select("ArrowDown", shift, (None, Some(3)), 0, empty), None);
        assert_eq!(
            select("a", (true, false), (None, None), 0, empty),
            Some(SelectionKey::All(None))
        );
    }
}
