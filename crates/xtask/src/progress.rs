//! The lines on the terminal. They go to stderr: stdout is for results.

use std::time::{Duration, Instant};

use crate::outcome::Outcome;

/// Prints what is about to be done and how long that usually takes, does it, and prints how long it
/// took.
pub fn step<T>(what: &str, usually: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    eprintln!("setup: {what}, usually {usually} …");
    let begun = Instant::now();
    let result = work();
    let took = seconds(begun.elapsed());
    match &result {
        Ok(_) => eprintln!("setup: done in {took}"),
        Err(_) => eprintln!("setup: failed after {took}"),
    }
    result
}

/// Returns a duration in seconds with one decimal, for example `1.5 s`.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
