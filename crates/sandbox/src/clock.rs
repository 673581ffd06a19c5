//! The one source of time, which tests can push forward.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A point in time: milliseconds since the process started.
pub type Millis = u64;

/// A monotonic clock that tests can advance.
#[derive(Debug, Clone)]
pub struct Clock {
    started: Instant,
    ahead: Arc<AtomicU64>,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock {
            started: Instant::now(),
            ahead: Arc::default(),
        }
    }
}

impl Clock {
    /// Returns the milliseconds since the start, plus all advances.
    pub fn now(&self) -> Millis {
        let passed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        passed.saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Moves the present forward by a duration.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.ahead.fetch_add(by, Ordering::Relaxed);
    }
}
