//! The measurements: `cargo xtask bench` starts them with the site, the sandbox and the browser.

use std::env;
use std::process::ExitCode;

use outlay_e2e::Outcome;
use outlay_e2e::bench::{Settings, compare_start, run_lighthouse};

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
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["start", loads] => compare_start(Settings {
            loads: loads.parse()?,
        }),
        ["lighthouse"] => run_lighthouse(),
        _ => Err("`start LOADS` or `lighthouse`".into()),
    }
}
