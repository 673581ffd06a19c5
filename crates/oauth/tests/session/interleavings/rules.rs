//! What must hold after every step, in one place. `broken.rs` shows that each rule can fail.

use std::collections::{BTreeMap, BTreeSet};

use outlay_oauth::session::Phase;
use outlay_oauth::session::io::{CallId, ConnectionId, Effect, Ended};
use outlay_oauth::token::FormPost;

use super::super::host::effects::field;
use super::names::*;
use super::world::{Asked, Caller, LIFE, Seen, World, number};

/// What became of a refresh token the last time that it was presented.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
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
pub struct Rules {
    issued: u32,
    /// The verifiers of the codes that were sent.
    exchanged: BTreeSet<String>,
    fates: BTreeMap<u32, Fate>,
    present: BTreeMap<ConnectionId, Present>,
    /// When each access token is over, on the monotonic clock.
    ends: BTreeMap<u32, u64>,
}

impl Rules {
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
        world: &World,
        before: &[Seen],
        step: &Step,
        effects: &[Effect],
    ) -> Result<(), Broken> {
        self.learn(world, before, step, effects)?;
        let gone = |id: &ConnectionId| !lives(before, id) && !lives(&world.seen, id);
        let mut settled = Vec::new();
        for effect in effects {
            match effect {
                Effect::Send {
                    call,
                    token,
                    generation,
                    ..
                } => {
                    let id = caller(world, *call, &settled)?;
                    if gone(id) {
                        return Err(AFTER_THE_END);
                    }
                    let owner = self.owner(|present| present.access == number(token.reveal()));
                    let owner = owner.ok_or(DEAD_TOKEN)?;
                    if owner != id {
                        return Err(MIXED_UP);
                    }
                    let now_seen = world.seen.iter().find(|seen| seen.id == *id);
                    if now_seen.is_some_and(|seen| seen.generation != *generation)
                        || self.over(number(token.reveal()), world)
                    {
                        return Err(DEAD_TOKEN);
                    }
                    settled.push((*call, false));
                }
                Effect::Deliver { call, generation } => {
                    caller(world, *call, &settled)?;
                    let answered = matches!(
                        step,
                        Step::CallAnswered { call: of, generation: Some(sent) }
                            if of == call && sent == generation
                    );
                    if !answered {
                        return Err(MIXED_UP);
                    }
                    settled.push((*call, true));
                }
                Effect::Fail { call, .. } => {
                    failed(world, *call, &settled)?;
                    settled.push((*call, true));
                }
                Effect::Refresh { request, .. } => self.refresh(world, request, gone)?,
                Effect::Revoke(request) => {
                    self.presentable(number(&field(&request.body, "token")))?
                }
                Effect::Introspect { token, .. } => {
                    let pair = number(token.reveal());
                    let arriving = matches!(
                        step,
                        Step::Exchanged { brought: Some((new, _)), wanted: true } if *new == pair
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
        let told = effects.contains(&Effect::Changed);
        if world.seen != before && !told {
            return Err(UNTOLD);
        }
        Ok(())
    }

    /// What can matter no more is forgotten, so that worlds that differ in nothing else are one.
    pub fn prune(&mut self, world: &World) {
        self.present.retain(|id, _| lives(&world.seen, id));
        let arriving = |token: u32| {
            let of = |asked: &Asked| matches!(asked, Asked::Arrival { pair, .. } if *pair == token);
            world.requests.iter().any(|(_, asked)| of(asked))
        };
        let present = self.present.values();
        self.ends.retain(|access, _| {
            arriving(*access) || present.clone().any(|held| held.access == *access)
        });
        self.fates.retain(|token, fate| {
            arriving(*token)
                || matches!(fate, Fate::OnItsWay { .. })
                || present.clone().any(|held| held.refresh == Some(*token))
        });
    }

    /// What the input itself changes, and what of it the machines took over.
    fn learn(
        &mut self,
        world: &World,
        before: &[Seen],
        step: &Step,
        effects: &[Effect],
    ) -> Result<(), Broken> {
        let mut concerned = None;
        match *step {
            Step::Exchanged { brought, .. } => {
                if let Some((pair, refreshable)) = brought {
                    self.came(pair, refreshable, world);
                }
            }
            Step::Refreshed {
                sent,
                busy,
                brought,
            } => {
                let Some(Fate::OnItsWay { replay }) = self.fates.get(&sent).copied() else {
                    return Err(PRESENTED_AGAIN);
                };
                let fate = match brought {
                    Some((_, true)) => Fate::Spent,
                    Some((_, false)) => Fate::Good,
                    None if busy && !replay => Fate::Good,
                    None => Fate::Lost { replayed: replay },
                };
                self.fates.insert(sent, fate);
                let owner = self.owner(|present| present.refresh == Some(sent)).cloned();
                if let Some((pair, refreshable)) = brought {
                    self.came(pair, refreshable, world);
                    if let Some(id) = &owner
                        && generation(&world.seen, id) != generation(before, id)
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
            Step::Arrived { pair, .. } => {
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
            Step::Introspected(pair) => {
                concerned = self.owner(|present| present.access == pair).cloned();
            }
            Step::CallAnswered { call, .. } | Step::Called(call) => {
                concerned = match world.callers[usize::try_from(call.0).unwrap_or(0)] {
                    Caller::Open { connection, .. } => world.connections.get(connection).cloned(),
                    _ => None,
                };
            }
            Step::SignedOut => {
                let all_settled = world.callers.iter().enumerate().all(|(at, caller)| {
                    let failed = |effect: &Effect| matches!(effect, Effect::Fail { call, .. } if call.0 == at as u64);
                    !matches!(caller, Caller::Open { .. }) || effects.iter().any(failed)
                });
                if !world.seen.is_empty() {
                    return Err(AFTER_SIGN_OUT);
                }
                if !all_settled {
                    return Err(NEVER_SETTLES);
                }
                return Ok(());
            }
            Step::Other => {}
        }
        self.sign_out_wins(step, before, world)?;
        others_untouched(concerned.as_ref(), before, &world.seen)
    }

    /// A connection that was not there, or had ended, comes from a sign-in that is still wanted.
    fn sign_out_wins(&self, step: &Step, before: &[Seen], world: &World) -> Result<(), Broken> {
        let lives_now = world
            .seen
            .iter()
            .filter(|seen| lives(&world.seen, &seen.id));
        let came = lives_now.into_iter().any(|seen| !lives(before, &seen.id));
        match step {
            Step::Arrived { wanted: true, .. } => Ok(()),
            _ if came => Err(AFTER_SIGN_OUT),
            _ => Ok(()),
        }
    }

    fn came(&mut self, pair: u32, refreshable: bool, world: &World) {
        if refreshable {
            self.fates.insert(pair, Fate::Good);
        }
        self.ends.insert(pair, world.now.monotonic + LIFE);
    }

    fn over(&self, access: u32, world: &World) -> bool {
        self.ends
            .get(&access)
            .is_some_and(|end| *end <= world.now.monotonic)
    }

    fn owner(&self, of: impl Fn(&Present) -> bool) -> Option<&ConnectionId> {
        let mut present = self.present.iter();
        present.find(|(_, present)| of(present)).map(|(id, _)| id)
    }

    fn refresh(
        &mut self,
        world: &World,
        request: &FormPost,
        gone: impl Fn(&ConnectionId) -> bool,
    ) -> Result<(), Broken> {
        let token = number(&field(&request.body, "refresh_token"));
        let owner = self.owner(|present| present.refresh == Some(token));
        let owner = owner.ok_or(DEAD_TOKEN)?;
        if gone(owner) {
            return Err(AFTER_THE_END);
        }
        let in_flight = |asked: &Asked| match asked {
            Asked::Refresh(other) => self.owner(|p| p.refresh == Some(*other)) == Some(owner),
            _ => false,
        };
        if world.requests.iter().any(|(_, asked)| in_flight(asked)) {
            return Err(TWO_REFRESHES);
        }
        let graced = field(&request.body, "client_id") == GRACED;
        let replay = graced && self.fates.get(&token) == Some(&Fate::Lost { replayed: false });
        if !replay {
            self.presentable(token)?;
        }
        self.fates.insert(token, Fate::OnItsWay { replay });
        Ok(())
    }

    fn presentable(&self, token: u32) -> Result<(), Broken> {
        match self.fates.get(&token) {
            Some(Fate::Good) => Ok(()),
            _ => Err(PRESENTED_AGAIN),
        }
    }
}

fn generation(seen: &[Seen], id: &ConnectionId) -> Option<u32> {
    seen.iter()
        .find(|seen| seen.id == *id)
        .map(|s| s.generation)
}

/// An answer to one connection changes no other; what time alone brings about may come with it.
fn others_untouched(
    concerned: Option<&ConnectionId>,
    before: &[Seen],
    after: &[Seen],
) -> Result<(), Broken> {
    for now in after.iter().filter(|seen| Some(&seen.id) != concerned) {
        let Some(was) = before.iter().find(|seen| seen.id == now.id) else {
            return Err(MIXED_UP);
        };
        let by_time = matches!(
            (&was.phase, &now.phase),
            (Phase::Active, Phase::Refreshing)
                | (
                    Phase::Active | Phase::Refreshing | Phase::Unsure,
                    Phase::Ended(Ended::Expired | Ended::Unsure | Ended::Idle)
                )
        );
        let same_pair = was.generation == now.generation && was.subject == now.subject;
        if !same_pair || !(by_time || was.phase == now.phase) {
            return Err(MIXED_UP);
        }
    }
    Ok(())
}

/// Whom a call is for, unless it is not open any more or already on its way.
fn caller<'w>(
    world: &'w World,
    call: CallId,
    settled: &[(CallId, bool)],
) -> Result<&'w ConnectionId, Broken> {
    match open(world, call)? {
        (connection, None) if settled.iter().all(|(other, _)| *other != call) => {
            world.connections.get(connection).ok_or(MIXED_UP)
        }
        _ => Err(SETTLED_TWICE),
    }
}

/// A call may come to nothing while it is on its way, but only once.
fn failed(world: &World, call: CallId, settled: &[(CallId, bool)]) -> Result<(), Broken> {
    open(world, call)?;
    match settled.contains(&(call, true)) {
        true => Err(SETTLED_TWICE),
        false => Ok(()),
    }
}

fn open(world: &World, call: CallId) -> Result<(usize, Option<u32>), Broken> {
    let at = usize::try_from(call.0).map_err(|_| SETTLED_TWICE)?;
    match world.callers.get(at) {
        Some(Caller::Open { connection, sent }) => Ok((*connection, *sent)),
        _ => Err(SETTLED_TWICE),
    }
}

fn lives(seen: &[Seen], id: &ConnectionId) -> bool {
    let it = seen.iter().find(|seen| seen.id == *id);
    it.is_some_and(|it| !matches!(it.phase, Phase::Ended(_)))
}
