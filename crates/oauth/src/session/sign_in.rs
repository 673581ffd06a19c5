//! All sign-ins: from Connect, through the user's absence, to the tokens that an exchange brings.

use std::rc::Rc;

use std::collections::VecDeque;

use outlay_codes::ErrorCode;

use crate::authorize;
use crate::callback::CallbackRefusal;
use crate::pkce;
use crate::secret::CodeVerifier;
use crate::state::{StateHash, StateValue};
use crate::time::{MINUTE, Now, SECOND};
use crate::token::{TokenError, TokenSet};

use super::io::{Effect, PendingSignIn, RequestKey, SignInStart, Ticket};
use super::outcome;
use super::record::{RecordKind, RecordNote};
use super::step::{SentPost, Transition};
use super::view::SignIn;

/// More pending sign-ins than this, and the oldest is dropped.
const MOST_PENDING: usize = 5;

/// A sign-in that is older than this is void.
pub(super) const PENDING_LIFE: u64 = 10 * MINUTE;

/// The number of used `state` hashes that are kept at any age; all are kept while a page's copy of the
/// sign-in could still count as pending.
const MIN_USED_STATES: usize = 20;

/// The most used `state` hashes that are kept; beyond it the oldest is dropped.
const MAX_USED_STATES: usize = 256;

/// How long a cancelled exchange is waited for, to revoke its tokens.
const ABANDONED_LIFE: u64 = 10 * SECOND;

/// All sign-ins, and the `state` values that are spent.
#[derive(Debug, Clone, Default)]
pub(super) struct SignIns {
    list: Vec<SignInMachine>,
    used: VecDeque<(StateHash, Now)>,
    next_id: u32,
}

#[derive(Debug, Clone)]
pub(super) struct SignInMachine {
    id: u32,
    pub(super) state: StateValue,
    pub(super) verifier: CodeVerifier,
    pub(super) start: Rc<SignInStart>,
    pub(super) created: Now,
    pub(super) stage: SignInStage,
    /// The pages that get the result: the callback page, and those that watch the sign-in.
    pub(super) tickets: Vec<Ticket>,
}

/// The state of one sign-in.
#[derive(Debug, Clone)]
pub(super) enum SignInStage {
    /// The user is at the authorization server.
    Pending,
    /// The code was sent.
    Exchanging { exchange: SentPost },
    /// The tokens arrived; their subject is being requested.
    Introspecting {
        question: SentPost,
        tokens: TokenSet,
    },
    /// Given up while the code was on its way.
    Abandoned { exchange: SentPost, since: Now },
}

/// What a sign-in has brought once its tokens are there.
pub(super) struct CompletedSignIn {
    pub(super) start: Rc<SignInStart>,
    pub(super) tickets: Vec<Ticket>,
    pub(super) tokens: TokenSet,
    pub(super) received: Now,
}

impl SignIns {
    pub(super) fn start(
        &mut self,
        ticket: Ticket,
        start: Rc<SignInStart>,
        step: &mut Transition<'_>,
    ) {
        let pending = |sign_in: &SignInMachine| matches!(sign_in.stage, SignInStage::Pending);
        if self.list.iter().filter(|sign_in| pending(sign_in)).count() == MOST_PENDING
            && let Some(oldest) = self.list.iter().position(pending)
        {
            let dropped = self.list.remove(oldest);
            self.give_up(dropped, step);
        }
        let state = StateValue::generate(step.rng);
        let verifier = pkce::verifier(step.rng);
        let url = authorize::url(&start.client, &start.scopes, &state, &verifier);
        let id = self.add(state.clone(), verifier.clone(), start.clone(), step.now);
        let kept = PendingSignIn {
            state,
            verifier,
            created_at: step.now.wall,
            start,
        };
        step.record(RecordKind::SignInStarted, None, None, None);
        step.emit(Effect::Authorize {
            ticket,
            url,
            sign_in: id,
            kept,
        });
    }

    pub(super) fn awaits(&self, key: RequestKey) -> bool {
        self.exchange(key).is_some()
    }

    /// The requested scopes of the sign-in with this exchange key.
    pub(super) fn asked(&self, key: RequestKey) -> Option<&[String]> {
        let (at, _) = self.exchange(key)?;
        Some(&self.list[at].start.scopes)
    }

    /// The exchange of that key, and the place of its sign-in.
    fn exchange(&self, key: RequestKey) -> Option<(usize, SentPost)> {
        let mut list = self.list.iter().enumerate();
        list.find_map(|(at, sign_in)| match sign_in.stage {
            SignInStage::Exchanging { exchange } | SignInStage::Abandoned { exchange, .. }
                if exchange.key == key =>
            {
                Some((at, exchange))
            }
            _ => None,
        })
    }

    /// The token endpoint answered an exchange.
    pub(super) fn exchanged(
        &mut self,
        key: RequestKey,
        result: Result<TokenSet, TokenError>,
        step: &mut Transition<'_>,
    ) {
        let Some((at, exchange)) = self.exchange(key) else {
            return;
        };
        let mut sign_in = self.list.remove(at);
        let took = step.now.monotonic_since(exchange.at);
        let outcome = Some(outcome(&result));
        step.record(RecordKind::ExchangeAnswered, None, Some(took), outcome);
        match (sign_in.stage, result) {
            (SignInStage::Exchanging { .. }, Ok(tokens)) => {
                step.odd(None, &tokens);
                let client = &sign_in.start.client;
                let question = step.introspect(client, None, &tokens.access, RecordNote::SignIn);
                sign_in.stage = SignInStage::Introspecting { question, tokens };
                self.list.insert(at, sign_in);
            }
            (SignInStage::Exchanging { .. }, Err(error)) => {
                let refusal = CallbackRefusal {
                    code: error.code(),
                    detail: error.detail(),
                };
                fail(&sign_in.tickets, &refusal, &sign_in.start, step);
            }
            (SignInStage::Abandoned { .. }, Ok(tokens)) => {
                step.revoke(&sign_in.start.client, tokens.refresh.as_ref());
            }
            _ => {}
        }
    }

    /// What is due by time alone.
    pub(super) fn due(&mut self, step: &mut Transition<'_>) {
        for sign_in in std::mem::take(&mut self.list) {
            match sign_in.stage {
                SignInStage::Pending if step.now.elapsed_since(sign_in.created) >= PENDING_LIFE => {
                    self.spend(&sign_in.state, step.now);
                    let refusal = CallbackRefusal::of(ErrorCode::SignInExpired);
                    fail(&sign_in.tickets, &refusal, &sign_in.start, step);
                }
                SignInStage::Abandoned { since, .. }
                    if step.now.monotonic_since(since) >= ABANDONED_LIFE => {}
                _ => self.list.push(sign_in),
            }
        }
    }

    pub(super) fn next_due(&self) -> Option<u64> {
        self.list
            .iter()
            .filter_map(|sign_in| match sign_in.stage {
                SignInStage::Pending => Some(sign_in.created.monotonic + PENDING_LIFE),
                SignInStage::Abandoned { since, .. } => Some(since.monotonic + ABANDONED_LIFE),
                _ => None,
            })
            .min()
    }

    /// A page other than the callback page asks for the result of a sign-in.
    pub(super) fn watch(&mut self, ticket: Ticket, id: u32, step: &mut Transition<'_>) {
        let mut list = self.list.iter_mut();
        match list.find(|it| it.id == id && !matches!(it.stage, SignInStage::Abandoned { .. })) {
            Some(sign_in) => sign_in.tickets.push(ticket),
            None => step.emit(Effect::SignInFailed {
                ticket,
                refusal: CallbackRefusal::of(ErrorCode::SignInCancelled),
                popup: false,
                return_to: None,
            }),
        }
    }

    /// One sign-in is not wanted any more.
    pub(super) fn cancel(&mut self, id: u32, step: &mut Transition<'_>) {
        if let Some(at) = self.list.iter().position(|sign_in| sign_in.id == id) {
            let sign_in = self.list.remove(at);
            self.give_up(sign_in, step);
        }
    }

    /// Nothing that is under way becomes a connection any more.
    pub(super) fn sign_out(&mut self, step: &mut Transition<'_>) {
        for sign_in in std::mem::take(&mut self.list) {
            self.give_up(sign_in, step);
        }
    }

    /// Cancels a sign-in in any stage; tokens that it received, or receives later, are revoked.
    fn give_up(&mut self, mut sign_in: SignInMachine, step: &mut Transition<'_>) {
        self.spend(&sign_in.state, step.now);
        let start = sign_in.start.clone();
        let tickets = std::mem::take(&mut sign_in.tickets);
        match sign_in.stage {
            SignInStage::Pending => {}
            SignInStage::Exchanging { exchange } => {
                sign_in.stage = SignInStage::Abandoned {
                    exchange,
                    since: step.now,
                };
                self.list.push(sign_in);
            }
            SignInStage::Introspecting { tokens, .. } => {
                step.revoke(&start.client, tokens.refresh.as_ref());
            }
            SignInStage::Abandoned { .. } => return self.list.push(sign_in),
        }
        fail(
            &tickets,
            &CallbackRefusal::of(ErrorCode::SignInCancelled),
            &start,
            step,
        );
    }

    pub(super) fn for_each_secret(&self, visit: &mut dyn FnMut(&str)) {
        for sign_in in &self.list {
            visit(sign_in.state.as_str());
            visit(sign_in.verifier.reveal());
            if let SignInStage::Introspecting { tokens, .. } = &sign_in.stage {
                visit(tokens.access.reveal());
                tokens
                    .refresh
                    .iter()
                    .for_each(|token| visit(token.reveal()));
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn views(&self) -> Vec<SignIn> {
        self.list
            .iter()
            .filter(|sign_in| !matches!(sign_in.stage, SignInStage::Abandoned { .. }))
            .map(|sign_in| SignIn {
                id: sign_in.id,
                profile: sign_in.start.client.profile.clone(),
                exchanging: !matches!(sign_in.stage, SignInStage::Pending),
            })
            .collect()
    }

    fn add(
        &mut self,
        state: StateValue,
        verifier: CodeVerifier,
        start: Rc<SignInStart>,
        created: Now,
    ) -> u32 {
        self.next_id += 1;
        self.list.push(SignInMachine {
            id: self.next_id,
            state,
            verifier,
            start,
            created,
            stage: SignInStage::Pending,
            tickets: Vec::new(),
        });
        self.next_id
    }

    pub(super) fn by_state(&mut self, hash: &StateHash) -> Option<&mut SignInMachine> {
        self.list
            .iter_mut()
            .find(|sign_in| sign_in.state.hash() == *hash)
    }

    pub(super) fn is_used(&self, hash: &StateHash) -> bool {
        self.used.iter().any(|(used, _)| used == hash)
    }

    /// Marks the `state` of a pending sign-in as used, and removes the sign-in if it was refused and
    /// its exchange is not in flight.
    pub(super) fn mark_state_used(
        &mut self,
        hash: &StateHash,
        refused: Option<&CallbackRefusal>,
        step: &mut Transition<'_>,
    ) {
        let of_state = |sign_in: &SignInMachine| sign_in.state.hash() == *hash;
        let Some(at) = self.list.iter().position(of_state) else {
            return;
        };
        let state = self.list[at].state.clone();
        self.spend(&state, step.now);
        if let Some(refusal) = refused {
            let sign_in = self.list.remove(at);
            fail(&sign_in.tickets, refusal, &sign_in.start, step);
        }
    }

    /// Removes the sign-in with this introspection key.
    pub(super) fn take_completed(&mut self, key: RequestKey) -> Option<CompletedSignIn> {
        let at = self.list.iter().position(|sign_in| {
            matches!(sign_in.stage, SignInStage::Introspecting { question, .. } if question.key == key)
        })?;
        let sign_in = self.list.remove(at);
        match sign_in.stage {
            SignInStage::Introspecting { question, tokens } => Some(CompletedSignIn {
                start: sign_in.start,
                tickets: sign_in.tickets,
                tokens,
                received: question.at,
            }),
            _ => None,
        }
    }

    fn spend(&mut self, state: &StateValue, now: Now) {
        let hash = state.hash();
        if self.is_used(&hash) {
            return;
        }
        while self.used.len() >= MIN_USED_STATES
            && let Some((_, since)) = self.used.front()
            && (now.monotonic_since(*since) >= PENDING_LIFE || self.used.len() >= MAX_USED_STATES)
        {
            self.used.pop_front();
        }
        self.used.push_back((hash, now));
    }

    /// Restores a pending sign-in from the tab's copy after the vault restarted; the callback checks
    /// its age. One that began in the future is rejected.
    pub(super) fn restore(&mut self, kept: PendingSignIn, now: Now) -> Result<(), CallbackRefusal> {
        let Some(age) = now.wall.checked_sub(kept.created_at) else {
            self.spend(&kept.state, now);
            return Err(CallbackRefusal::of(ErrorCode::SignInExpired));
        };
        let created = Now {
            monotonic: now.monotonic.saturating_sub(age),
            wall: kept.created_at,
        };
        self.add(kept.state, kept.verifier, kept.start, created);
        Ok(())
    }
}

/// Reports to every page that waits for a sign-in why it failed.
pub(super) fn fail(
    tickets: &[Ticket],
    refusal: &CallbackRefusal,
    start: &SignInStart,
    step: &mut Transition<'_>,
) {
    step.record(
        RecordKind::SignInFailed,
        None,
        None,
        Some(refusal.code.into()),
    );
    for ticket in tickets {
        step.emit(Effect::SignInFailed {
            ticket: *ticket,
            refusal: refusal.clone(),
            popup: start.popup,
            return_to: Some(start.return_to.clone()),
        });
    }
}
