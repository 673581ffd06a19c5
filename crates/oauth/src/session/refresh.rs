//! Renewing the pair: one refresh in flight, and what each answer makes of the connection.
//!
//! The rule above all others: no refresh token is sent again after it may have been redeemed.
//! 429 and 503 are answered before redemption; an answer that brought no new refresh token leaves
//! the old one good; a stated grace window allows one repetition. There is no fourth exception.

use crate::secret::RefreshToken;
use crate::time::{MINUTE, Now, SECOND};
use crate::token::{self, TokenError, TokenSet};

use super::Step;
use super::calls;
use super::connection::{Connection, Pair, Stage};
use super::io::{Effect, Ended, Event, RequestKey};

/// Without any answer for this long, the network is asked first.
const QUIET: u64 = MINUTE;

/// The longest pause between two tries.
const LONGEST_PAUSE: u64 = MINUTE;

/// A `Retry-After` longer than this is taken for a mistake.
const LONGEST_RETRY_AFTER: u64 = 60 * MINUTE;

/// One refresh, from its reason to its answer, over as many tries as it takes.
#[derive(Debug)]
pub(super) struct Attempt {
    progress: Progress,
    /// How often the server was busy.
    busy: u32,
    /// How often in a row the network was not there.
    missing: u32,
}

#[derive(Debug, Clone, Copy)]
enum Progress {
    /// A harmless request shows whether the network is there.
    Checking(RequestKey),
    /// The refresh token is on its way.
    Sent(RequestKey),
    /// The next try waits: for the network, or for a server that was busy.
    Paused { until: u64, offline: bool },
}

impl Attempt {
    pub(super) fn key(&self) -> Option<RequestKey> {
        match self.progress {
            Progress::Checking(key) | Progress::Sent(key) => Some(key),
            Progress::Paused { .. } => None,
        }
    }

    pub(super) fn sent(&self) -> Option<RequestKey> {
        match self.progress {
            Progress::Sent(key) => Some(key),
            _ => None,
        }
    }
}

impl Connection {
    /// Starts a refresh. An active connection without a refresh token stays as it is.
    pub(super) fn begin_refresh(&mut self, step: &mut Step<'_>) {
        self.stage = match self.take_stage() {
            Stage::Active { pair, .. } if pair.refresh.is_some() => {
                let attempt = Attempt {
                    progress: self.try_again(&pair, step),
                    busy: 0,
                    missing: 0,
                };
                Stage::Refreshing { pair, attempt }
            }
            other => other,
        };
    }

    /// The harmless request came to its end.
    pub(super) fn network_checked(&mut self, reached: bool, step: &mut Step<'_>) {
        if reached {
            self.last_answer = step.now;
            self.woke = false;
        }
        self.stage = match self.take_stage() {
            Stage::Refreshing { pair, mut attempt }
                if matches!(attempt.progress, Progress::Checking(_)) =>
            {
                if reached {
                    attempt.missing = 0;
                    attempt.progress = self.send(&pair, step);
                } else {
                    step.record(Event::of(&self.id, "network_missing"));
                    attempt.progress = pause(attempt.missing, None, true, step);
                    attempt.missing = attempt.missing.saturating_add(1);
                }
                Stage::Refreshing { pair, attempt }
            }
            other => other,
        };
    }

    /// The token endpoint answered.
    pub(super) fn refreshed(&mut self, result: Result<TokenSet, TokenError>, step: &mut Step<'_>) {
        if !matches!(result, Err(TokenError::Unclear("token_network"))) {
            self.last_answer = step.now;
            self.woke = false;
        }
        let took = self
            .refresh_sent
            .map_or(0, |sent| step.now.monotonic_since(sent));
        let outcome = match &result {
            Ok(_) => "ok",
            Err(error) => error.code(),
        };
        step.record(
            Event::of(&self.id, "refresh_answered")
                .took(took)
                .outcome(outcome),
        );
        for oddity in result.iter().flat_map(|tokens| &tokens.oddities) {
            step.record(Event::of(&self.id, "token_answer_odd").outcome(*oddity));
        }
        match (self.take_stage(), result) {
            (Stage::Refreshing { pair, .. } | Stage::Unsure { pair, .. }, Ok(tokens)) => {
                self.take_pair(tokens, pair.refresh, step.now, step);
            }
            (Stage::Refreshing { .. }, Err(TokenError::Refused { error, .. })) => {
                self.end(Ended::Refused(error), step);
            }
            (Stage::Refreshing { pair, mut attempt }, Err(TokenError::Busy { retry_after })) => {
                attempt.progress = pause(attempt.busy, retry_after, false, step);
                attempt.busy = attempt.busy.saturating_add(1);
                self.stage = Stage::Refreshing { pair, attempt };
            }
            (Stage::Refreshing { pair, .. }, Err(TokenError::Unclear(_))) => {
                self.become_unsure(pair, step);
            }
            (Stage::Unsure { .. }, Err(_)) => self.end(Ended::Unsure, step),
            (stage, _) => self.stage = stage,
        }
    }

    /// A person does not want to wait for the pause to end.
    pub(super) fn retry_now(&mut self, step: &mut Step<'_>) {
        if let Stage::Refreshing { attempt, .. } = &mut self.stage
            && let Progress::Paused { until, .. } = &mut attempt.progress
        {
            *until = step.now.monotonic;
        }
    }

    /// What time alone brings about.
    pub(super) fn refresh_due(&mut self, step: &mut Step<'_>) {
        let now = step.now;
        match &self.stage {
            Stage::Active {
                refresh_at: Some(at),
                ..
            } if *at <= now.monotonic => {
                self.begin_refresh(step);
            }
            Stage::Active { pair, .. } if pair.refresh.is_none() && !pair.alive(now) => {
                self.end(Ended::Expired, step);
            }
            Stage::Unsure { pair, replay: None } if !pair.alive(now) => {
                self.end(Ended::Unsure, step);
            }
            Stage::Refreshing { .. } => self.go_on(step),
            Stage::Unsure {
                replay: Some(_), ..
            } => self.lose_patience("refresh_unavailable", step),
            _ => {}
        }
    }

    pub(super) fn refresh_next_due(&self) -> Option<u64> {
        match &self.stage {
            Stage::Active {
                refresh_at: Some(at),
                ..
            } => Some(*at),
            Stage::Active { pair, .. } if pair.refresh.is_none() => pair.end(),
            Stage::Unsure { pair, replay: None } => pair.end(),
            Stage::Unsure {
                replay: Some(_), ..
            } => self.patience_ends(),
            Stage::Refreshing { attempt, .. } => {
                let pause = match attempt.progress {
                    Progress::Paused { until, .. } => Some(until),
                    _ => None,
                };
                pause.into_iter().chain(self.patience_ends()).min()
            }
            _ => None,
        }
    }

    /// A paused try goes on when its pause is over; whoever has waited too long hears why.
    fn go_on(&mut self, step: &mut Step<'_>) {
        self.stage = match self.take_stage() {
            Stage::Refreshing { pair, mut attempt } => {
                match attempt.progress {
                    Progress::Paused { until, offline } if until <= step.now.monotonic => {
                        attempt.progress = if offline {
                            check(step)
                        } else {
                            self.try_again(&pair, step)
                        };
                    }
                    _ => {}
                }
                Stage::Refreshing { pair, attempt }
            }
            other => other,
        };
        if let Stage::Refreshing { attempt, .. } = &self.stage {
            match attempt.progress {
                Progress::Checking(_) | Progress::Paused { offline: true, .. } => {
                    self.lose_patience("offline", step);
                }
                Progress::Paused { offline: false, .. } | Progress::Sent(_) => {
                    self.lose_patience("refresh_unavailable", step);
                }
            }
        }
    }

    /// The refresh token may be spent: the access token is used up, and then it is over, unless
    /// the server is known to forgive one repetition, and the network is likely to be there for it.
    fn become_unsure(&mut self, pair: Pair, step: &mut Step<'_>) {
        let in_grace = self
            .refresh_sent
            .is_some_and(|sent| step.now.elapsed_since(sent) < self.client.refresh_grace);
        if in_grace
            && !self.quiet(step.now)
            && let Some(token) = &pair.refresh
        {
            let replay = Some(self.post(token, step));
            self.stage = Stage::Unsure { pair, replay };
            return;
        }
        let over = !pair.alive(step.now) || self.anybody_waits();
        self.stage = Stage::Unsure { pair, replay: None };
        step.record(Event::of(&self.id, "unsure"));
        if over {
            self.end(Ended::Unsure, step);
        }
    }

    /// Whether nothing has shown for a while that the network is there.
    fn quiet(&self, now: Now) -> bool {
        self.woke || now.elapsed_since(self.last_answer) >= QUIET
    }

    /// One try: the refresh itself, or the question about the network that has to come before it.
    fn try_again(&mut self, pair: &Pair, step: &mut Step<'_>) -> Progress {
        if self.quiet(step.now) {
            check(step)
        } else {
            self.send(pair, step)
        }
    }

    /// Sends the refresh token of a pair that has one; a pair without never gets here.
    fn send(&mut self, pair: &Pair, step: &mut Step<'_>) -> Progress {
        match &pair.refresh {
            Some(token) => Progress::Sent(self.post(token, step)),
            None => Progress::Paused {
                until: u64::MAX,
                offline: false,
            },
        }
    }

    fn post(&mut self, token: &RefreshToken, step: &mut Step<'_>) -> RequestKey {
        let key = step.key();
        self.refresh_sent = Some(step.now);
        step.record(Event::of(&self.id, "refresh_sent"));
        step.emit(Effect::Refresh {
            key,
            request: token::refresh_request(&self.client, token),
        });
        key
    }

    /// The monotonic instant at which the longest-waiting call has waited enough.
    fn patience_ends(&self) -> Option<u64> {
        self.waiting_since()
            .map(|since| since.monotonic + calls::PATIENCE)
    }

    fn lose_patience(&mut self, code: &'static str, step: &mut Step<'_>) {
        let now = step.now;
        self.fail_waiting(
            |since: Now| now.monotonic_since(since) >= calls::PATIENCE,
            code,
            step,
        );
    }

    /// Takes the stage out to be changed; what is left behind is replaced at once.
    fn take_stage(&mut self) -> Stage {
        std::mem::replace(&mut self.stage, Stage::Ended(Ended::Expired))
    }
}

fn check(step: &mut Step<'_>) -> Progress {
    let key = step.key();
    step.emit(Effect::CheckNetwork { key });
    Progress::Checking(key)
}

/// 1 s, 2 s, 4 s … up to a minute, up to a quarter more by chance; never less than `Retry-After`.
fn pause(tries: u32, retry_after: Option<u64>, offline: bool, step: &mut Step<'_>) -> Progress {
    let backoff = (SECOND << tries.min(6)).min(LONGEST_PAUSE);
    let backoff = (backoff + step.jitter(backoff / 4)).min(LONGEST_PAUSE);
    let wanted = retry_after.unwrap_or(0).min(LONGEST_RETRY_AFTER);
    Progress::Paused {
        until: step.now.monotonic + backoff.max(wanted),
        offline,
    }
}
