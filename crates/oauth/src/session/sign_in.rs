//! A sign-in: from Connect, through the user's absence, to a connection.

use std::collections::VecDeque;

use crate::authorize;
use crate::callback::{self, Refusal};
use crate::pkce;
use crate::secret::CodeVerifier;
use crate::state::{State, StateHash};
use crate::time::{MINUTE, Now, SECOND};
use crate::token::{self, TokenError, TokenSet};

use super::connection::{Connection, Grant, Identity};
use super::io::{ConnectionId, Effect, Event, Introspection, Kept, RequestKey, Start, Ticket};
use super::view::SignInView;
use super::{Sessions, Step, orphan, revoke};

/// More pending sign-ins than this, and the oldest is dropped.
const MOST_PENDING: usize = 5;

/// A sign-in that is older than this is void.
const PENDING_LIFE: u64 = 10 * MINUTE;

/// So many used `state` values are remembered, by hash.
const MOST_USED: usize = 20;

/// How long an exchange that was signed out of is waited for, to revoke what it brings.
const ABANDONED_LIFE: u64 = 10 * SECOND;

/// All sign-ins, and the `state` values that are spent.
#[derive(Debug, Default)]
pub(super) struct SignIns {
    list: Vec<SignIn>,
    used: VecDeque<StateHash>,
    next_id: u32,
}

#[derive(Debug)]
struct SignIn {
    id: u32,
    state: State,
    verifier: CodeVerifier,
    start: Start,
    created: Now,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The user is at the authorization server.
    Pending,
    /// The code was sent; whoever brought the callback waits.
    Exchanging {
        key: RequestKey,
        tickets: Vec<Ticket>,
        sent: Now,
    },
    /// The tokens are there; the API is asked whose they are.
    Introspecting {
        key: RequestKey,
        tickets: Vec<Ticket>,
        tokens: TokenSet,
        received: Now,
    },
    /// Signed out of while the code was on its way.
    Abandoned { key: RequestKey, since: Now },
}

impl SignIns {
    pub(super) fn start(&mut self, ticket: Ticket, start: Start, step: &mut Step<'_>) {
        let pending = |sign_in: &SignIn| matches!(sign_in.stage, Stage::Pending);
        if self.list.iter().filter(|sign_in| pending(sign_in)).count() == MOST_PENDING
            && let Some(oldest) = self.list.iter().position(pending)
        {
            let dropped = self.list.remove(oldest);
            self.spend(&dropped.state);
            step.record(Event::new("sign_in_failed").outcome("sign_in_cancelled"));
        }
        let state = State::generate(step.rng);
        let verifier = pkce::verifier(step.rng);
        let url = authorize::url(&start.client, &start.scopes, &state, &verifier);
        let id = self.add(state.clone(), verifier.clone(), start.clone(), step.now);
        let kept = Kept {
            state,
            verifier,
            created_at: step.now.wall,
            start,
        };
        step.record(Event::new("sign_in_started"));
        step.emit(Effect::Authorize {
            ticket,
            url,
            sign_in: id,
            kept,
        });
    }

    pub(super) fn awaits(&self, key: RequestKey) -> bool {
        self.list.iter().any(|sign_in| sign_in.key() == Some(key))
    }

    /// The token endpoint answered an exchange.
    pub(super) fn exchanged(
        &mut self,
        key: RequestKey,
        result: Result<TokenSet, TokenError>,
        step: &mut Step<'_>,
    ) {
        let Some(at) = self
            .list
            .iter()
            .position(|sign_in| sign_in.key() == Some(key))
        else {
            return;
        };
        let mut sign_in = self.list.remove(at);
        match (sign_in.stage, result) {
            (Stage::Exchanging { tickets, sent, .. }, Ok(tokens)) => {
                let took = step.now.monotonic_since(sent);
                step.record(Event::new("exchange_succeeded").took(took));
                for oddity in &tokens.oddities {
                    step.record(Event::new("token_answer_odd").outcome(*oddity));
                }
                let key = step.key();
                step.emit(Effect::Introspect {
                    key,
                    profile: sign_in.start.client.profile.clone(),
                    token: tokens.access.clone(),
                });
                sign_in.stage = Stage::Introspecting {
                    key,
                    tickets,
                    tokens,
                    received: step.now,
                };
                self.list.insert(at, sign_in);
            }
            (Stage::Exchanging { tickets, .. }, Err(error)) => {
                let refusal = Refusal {
                    code: error.code(),
                    detail: error.detail(),
                };
                fail(&tickets, &refusal, &sign_in.start, step);
            }
            (Stage::Abandoned { .. }, Ok(tokens)) => {
                revoke(&sign_in.start.client, tokens.refresh.as_ref(), step);
            }
            _ => {}
        }
    }

    /// What is due by time alone.
    pub(super) fn due(&mut self, step: &mut Step<'_>) {
        for sign_in in std::mem::take(&mut self.list) {
            match sign_in.stage {
                Stage::Pending if step.now.elapsed_since(sign_in.created) >= PENDING_LIFE => {
                    self.spend(&sign_in.state);
                    step.record(Event::new("sign_in_failed").outcome("sign_in_expired"));
                }
                Stage::Abandoned { since, .. }
                    if step.now.monotonic_since(since) >= ABANDONED_LIFE => {}
                _ => self.list.push(sign_in),
            }
        }
    }

    pub(super) fn next_due(&self) -> Option<u64> {
        self.list
            .iter()
            .filter_map(|sign_in| match sign_in.stage {
                Stage::Pending => Some(sign_in.created.monotonic + PENDING_LIFE),
                Stage::Abandoned { since, .. } => Some(since.monotonic + ABANDONED_LIFE),
                _ => None,
            })
            .min()
    }

    /// Nothing that is under way becomes a connection any more.
    pub(super) fn sign_out(&mut self, step: &mut Step<'_>) {
        for mut sign_in in std::mem::take(&mut self.list) {
            self.spend(&sign_in.state);
            let refusal = Refusal::of("sign_in_cancelled");
            match sign_in.stage {
                Stage::Pending => {}
                Stage::Exchanging { key, tickets, .. } => {
                    fail(&tickets, &refusal, &sign_in.start, step);
                    sign_in.stage = Stage::Abandoned {
                        key,
                        since: step.now,
                    };
                    self.list.push(sign_in);
                }
                Stage::Introspecting {
                    tickets, tokens, ..
                } => {
                    fail(&tickets, &refusal, &sign_in.start, step);
                    revoke(&sign_in.start.client, tokens.refresh.as_ref(), step);
                }
                Stage::Abandoned { .. } => self.list.push(sign_in),
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn views(&self) -> Vec<SignInView> {
        self.list
            .iter()
            .filter(|sign_in| !matches!(sign_in.stage, Stage::Abandoned { .. }))
            .map(|sign_in| SignInView {
                id: sign_in.id,
                profile: sign_in.start.client.profile.clone(),
                exchanging: !matches!(sign_in.stage, Stage::Pending),
            })
            .collect()
    }

    fn add(&mut self, state: State, verifier: CodeVerifier, start: Start, created: Now) -> u32 {
        self.next_id += 1;
        self.list.push(SignIn {
            id: self.next_id,
            state,
            verifier,
            start,
            created,
            stage: Stage::Pending,
        });
        self.next_id
    }

    fn by_state(&mut self, hash: &StateHash) -> Option<&mut SignIn> {
        self.list
            .iter_mut()
            .find(|sign_in| sign_in.state.hash() == *hash)
    }

    fn spend(&mut self, state: &State) {
        let hash = state.hash();
        if self.used.contains(&hash) {
            return;
        }
        if self.used.len() == MOST_USED {
            self.used.pop_front();
        }
        self.used.push_back(hash);
    }

    /// Takes back a sign-in that a page had kept while no vault lived.
    fn restore(&mut self, kept: Kept, now: Now) -> Result<(), Refusal> {
        match now.wall.checked_sub(kept.created_at) {
            Some(age) if age < PENDING_LIFE => {
                let created = Now {
                    monotonic: now.monotonic.saturating_sub(age),
                    wall: kept.created_at,
                };
                self.add(kept.state, kept.verifier, kept.start, created);
                Ok(())
            }
            _ => {
                self.spend(&kept.state);
                Err(Refusal::of("sign_in_expired"))
            }
        }
    }
}

impl SignIn {
    fn key(&self) -> Option<RequestKey> {
        match self.stage {
            Stage::Pending => None,
            Stage::Exchanging { key, .. }
            | Stage::Introspecting { key, .. }
            | Stage::Abandoned { key, .. } => Some(key),
        }
    }
}

impl Sessions {
    /// The callback page's query. The order matters: form, `state`, age, path and issuer, and only
    /// then `error` or `code`; what does not name a sign-in changes nothing.
    pub(super) fn callback(
        &mut self,
        ticket: Ticket,
        profile: &str,
        query: &str,
        kept: Option<Kept>,
        step: &mut Step<'_>,
    ) {
        if query.is_empty() {
            step.emit(Effect::SignedIn {
                ticket,
                connection: None,
                return_to: None,
            });
            return;
        }
        let response = match callback::read(query) {
            Ok(response) => response,
            Err(refusal) => return Self::refuse(step, ticket, refusal),
        };
        let hash = response.state.hash();
        if self.sign_ins.by_state(&hash).is_none() {
            if self.sign_ins.used.contains(&hash) {
                return self.used_again(ticket, step);
            }
            let restored = match kept.filter(|kept| kept.state.hash() == hash) {
                Some(kept) => self.sign_ins.restore(kept, step.now),
                None => Err(Refusal::of("state_unknown")),
            };
            if let Err(refusal) = restored {
                return Self::refuse(step, ticket, refusal);
            }
        }
        let Some(sign_in) = self.sign_ins.by_state(&hash) else {
            return;
        };
        match &mut sign_in.stage {
            Stage::Pending => {}
            // The same callback again, from a duplicated tab: both wait for the one exchange.
            Stage::Exchanging { tickets, .. } | Stage::Introspecting { tickets, .. } => {
                tickets.push(ticket);
                return;
            }
            Stage::Abandoned { .. } => return self.used_again(ticket, step),
        }
        let start = sign_in.start.clone();
        let judged = if step.now.elapsed_since(sign_in.created) >= PENDING_LIFE {
            Err(Refusal::of("sign_in_expired"))
        } else {
            callback::judge(response, &start.client, profile)
        };
        match judged {
            Ok(code) => {
                let key = step.key();
                let request = token::exchange_request(&start.client, &code, &sign_in.verifier);
                sign_in.stage = Stage::Exchanging {
                    key,
                    tickets: vec![ticket],
                    sent: step.now,
                };
                step.record(Event::new("exchange_sent"));
                step.emit(Effect::Exchange { key, request });
            }
            Err(refusal) => fail(&[ticket], &refusal, &start, step),
        }
        self.spend_state(&hash);
    }

    /// The API told, or would not tell, whose token this is.
    pub(super) fn introspected(
        &mut self,
        key: RequestKey,
        answer: Introspection,
        step: &mut Step<'_>,
    ) {
        if self.sign_ins.awaits(key) {
            self.finish(key, answer, step);
            return;
        }
        let Some(at) = self.connections.iter().position(|c| c.awaits(key)) else {
            return;
        };
        self.connections[at].introspected(key, answer, step);
        self.keep_the_newer(at, step);
    }

    /// The state leaves the pending ones unless its exchange goes on; it is spent in either case.
    fn spend_state(&mut self, hash: &StateHash) {
        let Some(sign_in) = self.sign_ins.by_state(hash) else {
            return;
        };
        let state = sign_in.state.clone();
        if matches!(sign_in.stage, Stage::Pending) {
            self.sign_ins.list.retain(|sign_in| sign_in.state != state);
        }
        self.sign_ins.spend(&state);
    }

    fn used_again(&mut self, ticket: Ticket, step: &mut Step<'_>) {
        if self
            .connections
            .iter()
            .any(|connection| !connection.ended())
        {
            step.emit(Effect::SignedIn {
                ticket,
                connection: None,
                return_to: None,
            });
        } else {
            Self::refuse(step, ticket, Refusal::of("state_used"));
        }
    }

    fn finish(&mut self, key: RequestKey, answer: Introspection, step: &mut Step<'_>) {
        let Some(at) = self.sign_ins.list.iter().position(|s| s.key() == Some(key)) else {
            return;
        };
        let sign_in = self.sign_ins.list.remove(at);
        let Stage::Introspecting {
            tickets,
            tokens,
            received,
            ..
        } = sign_in.stage
        else {
            return;
        };
        let start = sign_in.start;
        let (identity, scopes) = match answer {
            Introspection::Unauthorized => {
                return fail(&tickets, &Refusal::of("token_refused"), &start, step);
            }
            Introspection::Valid {
                subject,
                application,
                scopes,
            } => (
                Identity {
                    subject,
                    application,
                },
                scopes,
            ),
            Introspection::Unclear => (Identity::default(), None),
        };
        let target = start.target.clone();
        let return_to = start.return_to.clone();
        let grant = Grant {
            scopes: tokens
                .scopes
                .clone()
                .or(scopes)
                .unwrap_or_else(|| start.scopes.clone()),
            asked: start.scopes,
            tokens,
            received,
        };
        let id = self.establish(start.client, identity, grant, step);
        // A renewal that came back as somebody else: the ended connection it was for is over.
        self.connections
            .retain(|c| c.id() == &id || !c.ended() || target.as_ref() != Some(c.id()));
        for ticket in tickets {
            step.emit(Effect::SignedIn {
                ticket,
                connection: Some(id.clone()),
                return_to: Some(return_to.clone()),
            });
        }
    }

    /// A new connection, or a new pair for the one of the same profile and subject.
    fn establish(
        &mut self,
        client: crate::client::Client,
        identity: Identity,
        grant: Grant,
        step: &mut Step<'_>,
    ) -> ConnectionId {
        let same = self
            .connections
            .iter_mut()
            .find(|connection| connection.is_of(&client.profile, identity.subject.as_deref()));
        match same {
            Some(connection) => {
                orphan(&mut self.orphans, connection.in_flight());
                connection.replace(client, identity, grant, step);
                connection.id().clone()
            }
            None => {
                let connection = Connection::new(client, identity, grant, step);
                let id = connection.id().clone();
                self.connections.push(connection);
                id
            }
        }
    }

    /// A subject that was learnt late may belong to an older connection: the newer pair stays.
    fn keep_the_newer(&mut self, newer: usize, step: &mut Step<'_>) {
        let id = self.connections[newer].id().clone();
        let Some(subject) = self.connections[newer].subject().map(str::to_owned) else {
            return;
        };
        let profile = self.connections[newer].profile().to_owned();
        for mut older in std::mem::take(&mut self.connections) {
            if older.id() != &id && older.is_of(&profile, Some(&subject)) {
                orphan(&mut self.orphans, older.in_flight());
                older.settle_calls("session_ended", step);
                step.record(Event::of(older.id(), "replaced"));
            } else {
                self.connections.push(older);
            }
        }
    }
}

fn fail(tickets: &[Ticket], refusal: &Refusal, start: &Start, step: &mut Step<'_>) {
    step.record(Event::new("sign_in_failed").outcome(refusal.code));
    for ticket in tickets {
        step.emit(Effect::SignInFailed {
            ticket: *ticket,
            refusal: refusal.clone(),
            return_to: Some(start.return_to.clone()),
        });
    }
}
