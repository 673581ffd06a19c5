//! The two machines: a sign-in per `state`, a connection per profile and subject.
//!
//! [`Sessions`] holds all of them. An [`Input`] and the present instants go in, a list of
//! [`Effect`]s comes out; nothing else happens. The host carries the effects out and passes
//! their answers back as inputs. The same inputs with the same random numbers give the same
//! effects, so a recorded run replays.
//!
//! Reading order: [`io`] (what goes in and out), [`record`] (the events of the record), `sign_in` (from
//! Connect to tokens), `callback` (from the callback to a connection),
//! `connection` (one connection), `identity` (its subject), `refresh` (how its pair is
//! renewed, and how it ends), `calls` (what a call waits for, and what a 401 means), `view` (what may
//! be shown), `step` (what one input is handled with).

mod callback;
mod calls;
mod connection;
mod identity;
pub mod io;
pub mod record;
mod refresh;
mod sign_in;
mod step;
mod view;

use std::rc::Rc;

use outlay_codes::ErrorCode;

use rand::CryptoRng;

use crate::callback::CallbackRefusal;
use crate::client::ClientSettings;
use crate::time::{MINUTE, Now, SECOND};
use crate::token::{TokenError, TokenSet};
use connection::ConnectionMachine;
use io::{ConnectionId, Effect, EndReason, Input, RequestKey};
use record::{RecordKind, RecordNote, RecordOutcome};
use sign_in::SignIns;
use step::{StepContext, Transition};
pub use view::{Connection, ConnectionPhase, SignIn};

/// The most connections. Beyond it the oldest ended one is removed; if none has ended, the oldest of
/// all, as by a sign-out.
const MOST_CONNECTIONS: usize = 16;

/// Most requests of removed connections that are remembered, to revoke their tokens.
const MOST_ORPHANS: usize = MOST_CONNECTIONS;

/// A jump of the wall clock past the monotonic one by this much is taken for a sleep.
const SLEEP_GAP: u64 = 2 * SECOND;

/// Limits of a session, from the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Milliseconds without user activity.
    pub idle: u64,
    /// Milliseconds since a connection was made.
    pub absolute: u64,
}

impl Default for SessionLimits {
    fn default() -> SessionLimits {
        SessionLimits {
            idle: 30 * MINUTE,
            absolute: 12 * 60 * MINUTE,
        }
    }
}

/// The state machines of all sign-ins and connections of one vault; without I/O.
#[derive(Debug, Clone)]
pub struct Sessions {
    limits: SessionLimits,
    shared: StepContext,
    sign_ins: SignIns,
    connections: Vec<ConnectionMachine>,
    orphans: Vec<(RequestKey, Rc<ClientSettings>)>,
    last_activity: Option<Now>,
    last_input: Option<Now>,
}

impl Sessions {
    /// Makes the machines without any sign-in or connection.
    #[must_use]
    pub fn new(limits: SessionLimits) -> Sessions {
        Sessions {
            limits,
            shared: StepContext::default(),
            sign_ins: SignIns::default(),
            connections: Vec::new(),
            orphans: Vec::new(),
            last_activity: None,
            last_input: None,
        }
    }

    /// Replaces the limits, once the configuration is loaded; applies to existing connections too.
    pub fn set_limits(&mut self, limits: SessionLimits) {
        self.limits = limits;
    }

    /// Returns whether there is neither a connection, live or ended, nor a sign-in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.connections.is_empty() && self.sign_ins.is_empty()
    }

    /// Processes one input and returns the actions for the host. [`Effect::Changed`] comes last and at most once.
    pub fn handle(&mut self, input: Input, now: Now, rng: &mut dyn CryptoRng) -> Vec<Effect> {
        let slept = self.last_input.and_then(|last| {
            let gap = now.elapsed_since(last) - now.monotonic_since(last);
            (gap > SLEEP_GAP).then_some(gap)
        });
        self.last_input = Some(now);
        let before = self.fingerprint();
        let mut shared = std::mem::take(&mut self.shared);
        let mut step = Transition {
            now,
            rng,
            shared: &mut shared,
            effects: Vec::new(),
        };
        if let Some(slept) = slept {
            step.record(RecordKind::Woke, None, Some(slept), None);
            self.connections
                .iter_mut()
                .for_each(ConnectionMachine::woke);
        }
        self.limits(&mut step);
        self.dispatch(input, &mut step);
        self.due(&mut step);
        let mut effects = step.effects;
        self.shared = shared;
        if self.fingerprint() != before {
            effects.push(Effect::Changed);
        }
        effects
    }

    /// Passes every secret that is stored now to `visit`: tokens, and `state` and verifier of each
    /// sign-in. For removing them from what servers send; nothing else may keep them.
    pub fn for_each_secret(&self, visit: &mut dyn FnMut(&str)) {
        self.sign_ins.for_each_secret(visit);
        for connection in &self.connections {
            connection.for_each_secret(visit);
        }
    }

    /// Whether a connection has not ended, or a sign-in waits for its callback or its exchange.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.signing_in()
            || self
                .connections
                .iter()
                .any(|connection| !connection.ended())
    }

    /// When [`Input::Tick`] is wanted next, on the monotonic clock. The host may tick more often,
    /// and should at least once a minute while there are connections, for a sleep to be noticed.
    #[must_use]
    pub fn next_due(&self) -> Option<u64> {
        let connections = self
            .connections
            .iter()
            .filter_map(ConnectionMachine::next_due);
        connections.chain(self.sign_ins.next_due()).min()
    }

    /// Returns whether a sign-in waits for its callback or for its code exchange.
    #[must_use]
    pub fn signing_in(&self) -> bool {
        !self.sign_ins.is_empty()
    }

    fn dispatch(&mut self, input: Input, step: &mut Transition<'_>) {
        match input {
            Input::Start { ticket, start } => {
                self.last_activity = Some(step.now);
                self.sign_ins.start(ticket, start, step);
            }
            Input::Callback {
                ticket,
                profile,
                query,
                kept,
            } => {
                self.callback(ticket, &profile, &query, kept, step);
            }
            Input::TokenAnswered { key, answer } => self.token_answered(key, answer, step),
            Input::Introspected { key, answer } => self.introspected(key, answer, step),
            Input::NetworkChecked { key, reached } => {
                let checking = |c: &&mut ConnectionMachine| c.checks(key);
                if let Some(connection) = self.connections.iter_mut().find(checking) {
                    connection.network_checked(reached, step);
                }
            }
            Input::Call { call, connection } => match self.find(&connection) {
                Some(connection) => connection.call(call, step),
                None => step.emit(Effect::Fail {
                    call,
                    code: ErrorCode::ConnectionUnknown,
                }),
            },
            Input::CallAnswered { call, status } => {
                if let Some(connection) = self.connections.iter_mut().find(|c| c.has_call(call)) {
                    connection.call_answered(call, status, step);
                }
            }
            Input::CallDropped { call } => {
                for connection in &mut self.connections {
                    connection.forget_call(call);
                }
            }
            Input::RetryNow { connection } => {
                if let Some(connection) = self.find(&connection) {
                    connection.retry_now(step);
                }
            }
            Input::Activity => self.last_activity = Some(step.now),
            Input::WatchSignIn { ticket, sign_in } => self.sign_ins.watch(ticket, sign_in, step),
            Input::CancelSignIn { sign_in } => self.sign_ins.cancel(sign_in, step),
            Input::Remove { connection } => {
                let at = self.connections.iter().position(|c| *c.id() == connection);
                if let Some(at) = at {
                    self.remove(at, step);
                    step.record(RecordKind::SignedOut, Some(&connection), None, None);
                }
            }
            Input::SignOut => self.sign_out(step),
            Input::Tick => {}
        }
    }

    /// Idle and absolute limits come before the input itself: a sleeper's first call is too late.
    fn limits(&mut self, step: &mut Transition<'_>) {
        let last_activity = *self.last_activity.get_or_insert(step.now);
        let idle = step.now.elapsed_since(last_activity) >= self.limits.idle;
        let Sessions {
            connections,
            orphans,
            limits,
            ..
        } = self;
        for connection in connections.iter_mut().filter(|c| !c.ended()) {
            let reason = if idle {
                EndReason::Idle
            } else if step.now.elapsed_since(connection.made()) >= limits.absolute {
                EndReason::Absolute
            } else {
                continue;
            };
            orphan(orphans, connection);
            connection.revoke(step);
            connection.end(reason, step);
        }
    }

    /// What time alone brings about.
    fn due(&mut self, step: &mut Transition<'_>) {
        self.sign_ins.due(step);
        for connection in &mut self.connections {
            connection.due(step);
        }
    }

    fn sign_out(&mut self, step: &mut Transition<'_>) {
        self.sign_ins.sign_out(step);
        while !self.connections.is_empty() {
            self.remove(0, step);
        }
        step.record(RecordKind::SignedOut, None, None, None);
    }

    /// Removes a connection: its waiting calls fail and its tokens are dropped.
    fn remove(&mut self, at: usize, step: &mut Transition<'_>) {
        let mut connection = self.connections.remove(at);
        orphan(&mut self.orphans, &connection);
        connection.settle_calls(ErrorCode::SessionEnded, step);
        connection.revoke(step);
    }

    /// There is room for one more connection.
    fn make_room(&mut self, step: &mut Transition<'_>) {
        if self.connections.len() < MOST_CONNECTIONS {
            return;
        }
        let at = self.connections.iter().position(ConnectionMachine::ended);
        let at = at.unwrap_or_default();
        let id = self.connections[at].id().clone();
        self.remove(at, step);
        step.record(
            RecordKind::SignedOut,
            Some(&id),
            None,
            Some(RecordNote::TooMany.into()),
        );
    }

    fn token_answered(
        &mut self,
        key: RequestKey,
        answer: crate::token::TokenHttpResponse,
        step: &mut Transition<'_>,
    ) {
        let result = crate::token::process(answer, self.asked(key));
        if self.sign_ins.awaits(key) {
            self.sign_ins.exchanged(key, result, step);
        } else if let Some(connection) = self
            .connections
            .iter_mut()
            .find(|c| c.in_flight() == Some(key))
        {
            connection.refreshed(result, step);
        } else {
            step.record(
                RecordKind::AnswerDropped,
                None,
                None,
                Some(outcome(&result)),
            );
            let known = self.orphans.iter().position(|(known, _)| *known == key);
            if let (Some(at), Ok(tokens)) = (known, &result) {
                step.revoke(&self.orphans[at].1, tokens.refresh.as_ref());
            }
            self.orphans.retain(|(known, _)| *known != key);
        }
    }

    /// The scopes that the request of that key was made for; empty if it is not known.
    fn asked(&self, key: RequestKey) -> &[String] {
        let connection = || {
            let mut connections = self.connections.iter();
            connections.find(|c| c.in_flight() == Some(key))
        };
        self.sign_ins
            .asked(key)
            .or_else(|| Some(connection()?.asked()))
            .unwrap_or_default()
    }

    fn find(&mut self, id: &ConnectionId) -> Option<&mut ConnectionMachine> {
        self.connections
            .iter_mut()
            .find(|connection| connection.id() == id)
    }

    /// Changes exactly when a page would show something else.
    fn fingerprint(&self) -> (Vec<view::Fingerprint>, Vec<SignIn>) {
        let connections = self.connections.iter().map(ConnectionMachine::fingerprint);
        (connections.collect(), self.sign_ins.views())
    }

    fn refuse(step: &mut Transition<'_>, ticket: io::Ticket, refusal: CallbackRefusal) {
        step.record(RecordKind::Callback, None, None, Some(refusal.code.into()));
        step.emit(Effect::SignInFailed {
            ticket,
            refusal,
            popup: false,
            return_to: None,
        });
    }
}

/// What came of a request to the token endpoint, for the record.
fn outcome(result: &Result<TokenSet, TokenError>) -> RecordOutcome {
    match result {
        Ok(_) => RecordNote::Ok.into(),
        Err(error) => error.code().into(),
    }
}

/// A connection goes while its refresh is on its way: the answer is awaited only to be revoked.
fn orphan(orphans: &mut Vec<(RequestKey, Rc<ClientSettings>)>, connection: &ConnectionMachine) {
    let Some(key) = connection.in_flight() else {
        return;
    };
    if orphans.len() == MOST_ORPHANS {
        orphans.remove(0);
    }
    orphans.push((key, connection.client.clone()));
}
