//! Random paths: the most important rules hold for any order of inputs.

use std::collections::HashMap;

use outlay_oauth::secret::FormBody;
use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{CallId, ConnectionId, Effect, Input, PendingSignIn, RequestKey};
use rand_chacha::rand_core::Rng;

use super::host::effects::{Effects, field};
use super::host::{SECRET, SessionHost};

/// What a token endpoint did with a refresh token the last time that it was presented.
#[derive(Clone, Copy, PartialEq)]
pub enum PathTokenUse {
    Fresh,
    OnItsWay,
    Busy,
    KeptGood,
    Lost { replayed: bool },
    Spent,
}

/// What the walker knows. A family is one grant from its exchange on: at most one refresh of it is
/// ever on its way.
#[derive(Default)]
pub struct RandomPath {
    pub fates: HashMap<String, PathTokenUse>,
    pub families: HashMap<String, u32>,
    pub refreshing: HashMap<RequestName, (String, bool)>,
    pub requests: Vec<(RequestKey, PathRequests)>,
    pub calls: HashMap<u64, ConnectionId>,
    pub owners: HashMap<String, ConnectionId>,
    pub asked_with: HashMap<RequestName, String>,
    pub pending: Vec<PendingSignIn>,
    pub pairs: u32,
}

pub type RequestName = String;

#[derive(Clone)]
pub enum PathRequests {
    Exchange,
    Refresh(String),
    Introspect,
    Check,
}

pub fn name(key: RequestKey) -> RequestName {
    format!("{key:?}")
}

pub struct PathRunner {
    pub host: SessionHost,
    pub path: RandomPath,
    pub open: Vec<CallId>,
}

impl PathRunner {
    pub fn below(&mut self, most: u64) -> u64 {
        self.host.rng.next_u64() % most
    }

    pub fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }

    pub fn pick<T: Clone>(&mut self, list: &[T]) -> Option<T> {
        if list.is_empty() {
            return None;
        }
        let at = usize::try_from(self.below(list.len() as u64)).unwrap();
        Some(list[at].clone())
    }

    pub fn connections(&self) -> Vec<ConnectionId> {
        let views = self.host.sessions.connections(self.host.now);
        views
            .into_iter()
            .map(|view| ConnectionId(view.id))
            .collect()
    }

    pub fn ended(&self) -> Vec<ConnectionId> {
        let views = self.host.sessions.connections(self.host.now);
        views
            .into_iter()
            .filter(|view| matches!(view.phase, ConnectionPhase::Ended(_)))
            .map(|view| ConnectionId(view.id))
            .collect()
    }

    fn step(&mut self) {
        match self.below(24) {
            0 => self.start(),
            1..=2 => self.come_back(),
            3..=9 => self.answer_request(),
            10..=11 => self.call(),
            12..=14 => self.answer_call(),
            15 => self.pass(),
            16..=19 => self.tick(),
            20 if self.one_in(60) => self.sign_out(),
            20 if self.one_in(30) => self.remove(),
            20 if self.one_in(10) => self.cancel(),
            20 => self.drop_call(),
            21..=22 => drop(self.feed(Input::Activity)),
            _ => self.retry_now(),
        }
    }

    /// Feeds one input and holds what comes out against the rules.
    pub fn feed(&mut self, input: Input) -> Effects {
        let mut ended = self.ended();
        let reported = match &input {
            Input::Introspected { key, .. } => self.path.asked_with.get(&name(*key)).cloned(),
            _ => None,
        };
        let effects = self.host.feed(input);
        if let (Some(token), Some((_, Some(connection), _))) =
            (reported, effects.signed_in().first())
        {
            self.own(&token, connection);
            ended.retain(|ended| ended != connection);
        }
        for effect in &effects.0 {
            match effect {
                Effect::Send { call, token, .. } => {
                    let connection = &self.path.calls[&call.0];
                    assert!(!ended.contains(connection), "sent after the end");
                    let owner = &self.path.owners[token.reveal()];
                    assert_eq!(owner, connection, "sent with another's token");
                }
                Effect::Refresh { key, request } => {
                    let token = field(&request.body, "refresh_token");
                    assert!(
                        self.path
                            .owners
                            .get(&token)
                            .is_none_or(|o| !ended.contains(o)),
                        "refreshed after the end"
                    );
                    self.posted(*key, token, &request.body);
                }
                Effect::Introspect { key, token, .. } => {
                    let owner = self.path.owners.get(token.reveal());
                    assert!(
                        owner.is_none_or(|o| !ended.contains(o)),
                        "asked after the end"
                    );
                    self.path.requests.push((*key, PathRequests::Introspect));
                    let token = token.reveal().to_owned();
                    self.path.asked_with.insert(name(*key), token);
                }
                Effect::Exchange { key, .. } => {
                    self.path.requests.push((*key, PathRequests::Exchange))
                }
                Effect::CheckNetwork { key } => {
                    self.path.requests.push((*key, PathRequests::Check))
                }
                Effect::Fail { call, .. } | Effect::Deliver { call, .. } => {
                    let at = self.open.iter().position(|open| open == call);
                    self.open.remove(at.expect("settled twice"));
                }
                _ => {}
            }
        }
        effects
    }

    /// A refresh was sent: once per token, with the three exceptions, and one at a time.
    fn posted(&mut self, key: RequestKey, token: String, body: &FormBody) {
        let expected_effect = self.path.fates[&token];
        let forgiven = field(body, "client_id") == "graced";
        let replay = forgiven && expected_effect == PathTokenUse::Lost { replayed: false };
        assert!(
            replay
                || matches!(
                    expected_effect,
                    PathTokenUse::Fresh | PathTokenUse::Busy | PathTokenUse::KeptGood
                ),
            "a refresh token was sent again after it may have been redeemed"
        );
        let family = self.path.families[&token];
        assert!(
            self.path
                .refreshing
                .values()
                .all(|(other, _)| self.path.families[other] != family),
            "two refreshes of one grant"
        );
        self.path
            .fates
            .insert(token.clone(), PathTokenUse::OnItsWay);
        self.path
            .refreshing
            .insert(name(key), (token.clone(), replay));
        self.path.requests.push((key, PathRequests::Refresh(token)));
    }
}

#[test]
fn invariants_hold_on_random_paths() {
    let mut refreshes = 0;
    for seed in 0..24 {
        let mut walker = PathRunner {
            host: SessionHost::seeded(seed),
            path: RandomPath::default(),
            open: Vec::new(),
        };
        for step in 0..1_500 {
            walker.step();
            if step % 50 == 0 {
                assert!(!format!("{:?}", walker.host.sessions).contains(SECRET));
            }
        }
        refreshes += walker
            .path
            .fates
            .values()
            .filter(|f| **f != PathTokenUse::Fresh)
            .count();
        walker.sign_out();
    }
    assert!(refreshes > 200, "the paths contain refreshes: {refreshes}");
}
