//! Calls of the API: which token each is sent with, and what a 401 means.

use crate::time::{MINUTE, Now, SECOND};
use outlay_codes::{ErrorCode, RecordNote};

use super::connection::{ConnectionMachine, ConnectionStage};
use super::io::{CallId, Effect, EndReason, IntrospectionResult};
use super::step::Transition;

/// How long a call without a valid token waits for a refresh that cannot be sent.
pub(super) const MAX_WAIT: u64 = 30 * SECOND;

/// A call that was refused with a token that is no longer the present one is sent again this often.
const MOST_REPLAYS: u8 = 3;

/// A 401 does not cause a refresh of a pair younger than this: introspection decides first.
const MIN_AGE_FOR_REFRESH: u64 = MINUTE;

/// A call that is not settled yet.
#[derive(Debug, Clone)]
pub(super) struct PendingCall {
    id: CallId,
    progress: CallProgress,
    replays: u8,
    /// A refresh was made because of this call; a further 401 does not cause another.
    refreshed: bool,
}

#[derive(Debug, Clone, Copy)]
enum CallProgress {
    /// In flight, with the token of this generation.
    Sent(u32),
    /// Waits for a refresh.
    Waiting(Now),
    /// Got a 401; introspection decides whether the token is invalid.
    Introspecting,
}

impl ConnectionMachine {
    /// A new call.
    pub(super) fn call(&mut self, id: CallId, step: &mut Transition<'_>) {
        let call = PendingCall {
            id,
            progress: CallProgress::Waiting(step.now),
            replays: 0,
            refreshed: false,
        };
        if self.ended() {
            step.emit(Effect::Fail {
                call: id,
                code: ErrorCode::SessionEnded,
            });
            return;
        }
        self.calls.push(call);
        self.send_or_wait(self.calls.len() - 1, step);
    }

    /// The API answered a call, or no response arrived.
    pub(super) fn call_answered(
        &mut self,
        id: CallId,
        status: Option<u16>,
        step: &mut Transition<'_>,
    ) {
        if status.is_some() {
            self.mark_answered(step.now);
        }
        let Some(at) = self.calls.iter().position(|call| call.id == id) else {
            return;
        };
        let CallProgress::Sent(generation) = self.calls[at].progress else {
            return;
        };
        if status != Some(401) {
            self.calls.remove(at);
            step.emit(Effect::Deliver {
                call: id,
                generation,
            });
        } else if generation == self.generation {
            self.unauthorized(at, step);
        } else if self.calls[at].replays < MOST_REPLAYS {
            self.calls[at].replays += 1;
            self.send_or_wait(at, step);
        } else {
            self.calls.remove(at);
            step.emit(Effect::Fail {
                call: id,
                code: ErrorCode::UnauthorisedOperation,
            });
        }
    }

    pub(super) fn has_call(&self, id: CallId) -> bool {
        self.calls.iter().any(|call| call.id == id)
    }

    pub(super) fn forget_call(&mut self, id: CallId) {
        self.calls.retain(|call| call.id != id);
    }

    /// Fails every call with `code`.
    pub(super) fn settle_calls(&mut self, code: ErrorCode, step: &mut Transition<'_>) {
        for call in std::mem::take(&mut self.calls) {
            step.emit(Effect::Fail {
                call: call.id,
                code,
            });
        }
    }

    /// A new pair arrived: calls that waited, or whose 401 was examined, continue.
    pub(super) fn resume_calls(&mut self, step: &mut Transition<'_>) {
        let mut at = 0;
        // `send_or_wait` may end the connection, which settles every call.
        while let Some(call) = self.calls.get(at) {
            if !matches!(call.progress, CallProgress::Sent(_)) {
                self.send_or_wait(at, step);
            }
            at += 1;
        }
    }

    /// The API answered whether the current token is valid.
    pub(super) fn introspect_calls(
        &mut self,
        answer: &IntrospectionResult,
        step: &mut Transition<'_>,
    ) {
        if *answer != IntrospectionResult::Unauthorized {
            let checked = |call: &PendingCall| matches!(call.progress, CallProgress::Introspecting);
            let failed: Vec<CallId> = self
                .calls
                .iter()
                .filter(|c| checked(c))
                .map(|c| c.id)
                .collect();
            self.calls.retain(|call| !checked(call));
            for call in failed {
                step.emit(Effect::Fail {
                    call,
                    code: ErrorCode::UnauthorisedOperation,
                });
            }
            return;
        }
        let mut after_refresh = false;
        for call in &mut self.calls {
            if matches!(call.progress, CallProgress::Introspecting) {
                after_refresh |= call.refreshed;
                call.refreshed = true;
                call.progress = CallProgress::Waiting(step.now);
            }
        }
        match &self.stage {
            ConnectionStage::Active { .. } if after_refresh => self.end(EndReason::Revoked, step),
            ConnectionStage::Active { .. } => self.begin_refresh(RecordNote::Unauthorised, step),
            ConnectionStage::Unsure { replay: None, .. } => self.end(EndReason::Unsure, step),
            _ => {}
        }
    }

    pub(super) fn has_waiting_calls(&self) -> bool {
        self.waiting_since().is_some()
    }

    pub(super) fn waiting_since(&self) -> Option<Now> {
        self.calls
            .iter()
            .filter_map(|call| match call.progress {
                CallProgress::Waiting(since) => Some(since),
                _ => None,
            })
            .min_by_key(|since| since.monotonic)
    }

    /// Fails each waiting call for which `too_long` is true of the time at which it began to wait.
    pub(super) fn fail_waiting(
        &mut self,
        too_long: impl Fn(Now) -> bool,
        code: ErrorCode,
        step: &mut Transition<'_>,
    ) {
        self.calls.retain(|call| {
            let fails = matches!(call.progress, CallProgress::Waiting(since) if too_long(since));
            if fails {
                step.emit(Effect::Fail {
                    call: call.id,
                    code,
                });
            }
            !fails
        });
    }

    /// A 401 to the present token.
    fn unauthorized(&mut self, at: usize, step: &mut Transition<'_>) {
        let refreshed = self.calls[at].refreshed;
        match &self.stage {
            ConnectionStage::Active { pair, .. } => {
                let young = step.now.elapsed_since(pair.received) < MIN_AGE_FOR_REFRESH;
                if refreshed || young || pair.refresh.is_none() {
                    self.calls[at].progress = CallProgress::Introspecting;
                    if self.pending_introspection.is_none() {
                        let why = RecordNote::Unauthorised;
                        let id = Some(&self.id);
                        self.pending_introspection =
                            Some(step.introspect(&self.client, id, &pair.access, why));
                    }
                } else {
                    self.wait(at, step);
                    self.begin_refresh(RecordNote::Unauthorised, step);
                }
            }
            ConnectionStage::Refreshing { .. }
            | ConnectionStage::Unsure {
                replay: Some(_), ..
            } => self.wait(at, step),
            ConnectionStage::Unsure { replay: None, .. } => self.end(EndReason::Unsure, step),
            ConnectionStage::Ended(_) => {}
        }
    }

    fn wait(&mut self, at: usize, step: &Transition<'_>) {
        self.calls[at].progress = CallProgress::Waiting(step.now);
        self.calls[at].refreshed = true;
    }

    /// Sends the call with the present token, or lets it wait for the next one.
    fn send_or_wait(&mut self, at: usize, step: &mut Transition<'_>) {
        let now = step.now;
        match &self.stage {
            ConnectionStage::Active { pair, .. }
            | ConnectionStage::Refreshing { pair, .. }
            | ConnectionStage::Unsure { pair, .. }
                if pair.is_alive(now) =>
            {
                let token = pair.access.clone();
                self.calls[at].progress = CallProgress::Sent(self.generation);
                step.emit(Effect::Send {
                    call: self.calls[at].id,
                    api_base: self.client.api_base.clone(),
                    token,
                    generation: self.generation,
                });
            }
            // An unsure connection with an expired token ends with this step, and the call fails.
            _ => {
                self.calls[at].progress = CallProgress::Waiting(now);
                self.begin_refresh(RecordNote::TokenEnded, step);
            }
        }
    }
}
