//! The warning in the last minute before all companies are signed out because of inactivity. The vault
//! decides when that is (`Sessions::limits` in `outlay_oauth`).

/// The longest duration of the warning, in milliseconds.
const LONGEST: u64 = 60_000;

/// The remaining seconds at which a screen reader announces the time.
const STEPS: [u64; 6] = [60, 45, 30, 20, 10, 5];

/// Returns the seconds left if the warning must be shown: in the last minute, or in the last fifth
/// of a limit under five minutes. `left` and `limit` are in milliseconds.
pub fn warning(left: Option<u64>, limit: u64) -> Option<u64> {
    let left = left?;
    (left <= (limit / 5).min(LONGEST)).then(|| left.div_ceil(1000))
}

/// Returns the seconds to announce: the smallest step that is at least `seconds`.
pub fn announced_seconds(seconds: u64) -> u64 {
    let passed = STEPS.iter().rev().find(|step| **step >= seconds);
    passed.copied().unwrap_or(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_warning_starts_in_the_last_minute_or_fifth() {
        let half_an_hour = 30 * 60_000;
        assert_eq!(warning(None, half_an_hour), None);
        assert_eq!(warning(Some(60_001), half_an_hour), None);
        assert_eq!(warning(Some(60_000), half_an_hour), Some(60));
        assert_eq!(warning(Some(41_001), half_an_hour), Some(42));
        assert_eq!(warning(Some(0), half_an_hour), Some(0));
        assert_eq!(warning(Some(12_001), 60_000), None);
        assert_eq!(warning(Some(12_000), 60_000), Some(12));
    }

    #[test]
    fn screen_reader_announcement_every_ten_seconds() {
        let mut words: Vec<u64> = (1..=60).rev().map(announced_seconds).collect();
        words.dedup();
        assert_eq!(words, [60, 45, 30, 20, 10, 5]);
        assert_eq!(announced_seconds(61), 61);
    }
}
