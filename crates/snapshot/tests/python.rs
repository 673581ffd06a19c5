//! A reader in Python that shares no code with this crate reads the same file, and finds a changed bit.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail by panicking and may state a reason"
)]

#[path = "../../table/examples/bench/entries.rs"]
#[allow(dead_code, reason = "a part of it is for other programs")]
mod bench_entries;
mod support;

use std::path::Path;
use std::process::{Command, Output};

use outlay_snapshot::SealedFile;
use outlay_snapshot::container::hex;
use outlay_table::Filter;
use outlay_table::Grain;
use outlay_table::entry_table::aggregate::Measure;

use bench_entries::Random;

fn run(file: &Path) -> Option<Output> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reader.py");
    match Command::new("python3").arg(script).arg(file).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("skipped: there is no python3");
            None
        }
        Err(error) => panic!("python3 does not run: {error}"),
    }
}

#[test]
fn reader_in_python_gives_the_same_root_counts_and_sums_and_names_a_changed_part() {
    let mut random = Random(5);
    let ids = bench_entries::Ids::new(&mut random);
    let all: Vec<_> = (0..3000)
        .map(|_| bench_entries::entry(&mut random, &ids))
        .collect();
    let table = support::table(&all);
    let mut bytes = support::seal(&support::parts(&table, &support::entries(&table)));
    let root = hex(&SealedFile::open(bytes.clone()).unwrap().root());
    let found = table.select(&Filter::default(), Grain::Entries);
    let sums = table.totals(&found, Measure::Amount).into_iter();
    let mut sums: Vec<String> = sums
        .map(|cell| format!("\"{}\": {}", cell.currency.unwrap().as_str(), cell.exact))
        .collect();
    sums.sort();
    let expected = format!(
        "{{\"entries\": 3000, \"root\": \"{root}\", \"sums\": {{{}}}}}",
        sums.join(", ")
    );

    let folder = std::env::temp_dir().join(format!("outlay-snapshot-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a.outlay");
    std::fs::write(&path, &bytes).unwrap();
    let output = run(&path);
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let damaged = run(&path);
    std::fs::remove_dir_all(&folder).unwrap();
    let (Some(output), Some(damaged)) = (output, damaged) else {
        return;
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    assert_eq!(text(&output.stdout), expected, "{}", text(&output.stderr));
    let parts = SealedFile::open(std::mem::take(&mut bytes))
        .unwrap()
        .parts();
    let expected = format!("AssertionError: part {}", parts - 1);
    assert!(
        text(&damaged.stderr).ends_with(&expected),
        "{}",
        text(&damaged.stderr)
    );
}
