//! Times the tools on a response of 10 MB; `cargo xtask bench explorer` runs it in release mode. Each
//! time is the median of [`RUNS`] runs, and must not exceed its limit.

#![allow(clippy::print_stdout, reason = "it reports")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use outlay_explorer::answer::search::lines_with;
use outlay_explorer::answer::text::ResponseText;
use outlay_explorer::difference::difference;
use outlay_explorer::marks::SecretMarks;
use outlay_pleo::catalogue::{Catalogue, DOCUMENT};

const RUNS: usize = 7;
const BYTES: usize = 10_000_000;

fn main() -> ExitCode {
    let Ok(catalogue) = Catalogue::of_openapi(DOCUMENT) else {
        return ExitCode::FAILURE;
    };
    let (first, second) = (response(0), response(1));
    let mut text = ResponseText::new(first.clone(), SecretMarks::of(&catalogue, None));
    while text.advance(usize::MAX) {}
    let (Ok(one), Ok(two)) = (outlay_wire::parse(&first), outlay_wire::parse(&second)) else {
        return ExitCode::FAILURE;
    };
    println!(
        "{} lines, {} MB",
        text.scan.lines.len(),
        first.len() / 1_000_000
    );
    let rows = [
        (
            "difference",
            300,
            median(|| difference(&one, &two, 300).total),
        ),
        (
            "search, few matches",
            100,
            median(|| lines_with(&text, "Note 77777", false).len()),
        ),
        (
            "search, many matches",
            100,
            median(|| lines_with(&text, "currency", false).len()),
        ),
        (
            "search, no match",
            100,
            median(|| lines_with(&text, "zzz", false).len()),
        ),
        (
            "search, not ASCII",
            100,
            median(|| lines_with(&text, "ü", false).len()),
        ),
    ];
    let mut is_within = true;
    for (name, limit, (found, took)) in rows {
        println!("{name:<22} {took:>6.1?} (limit {limit} ms), {found} found");
        is_within &= took <= Duration::from_millis(limit);
    }
    match is_within {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// A list of entries as the API returns them; `variant` changes every hundredth entry.
fn response(variant: usize) -> String {
    let mut out = String::from("{\"data\":[");
    let mut number = 0;
    while out.len() < BYTES {
        if number > 0 {
            out.push(',');
        }
        let amount = if number % 100 == 0 {
            number + variant
        } else {
            number
        };
        out.push_str(&format!(
            "{{\"id\":\"{number:08x}-d9cb-469f-a165-70867728950e\",\"note\":\"Note {number}\",\"supplier\":{{\"name\":\"Supplier {}\",\"country\":\"DK\"}},\"amount\":{{\"currency\":\"DKK\",\"minors\":{amount}}},\"lines\":[{{\"id\":\"l{number}\",\"accountCode\":\"4100\"}}]}}",
            number % 97
        ));
        number += 1;
    }
    out.push_str("]}");
    out
}

fn median<T>(mut act: impl FnMut() -> T) -> (T, Duration) {
    let mut times = Vec::with_capacity(RUNS);
    let mut last = act();
    for _ in 0..RUNS {
        let begun = Instant::now();
        last = act();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    (last, times.get(RUNS / 2).copied().unwrap_or_default())
}
