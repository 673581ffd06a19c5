//! The checks of a test run, and how long each took.

use std::time::{Duration, Instant};

use crate::outcome::Outcome;
use crate::progress::seconds;

/// The finished checks with their durations.
#[derive(Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Runs a check; its failure begins with the check's name.
    pub fn run<T>(&mut self, name: &'static str, check: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        eprintln!("test: {name} …");
        let begun = Instant::now();
        let result = check().map_err(|error| format!("{name}: {error}"))?;
        let took = begun.elapsed();
        eprintln!("test: {name}: {}", seconds(took));
        self.done.push((name, took));
        Ok(result)
    }

    /// Prints the longest checks to the terminal.
    pub fn summary(&self) {
        let total = self.done.iter().map(|(_, took)| *took).sum();
        eprintln!(
            "test: {} checks so far in {}",
            self.done.len(),
            seconds(total)
        );
        for (name, took) in longest(&self.done) {
            eprintln!("test: {:>9}  {name}", seconds(*took));
        }
    }
}

/// At most five, the longest first, none of them under two seconds.
fn longest<'a>(done: &'a [(&'static str, Duration)]) -> Vec<&'a (&'static str, Duration)> {
    let mut long: Vec<_> = done
        .iter()
        .filter(|(_, took)| *took >= Duration::from_secs(2))
        .collect();
    long.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
    long.truncate(5);
    long
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_lists_the_longest_steps() {
        let done: Vec<_> = ["a", "b", "c", "d", "e", "f", "g"]
            .into_iter()
            .zip([1, 2, 9, 3, 8, 4, 5].map(Duration::from_secs))
            .collect();
        let names: Vec<_> = longest(&done).into_iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["c", "e", "g", "f", "d"]);
    }
}
