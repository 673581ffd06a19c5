//! Rows are found by words in any case, with or without accents, and by amounts in any form.

use outlay_table::{Query, SearchIndex};
use proptest::prelude::*;

fn find<'a>(index: &'a mut SearchIndex, typed: &str, rows: &[&str], version: u64) -> &'a [usize] {
    index.find(&Query::new(typed), rows.len(), version, |row, text| {
        for part in rows[row].split('|') {
            text(part);
        }
    })
}

fn finds(typed: &str, row: &str) -> bool {
    !find(&mut SearchIndex::default(), typed, &[row], 0).is_empty()
}

#[test]
fn search_ignores_case_and_accents() {
    for (typed, row) in [
        ("LUNCH", "Team lunch"),
        ("cafe", "Café Müller"),
        ("café", "CAFE"),
        ("cafe\u{301}", "Café"),
        ("Café", "Cafe\u{301}"),
        ("muller", "Café Müller"),
        ("strasse", "Hauptstraße 5"),
        ("STRASSE", "Hauptstra\u{1e9e}e"),
        ("orsted", "Ørsted"),
        ("aebler", "Æbler"),
        ("lodz", "Łódź"),
        ("istanbul", "İstanbul"),
        ("москва", "МОСКВА"),
        ("team anna", "Anna Berg|Team lunch"),
        ("a\u{200b}b", "ab"),
        ("ab", "a\u{202e}b"),
        ("a b", "a\u{a0}b"),
        ("x\u{2013}y", "x-y"),
        ("=1+1", "＝１+１"),
        ("", "anything"),
        (" \t", "anything"),
    ] {
        assert!(finds(typed, row), "{typed:?} in {row:?}");
    }
    for (typed, row) in [
        ("lunch dinner", "Team lunch"),
        // A word never reaches from one text into the next.
        ("lunchanna", "lunch|anna"),
        ("ab", "a b"),
    ] {
        assert!(!finds(typed, row), "{typed:?} in {row:?}");
    }
}

#[test]
fn amount_is_found_in_every_locale_format() {
    let row = "-1234.50|SEK";
    for typed in [
        "1234.50",
        "1234,50",
        "1,234.50",
        "1.234,50",
        "1'234.50",
        "1\u{2019}234.50",
        "1 234,50",
        "\u{2212}1\u{a0}234,50",
        "−1\u{202f}234,50 sek",
        "-1234.5",
        "1,234",
        "234,50",
        "١٬٢٣٤٫٥٠",
    ] {
        assert!(finds(typed, row), "{typed}");
    }
    assert!(finds("1,234", "1.234|KWD"));
    assert!(finds("1.234.567,89", "1234567.89|EUR"));
    assert!(finds("1,234,567", "1234567.00|EUR"));
    for typed in ["1234.51", "12,34.50x", "+1234.50"] {
        assert!(!finds(typed, row), "{typed}");
    }
}

#[test]
fn later_rows_are_found_and_new_versions_are_reindexed() {
    let mut index = SearchIndex::default();
    let before = ["lunch", "taxi", "Lunch again"];
    assert_eq!(find(&mut index, "lunch", &before, 0), [0, 2]);
    let more = ["lunch", "taxi", "Lunch again", "hotel", "lunch"];
    assert_eq!(find(&mut index, "lunch", &more, 0), [0, 2, 4]);
    assert_eq!(find(&mut index, "taxi", &more, 0), [1]);
    let changed = ["taxi", "taxi", "lunch", "hotel", "lunch"];
    assert_eq!(find(&mut index, "taxi", &changed, 1), [0, 1]);
    assert_eq!(find(&mut index, "taxi", &changed[..1], 1), [0]);
    assert_eq!(find(&mut index, "taxi", &[], 1), []);
    assert!(Query::new(" \u{200b} ").is_empty());
}

proptest! {
    #[test]
    fn every_term_of_a_row_finds_the_row(text in any::<String>(), at in any::<usize>()) {
        // The tests separate the texts of a row by this sign.
        let text = text.replace('|', " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        if let Some(word) = words.get(at % words.len().max(1)) {
            prop_assert!(finds(word, &text));
        }
    }
}

/// Prints the time of a key stroke with 100,000 rows. Run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn measure_keystroke_over_100_000_rows() {
    let rows: Vec<String> = (0..100_000)
        .map(|n| format!("Anna Lindström {n}|Team lunch in Malmö, table {n}|Approved|{n}.50|SEK"))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let mut index = SearchIndex::default();
    for typed in ["l", "lu", "lunch 99999", "1,234.50", "nothing of it"] {
        let start = std::time::Instant::now();
        let found = find(&mut index, typed, &rows, 0).len();
        println!("{typed:?}: {found} rows in {:?}", start.elapsed());
    }
}
