//! How many requests may be in progress at once.

/// Requests in progress at the same time, at most.
pub const MOST_REQUESTS: usize = 6;

/// Requests in progress at the same time at the start of a load.
const FIRST_LIMIT: usize = 2;

/// An answer is slow if it took more than this many times as long as the fastest one.
const SLOW: u64 = 3;

/// The present limit. It rises by one after as many answers in sequence as it allows requests, unless
/// one of them is slow, and is halved when the server is busy (429 or 503).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestLimit {
    most: usize,
    /// Answers in sequence that were not slow.
    in_time: usize,
    /// The duration of the fastest answer, in milliseconds; at least 1.
    fastest: Option<u64>,
    /// The end of the pause that the server asked for, on the caller's clock.
    paused_until: u64,
}

impl Default for RequestLimit {
    fn default() -> RequestLimit {
        RequestLimit {
            most: FIRST_LIMIT,
            in_time: 0,
            fastest: None,
            paused_until: 0,
        }
    }
}

impl RequestLimit {
    /// Returns how many requests may be in progress at `now`; 0 during a pause.
    pub(super) fn at(&self, now: u64) -> usize {
        if now < self.paused_until {
            0
        } else {
            self.most
        }
    }

    /// Records an answer that took `took` milliseconds; may raise the limit by one.
    pub(super) fn answered(&mut self, took: u64) {
        let took = took.max(1);
        let fastest = self.fastest.map_or(took, |fastest| fastest.min(took));
        self.fastest = Some(fastest);
        if took > fastest.saturating_mul(SLOW) {
            self.in_time = 0;
            return;
        }
        self.in_time += 1;
        if self.in_time >= self.most && self.most < MOST_REQUESTS {
            self.most += 1;
            self.in_time = 0;
        }
    }

    /// Records a busy answer (429 or 503) at `now` with a pause of `pause` milliseconds. Several of them
    /// within one pause halve the limit once.
    pub(super) fn busy(&mut self, now: u64, pause: u64) {
        if now >= self.paused_until {
            self.most = (self.most / 2).max(1);
        }
        self.in_time = 0;
        self.paused_until = self.paused_until.max(now.saturating_add(pause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limit_rises_step_by_step_to_six_while_answers_are_fast() {
        let mut limit = RequestLimit::default();
        let mut limits = Vec::new();
        for _ in 0..40 {
            limits.push(limit.at(0));
            limit.answered(100);
        }
        limits.dedup();
        assert_eq!(limits, [2, 3, 4, 5, 6]);
    }

    #[test]
    fn slow_answers_do_not_raise_the_limit() {
        let mut limit = RequestLimit::default();
        limit.answered(100);
        for _ in 0..40 {
            limit.answered(301);
        }
        assert_eq!(limit.at(0), 2);
        limit.answered(300);
        limit.answered(300);
        assert_eq!(limit.at(0), 3);
    }

    #[test]
    fn busy_halves_once_per_pause_and_allows_no_request_within_it() {
        let mut limit = RequestLimit::default();
        (0..40).for_each(|_| limit.answered(100));
        limit.busy(1_000, 2_000);
        limit.busy(1_500, 2_000);
        assert_eq!(limit.at(3_499), 0);
        assert_eq!(limit.at(3_500), 3);
        for _ in 0..5 {
            limit.busy(9_000, 0);
        }
        assert_eq!(limit.at(9_000), 1);
    }
}
