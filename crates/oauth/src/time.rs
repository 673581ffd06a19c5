//! Two clocks. The monotonic one decides how long a token is valid; the larger of both decides how
//! long a person has been away, because a monotonic clock may stop while a machine sleeps.

/// A present instant on both clocks, in milliseconds.
///
/// The monotonic clock counts from an arbitrary start and never goes back. The wall clock counts
/// from the Unix epoch and may be set to anything at any moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds of the monotonic clock.
    pub monotonic: u64,
    /// Milliseconds since the Unix epoch.
    pub wall: u64,
}

impl Now {
    /// Milliseconds passed since `earlier` on the monotonic clock.
    #[must_use]
    pub fn monotonic_since(self, earlier: Now) -> u64 {
        self.monotonic.saturating_sub(earlier.monotonic)
    }

    /// Milliseconds passed since `earlier` by whichever clock saw more of them. A wall clock that
    /// was set back counts nothing.
    #[must_use]
    pub fn elapsed_since(self, earlier: Now) -> u64 {
        self.monotonic_since(earlier)
            .max(self.wall.saturating_sub(earlier.wall))
    }
}

/// Milliseconds in a second.
pub const SECOND: u64 = 1_000;

/// Milliseconds in a minute.
pub const MINUTE: u64 = 60 * SECOND;

#[cfg(test)]
mod tests {
    use super::*;

    const START: Now = Now {
        monotonic: 1_000,
        wall: 1_700_000_000_000,
    };

    #[test]
    fn elapsed_time_is_the_larger_of_both_clocks() {
        let slept = Now {
            monotonic: START.monotonic + 5,
            wall: START.wall + 8 * 60 * MINUTE,
        };
        assert_eq!(slept.elapsed_since(START), 8 * 60 * MINUTE);
        assert_eq!(slept.monotonic_since(START), 5);
    }

    #[test]
    fn wall_clock_set_back_changes_nothing() {
        let back = Now {
            monotonic: START.monotonic + 7,
            wall: START.wall - 120 * MINUTE,
        };
        assert_eq!(back.elapsed_since(START), 7);
    }
}
