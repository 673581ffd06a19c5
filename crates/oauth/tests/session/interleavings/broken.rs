//! Each rule can fail: a world, and something that the machines must never do in it.

use outlay_oauth::secret::AccessToken;
use outlay_oauth::session::io::{CallId, Effect, Input};
use outlay_oauth::time::MINUTE;
use outlay_oauth::token::{Answer, FormPost};

use super::super::host::{access, client, http, ok, pair, refusal, valid};
use super::explore::settles;
use super::names::*;
use super::world::{Asked, Caller, LIFE, World};

/// A connection whose refresh is on its way, with the effect that sent it; caller 0 waits.
fn refreshing() -> (World, Effect) {
    let mut world = old();
    world.call(0, 0).unwrap();
    let call = CallId(0);
    let Caller::Open { sent, .. } = &mut world.callers[0] else {
        panic!("the call is open");
    };
    let generation = sent.take();
    let status = Some(401);
    let before = world.seen.clone();
    let effects = world.handle(Input::CallAnswered { call, status });
    let step = Step::CallAnswered { call, generation };
    world.absorb(&before, &step, &effects).unwrap();
    let is_refresh = |effect: &Effect| matches!(effect, Effect::Refresh { .. });
    (world, effects.into_iter().find(is_refresh).unwrap())
}

fn old() -> World {
    let world = World::new().connected(client("sandbox"));
    world.later(2 * MINUTE).heard()
}

/// Two connections; caller 0 has a call to the first on its way.
fn two() -> World {
    let world = World::new().connected(client("sandbox"));
    let mut world = world.connected(client("sandbox")).later(2 * MINUTE).heard();
    world.call(0, 0).unwrap();
    world
}

fn refused() -> World {
    let (mut world, _) = refreshing();
    let (key, _) = world.requests[0];
    world
        .token_answered(key, refusal("invalid_grant"), None)
        .unwrap();
    world
}

fn refreshed() -> World {
    let (mut world, _) = refreshing();
    let (key, _) = world.requests[0];
    let new = world.rules.issue();
    world
        .token_answered(key, ok(&pair(new)), Some((new, true)))
        .unwrap();
    world
}

/// A sign-in up to the question whose its tokens are.
fn arrived() -> World {
    let mut world = World::new().signing_in();
    world.come_back().unwrap();
    let (key, _) = world.requests[0];
    let new = world.rules.issue();
    world
        .token_answered(key, ok(&pair(new)), Some((new, true)))
        .unwrap();
    world
}

/// Something comes out of the machines that nobody asked for.
fn also(mut world: World, step: Step, effects: &[Effect]) -> Result<(), Broken> {
    let before = world.seen.clone();
    world.absorb(&before, &step, effects)
}

fn send(call: u64, pair: u32, generation: u32) -> Effect {
    Effect::Send {
        call: CallId(call),
        api_base: "https://api.example".to_owned(),
        token: AccessToken::new(access(pair)),
        generation,
    }
}

fn deliver(call: u64, generation: u32) -> Effect {
    Effect::Deliver {
        call: CallId(call),
        generation,
    }
}

/// Caller 1 wants something of the first connection.
fn asked(mut world: World) -> World {
    world.callers[1] = Caller::Open {
        connection: 0,
        sent: None,
    };
    world
}

/// What caller 0 got is made known, and this comes out.
fn answered(mut world: World, effects: &[Effect]) -> Result<(), Broken> {
    let Caller::Open { sent, .. } = &mut world.callers[0] else {
        panic!("the call is open");
    };
    let generation = sent.take();
    let call = CallId(0);
    also(world, Step::CallAnswered { call, generation }, effects)
}

type Case = (&'static str, Broken, fn() -> Result<(), Broken>);

const CASES: &[Case] = &[
    ("a refresh after an unclear answer", PRESENTED_AGAIN, || {
        let (mut world, refresh) = refreshing();
        let (key, _) = world.requests[0];
        world.callers[0] = Caller::Settled;
        let call = CallId(0);
        world.handle(Input::CallDropped { call });
        world.token_answered(key, http(500, ""), None)?;
        also(world, Step::Other, &[refresh])
    }),
    (
        "a revocation of a token that is on its way",
        PRESENTED_AGAIN,
        || {
            let (world, refresh) = refreshing();
            let Effect::Refresh { request, .. } = refresh else {
                return Ok(());
            };
            let body = request.body.reveal().replace("refresh_token=", "token=");
            let revoke = Effect::Revoke(FormPost {
                url: request.url,
                body: outlay_oauth::secret::FormBody::new(body),
            });
            also(world, Step::Other, &[revoke])
        },
    ),
    (
        "an answer to a refresh that nobody sent",
        PRESENTED_AGAIN,
        || {
            let step = Step::Refreshed {
                sent: 1,
                busy: false,
                brought: None,
            };
            also(old(), step, &[])
        },
    ),
    ("a refresh while one is on its way", TWO_REFRESHES, || {
        let (world, refresh) = refreshing();
        also(world, Step::Other, &[refresh])
    }),
    ("a code that is sent again", CODE_AGAIN, || {
        let mut world = World::new().signing_in();
        let kept = world.pending.clone().unwrap();
        let query = format!("state={}&code=x", kept.state.as_str());
        let effects = world.handle(super::world::callback(&kept, query, None));
        world.absorb(&[], &Step::Other, &effects)?;
        also(world, Step::Other, &effects)
    }),
    ("an answer that is delivered twice", SETTLED_TWICE, || {
        answered(two(), &[deliver(0, 1), deliver(0, 1)])
    }),
    (
        "a failure of a call that nobody made",
        SETTLED_TWICE,
        || {
            let fail = Effect::Fail {
                call: CallId(1),
                code: "offline",
            };
            also(two(), Step::Other, &[fail])
        },
    ),
    ("a failure after the answer", SETTLED_TWICE, || {
        let fail = Effect::Fail {
            call: CallId(0),
            code: "offline",
        };
        answered(two(), &[deliver(0, 1), fail])
    }),
    (
        "a call that is sent while it is on its way",
        SETTLED_TWICE,
        || also(two(), Step::Other, &[send(0, 1, 1)]),
    ),
    ("a call that is forgotten", NEVER_SETTLES, || {
        settles(&asked(old()))
    }),
    ("a call that signing out forgets", NEVER_SETTLES, || {
        let mut world = two();
        world.handle(Input::SignOut);
        also(world, Step::SignedOut, &[Effect::Changed])
    }),
    (
        "a connection that outlives signing out",
        AFTER_SIGN_OUT,
        || also(old(), Step::SignedOut, &[]),
    ),
    (
        "a sign-in that outlives signing out",
        AFTER_SIGN_OUT,
        || {
            let mut world = arrived();
            world.unwanted();
            let (key, _) = world.requests[0];
            world.introspected(key, valid("urn:0"))
        },
    ),
    (
        "an ended connection that lives again",
        AFTER_SIGN_OUT,
        || {
            let mut world = old();
            let before = refused().seen;
            world.absorb(&before, &Step::Other, &[Effect::Changed])
        },
    ),
    ("a call for an ended connection", AFTER_THE_END, || {
        also(asked(refused()), Step::Other, &[send(1, 1, 1)])
    }),
    ("a call with a token that was replaced", DEAD_TOKEN, || {
        also(asked(refreshed()), Step::Other, &[send(1, 1, 1)])
    }),
    (
        "a call with a token under a wrong generation",
        DEAD_TOKEN,
        || also(asked(refreshed()), Step::Other, &[send(1, 2, 1)]),
    ),
    ("a call with a token whose life is over", DEAD_TOKEN, || {
        also(asked(old().later(LIFE)), Step::Other, &[send(1, 1, 1)])
    }),
    (
        "a refresh with a token that was replaced",
        DEAD_TOKEN,
        || {
            let (_, refresh) = refreshing();
            also(refreshed(), Step::Other, &[refresh])
        },
    ),
    (
        "a question with a token that was replaced",
        DEAD_TOKEN,
        || {
            let (key, _) = arrived().requests[0];
            let question = Effect::Introspect {
                key,
                api_base: "https://api.example".to_owned(),
                token: AccessToken::new(access(1)),
            };
            also(refreshed(), Step::Other, &[question])
        },
    ),
    ("a call with another connection's token", MIXED_UP, || {
        also(asked(two()), Step::Other, &[send(1, 2, 2)])
    }),
    ("another call's answer", MIXED_UP, || {
        let mut world = two();
        world.call(1, 1)?;
        let Caller::Open { sent, .. } = &mut world.callers[1] else {
            return Ok(());
        };
        sent.take();
        answered(world, &[deliver(1, 2)])
    }),
    ("an answer under another generation", MIXED_UP, || {
        answered(two(), &[deliver(0, 2)])
    }),
    (
        "a refresh that changes another connection",
        MIXED_UP,
        || {
            let world = World::new().connected(client("sandbox"));
            let mut world = world.connected(client("sandbox")).later(2 * MINUTE).heard();
            world.call(0, 0)?;
            world.call_answered(0, Some(401))?;
            let refresh = |(_, asked): &&_| matches!(asked, Asked::Refresh(1));
            let (key, _) = *world.requests.iter().find(refresh).unwrap();
            let new = world.rules.issue();
            let answer: Answer = ok(&pair(new));
            // As if the second one had taken the pair.
            world.connections.swap(0, 1);
            world.seen[1].generation = 9;
            world.token_answered(key, answer, Some((new, true)))
        },
    ),
    ("a change that pages do not hear of", UNTOLD, || {
        let (world, _) = refreshing();
        let mut before = world.seen.clone();
        before[0].phase = outlay_oauth::session::Phase::Active;
        let mut world = world;
        world.absorb(&before, &Step::Other, &[])
    }),
];

#[test]
fn each_rule_can_fail() {
    for (what, rule, case) in CASES {
        assert_eq!(case(), Err(*rule), "{what}");
    }
}
