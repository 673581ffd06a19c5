//! The delay before a worker requests a lost Web Lock again.

/// The first delay, in milliseconds.
const FIRST: u64 = 1_000;

/// Milliseconds to wait before the lock is requested again after `losses` earlier losses, each soon
/// after it was granted: 0 for the first loss, which is the browser's own error, then at least 1
/// second, doubled with each further loss up to 64 seconds. `random` adds up to the same again, so
/// that two workers do not act in step.
#[must_use]
pub fn after(losses: u32, random: u64) -> u64 {
    if losses == 0 {
        return 0;
    }
    let least = FIRST << (losses - 1).min(6);
    least + random % (least + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_delay_doubles_with_each_loss_up_to_two_minutes() {
        for random in [0, 12_345, u64::MAX] {
            assert_eq!(after(0, random), 0);
        }
        for (losses, least) in [
            (1, 1_000),
            (2, 2_000),
            (5, 16_000),
            (7, 64_000),
            (u32::MAX, 64_000),
        ] {
            let delays: Vec<_> = (0..=least).map(|random| after(losses, random)).collect();
            assert_eq!(delays.iter().min(), Some(&least));
            assert_eq!(delays.iter().max(), Some(&(2 * least)));
        }
    }
}
