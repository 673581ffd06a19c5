//! Views of the entries as files and as texts of an address.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_table::filter;
use outlay_table::view::{EntriesView, LARGEST_FILE, ShownColumn, ViewFault};
use outlay_table::{Column, EntryTable};
use proptest::prelude::*;

proptest! {
    #[test]
    fn file_is_read_as_the_view_that_was_written(
        filter in prop::sample::select(vec!["", "lunch amount>100", "\"a, \\\"b\"", "café 🧾", "\u{202e}x"]),
        sort in ".{0,40}",
        columns in ".{0,40}",
    ) {
        // The filter must be one; sort keys and columns may be any text.
        prop_assume!(outlay_table::Filter::parse(filter).is_ok());
        let view = EntriesView { filter: filter.to_owned(), sort, columns };
        prop_assert_eq!(EntriesView::of_file(&view.to_file()), Ok(view));
    }

    #[test]
    fn text_of_columns_is_read_as_the_columns_that_were_written(
        columns in prop::collection::vec((0..12_usize, prop::option::of(30..=900_u32)), 0..12)
    ) {
        let table = EntryTable::new();
        let mut shown = Vec::<ShownColumn>::new();
        for (at, width) in columns {
            let column = Column::fixed().nth(at).unwrap();
            if shown.iter().all(|it| it.column != column) {
                shown.push(ShownColumn { column, width });
            }
        }
        prop_assert_eq!(table.shown_columns(&table.columns_text(&shown)), shown);
    }
}

#[test]
fn readable_columns_of_a_text_are_kept_and_others_left_out() {
    let table = EntryTable::new();
    let read = |text: &str| {
        let shown = table.shown_columns(text);
        let items = shown.iter().map(|it| (table.key(it.column), it.width));
        items.collect::<Vec<_>>()
    };
    let date = table.key(Column::Date);
    for (text, expected) in [
        ("", vec![]),
        ("nothing,tag.none,,~,~50", vec![]),
        (&*date, vec![(date.clone(), None)]),
        (&*[&date, ",", &date].concat(), vec![(date.clone(), None)]),
        (&*[&date, "~50"].concat(), vec![(date.clone(), Some(50))]),
        (&*[&date, "~0"].concat(), vec![(date.clone(), Some(30))]),
        (
            &*[&date, "~99999"].concat(),
            vec![(date.clone(), Some(900))],
        ),
        (&*[&date, "~-4"].concat(), vec![(date.clone(), None)]),
        (&*[&date, "~9e9"].concat(), vec![(date.clone(), None)]),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn file_that_is_no_view_is_rejected_with_its_code() {
    let view = EntriesView::default().to_file();
    let large = [&view, &*" ".repeat(LARGEST_FILE)].concat();
    let wrong_filter = EntriesView {
        filter: "lunch OR".to_owned(),
        ..EntriesView::default()
    };
    let of_filter = filter::Filter::parse("lunch OR").unwrap_err();
    for (text, fault, code) in [
        (&*large, ViewFault::TooLarge, "view_too_large"),
        ("", ViewFault::NotJson, "view_not_json"),
        ("kind", ViewFault::NotJson, "view_not_json"),
        ("[]", ViewFault::NotAView, "view_invalid"),
        ("{}", ViewFault::NotAView, "view_invalid"),
        (
            &*view.replace("sort", "order"),
            ViewFault::NotAView,
            "view_invalid",
        ),
        (
            &*view.replace("\"sort\":\"\"", "\"sort\":1"),
            ViewFault::NotAView,
            "view_invalid",
        ),
        (
            &*view.replace(":1", ":2"),
            ViewFault::OtherVersion,
            "view_version_unknown",
        ),
        (
            &*wrong_filter.to_file(),
            ViewFault::Filter(of_filter),
            "view_filter_invalid",
        ),
    ] {
        assert_eq!(EntriesView::of_file(text), Err(fault), "{code}");
        assert_eq!(fault.code(), code);
    }
    let marked = ["\u{feff}", &*view.replace('{', "{\"name\":\"later\",")].concat();
    assert_eq!(EntriesView::of_file(&marked), Ok(EntriesView::default()));
}
