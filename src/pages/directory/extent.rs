//! How much of a list a file holds.

use outlay_pleo::{Completeness, ListProgress};
use outlay_table::file_name::ListExtent;

use super::messages;

/// How much of the list is loaded; `rows` is the number of its rows in the table.
pub fn of_list(list: &ListProgress) -> ListExtent {
    let (rows, total) = (list.distinct(), list.total());
    match (list.completeness(), total) {
        (Completeness::Complete, _) => ListExtent::Whole,
        (_, Some(total)) if total > rows => ListExtent::First { rows, total },
        _ => ListExtent::Incomplete,
    }
}

/// The sentence in a file that lacks rows; `what` names them.
pub fn note(extent: ListExtent, what: &str) -> Option<String> {
    match extent {
        ListExtent::Whole => None,
        ListExtent::First { rows, total } => Some(messages::partial_of(what, rows, total)),
        ListExtent::Incomplete => Some(messages::partial(what)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlay_pleo::{PageFacts, Pagination};

    fn list(more: bool, total: Option<i64>, rows: usize) -> ListProgress {
        let mut list = ListProgress::default();
        let pagination = Pagination {
            has_next_page: more,
            end_cursor: more.then(|| "next".to_owned()),
            total,
            ..Pagination::default()
        };
        let facts = PageFacts {
            pagination,
            rows,
            ..PageFacts::default()
        };
        list.take(&facts, rows);
        list
    }

    #[test]
    fn file_names_the_missing_rows_unless_the_list_is_complete() {
        let cases = [
            (list(false, Some(2), 2), None),
            (list(false, None, 2), None),
            (
                list(true, Some(9), 2),
                Some("PARTIAL: 2 of 9 accounts were loaded. The others are not in this file."),
            ),
            (
                list(true, None, 2),
                Some("PARTIAL: the list of accounts is incomplete."),
            ),
            (
                ListProgress::default(),
                Some("PARTIAL: the list of accounts is incomplete."),
            ),
        ];
        for (list, expected) in cases {
            let note = note(of_list(&list), "accounts");
            assert_eq!(note.as_deref(), expected);
        }
    }
}
