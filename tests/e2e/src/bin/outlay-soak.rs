//! The soak: `cargo xtask soak` starts it with the site, the sandbox and the browser.

use std::env;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use outlay_e2e::Outcome;
use outlay_e2e::soak::{Wish, soak};

fn main() -> ExitCode {
    match wish() {
        Ok(wish) => {
            soak(wish);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("soak: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Ten minutes, ten tabs, and a seed that differs each time, unless they are given.
fn wish() -> Outcome<Wish> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let mut wish = Wish {
        minutes: 10,
        tabs: 10,
        seed: now.as_secs(),
    };
    let mut words = env::args().skip(1);
    while let Some(name) = words.next() {
        let value = words
            .next()
            .ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--minutes" => wish.minutes = value.parse()?,
            "--tabs" => wish.tabs = value.parse()?,
            "--seed" => wish.seed = value.parse()?,
            _ => return Err(format!("{name} is not understood").into()),
        }
    }
    Ok(wish)
}
