//! The browsers of a test run that are still there after it.
//!
//! The tests end each browser with its driver. That they do is checked here: a process that carries
//! the marks of this run and of a driver in its environment was left running, which fails the run.
//! Linux only: elsewhere none are found.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::outcome::Outcome;
use crate::process;

/// The variable that holds the run.
const RUN: &str = "OUTLAY_RUN";

/// The variable that each driver and its browser have; `tests/e2e/src/processes.rs` sets it.
const DRIVER: &str = "OUTLAY_DRIVER=";

/// Marks the processes of one test run by an environment variable, to find those that are left.
pub struct MarkedRun {
    id: String,
}

impl MarkedRun {
    /// Makes a mark with a new id.
    pub fn new() -> Self {
        Self {
            id: std::process::id().to_string(),
        }
    }

    /// Returns the mark, which no other run has at the same time.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Marks a command and every process that it starts.
    pub fn mark<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env(RUN, &self.id)
    }

    /// Runs `tests`, ends the browsers that they left running, and fails if there were any.
    pub fn through(&self, tests: impl FnOnce() -> Outcome) -> Outcome {
        let outcome = tests();
        let left = self.left();
        if left.is_empty() {
            return outcome;
        }
        let ids = left.iter().map(|(id, _)| id);
        // One that exited meanwhile is skipped.
        let _ = process::output(process::command("kill").arg("-9").args(ids));
        let names: Vec<_> = left.iter().map(|(_, name)| name.as_str()).collect();
        let left = format!("the tests left running: {}", names.join(", "));
        outcome.and(Err(left))
    }

    /// The ids and names of the processes that are still there.
    fn left(&self) -> Vec<(String, String)> {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        processes
            .filter(|process| {
                fs::read(process.path().join("environ"))
                    .is_ok_and(|environment| self.is_driver(&environment))
            })
            .filter_map(|process| {
                let id = process.file_name().into_string().ok()?;
                Some((id, name(&process.path())))
            })
            .collect()
    }

    /// Whether this environment is that of a driver of this run, or of its browser.
    fn is_driver(&self, environment: &[u8]) -> bool {
        let run = format!("{RUN}={}", self.id);
        let has = |wanted: &dyn Fn(&[u8]) -> bool| environment.split(|byte| *byte == 0).any(wanted);
        has(&|variable| variable == run.as_bytes())
            && has(&|variable| variable.starts_with(DRIVER.as_bytes()))
    }
}

fn name(process: &Path) -> String {
    let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
    name.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn process_with_both_marks_belongs_to_this_run() {
        let run = MarkedRun {
            id: "12".to_owned(),
        };
        assert!(run.is_driver(b"PATH=/bin\0OUTLAY_RUN=12\0OUTLAY_DRIVER=40-1\0"));
        assert!(!run.is_driver(b"OUTLAY_RUN=123\0OUTLAY_DRIVER=40-1\0"));
        assert!(!run.is_driver(b"PATH=/bin\0OUTLAY_RUN=12\0"));
        assert!(!run.is_driver(b""));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn leftover_browser_is_ended_and_fails_the_run() {
        let run = MarkedRun {
            id: format!("test-{}", std::process::id()),
        };
        let mut child = None;
        let outcome = run.through(|| {
            let mut sleep = Command::new("sleep");
            sleep.arg("600").env("OUTLAY_DRIVER", "40-1");
            child = run.mark(&mut sleep).spawn().ok();
            // Its environment is its own from the moment that it runs its program.
            while run.left().is_empty() {}
            Ok(())
        });
        assert_eq!(outcome.unwrap_err(), "the tests left running: sleep");
        assert!(!child.unwrap().wait().unwrap().success());
        assert_eq!(run.through(|| Ok(())), Ok(()));
    }
}
