//! When a call of the API is repeated after 429 or 503, which state that it was not carried out: only a
//! call that reads, never a write. After a 401 the session machine decides
//! (`crates/oauth/src/session/calls.rs`): a call with a rejected token was not carried out, whatever its
//! method.

/// The most repetitions of one call after 429 or 503.
pub const MOST: u32 = 3;

/// The first pause without `Retry-After`, in milliseconds; each further one is twice as long.
const FIRST: u64 = 1_000;

/// The longest `Retry-After` that is waited for, in milliseconds. With a longer one the page shows
/// the response.
pub const LONGEST: u64 = 15_000;

/// Returns the pause before a call that was repeated `repeats` times is repeated again, in
/// milliseconds; `None` if the caller gets the response. `retry_after` is the server's value in
/// milliseconds, which is never shortened. `chance` is a random number that spreads the callers: it
/// adds up to half of the vault's own pause, or a sixteenth of the server's.
#[must_use]
pub fn pause(repeats: u32, status: u16, retry_after: Option<u64>, chance: u64) -> Option<u64> {
    if repeats >= MOST || !matches!(status, 429 | 503) {
        return None;
    }
    let (least, spread) = match retry_after {
        Some(asked) => (asked, asked / 16),
        None => (FIRST << repeats >> 1, FIRST << repeats >> 1),
    };
    (least <= LONGEST).then(|| least + chance % (spread + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_429_and_503_are_retried_at_most_three_times() {
        for status in 100..600 {
            let busy = [429, 503].contains(&status);
            assert_eq!(pause(0, status, None, 0).is_some(), busy, "{status}");
            assert_eq!(pause(2, status, None, 0).is_some(), busy, "{status}");
            assert_eq!(pause(3, status, Some(1), 0), None, "{status}");
        }
    }

    #[test]
    fn default_delays_double_with_jitter_in_the_second_half() {
        for (repeats, most) in [(0, 1_000), (1, 2_000), (2, 4_000)] {
            let pauses: Vec<_> = (0..10_000)
                .filter_map(|chance| pause(repeats, 503, None, chance))
                .collect();
            assert_eq!(pauses.iter().min(), Some(&(most / 2)));
            assert_eq!(pauses.iter().max(), Some(&most));
        }
    }

    #[test]
    fn retry_after_is_never_shortened_and_limited() {
        for asked in [0, 1, 2_000, LONGEST] {
            for chance in [0, 7, u64::MAX] {
                let waits = pause(0, 429, Some(asked), chance);
                assert!(waits.is_some_and(|waits| (asked..=asked + asked / 16).contains(&waits)));
            }
        }
        for asked in [LONGEST + 1, u64::MAX] {
            assert_eq!(pause(0, 429, Some(asked), 0), None);
        }
    }
}
