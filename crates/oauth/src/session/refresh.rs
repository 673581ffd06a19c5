//! Renewing the pair: one refresh in flight, and what each answer makes of the connection.
//!
//! The rule above all others: no refresh token is sent again after it may have been redeemed.
//! 429 and 503 are answered before redemption; an answer that brought no new refresh token leaves
//! the old one good; a stated grace window allows one repetition. There is no fourth exception.

use crate::secret::RefreshToken;
use crate::time::{MINUTE, Now, SECOND};
use crate::token::{self, TokenError, TokenSet};
use outlay_codes::ErrorCode;

use super::calls;
use super::connection::{ConnectionMachine, ConnectionStage, TokenPair};
use super::io::{Effect, EndReason, RequestKey};
use super::outcome;
use super::record::{RecordKind, RecordNote};
use super::step::Transition;

/// Without any answer for this long, the network is asked first.
const QUIET: u64 = MINUTE;

/// The longest pause between two tries, to which up to a quarter is added by chance: a minute.
const LONGEST_PAUSE: u64 = 48 * SECOND;

/// A `Retry-After` longer than this is taken for a mistake.
const LONGEST_RETRY_AFTER: u64 = 60 * MINUTE;

/// One refresh, from its reason to its answer, over as many tries as it takes.
#[derive(Debug, Clone)]
pub(super) struct RefreshAttempt {
    token: RefreshToken,
    progress: RefreshProgress,
    /// Answers in a row that asked to wait (429, 503).
    busy_answers: u32,
    /// Failures of the network in a row.
    network_failures: u32,
}

#[derive(Debug, Clone, Copy)]
enum RefreshProgress {
    /// A harmless request shows whether the network is reachable.
    Checking(RequestKey),
    /// The refresh request is in flight.
    Sent(RequestKey),
    /// The next attempt waits: for the network, or for a server that was busy.
    Paused {
        until: u64,
        offline: bool,
        /// The event that causes the next attempt.
        why: RecordNote,
    },
}

/// The one repetition that a stated grace window allows.
#[derive(Debug, Clone)]
pub(super) struct GraceReplay {
    key: RequestKey,
    token: RefreshToken,
}

impl GraceReplay {
    pub(super) fn token(&self) -> &RefreshToken {
        &self.token
    }
}

impl RefreshAttempt {
    pub(super) fn token(&self) -> &RefreshToken {
        &self.token
    }

    /// The refresh token, unless it may have been redeemed already.
    pub(super) fn unspent(&self) -> Option<&RefreshToken> {
        match self.progress {
            RefreshProgress::Sent(_) => None,
            _ => Some(&self.token),
        }
    }
}

impl ConnectionMachine {
    /// A refresh with a response that may still arrive.
    pub(super) fn in_flight(&self) -> Option<RequestKey> {
        match &self.stage {
            ConnectionStage::Refreshing { attempt, .. } => match attempt.progress {
                RefreshProgress::Sent(key) => Some(key),
                _ => None,
            },
            ConnectionStage::Unsure { replay, .. } => replay.as_ref().map(|replay| replay.key),
            _ => None,
        }
    }

    /// Whether the harmless request of that key was made for this connection.
    pub(super) fn checks(&self, key: RequestKey) -> bool {
        matches!(
            &self.stage,
            ConnectionStage::Refreshing { attempt, .. }
                if matches!(attempt.progress, RefreshProgress::Checking(asked) if asked == key)
        )
    }

    /// Refreshes an active connection; ends it if it has no refresh token. Does nothing in another
    /// stage.
    pub(super) fn begin_refresh(&mut self, why: RecordNote, step: &mut Transition<'_>) {
        self.stage = match self.take_stage() {
            ConnectionStage::Active { mut pair, .. } => {
                let Some(token) = pair.refresh.take() else {
                    return self.end(EndReason::Expired, step);
                };
                step.record(
                    RecordKind::RefreshAsked,
                    Some(&self.id),
                    None,
                    Some(why.into()),
                );
                let attempt = RefreshAttempt {
                    progress: self.try_again(&token, step),
                    token,
                    busy_answers: 0,
                    network_failures: 0,
                };
                ConnectionStage::Refreshing { pair, attempt }
            }
            other => other,
        };
    }

    /// The harmless request came to its end.
    pub(super) fn network_checked(&mut self, reached: bool, step: &mut Transition<'_>) {
        let outcome = if reached {
            RecordNote::Reached
        } else {
            RecordNote::Missing
        };
        step.record(
            RecordKind::NetworkChecked,
            Some(&self.id),
            None,
            Some(outcome.into()),
        );
        if reached {
            self.mark_answered(step.now);
        }
        self.stage = match self.take_stage() {
            ConnectionStage::Refreshing { pair, mut attempt } => {
                if reached {
                    attempt.network_failures = 0;
                    attempt.progress = RefreshProgress::Sent(self.post(&attempt.token, step));
                } else {
                    attempt.progress = pause(attempt.network_failures, None, true, step);
                    attempt.network_failures = attempt.network_failures.saturating_add(1);
                }
                ConnectionStage::Refreshing { pair, attempt }
            }
            other => other,
        };
    }

    /// Handles the outcome of a refresh request: renews, ends, pauses or marks the connection unsure.
    pub(super) fn refreshed(
        &mut self,
        result: Result<TokenSet, TokenError>,
        step: &mut Transition<'_>,
    ) {
        if result.as_ref().err().is_none_or(TokenError::answered) {
            self.mark_answered(step.now);
        }
        let took = self.refresh_sent.map(|sent| step.now.monotonic_since(sent));
        let outcome = Some(outcome(&result));
        step.record(RecordKind::RefreshAnswered, Some(&self.id), took, outcome);
        match (self.take_stage(), result) {
            (ConnectionStage::Refreshing { attempt, .. }, Ok(tokens)) => {
                self.renewed(tokens, attempt.token, step);
            }
            (ConnectionStage::Refreshing { .. }, Err(error @ TokenError::Refused { .. })) => {
                self.end(EndReason::Refused(error.detail().unwrap_or_default()), step);
            }
            (
                ConnectionStage::Refreshing { pair, mut attempt },
                Err(TokenError::Busy { retry_after, .. }),
            ) => {
                attempt.progress = pause(attempt.busy_answers, retry_after, false, step);
                attempt.busy_answers = attempt.busy_answers.saturating_add(1);
                self.stage = ConnectionStage::Refreshing { pair, attempt };
            }
            (ConnectionStage::Refreshing { pair, attempt }, Err(TokenError::Unclear { .. })) => {
                self.become_unsure(pair, attempt.token, step);
            }
            (
                ConnectionStage::Unsure {
                    replay: Some(replay),
                    ..
                },
                Ok(tokens),
            ) => self.renewed(tokens, replay.token, step),
            (ConnectionStage::Unsure { .. }, Err(_)) => self.end(EndReason::Unsure, step),
            (stage, _) => self.stage = stage,
        }
    }

    /// A new pair; one without a refresh token goes on with the one that was sent.
    fn renewed(&mut self, tokens: TokenSet, sent: RefreshToken, step: &mut Transition<'_>) {
        step.odd(Some(&self.id), &tokens);
        self.take_pair(tokens, Some(sent), step.now, step);
    }

    /// The user asks to end the pause now.
    pub(super) fn retry_now(&mut self, step: &mut Transition<'_>) {
        if let ConnectionStage::Refreshing { attempt, .. } = &mut self.stage
            && let RefreshProgress::Paused { until, why, .. } = &mut attempt.progress
        {
            *until = step.now.monotonic;
            *why = RecordNote::RetryNow;
        }
    }

    /// Handles the passing of time: starts or resumes a due refresh, or ends an expired connection.
    pub(super) fn refresh_due(&mut self, step: &mut Transition<'_>) {
        let now = step.now;
        match &self.stage {
            ConnectionStage::Active {
                refresh_at: Some(at),
                ..
            } if *at <= now.monotonic => {
                self.begin_refresh(RecordNote::Due, step);
            }
            ConnectionStage::Active { pair, .. }
                if pair.refresh.is_none() && !pair.is_alive(now) =>
            {
                self.end(EndReason::Expired, step);
            }
            ConnectionStage::Unsure { pair, replay: None } if !pair.is_alive(now) => {
                self.end(EndReason::Unsure, step);
            }
            ConnectionStage::Refreshing { .. } => self.resume_paused_refresh(step),
            ConnectionStage::Unsure {
                replay: Some(_), ..
            } => self.fail_overdue(ErrorCode::RefreshUnavailable, step),
            _ => {}
        }
    }

    pub(super) fn refresh_next_due(&self) -> Option<u64> {
        match &self.stage {
            ConnectionStage::Active {
                refresh_at: Some(at),
                ..
            } => Some(*at),
            // Without a refresh token or a known lifetime, no refresh is scheduled.
            ConnectionStage::Active { pair, .. } => pair.end(),
            ConnectionStage::Unsure { pair, replay: None } => pair.end(),
            ConnectionStage::Unsure {
                replay: Some(_), ..
            } => self.next_deadline(),
            ConnectionStage::Refreshing { attempt, .. } => {
                let pause = match attempt.progress {
                    RefreshProgress::Paused { until, .. } => Some(until),
                    _ => None,
                };
                pause.into_iter().chain(self.next_deadline()).min()
            }
            _ => None,
        }
    }

    /// Continues a paused attempt after its pause; calls that waited too long fail with its code.
    fn resume_paused_refresh(&mut self, step: &mut Transition<'_>) {
        self.stage = match self.take_stage() {
            ConnectionStage::Refreshing { pair, mut attempt } => {
                match attempt.progress {
                    RefreshProgress::Paused {
                        until,
                        offline,
                        why,
                    } if until <= step.now.monotonic => {
                        step.record(
                            RecordKind::RefreshAsked,
                            Some(&self.id),
                            None,
                            Some(why.into()),
                        );
                        attempt.progress = if offline {
                            check(step)
                        } else {
                            self.try_again(&attempt.token, step)
                        };
                    }
                    _ => {}
                }
                ConnectionStage::Refreshing { pair, attempt }
            }
            other => other,
        };
        if let ConnectionStage::Refreshing { attempt, .. } = &self.stage {
            match attempt.progress {
                RefreshProgress::Checking(_) | RefreshProgress::Paused { offline: true, .. } => {
                    self.fail_overdue(ErrorCode::Offline, step);
                }
                RefreshProgress::Paused { offline: false, .. } | RefreshProgress::Sent(_) => {
                    self.fail_overdue(ErrorCode::RefreshUnavailable, step);
                }
            }
        }
    }

    /// The refresh token may be redeemed: the connection ends when the access token expires, or at
    /// once if a call waits. Exception: inside the client's `refresh_grace`, with a network that has
    /// answered recently, the refresh is repeated once.
    fn become_unsure(&mut self, pair: TokenPair, token: RefreshToken, step: &mut Transition<'_>) {
        let in_grace = self
            .refresh_sent
            .is_some_and(|sent| step.now.elapsed_since(sent) < self.client.refresh_grace);
        step.record(RecordKind::Unsure, Some(&self.id), None, None);
        if in_grace && !self.is_network_unproven(step.now) {
            step.record(
                RecordKind::RefreshAsked,
                Some(&self.id),
                None,
                Some(RecordNote::Grace.into()),
            );
            let key = self.post(&token, step);
            let replay = Some(GraceReplay { key, token });
            self.stage = ConnectionStage::Unsure { pair, replay };
            return;
        }
        let over = !pair.is_alive(step.now) || self.has_waiting_calls();
        self.stage = ConnectionStage::Unsure { pair, replay: None };
        if over {
            self.end(EndReason::Unsure, step);
        }
    }

    /// Whether no response has come for a while.
    fn is_network_unproven(&self, now: Now) -> bool {
        self.woke || now.elapsed_since(self.last_answer) >= QUIET
    }

    /// One attempt: the refresh itself, or the check of the network that must precede it.
    fn try_again(&mut self, token: &RefreshToken, step: &mut Transition<'_>) -> RefreshProgress {
        if self.is_network_unproven(step.now) {
            check(step)
        } else {
            RefreshProgress::Sent(self.post(token, step))
        }
    }

    fn post(&mut self, token: &RefreshToken, step: &mut Transition<'_>) -> RequestKey {
        let key = step.key();
        self.refresh_sent = Some(step.now);
        step.record(RecordKind::RefreshSent, Some(&self.id), None, None);
        step.emit(Effect::Refresh {
            key,
            request: token::refresh_request(&self.client, token),
        });
        key
    }

    /// The monotonic instant at which the longest-waiting call has waited enough.
    fn next_deadline(&self) -> Option<u64> {
        self.waiting_since()
            .map(|since| since.monotonic + calls::MAX_WAIT)
    }

    fn fail_overdue(&mut self, code: ErrorCode, step: &mut Transition<'_>) {
        let now = step.now;
        self.fail_waiting(
            |since: Now| now.monotonic_since(since) >= calls::MAX_WAIT,
            code,
            step,
        );
    }

    /// Takes the stage out to be changed; what is left behind is replaced at once.
    fn take_stage(&mut self) -> ConnectionStage {
        std::mem::replace(&mut self.stage, ConnectionStage::Ended(EndReason::Expired))
    }
}

fn check(step: &mut Transition<'_>) -> RefreshProgress {
    let key = step.key();
    step.emit(Effect::CheckNetwork { key });
    RefreshProgress::Checking(key)
}

/// 1 s, 2 s, 4 s and so on, and up to a quarter more by chance; never less than `Retry-After`.
fn pause(
    tries: u32,
    retry_after: Option<u64>,
    offline: bool,
    step: &mut Transition<'_>,
) -> RefreshProgress {
    let backoff = (SECOND << tries.min(6)).min(LONGEST_PAUSE);
    let backoff = backoff + step.jitter(backoff / 4);
    let wanted = retry_after.unwrap_or(0).min(LONGEST_RETRY_AFTER);
    RefreshProgress::Paused {
        until: step.now.monotonic + backoff.max(wanted),
        offline,
        why: RecordNote::Retry,
    }
}
