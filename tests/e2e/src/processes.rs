//! The processes of one driver: each one is ended with the test, even if the test process is killed.
//!
//! A driver that is killed leaves its browser running, and Chromium runs in a process group of its
//! own. What all of them keep is the environment that they were started with: a mark in it finds
//! them. A shell waits for the end of its standard input, which this process holds open, and then
//! ends every process with the mark.
//!
//! Linux only: elsewhere the driver alone is ended, and it ends its browser if it can.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Outcome;

/// The variable that holds the mark.
pub const MARK: &str = "OUTLAY_DRIVER";

/// `$1` is the variable with its value. Processes that start meanwhile are found by the next try.
const WATCH: &str = "
trap '' INT TERM HUP
cat > /dev/null
for try in 1 2 3 4 5 6 7 8 9 10; do
    left=$(grep -lzsxF \"$1\" /proc/[0-9]*/environ | cut -d / -f 3)
    [ -n \"$left\" ] || exit 0
    kill -9 $left 2> /dev/null
done";

static MARKS: AtomicU32 = AtomicU32::new(0);

/// Ends every process with its mark when it is dropped, or when this process ends.
#[derive(Debug)]
pub struct Watch {
    /// The value of [`MARK`] for the processes to end.
    pub mark: String,
    shell: Child,
}

impl Watch {
    /// Starts the shell. Start it before the first process with its mark.
    ///
    /// # Errors
    ///
    /// If there is no shell.
    pub fn start() -> Outcome<Self> {
        let number = MARKS.fetch_add(1, Ordering::Relaxed);
        let mark = format!("{}-{number}", std::process::id());
        let shell = Command::new("sh")
            .args(["-c", WATCH, "watch", &format!("{MARK}={mark}")])
            // A mark of its own would end it too early.
            .env_remove(MARK)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("sh: {error}"))?;
        Ok(Self { mark, shell })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // Without its end there is nothing more that can be done here.
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::process::Command;
    use std::time::{Duration, Instant};

    use super::*;

    /// A shell with a child, both of which run for longer than any test.
    fn family(mark: &str) -> Child {
        Command::new("sh")
            .args(["-c", "setsid sleep 600 & exec sleep 600"])
            .env(MARK, mark)
            .spawn()
            .unwrap()
    }

    fn marked(mark: &str) -> usize {
        let wanted = format!("{MARK}={mark}");
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        processes
            .filter_map(|process| std::fs::read(process.path().join("environ")).ok())
            .filter(|environment| {
                let mut variables = environment.split(|byte| *byte == 0);
                variables.any(|variable| variable == wanted.as_bytes())
            })
            .count()
    }

    #[test]
    fn drop_ends_only_processes_with_the_mark() {
        let (watch, other) = (Watch::start().unwrap(), Watch::start().unwrap());
        let (mark, other_mark) = (watch.mark.clone(), other.mark.clone());
        let mut families = [family(&mark), family(&other_mark)];
        let begun = Instant::now();
        while marked(&mark) < 2 || marked(&other_mark) < 2 {
            assert!(begun.elapsed() < Duration::from_secs(10));
        }
        drop(watch);
        families[0].wait().unwrap();
        assert_eq!((marked(&mark), marked(&other_mark)), (0, 2));
        drop(other);
        families[1].wait().unwrap();
        assert_eq!(marked(&other_mark), 0);
    }
}
