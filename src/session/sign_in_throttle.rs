//! Counts the recent sign-ins of this tab that failed. After two of them within a minute the next
//! one needs a confirmation, which stops a loop between a server and a page. A sign-in that the user
//! started with a click and that succeeded, or that the user left, does not count: every sign-in
//! starts with a click, so several companies can be connected one after another.

use outlay_wire::record;

/// Failures that are older than this are not counted, in milliseconds.
const WINDOW: u64 = 60_000;

/// The number of failures after which a sign-in needs a confirmation.
const HELD: u32 = 2;

/// A number of failures and the time of the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInThrottle {
    /// The number of failures.
    pub count: u32,
    /// The first failure, in milliseconds since the Unix epoch: the count outlives the page, so it
    /// needs the wall clock.
    pub since: u64,
}

record!(SignInThrottle { count = "count", since = "since" });

impl SignInThrottle {
    /// Returns the count with one more failure at `now`. Discards a count that is too old, or whose
    /// time is in the future because the clock was set.
    pub fn with_another(before: Option<SignInThrottle>, now: u64) -> SignInThrottle {
        match before.filter(|failures| failures.is_recent(now)) {
            Some(failures) => SignInThrottle {
                count: failures.count.saturating_add(1),
                ..failures
            },
            None => SignInThrottle {
                count: 1,
                since: now,
            },
        }
    }

    /// Whether the user has to confirm a sign-in at `now`.
    pub fn holds(&self, now: u64) -> bool {
        self.count >= HELD && self.is_recent(now)
    }

    fn is_recent(&self, now: u64) -> bool {
        let age = now.checked_sub(self.since);
        age.is_some_and(|age| age < WINDOW)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether a sign-in at `now` is held after failures at `times`.
    fn is_held(times: &[u64], now: u64) -> bool {
        let failures = times.iter().fold(None, |before, time| {
            Some(SignInThrottle::with_another(before, *time))
        });
        failures.is_some_and(|failures| failures.holds(now))
    }

    #[test]
    fn sign_in_after_two_failures_within_a_minute_requires_confirmation() {
        for (times, now, held) in [
            (&[][..], 0, false),
            (&[0], 1, false),
            (&[0, 30_000], 59_999, true),
            (&[0, 30_000], 60_000, false),
            (&[0, 60_000], 60_001, false),
            (&[0, 60_000, 60_001], 60_002, true),
        ] {
            assert_eq!(is_held(times, now), held, "{times:?} {now}");
        }
    }

    #[test]
    fn failure_count_from_the_future_is_ignored() {
        assert!(!is_held(&[5_000, 5_001], 4_000));
        assert!(!is_held(&[5_000, 4_000], 4_001));
    }
}
