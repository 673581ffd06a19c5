//! The machines with everything around them, small enough to be copied at every step: the requests
//! on their way, the callers, the page's copy of a sign-in, two clocks that only jump.

use std::convert::Infallible;

use outlay_oauth::client::ClientSettings;
use outlay_oauth::session::io::{
    CallId, ConnectionId, Effect, Input, IntrospectionResult, PendingSignIn, RequestKey,
    SignInStart, Ticket,
};
use outlay_oauth::session::{ConnectionPhase, SessionLimits, Sessions};
use outlay_oauth::time::{Now, SECOND};
use outlay_oauth::token::TokenHttpResponse;
use rand_chacha::rand_core::{TryCryptoRng, TryRng};

use super::super::host::effects::field;
use super::super::host::{access, client, ok, pair, refresh, start, valid};
use super::names::{InvariantViolation, NamedStep};
use super::rules::Invariants;

/// Clocks begin so high that an instant in the machines' state differs from every other number.
pub const MONOTONIC: u64 = 1_000_000_000_000;
pub const WALL: u64 = 1_000_000_000_000_000;

/// No chance but a counter: names differ, and there is no jitter.
#[derive(Clone, Debug, Default)]
pub struct Counter(u8);

impl TryRng for Counter {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(0)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0 += 1;
        bytes.fill(self.0);
        Ok(())
    }
}

impl TryCryptoRng for Counter {}

/// A request that somebody has yet to answer. Numbers are those of pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SentRequests {
    Exchange {
        wanted: bool,
    },
    Refresh(u32),
    /// Whose a sign-in's pair is.
    Arrival {
        pair: u32,
        wanted: bool,
    },
    Introspect(u32),
    Check,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caller {
    Idle,
    /// Asked for; with the generation it is on its way with, if it is.
    Open {
        connection: usize,
        sent: Option<u32>,
    },
    Settled,
}

/// What a page sees of a connection, clocks apart.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenConnection {
    pub id: ConnectionId,
    pub phase: ConnectionPhase,
    pub generation: u32,
    pub subject: Option<String>,
}

#[derive(Clone)]
pub struct SessionModel {
    pub sessions: Sessions,
    pub now: Now,
    rng: Counter,
    pub requests: Vec<(RequestKey, SentRequests)>,
    pub callers: [Caller; 3],
    pub connections: Vec<ConnectionId>,
    pub pending: Option<PendingSignIn>,
    /// What the page still has of it: it is deleted before it is used.
    pub copy: Option<PendingSignIn>,
    pub callbacks: u8,
    pub restarted: bool,
    pub seen: Vec<SeenConnection>,
    pub rules: Invariants,
}

impl SessionModel {
    pub fn new() -> SessionModel {
        SessionModel {
            sessions: Sessions::new(SessionLimits::default()),
            now: Now {
                monotonic: MONOTONIC,
                wall: WALL,
            },
            rng: Counter::default(),
            requests: Vec::new(),
            callers: [Caller::Idle; 3],
            connections: Vec::new(),
            pending: None,
            copy: None,
            callbacks: 0,
            restarted: false,
            seen: Vec::new(),
            rules: Invariants::default(),
        }
    }

    /// A connection of its own subject; its pair lives 900 s.
    pub fn connected(mut self, client: ClientSettings) -> SessionModel {
        let subject = format!("urn:{}", self.connections.len());
        let kept = self.start(client);
        let query = format!("state={}&code=SECRET", kept.state.as_str());
        self.must(callback(&kept, query, None), NamedStep::Other);
        let (exchange, _) = self.requests[0];
        let first = self.rules.issue();
        self.token_answered(exchange, ok(&pair(first)), Some((first, true)))
            .unwrap();
        let (asked, _) = self.requests[0];
        self.introspected(asked, valid(&subject)).unwrap();
        self
    }

    /// A sign-in whose user is away, and whose page keeps a copy.
    pub fn signing_in(mut self) -> SessionModel {
        let kept = self.start(client("sandbox"));
        self.copy = Some(kept.clone());
        self.pending = Some(kept);
        self
    }

    /// Time passes without an input to the machines.
    pub fn later(mut self, milliseconds: u64) -> SessionModel {
        self.pass(milliseconds);
        self
    }

    /// Something of this world was answered just now, so that the network is known to be there.
    pub fn with_events(mut self) -> SessionModel {
        for connection in 0..self.connections.len() {
            self.call(2, connection).unwrap();
            self.call_answered(2, Some(200)).unwrap();
            self.callers[2] = Caller::Idle;
        }
        self
    }

    pub fn pass(&mut self, milliseconds: u64) {
        self.now.monotonic += milliseconds;
        self.now.wall += milliseconds;
    }

    fn start(&mut self, client: ClientSettings) -> PendingSignIn {
        let start: SignInStart = start(client);
        let ticket = Ticket(0);
        let effects = self.must(
            Input::Start {
                ticket,
                start: start.into(),
            },
            NamedStep::Other,
        );
        let kept = effects.into_iter().find_map(|effect| match effect {
            Effect::Authorize { kept, .. } => Some(kept),
            _ => None,
        });
        kept.unwrap()
    }

    fn must(&mut self, input: Input, step: NamedStep) -> Vec<Effect> {
        let before = self.seen.clone();
        let effects = self.handle(input);
        self.absorb(&before, &step, &effects).unwrap();
        effects
    }

    /// What the machines say to an input, before anything is made of it.
    pub fn handle(&mut self, input: Input) -> Vec<Effect> {
        self.sessions.handle(input, self.now, &mut self.rng)
    }

    /// Feeds one input and holds what comes of it against the rules.
    pub fn feed(&mut self, input: Input, step: NamedStep) -> Result<(), InvariantViolation> {
        let before = std::mem::take(&mut self.seen);
        let effects = self.handle(input);
        self.absorb(&before, &step, &effects)
    }

    /// What the effects of a step make of this world, if they keep to the rules.
    pub fn absorb(
        &mut self,
        before: &[SeenConnection],
        step: &NamedStep,
        effects: &[Effect],
    ) -> Result<(), InvariantViolation> {
        self.seen = seen(&self.sessions, self.now);
        let mut rules = std::mem::take(&mut self.rules);
        let kept = rules.check(self, before, step, effects);
        self.rules = rules;
        kept?;
        for effect in effects {
            match effect {
                Effect::Exchange { key, .. } => {
                    self.requests
                        .push((*key, SentRequests::Exchange { wanted: true }));
                }
                Effect::Refresh { key, request } => {
                    let pair = number(&field(&request.body, "refresh_token"));
                    self.requests.push((*key, SentRequests::Refresh(pair)));
                }
                Effect::Introspect { key, token, .. } => {
                    let pair = number(token.reveal());
                    let asked = match step {
                        NamedStep::Exchanged { wanted, .. } => SentRequests::Arrival {
                            pair,
                            wanted: *wanted,
                        },
                        _ => SentRequests::Introspect(pair),
                    };
                    self.requests.push((*key, asked));
                }
                Effect::CheckNetwork { key } => self.requests.push((*key, SentRequests::Check)),
                Effect::Send {
                    call, generation, ..
                } => {
                    if let Caller::Open { sent, .. } = self.caller(*call) {
                        *sent = Some(*generation);
                    }
                }
                Effect::Deliver { call, .. } | Effect::Fail { call, .. } => {
                    *self.caller(*call) = Caller::Settled;
                }
                Effect::SignedIn {
                    connection: Some(id),
                    ..
                } if !self.connections.contains(id) => self.connections.push(id.clone()),
                _ => {}
            }
        }
        let mut rules = std::mem::take(&mut self.rules);
        rules.prune(self);
        self.rules = rules;
        Ok(())
    }

    fn caller(&mut self, call: CallId) -> &mut Caller {
        let at = usize::try_from(call.0).unwrap() % self.callers.len();
        &mut self.callers[at]
    }

    pub fn call(&mut self, caller: usize, connection: usize) -> Result<(), InvariantViolation> {
        self.callers[caller] = Caller::Open {
            connection,
            sent: None,
        };
        let call = CallId(caller as u64);
        let connection = self.connections[connection].clone();
        self.feed(Input::Call { call, connection }, NamedStep::Called(call))
    }

    pub fn call_answered(
        &mut self,
        caller: usize,
        status: Option<u16>,
    ) -> Result<(), InvariantViolation> {
        let Caller::Open { sent, .. } = &mut self.callers[caller] else {
            return Ok(());
        };
        let generation = sent.take();
        let call = CallId(caller as u64);
        let step = NamedStep::CallAnswered { call, generation };
        self.feed(Input::CallAnswered { call, status }, step)
    }

    fn take(&mut self, key: RequestKey) -> SentRequests {
        let at = self.requests.iter().position(|(known, _)| *known == key);
        self.requests.remove(at.unwrap()).1
    }

    /// The token endpoint answers; with the pair that it issues, and whether it holds a refresh token.
    pub fn token_answered(
        &mut self,
        key: RequestKey,
        answer: TokenHttpResponse,
        brought: Option<(u32, bool)>,
    ) -> Result<(), InvariantViolation> {
        let step = match self.take(key) {
            SentRequests::Exchange { wanted } => NamedStep::Exchanged { wanted, brought },
            SentRequests::Refresh(sent) => NamedStep::Refreshed {
                sent,
                busy: matches!(
                    answer,
                    TokenHttpResponse::Http {
                        status: 429 | 503,
                        ..
                    }
                ),
                brought,
            },
            other => panic!("{other:?} asked no token endpoint"),
        };
        self.feed(Input::TokenAnswered { key, answer }, step)
    }

    pub fn introspected(
        &mut self,
        key: RequestKey,
        answer: IntrospectionResult,
    ) -> Result<(), InvariantViolation> {
        let step = match self.take(key) {
            SentRequests::Arrival { pair, wanted } => NamedStep::Arrived { pair, wanted },
            SentRequests::Introspect(pair) => NamedStep::Introspected(pair),
            other => panic!("{other:?} asked no API"),
        };
        self.feed(Input::Introspected { key, answer }, step)
    }

    pub fn network_checked(
        &mut self,
        key: RequestKey,
        reached: bool,
    ) -> Result<(), InvariantViolation> {
        self.take(key);
        self.feed(Input::NetworkChecked { key, reached }, NamedStep::Other)
    }

    /// The user comes back; the page's copy is deleted before it is used.
    pub fn come_back(&mut self) -> Result<(), InvariantViolation> {
        let Some(kept) = self.pending.clone() else {
            return Ok(());
        };
        self.callbacks += 1;
        let query = format!("state={}&code=SECRET", kept.state.as_str());
        let copy = self.copy.take();
        self.feed(callback(&kept, query, copy), NamedStep::Other)
    }

    /// Nothing that is under way may become a connection any more.
    pub fn unwanted(&mut self) {
        for (_, asked) in &mut self.requests {
            if let SentRequests::Exchange { wanted } | SentRequests::Arrival { wanted, .. } = asked
            {
                *wanted = false;
            }
        }
    }

    /// The vault dies and another begins. Pages settle what was open; what the dead one had asked
    /// for gets no page's answer.
    pub fn restart(&mut self) {
        self.sessions = Sessions::new(SessionLimits::default());
        self.restarted = true;
        self.requests.clear();
        self.seen.clear();
        self.connections.clear();
        self.rules.forget();
        for caller in &mut self.callers {
            if matches!(caller, Caller::Open { .. }) {
                *caller = Caller::Settled;
            }
        }
    }

    pub fn anybody_waits(&self) -> bool {
        let open = |caller: &Caller| matches!(caller, Caller::Open { .. });
        self.callers.iter().any(open)
    }
}

pub fn callback(kept: &PendingSignIn, query: String, copy: Option<PendingSignIn>) -> Input {
    Input::Callback {
        ticket: Ticket(1),
        profile: kept.start.client.profile.clone(),
        query,
        kept: copy,
    }
}

fn seen(sessions: &Sessions, now: Now) -> Vec<SeenConnection> {
    let views = sessions.connections(now).into_iter();
    views
        .map(|view| SeenConnection {
            id: ConnectionId(view.id),
            phase: view.phase,
            generation: view.generation,
            subject: view.subject,
        })
        .collect()
}

/// The number of the pair that a token belongs to.
pub fn number(token: &str) -> u32 {
    let number: u32 = token.rsplit('-').next().unwrap().parse().unwrap();
    debug_assert!(token == access(number) || token == refresh(number));
    number
}

/// The life of every pair in these worlds.
pub const LIFE: u64 = 900 * SECOND;
