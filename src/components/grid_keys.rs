//! Where a key moves the active cell of a grid, as the ARIA practices for grids say.

/// A cell: row and column from 0, the header not counted.
pub type Cell = (usize, usize);

/// The size of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
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
    from: Option<Cell>,
    first_in_sight: usize,
    extent: Extent,
) -> Option<Cell> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent {
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
    fn the_first_key_goes_to_what_is_in_sight() {
        assert_eq!(step("ArrowDown", false, None, 40, EXTENT), Some((40, 0)));
        assert_eq!(step("End", true, None, 40, EXTENT), Some((99, 4)));
        assert_eq!(step("x", false, None, 40, EXTENT), None);
        assert_eq!(
            step("ArrowDown", false, None, 0, Extent { rows: 0, ..EXTENT }),
            None
        );
    }
}
