//! Ten thousand generated jobs in each format: a balanced file that reads back, or a stated refusal.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod support;

use std::collections::BTreeMap;

use outlay_ledger::format::{Prepared, prepare};
use outlay_ledger::mapping::{CsvLayout, Settings, XeroAmounts};
use outlay_ledger::rehearsal::{Rehearsal, rehearse};
use outlay_ledger::{Format, Mapping, check};
use outlay_pleo::export::item::ExportItem;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use support::{csv, generate, job, mapping};

const JOBS: usize = 10_000;

/// Every format, and the second form of those that have two.
fn mappings() -> Vec<Mapping> {
    let mut all: Vec<Mapping> = Format::ALL.iter().copied().map(mapping).collect();
    let mut pairs = mapping(Format::Csv);
    pairs.settings = Settings::Csv(csv(CsvLayout::Pairs));
    pairs
        .currencies
        .iter_mut()
        .for_each(|rule| rule.rate = None);
    let mut inclusive = mapping(Format::Xero);
    if let Settings::Xero(xero) = &mut inclusive.settings {
        xero.amounts = XeroAmounts::Inclusive;
        xero.lines_per_file = 20;
    }
    all.push(pairs);
    all.push(inclusive);
    all
}

#[test]
fn ten_thousand_jobs_give_a_balanced_file_or_a_stated_refusal() {
    // Each job in one format, in turn: the next test has every job in every format.
    run(|number, at, count| number % count == at);
}

#[test]
#[ignore = "a minute: cargo test --release -p outlay-ledger --test jobs -- --ignored"]
fn ten_thousand_jobs_give_a_balanced_file_or_a_stated_refusal_in_each_format() {
    run(|_, _, _| true);
}

/// Makes the jobs, and writes those for which `writes` says so: by the number of the job, the index of the
/// mapping, and how many mappings there are.
fn run(writes: impl Fn(usize, usize, usize) -> bool) {
    let mappings = mappings();
    let mut made = vec![0_usize; mappings.len()];
    let mut tried = vec![0_usize; mappings.len()];
    let mut refused = BTreeMap::new();
    let mut rounded = 0;
    let mut rng = ChaCha8Rng::seed_from_u64(49);
    for number in 0..JOBS {
        let items = generate::job(&mut rng);
        for (at, mapping) in mappings.iter().enumerate() {
            if !writes(number, at, mappings.len()) {
                continue;
            }
            tried[at] += 1;
            match outcome(&items, mapping) {
                Outcome::Made(lines) => {
                    made[at] += 1;
                    rounded += lines;
                }
                Outcome::Refused(code) => {
                    *refused.entry((mapping.format(), code)).or_insert(0) += 1;
                }
                Outcome::Wrong(message) => {
                    unreachable!("job {number}, {:?}: {message}", mapping.format())
                }
            }
        }
    }
    eprintln!("made {made:?} of {tried:?}, with {rounded} rounding lines; refused {refused:?}");
    for (made, tried) in made.iter().zip(&tried) {
        assert!(made * 10 > tried * 8, "{made} of {tried} jobs are written");
    }
    let tried: usize = tried.iter().sum();
    assert!(
        rounded > tried / 10,
        "the traps need rounding lines: {rounded}"
    );
    assert!(refused.len() > 10, "the faults are found: {refused:?}");
}

enum Outcome {
    /// How many rounding lines the file has.
    Made(usize),
    Refused(&'static str),
    Wrong(String),
}

fn outcome(items: &[ExportItem], mapping: &Mapping) -> Outcome {
    let checked = check::check(items, mapping, &[]);
    if let Some(issue) = checked.issues.first() {
        let named = items
            .iter()
            .any(|item| item.accounting_entry_id == issue.entry);
        return match named {
            true => Outcome::Refused(issue.code.as_str()),
            false => Outcome::Wrong("an issue names no entry of the job".to_owned()),
        };
    }
    let journal = checked.journal().unwrap();
    let prepared = match prepare(&journal, mapping, &job()) {
        Ok(prepared) => prepared,
        Err(refusal) => return Outcome::Wrong(refusal.to_string()),
    };
    let rehearsal = match rehearse(&prepared, &journal, mapping) {
        Ok(rehearsal) => rehearsal,
        Err(error) => return Outcome::Wrong(error.to_string()),
    };
    if let Some(fault) = fault(&prepared, &rehearsal, mapping) {
        return Outcome::Wrong(fault);
    }
    if rehearsal.rows.len() != prepared.trace.len() {
        return Outcome::Wrong("a posting is lost".to_owned());
    }
    let rounding = rehearsal
        .rows
        .iter()
        .filter(|row| row.row.account == "3740");
    Outcome::Made(rounding.count())
}

/// Adds up the bytes once more, by a third way that shares nothing with writer and reader.
fn fault(prepared: &Prepared, rehearsal: &Rehearsal, mapping: &Mapping) -> Option<String> {
    if let Some(total) = rehearsal
        .totals
        .iter()
        .find(|total| total.debit != total.credit)
    {
        return Some(format!("{total:?}"));
    }
    let mut sums: BTreeMap<(usize, String), i64> = BTreeMap::new();
    for (file, written) in prepared.files.iter().enumerate() {
        let bytes: String = written.bytes.iter().map(|byte| char::from(*byte)).collect();
        let columns = match mapping.format() {
            Format::QuickBooks => (0, 3, Some(4)),
            Format::Csv if !mapping.settings.in_pairs() => (0, 4, None),
            Format::Sie => {
                let mut voucher = String::new();
                for line in bytes.lines() {
                    if let Some(head) = line.strip_prefix("#VER ") {
                        voucher = head.split('"').next().unwrap().to_owned();
                    } else if line.starts_with("\t#TRANS") {
                        let amount = line.split_once("} ").unwrap().1.split(' ').next().unwrap();
                        *sums.entry((file, voucher.clone())).or_default() += hundredths(amount);
                    }
                }
                continue;
            }
            // Rows of two accounts balance by themselves; those of Xero with the taxes that it computes.
            _ => continue,
        };
        let mut reader = csv_reader(&bytes);
        for record in reader.records().map(Result::unwrap) {
            let group = record[columns.0].to_owned();
            let credit = columns.2.map_or(0, |credit| hundredths(&record[credit]));
            *sums.entry((file, group)).or_default() += hundredths(&record[columns.1]) - credit;
        }
    }
    let wrong = sums.iter().find(|(_, sum)| **sum != 0)?;
    Some(format!("{wrong:?}"))
}

fn csv_reader(text: &str) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new()
        .has_headers(true)
        .from_reader(text.as_bytes())
}

fn hundredths(text: &str) -> i64 {
    if text.is_empty() {
        0
    } else {
        text.replace('.', "").parse().unwrap()
    }
}

#[test]
fn the_same_job_and_mapping_give_the_same_bytes_in_any_order_of_items() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut compared = 0;
    for _ in 0..40 {
        let items = generate::job(&mut rng);
        let mut turned = items.clone();
        turned.reverse();
        for mapping in mappings() {
            let files = |items: &[ExportItem]| {
                let journal = check::check(items, &mapping, &[]).journal().ok()?;
                Some(prepare(&journal, &mapping, &job()).unwrap().files)
            };
            let first = files(&items);
            compared += usize::from(first.is_some());
            assert_eq!(first, files(&turned));
        }
    }
    assert!(compared > 200, "{compared}");
}
