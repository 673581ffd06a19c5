//! The measurements: `cargo xtask bench` starts them with the site, the sandbox and the browser.

use std::env;
use std::process::ExitCode;

use outlay_e2e::Outcome;
use outlay_e2e::bench::{
    BenchSettings, LoadSettings, compare_grids, compare_loads, compare_start, compare_tables,
    run_lighthouse,
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["start", loads] => compare_start(BenchSettings {
            loads: loads.parse()?,
        }),
        ["load", entries, delay] => compare_loads(LoadSettings {
            entries: entries.parse()?,
            delay: delay.parse()?,
        }),
        ["grid", entries] => compare_grids(entries.parse()?),
        ["lighthouse"] => run_lighthouse(),
        ["table", ref sizes @ ..] => {
            let sizes = sizes.iter().map(|size| size.parse());
            compare_tables(&sizes.collect::<Result<Vec<u32>, _>>()?)
        }
        _ => Err(
            "`start LOADS`, `load ENTRIES DELAY`, `grid ENTRIES`, `lighthouse` or `table ENTRIES…`"
                .into(),
        ),
    }
}
