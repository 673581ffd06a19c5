//! Walks through lists, straight and crooked.

use outlay_pleo::Pagination;
use outlay_pleo::request::{Endless, Pages, Slice, companies};
use proptest::prelude::*;

fn answer(cursor: Option<&str>) -> Pagination {
    Pagination {
        has_next_page: true,
        end_cursor: cursor.map(str::to_owned),
        ..Pagination::default()
    }
}

fn walk() -> Pages {
    Pages::new(companies::list(&Slice::after(None, 50)))
}

fn query(pages: &Pages) -> Option<String> {
    let pairs = pages.next_request()?.query.into_iter();
    let pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    Some(pairs.join("&"))
}

#[test]
fn a_list_is_walked_to_its_end() {
    let mut pages = walk();
    assert_eq!(query(&pages).as_deref(), Some("limit=50"));
    assert_eq!(query(&pages).as_deref(), Some("limit=50"));
    pages.take(&answer(Some("A"))).unwrap();
    assert_eq!(query(&pages).as_deref(), Some("limit=50&after=A"));
    pages.take(&answer(Some("B"))).unwrap();
    assert_eq!(query(&pages).as_deref(), Some("limit=50&after=B"));
    pages
        .take(&Pagination {
            has_next_page: false,
            ..answer(Some("C"))
        })
        .unwrap();
    assert_eq!(query(&pages), None);
    pages.take(&answer(Some("D"))).unwrap();
    assert_eq!(query(&pages), None);
}

#[test]
fn a_list_that_does_not_end_is_left() {
    let mut pages = walk();
    pages.take(&answer(Some("A"))).unwrap();
    pages.take(&answer(Some("B"))).unwrap();
    assert_eq!(pages.take(&answer(Some("A"))), Err(Endless::Repeated));
    assert_eq!(query(&pages), None);

    let mut pages = walk();
    assert_eq!(pages.take(&answer(None)), Err(Endless::Nowhere));
    assert_eq!(query(&pages), None);

    let mut pages = walk();
    let fault = (0..).find_map(|page| pages.take(&answer(Some(&page.to_string()))).err());
    assert_eq!(fault, Some(Endless::TooLong));
    assert_eq!(query(&pages), None);
}

proptest! {
    /// Whatever the cursors, each is gone on from once.
    #[test]
    fn no_page_is_read_twice(cursors in prop::collection::vec("[AB]{0,3}", 0..40)) {
        let mut pages = walk();
        let mut asked = Vec::new();
        for cursor in &cursors {
            let Some(request) = pages.next_request() else { break };
            asked.push(request);
            let _ = pages.take(&answer(Some(cursor)));
        }


        let repeated = asked.iter().enumerate().any(|(at, one)| asked[..at].contains(one));
        prop_assert!(!repeated, "{asked:?}");
    }
}
