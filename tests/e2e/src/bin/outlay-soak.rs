//! The soak: `cargo xtask soak` starts it with the site, the sandbox and the browser.

use std::env;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use outlay_e2e::Outcome;
use outlay_e2e::soak::{SoakOptions, soak};

fn main() -> ExitCode {
    match options() {
        Ok(options) => {
            soak(options);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("soak: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Ten minutes, ten tabs, and a seed that differs each time, unless they are given.
fn options() -> Outcome<SoakOptions> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let mut options = SoakOptions {
        minutes: 10,
        tabs: 10,
        seed: now.as_secs(),
    };
    let mut visible_text = env::args().skip(1);
    while let Some(name) = visible_text.next() {
        let value = visible_text
            .next()
            .ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--minutes" => options.minutes = value.parse()?,
            "--tabs" => options.tabs = value.parse()?,
            "--seed" => options.seed = value.parse()?,
            _ => return Err(format!("{name} is not understood").into()),
        }
    }
    Ok(options)
}
