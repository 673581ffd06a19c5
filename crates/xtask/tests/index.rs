//! The indexes under `docs/` name tests; here is seen to it that these exist, and that no row is left
//! out.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rows of a table: a number, and the other cells.
fn rows<const CELLS: usize>(document: &str) -> Vec<[String; CELLS]> {
    let text = fs::read_to_string(root().join("docs").join(document)).unwrap();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<_> = line
            .strip_prefix('|')?
            .trim_end()
            .strip_suffix('|')?
            .split('|')
            .collect();
        let cells: [&str; CELLS] = cells
            .try_into()
            .unwrap_or_else(|_| panic!("{document}: a row has {CELLS} cells: {line}"));
        Some(cells.map(|cell| cell.trim().to_owned()))
    });
    // The heads and the rules below them.
    rows.filter(|cells| cells[0].bytes().any(|byte| byte.is_ascii_digit()))
        .collect()
}

/// The tests that a proof names, as `path::name`.
fn tests(proof: &str) -> impl Iterator<Item = (&str, &str)> {
    proof
        .split('`')
        .skip(1)
        .step_by(2)
        .filter_map(|quoted| quoted.split_once(".rs::"))
}

fn assert_is_test(path: &str, name: &str) {
    let file = root().join(path).with_extension("rs");
    let source = fs::read_to_string(&file).unwrap_or_else(|_| panic!("no file {path}.rs"));
    let found = [format!("fn {name}("), format!("fn {name}<")]
        .iter()
        .find_map(|head| source.find(head))
        .unwrap_or_else(|| panic!("{path}.rs has no fn {name}"));
    // A macro of properties marks its tests as any other.
    let line = source[..found].rfind('\n').map_or(0, |end| end + 1);
    let before: Vec<_> = source[..line].lines().rev().take(12).collect();
    let marked = before
        .iter()
        .take_while(|line| !line.trim().is_empty() && !line.trim_start().starts_with('}'))
        .any(|line| {
            ["#[test]", "#[tokio::test", "#[wasm_bindgen_test"]
                .iter()
                .any(|mark| line.contains(mark))
        });
    assert!(marked, "{path}.rs::{name} is no test");
}

fn assert_index(document: &str, expected: &[String]) {
    let rows = rows::<3>(document);
    let numbers: Vec<_> = rows.iter().map(|[number, ..]| number.clone()).collect();
    assert_eq!(numbers, expected, "{document}");
    for [number, claim, proof] in &rows {
        assert!(!claim.is_empty(), "{document} {number}");
        let mut proofs = 0;
        for (path, name) in tests(proof) {
            assert_is_test(path, name);
            proofs += 1;
        }
        assert!(
            proofs > 0 || proof.starts_with("No test: "),
            "{document} {number} names no test and gives no reason"
        );
    }
}

fn numbered(letter: &str, last: u32) -> impl Iterator<Item = String> {
    (1..=last).map(move |number| format!("{letter}{number}"))
}

#[test]
fn checklist_names_existing_tests() {
    let rows: Vec<_> = numbered("F", 17)
        .chain(numbered("T", 16))
        .chain(numbered("H", 15))
        .collect();
    assert_index("checklist.md", &rows);
}

#[test]
fn pains_name_existing_tests() {
    let rows: Vec<_> = (1..=34).map(|number: u32| number.to_string()).collect();
    assert_index("pains.md", &rows);
}

/// The rows about workbooks and ledgers' files are left out until such files exist.
#[test]
fn reports_name_existing_tests() {
    let rows: Vec<_> = (1..=16)
        .chain(18..=24)
        .chain([26, 28, 29])
        .chain(31..=33)
        .chain(35..=39)
        .chain([51, 55])
        .map(|number: u32| number.to_string())
        .collect();
    assert_index("reports.md", &rows);
}

#[test]
fn every_pain_test_has_a_guard_row() {
    let pains = rows::<3>("pains.md");
    let named: Vec<_> = pains
        .iter()
        .flat_map(|[row, _, proof]| tests(proof).map(move |test| (row.as_str(), test)))
        .collect();
    let guards = rows::<4>("guards.md");
    let seen: Vec<_> = guards
        .iter()
        .flat_map(|[row, test, ..]| tests(test).map(move |test| (row.as_str(), test)))
        .collect();
    assert_eq!(seen, named);
    for [row, _, guard, failure] in &guards {
        assert!(!guard.is_empty() && !failure.is_empty(), "row {row}");
    }
}
