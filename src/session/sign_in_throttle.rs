//! Counts the recent sign-ins of this tab. The third start within a minute needs a click, which
//! stops a loop of redirects between a server and a page.

use outlay_wire::record;

/// Starts that are older than this are not counted, in milliseconds.
const WINDOW: u64 = 60_000;

/// The number of the start that needs a click.
const HELD: u32 = 3;

/// A number of starts and the time of the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInThrottle {
    /// The number of starts.
    pub count: u32,
    /// The first start, in milliseconds since the Unix epoch: the count outlives the page, so it
    /// needs the wall clock.
    pub since: u64,
}

record!(SignInThrottle { count = "count", since = "since" });

impl SignInThrottle {
    /// Returns the count with one more start at `now`. Discards a count that is too old, or whose
    /// time is in the future because the clock was set.
    pub fn with_another(before: Option<SignInThrottle>, now: u64) -> SignInThrottle {
        let recent = before.filter(|starts| {
            now.checked_sub(starts.since)
                .is_some_and(|age| age < WINDOW)
        });
        match recent {
            Some(starts) => SignInThrottle {
                count: starts.count.saturating_add(1),
                ..starts
            },
            None => SignInThrottle {
                count: 1,
                since: now,
            },
        }
    }

    /// Whether the user has to confirm this start.
    pub fn is_held(&self) -> bool {
        self.count >= HELD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held_starts(times: &[u64]) -> Vec<bool> {
        let mut starts = None;
        let mut held_starts = Vec::new();
        for time in times {
            let next = SignInThrottle::with_another(starts, *time);
            held_starts.push(next.is_held());
            starts = Some(next);
        }
        held_starts
    }

    #[test]
    fn third_start_within_a_minute_requires_confirmation() {
        assert_eq!(held_starts(&[0, 30_000, 59_999]), [false, false, true]);
        assert_eq!(held_starts(&[0, 30_000, 60_000]), [false, false, false]);
        assert_eq!(
            held_starts(&[0, 1, 60_000, 60_001, 60_002])[2..],
            [false, false, true]
        );
    }

    #[test]
    fn start_count_from_the_future_is_ignored() {
        assert_eq!(held_starts(&[5_000, 5_001, 4_000]), [false, false, false]);
    }
}
