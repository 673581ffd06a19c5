//! How often this tab started a sign-in recently. A server and a page that send the user to each
//! other and back are stopped by it: the third start within a minute needs a click of its own.

use outlay_wire::record;

/// Starts that are older do not count, in milliseconds.
const WINDOW: u64 = 60_000;

/// The start that is held back.
const HELD: u32 = 3;

/// A number of starts, and when the first of them was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInThrottle {
    /// How many.
    pub count: u32,
    /// Milliseconds since the Unix epoch, by the wall clock: the count outlives the page.
    pub since: u64,
}

record!(SignInThrottle { count = "count", since = "since" });

impl SignInThrottle {
    /// The count with one more start at `now`. One that lies ahead of the clock is void, as is one
    /// that is too old.
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

    fn previous_owner(times: &[u64]) -> Vec<bool> {
        let mut starts = None;
        let mut previous_owner = Vec::new();
        for time in times {
            let next = SignInThrottle::with_another(starts, *time);
            previous_owner.push(next.is_held());
            starts = Some(next);
        }
        previous_owner
    }

    #[test]
    fn third_start_within_a_minute_requires_confirmation() {
        assert_eq!(previous_owner(&[0, 30_000, 59_999]), [false, false, true]);
        assert_eq!(previous_owner(&[0, 30_000, 60_000]), [false, false, false]);
        assert_eq!(
            previous_owner(&[0, 1, 60_000, 60_001, 60_002])[2..],
            [false, false, true]
        );
    }

    #[test]
    fn start_count_from_the_future_is_ignored() {
        assert_eq!(
            previous_owner(&[5_000, 5_001, 4_000]),
            [false, false, false]
        );
    }
}
