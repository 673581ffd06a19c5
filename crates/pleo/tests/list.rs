//! How a list that is loaded page by page ends.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

use std::collections::HashSet;

use outlay_pleo::list::{Completeness, Incomplete, ListProgress, MOST_PAGES};
use outlay_pleo::{AccountingEntry, Page, Pagination};
use outlay_wire::from_text;
use proptest::prelude::*;

/// Rows by number, and a pagination by `hasNextPage`, `endCursor` and `total`.
type Sent<'a> = (&'a [u32], bool, Option<&'a str>, Option<i64>);

fn load(pages: &[Sent]) -> ListProgress {
    let mut progress = ListProgress::default();
    let mut seen = HashSet::new();
    for (rows, has_next_page, end_cursor, total) in pages {
        assert!(!progress.is_over(), "a page after the end of {pages:?}");
        let new_rows = rows.iter().filter(|row| seen.insert(**row)).count();
        let pagination = Pagination {
            has_next_page: *has_next_page,
            end_cursor: end_cursor.map(str::to_owned),
            total: *total,
            ..Pagination::default()
        };
        progress.take(&Page::new(rows.to_vec(), pagination).facts, new_rows);
    }
    progress
}

#[test]
fn every_incomplete_list_has_its_reason() {
    use Completeness::{Complete, Partial};
    let incomplete = Completeness::Incomplete;
    let differs = |total, distinct| incomplete(Incomplete::CountDiffers { total, distinct });
    let changed = |first, last, distinct| {
        incomplete(Incomplete::Changed {
            first,
            last,
            distinct,
        })
    };
    let cases: &[(&str, &[Sent], Completeness)] = &[
        ("nothing loaded", &[], Partial),
        ("no rows", &[(&[], false, None, Some(0))], Complete),
        ("no total", &[(&[1, 2], false, None, None)], Complete),
        (
            "a next page",
            &[(&[1, 2], true, Some("a"), Some(3))],
            Partial,
        ),
        (
            "two pages",
            &[
                (&[1, 2], true, Some("a"), Some(3)),
                (&[3], false, Some("b"), Some(3)),
            ],
            Complete,
        ),
        (
            "no cursor",
            &[(&[1, 2], true, None, Some(312))],
            incomplete(Incomplete::NoCursor),
        ),
        (
            "an empty cursor",
            &[(&[1, 2], true, Some(""), Some(312))],
            incomplete(Incomplete::NoCursor),
        ),
        (
            "a page without rows",
            &[
                (&[1, 2], true, Some("a"), Some(3)),
                (&[], true, Some("b"), Some(3)),
            ],
            incomplete(Incomplete::EmptyPage),
        ),
        (
            "the same cursor twice",
            &[(&[1], true, Some("a"), None), (&[2], true, Some("a"), None)],
            incomplete(Incomplete::RepeatedCursor),
        ),
        (
            "a cycle of three cursors",
            &[
                (&[1], true, Some("a"), None),
                (&[2], true, Some("b"), None),
                (&[3], true, Some("c"), None),
                (&[4], true, Some("a"), None),
            ],
            incomplete(Incomplete::RepeatedCursor),
        ),
        (
            "a new cursor for rows that came before",
            &[
                (&[1, 2], true, Some("a"), None),
                (&[2, 1], true, Some("b"), None),
            ],
            incomplete(Incomplete::NoNewRows),
        ),
        (
            "two rows twice and two missing",
            &[
                (&[1, 2, 3], true, Some("a"), Some(6)),
                (&[2, 3, 4], false, None, Some(6)),
            ],
            differs(6, 4),
        ),
        (
            "more rows than counted",
            &[(&[1, 2, 3], false, None, Some(2))],
            differs(2, 3),
        ),
        (
            "a total that shrinks",
            &[
                (&[1, 2], true, Some("a"), Some(4)),
                (&[3, 4], false, None, Some(3)),
            ],
            changed(4, 3, 4),
        ),
        (
            "a total that grows",
            &[
                (&[1, 2], true, Some("a"), Some(3)),
                (&[3, 4], false, None, Some(4)),
            ],
            changed(3, 4, 4),
        ),
        (
            "a total that only the first page states",
            &[
                (&[1, 2], true, Some("a"), Some(4)),
                (&[3], false, None, None),
            ],
            differs(4, 3),
        ),
        (
            "a negative total",
            &[(&[1], false, None, Some(-1))],
            Complete,
        ),
    ];
    for (name, pages, expected) in cases {
        let progress = load(pages);
        assert_eq!(progress.completeness(), *expected, "{name}");
        assert_eq!(progress.is_over(), *expected != Partial, "{name}");
        assert!(!progress.is_over() || progress.cursor().is_none(), "{name}");
    }
}

#[test]
fn incomplete_list_message_has_both_counts() {
    let pages: [Sent; 1] = [(&[1, 2], false, None, Some(312))];
    let progress = load(&pages);
    let sentence = progress
        .incomplete()
        .unwrap()
        .sentence("entries", |n| n.to_string());
    assert_eq!(
        sentence,
        "Pleo counts 312 entries; 2 different entries arrived."
    );
}

#[test]
fn endless_list_ends_at_the_limit() {
    let mut progress = ListProgress::default();
    let mut pages = 0;
    while !progress.is_over() {
        pages += 1;
        let pagination = Pagination {
            has_next_page: true,
            end_cursor: Some(pages.to_string()),
            ..Pagination::default()
        };
        progress.take(&Page::new(vec![pages], pagination).facts, 1);
    }
    assert_eq!(pages, MOST_PAGES);
    assert_eq!(progress.incomplete(), Some(&Incomplete::TooManyPages));
    assert_eq!(progress.distinct(), MOST_PAGES);
}

const ENTRY: &str = r#"{"id":"e1","companyId":"c1","status":"COMPLETED","family":"CARD_PURCHASE",
"exportStatus":"NOT_EXPORTED","reviewStatus":"OK","transactionValue":{"currency":"EUR","minors":1250},
"performedAt":"2026-03-01T00:00:00Z","createdAt":"2026-03-01T00:00:00Z",
"updatedAt":"2026-03-01T00:00:00Z","splitItems":[]}"#;

fn page_with(odd: &str) -> Page<AccountingEntry> {
    let sound = ENTRY.replace("e1", "e2");
    let page = format!(
        r#"{{"data":[{sound},{odd},{}],"pagination":{{"hasNextPage":false,"total":3}}}}"#,
        sound.replace("e2", "e3")
    );
    from_text(&page).unwrap()
}

#[test]
fn unreadable_record_is_reported_by_id_and_field_and_others_are_read() {
    let part = r#"{"id":"s","createdAt":"","updatedAt":"","totalBillValue":{"currency":"EUR"}}"#;
    for (from, to, id, field) in [
        ("1250", "12.5", Some("e1"), "transactionValue.minors"),
        ("1250", "\"12.5\"", Some("e1"), "transactionValue.minors"),
        ("1250", "\"+12\"", Some("e1"), "transactionValue.minors"),
        ("1250", "\"\"", Some("e1"), "transactionValue.minors"),
        ("1250", "\" 12\"", Some("e1"), "transactionValue.minors"),
        (
            "1250",
            "9223372036854775808",
            Some("e1"),
            "transactionValue.minors",
        ),
        ("\"EUR\"", "null", Some("e1"), "transactionValue.currency"),
        (
            r#"{"currency":"EUR","minors":1250}"#,
            "null",
            Some("e1"),
            "transactionValue",
        ),
        (
            "\"updatedAt\":\"2026-03-01T00:00:00Z\"",
            "\"updatedAt\":null",
            Some("e1"),
            "updatedAt",
        ),
        (
            "\"splitItems\":[]",
            "\"splitItems\":{}",
            Some("e1"),
            "splitItems",
        ),
        (
            "[]",
            &format!("[{}]", part),
            Some("e1"),
            "splitItems[0].totalBillValue.minors",
        ),
        (
            "[]",
            &format!("[{},7]", part.replace("}}", ",\"minors\":1}}")),
            Some("e1"),
            "splitItems[1]",
        ),
        ("\"e1\"", "7", None, "id"),
        ("\"e1\"", "null", None, "id"),
        (ENTRY, "null", None, ""),
        (ENTRY, "[]", None, ""),
        (ENTRY, "\"text\"", None, ""),
    ] {
        let odd = ENTRY.replace(from, to);
        let page = page_with(&odd);
        let ids: Vec<_> = page.data.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["e2", "e3"], "{odd}");
        let [unreadable] = &*page.facts.unreadable else {
            panic!("{odd}")
        };
        assert_eq!(
            (unreadable.id.as_deref(), &*unreadable.field),
            (id, field),
            "{odd}"
        );
        let mut progress = ListProgress::default();
        progress.take(&page.facts, 3);
        let reason = Incomplete::Unreadable { rows: 1 };
        assert_eq!(progress.incomplete(), Some(&reason));
        assert_eq!(progress.unreadable(), (1, Some(unreadable)));
    }
}

#[test]
fn amount_as_text_is_accepted_and_noted() {
    for (minors, read) in [
        ("\"1250\"", 1250),
        ("\"-7\"", -7),
        ("\"9007199254740993\"", 9_007_199_254_740_993),
    ] {
        let page = page_with(&ENTRY.replace("1250", minors));
        assert_eq!(page.data[1].transaction_value.minors, read);
        assert_eq!(page.facts.unreadable, []);
        let [noted] = &*page.facts.lenient else {
            panic!("{minors}")
        };
        assert_eq!(noted.id.as_deref(), Some("e1"));
        assert_eq!(noted.field, "transactionValue.minors");
    }
    assert_eq!(page_with(ENTRY).facts.lenient, []);
}

#[test]
fn page_without_data_or_pagination_is_rejected_by_field() {
    for (page, field) in [
        (
            r#"{"data":null,"pagination":{"hasNextPage":false}}"#,
            "data",
        ),
        (r#"{"data":{},"pagination":{"hasNextPage":false}}"#, "data"),
        (r#"{"pagination":{"hasNextPage":false}}"#, "data"),
        (r#"{"data":[]}"#, "pagination"),
        (r#"{"data":[],"pagination":[]}"#, "pagination"),
        (r#"{"data":[],"pagination":{}}"#, "pagination.hasNextPage"),
        (
            r#"{"data":[],"pagination":{"hasNextPage":"yes"}}"#,
            "pagination.hasNextPage",
        ),
        ("[]", ""),
    ] {
        let read = outlay_wire::read_text::<Page<AccountingEntry>>(page);
        let expected = outlay_wire::Malformed::Field(field.to_owned());
        assert_eq!(read, Err(expected), "{page}");
    }
}

#[test]
fn unreadable_pagination_values_are_absent() {
    let page = r#"{"data":[],"pagination":{"hasNextPage":true,"hasPreviousPage":null,
        "endCursor":7,"total":"many"}}"#;
    let page: Page<AccountingEntry> = from_text(page).unwrap();
    assert_eq!(
        (
            page.facts.pagination.next_cursor(),
            page.facts.pagination.total
        ),
        (None, None)
    );
}

proptest! {
    #[test]
    fn record_text_is_kept_and_neighbours_are_unchanged(units in prop::collection::vec(
        prop_oneof![any::<u16>(), 0xd700_u16..0xe100, 0_u16..0x80], 0..40
    )) {
        let escaped: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let odd = ENTRY.replace("\"splitItems\"", &format!(r#""note":"{escaped}","splitItems""#));
        let page = page_with(&odd);
        let notes: Vec<_> = page.data.iter().map(|entry| entry.note.clone()).collect();
        prop_assert_eq!(notes, [None, Some(String::from_utf16_lossy(&units)), None]);
        prop_assert_eq!(page.data.iter().map(|entry| entry.transaction_value.minors).sum::<i64>(), 3 * 1250);
    }

    #[test]
    fn any_page_sequence_terminates(pages in prop::collection::vec(
        (prop::collection::vec(0_u32..6, 0..4), any::<bool>(), prop::option::of("[ab]{0,1}"), prop::option::of(0_i64..8)),
        1..40,
    )) {
        let mut progress = ListProgress::default();
        let mut seen = HashSet::new();
        let mut taken = 0;
        for (rows, has_next_page, end_cursor, total) in pages.iter().cycle() {
            if progress.is_over() {
                break;
            }
            taken += 1;
            prop_assert!(taken <= 8, "six rows and two cursors lead no further");
            let new_rows = rows.iter().filter(|row| seen.insert(**row)).count();
            let pagination = Pagination {
                has_next_page: *has_next_page,
                end_cursor: end_cursor.clone(),
                total: *total,
                ..Pagination::default()
            };
            progress.take(&Page::new(rows.clone(), pagination).facts, new_rows);
        }
        if progress.completeness() == Completeness::Complete {
            prop_assert!(progress.total().is_none_or(|total| total == seen.len()));
        }
    }
}
