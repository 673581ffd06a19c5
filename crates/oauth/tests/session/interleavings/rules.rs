//! What must hold after every step, in one place. `violated.rs` shows that each rule can fail.

use std::collections::{BTreeMap, BTreeSet};

use outlay_oauth::session::ConnectionPhase;
use outlay_oauth::session::io::{CallId, ConnectionId, Effect, EndReason};
use outlay_oauth::token::FormPost;

use super::super::host::effects::field;
use super::model::{Caller, LIFE, SeenConnection, SentRequests, SessionModel, number};
use super::names::*;

/// What became of a refresh token the last time that it was presented.
#[derive(Clone, Copy, Debug, PartialEq)]
enum TokenUse {
    Good,
    OnItsWay { replay: bool },
    Lost { replayed: bool },
    Spent,
}

/// The pair that a connection has.
#[derive(Clone, Copy, Debug)]
struct Present {
    access: u32,
    refresh: Option<u32>,
}

#[derive(Clone, Debug, Default)]
pub struct Invariants {
    issued: u32,
    /// The verifiers of the codes that were sent.
    exchanged: BTreeSet<String>,
    fates: BTreeMap<u32, TokenUse>,
    present: BTreeMap<ConnectionId, Present>,
    /// When each access token is over, on the monotonic clock.
    ends: BTreeMap<u32, u64>,
}

impl Invariants {
    /// The number of a fresh pair.
    pub fn issue(&mut self) -> u32 {
        self.issued += 1;
        self.issued
    }

    pub fn issued(&self) -> u32 {
        self.issued
    }

    /// The vault is another one. What tokens were redeemed stays true.
    pub fn forget(&mut self) {
        self.present.clear();
    }

    pub fn check(
        &mut self,
        model: &SessionModel,
        before: &[SeenConnection],
        step: &NamedStep,
        effects: &[Effect],
    ) -> Result<(), InvariantViolation> {
        self.learn(model, before, step, effects)?;
        let gone = |id: &ConnectionId| !lives(before, id) && !lives(&model.seen, id);
        let mut settled = Vec::new();
        for effect in effects {
            match effect {
                Effect::Send {
                    call,
                    token,
                    generation,
                    ..
                } => {
                    let id = caller(model, *call, &settled)?;
                    if gone(id) {
                        return Err(AFTER_THE_END);
                    }
                    let owner = self.owner(|present| present.access == number(token.reveal()));
                    let owner = owner.ok_or(DEAD_TOKEN)?;
                    if owner != id {
                        return Err(MIXED_UP);
                    }
                    let now_seen = model.seen.iter().find(|seen| seen.id == *id);
                    if now_seen.is_some_and(|seen| seen.generation != *generation)
                        || self.over(number(token.reveal()), model)
                    {
                        return Err(DEAD_TOKEN);
                    }
                    settled.push((*call, false));
                }
                Effect::Deliver { call, generation } => {
                    caller(model, *call, &settled)?;
                    let answered = matches!(
                        step,
                        NamedStep::CallAnswered { call: of, generation: Some(sent) }
                            if of == call && sent == generation
                    );
                    if !answered {
                        return Err(MIXED_UP);
                    }
                    settled.push((*call, true));
                }
                Effect::Fail { call, .. } => {
                    failed(model, *call, &settled)?;
                    settled.push((*call, true));
                }
                Effect::Refresh { request, .. } => self.refresh(model, request, gone)?,
                Effect::Revoke(request) => {
                    self.presentable(number(&field(&request.body, "token")))?
                }
                Effect::Introspect { token, .. } => {
                    let pair = number(token.reveal());
                    let arriving = matches!(
                        step,
                        NamedStep::Exchanged { brought: Some((new, _)), wanted: true } if *new == pair
                    );
                    match self.owner(|present| present.access == pair) {
                        Some(id) if gone(id) => return Err(AFTER_THE_END),
                        None if !arriving => return Err(DEAD_TOKEN),
                        _ => {}
                    }
                }
                Effect::Exchange { request, .. } => {
                    let verifier = field(&request.body, "code_verifier");
                    if !self.exchanged.insert(verifier) {
                        return Err(CODE_AGAIN);
                    }
                }
                _ => {}
            }
        }
        let reported = effects.contains(&Effect::Changed);
        if model.seen != before && !reported {
            return Err(UNTOLD);
        }
        Ok(())
    }

    /// What can matter no more is forgotten, so that worlds that differ in nothing else are one.
    pub fn prune(&mut self, model: &SessionModel) {
        self.present.retain(|id, _| lives(&model.seen, id));
        let arriving = |token: u32| {
            let of = |asked: &SentRequests| matches!(asked, SentRequests::Arrival { pair, .. } if *pair == token);
            model.requests.iter().any(|(_, asked)| of(asked))
        };
        let present = self.present.values();
        self.ends.retain(|access, _| {
            arriving(*access) || present.clone().any(|held| held.access == *access)
        });
        self.fates.retain(|token, expected_effect| {
            arriving(*token)
                || matches!(expected_effect, TokenUse::OnItsWay { .. })
                || present.clone().any(|held| held.refresh == Some(*token))
        });
    }

    /// What the input itself changes, and what of it the machines took over.
    fn learn(
        &mut self,
        model: &SessionModel,
        before: &[SeenConnection],
        step: &NamedStep,
        effects: &[Effect],
    ) -> Result<(), InvariantViolation> {
        let mut concerned = None;
        match *step {
            NamedStep::Exchanged { brought, .. } => {
                if let Some((pair, refreshable)) = brought {
                    self.came(pair, refreshable, model);
                }
            }
            NamedStep::Refreshed {
                sent,
                busy,
                brought,
            } => {
                let Some(TokenUse::OnItsWay { replay }) = self.fates.get(&sent).copied() else {
                    return Err(PRESENTED_AGAIN);
                };
                let expected_effect = match brought {
                    Some((_, true)) => TokenUse::Spent,
                    Some((_, false)) => TokenUse::Good,
                    None if busy && !replay => TokenUse::Good,
                    None => TokenUse::Lost { replayed: replay },
                };
                self.fates.insert(sent, expected_effect);
                let owner = self.owner(|present| present.refresh == Some(sent)).cloned();
                if let Some((pair, refreshable)) = brought {
                    self.came(pair, refreshable, model);
                    if let Some(id) = &owner
                        && generation(&model.seen, id) != generation(before, id)
                    {
                        let refresh = Some(if refreshable { pair } else { sent });
                        let present = Present {
                            access: pair,
                            refresh,
                        };
                        self.present.insert(id.clone(), present);
                    }
                }
                concerned = owner;
            }
            NamedStep::Arrived { pair, .. } => {
                let came = effects.iter().find_map(|effect| match effect {
                    Effect::SignedIn { connection, .. } => connection.clone(),
                    _ => None,
                });
                if let Some(id) = &came {
                    let refresh = self.fates.contains_key(&pair).then_some(pair);
                    let present = Present {
                        access: pair,
                        refresh,
                    };
                    self.present.insert(id.clone(), present);
                }
                concerned = came;
            }
            NamedStep::Introspected(pair) => {
                concerned = self.owner(|present| present.access == pair).cloned();
            }
            NamedStep::CallAnswered { call, .. } | NamedStep::Called(call) => {
                concerned = match model.callers[usize::try_from(call.0).unwrap_or(0)] {
                    Caller::Open { connection, .. } => model.connections.get(connection).cloned(),
                    _ => None,
                };
            }
            NamedStep::SignedOut => {
                let all_settled = model.callers.iter().enumerate().all(|(at, caller)| {
                    let failed = |effect: &Effect| matches!(effect, Effect::Fail { call, .. } if call.0 == at as u64);
                    !matches!(caller, Caller::Open { .. }) || effects.iter().any(failed)
                });
                if !model.seen.is_empty() {
                    return Err(AFTER_SIGN_OUT);
                }
                if !all_settled {
                    return Err(NEVER_SETTLES);
                }
                return Ok(());
            }
            NamedStep::Other => {}
        }
        self.sign_out_wins(step, before, model)?;
        others_untouched(concerned.as_ref(), before, &model.seen)
    }

    /// A connection that was not there, or had ended, comes from a sign-in that is still wanted.
    fn sign_out_wins(
        &self,
        step: &NamedStep,
        before: &[SeenConnection],
        model: &SessionModel,
    ) -> Result<(), InvariantViolation> {
        let lives_now = model
            .seen
            .iter()
            .filter(|seen| lives(&model.seen, &seen.id));
        let came = lives_now.into_iter().any(|seen| !lives(before, &seen.id));
        match step {
            NamedStep::Arrived { wanted: true, .. } => Ok(()),
            _ if came => Err(AFTER_SIGN_OUT),
            _ => Ok(()),
        }
    }

    fn came(&mut self, pair: u32, refreshable: bool, model: &SessionModel) {
        if refreshable {
            self.fates.insert(pair, TokenUse::Good);
        }
        self.ends.insert(pair, model.now.monotonic + LIFE);
    }

    fn over(&self, access: u32, model: &SessionModel) -> bool {
        self.ends
            .get(&access)
            .is_some_and(|end| *end <= model.now.monotonic)
    }

    fn owner(&self, of: impl Fn(&Present) -> bool) -> Option<&ConnectionId> {
        let mut present = self.present.iter();
        present.find(|(_, present)| of(present)).map(|(id, _)| id)
    }

    fn refresh(
        &mut self,
        model: &SessionModel,
        request: &FormPost,
        gone: impl Fn(&ConnectionId) -> bool,
    ) -> Result<(), InvariantViolation> {
        let token = number(&field(&request.body, "refresh_token"));
        let owner = self.owner(|present| present.refresh == Some(token));
        let owner = owner.ok_or(DEAD_TOKEN)?;
        if gone(owner) {
            return Err(AFTER_THE_END);
        }
        let in_flight = |asked: &SentRequests| match asked {
            SentRequests::Refresh(other) => {
                self.owner(|p| p.refresh == Some(*other)) == Some(owner)
            }
            _ => false,
        };
        if model.requests.iter().any(|(_, asked)| in_flight(asked)) {
            return Err(TWO_REFRESHES);
        }
        let graced = field(&request.body, "client_id") == GRACED;
        let replay = graced && self.fates.get(&token) == Some(&TokenUse::Lost { replayed: false });
        if !replay {
            self.presentable(token)?;
        }
        self.fates.insert(token, TokenUse::OnItsWay { replay });
        Ok(())
    }

    fn presentable(&self, token: u32) -> Result<(), InvariantViolation> {
        match self.fates.get(&token) {
            Some(TokenUse::Good) => Ok(()),
            _ => Err(PRESENTED_AGAIN),
        }
    }
}

fn generation(seen: &[SeenConnection], id: &ConnectionId) -> Option<u32> {
    seen.iter()
        .find(|seen| seen.id == *id)
        .map(|s| s.generation)
}

/// An answer to one connection changes no other; what time alone brings about may come with it.
fn others_untouched(
    concerned: Option<&ConnectionId>,
    before: &[SeenConnection],
    after: &[SeenConnection],
) -> Result<(), InvariantViolation> {
    for now in after.iter().filter(|seen| Some(&seen.id) != concerned) {
        let Some(was) = before.iter().find(|seen| seen.id == now.id) else {
            return Err(MIXED_UP);
        };
        let by_time = matches!(
            (&was.phase, &now.phase),
            (ConnectionPhase::Active, ConnectionPhase::Refreshing)
                | (
                    ConnectionPhase::Active | ConnectionPhase::Refreshing | ConnectionPhase::Unsure,
                    ConnectionPhase::Ended(
                        EndReason::Expired | EndReason::Unsure | EndReason::Idle
                    )
                )
        );
        let same_pair = was.generation == now.generation && was.subject == now.subject;
        if !same_pair || !(by_time || was.phase == now.phase) {
            return Err(MIXED_UP);
        }
    }
    Ok(())
}

/// The page of a call that is open and not yet being answered.
fn caller<'w>(
    model: &'w SessionModel,
    call: CallId,
    settled: &[(CallId, bool)],
) -> Result<&'w ConnectionId, InvariantViolation> {
    match open(model, call)? {
        (connection, None) if settled.iter().all(|(other, _)| *other != call) => {
            model.connections.get(connection).ok_or(MIXED_UP)
        }
        _ => Err(SETTLED_TWICE),
    }
}

/// A call may come to nothing while it is on its way, but only once.
fn failed(
    model: &SessionModel,
    call: CallId,
    settled: &[(CallId, bool)],
) -> Result<(), InvariantViolation> {
    open(model, call)?;
    match settled.contains(&(call, true)) {
        true => Err(SETTLED_TWICE),
        false => Ok(()),
    }
}

fn open(model: &SessionModel, call: CallId) -> Result<(usize, Option<u32>), InvariantViolation> {
    let at = usize::try_from(call.0).map_err(|_| SETTLED_TWICE)?;
    match model.callers.get(at) {
        Some(Caller::Open { connection, sent }) => Ok((*connection, *sent)),
        _ => Err(SETTLED_TWICE),
    }
}

fn lives(seen: &[SeenConnection], id: &ConnectionId) -> bool {
    let it = seen.iter().find(|seen| seen.id == *id);
    it.is_some_and(|it| !matches!(it.phase, ConnectionPhase::Ended(_)))
}
