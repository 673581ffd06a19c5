//! The lines on the terminal. They go to stderr: stdout is for results.

use std::time::{Duration, Instant};

use crate::outcome::Outcome;

/// Says what is being done before it is done, and how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    eprintln!("setup: {what} …");
    let begun = Instant::now();
    let result = work();
    let took = seconds(begun.elapsed());
    match &result {
        Ok(_) => eprintln!("setup: done in {took}"),
        Err(_) => eprintln!("setup: failed after {took}"),
    }
    result
}

/// A duration in seconds with one decimal.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
