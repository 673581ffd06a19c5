//! Each rule can fail: a world, and something that the machines must never do in it.

use outlay_codes::ErrorCode;
use outlay_oauth::secret::AccessToken;
use outlay_oauth::session::io::{CallId, Effect, Input};
use outlay_oauth::time::MINUTE;
use outlay_oauth::token::{FormPost, TokenHttpResponse};

use super::super::host::{access, client, http, ok, pair, refusal, valid};
use super::explore::settles;
use super::model::{Caller, LIFE, SentRequests, SessionModel};
use super::names::*;

/// A connection whose refresh is on its way, with the effect that sent it; caller 0 waits.
fn refreshing() -> (SessionModel, Effect) {
    let mut model = old();
    model.call(0, 0).unwrap();
    let call = CallId(0);
    let Caller::Open { sent, .. } = &mut model.callers[0] else {
        panic!("the call is open");
    };
    let generation = sent.take();
    let status = Some(401);
    let before = model.seen.clone();
    let effects = model.handle(Input::CallAnswered { call, status });
    let step = NamedStep::CallAnswered { call, generation };
    model.absorb(&before, &step, &effects).unwrap();
    let is_refresh = |effect: &Effect| matches!(effect, Effect::Refresh { .. });
    (model, effects.into_iter().find(is_refresh).unwrap())
}

fn old() -> SessionModel {
    let model = SessionModel::new().connected(client("sandbox"));
    model.later(2 * MINUTE).with_events()
}

/// Two connections; caller 0 has a call to the first on its way.
fn two() -> SessionModel {
    let model = SessionModel::new().connected(client("sandbox"));
    let mut model = model
        .connected(client("sandbox"))
        .later(2 * MINUTE)
        .with_events();
    model.call(0, 0).unwrap();
    model
}

fn refused() -> SessionModel {
    let (mut model, _) = refreshing();
    let (key, _) = model.requests[0];
    model
        .token_answered(key, refusal("invalid_grant"), None)
        .unwrap();
    model
}

fn refreshed() -> SessionModel {
    let (mut model, _) = refreshing();
    let (key, _) = model.requests[0];
    let new = model.rules.issue();
    model
        .token_answered(key, ok(&pair(new)), Some((new, true)))
        .unwrap();
    model
}

/// A sign-in up to the question whose its tokens are.
fn arrived() -> SessionModel {
    let mut model = SessionModel::new().signing_in();
    model.come_back().unwrap();
    let (key, _) = model.requests[0];
    let new = model.rules.issue();
    model
        .token_answered(key, ok(&pair(new)), Some((new, true)))
        .unwrap();
    model
}

/// The machines return an effect without a cause.
fn also(
    mut model: SessionModel,
    step: NamedStep,
    effects: &[Effect],
) -> Result<(), InvariantViolation> {
    let before = model.seen.clone();
    model.absorb(&before, &step, effects)
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
fn asked(mut model: SessionModel) -> SessionModel {
    model.callers[1] = Caller::Open {
        connection: 0,
        sent: None,
    };
    model
}

/// What caller 0 got is made known, and this comes out.
fn answered(mut model: SessionModel, effects: &[Effect]) -> Result<(), InvariantViolation> {
    let Caller::Open { sent, .. } = &mut model.callers[0] else {
        panic!("the call is open");
    };
    let generation = sent.take();
    let call = CallId(0);
    also(model, NamedStep::CallAnswered { call, generation }, effects)
}

type FaultCase = (
    &'static str,
    InvariantViolation,
    fn() -> Result<(), InvariantViolation>,
);

const CASES: &[FaultCase] = &[
    ("a refresh after an unclear answer", PRESENTED_AGAIN, || {
        let (mut model, refresh) = refreshing();
        let (key, _) = model.requests[0];
        model.callers[0] = Caller::Settled;
        let call = CallId(0);
        model.handle(Input::CallDropped { call });
        model.token_answered(key, http(500, ""), None)?;
        also(model, NamedStep::Other, &[refresh])
    }),
    (
        "a revocation of a token that is on its way",
        PRESENTED_AGAIN,
        || {
            let (model, refresh) = refreshing();
            let Effect::Refresh { request, .. } = refresh else {
                return Ok(());
            };
            let body = request.body.reveal().replace("refresh_token=", "token=");
            let revoke = Effect::Revoke(FormPost {
                url: request.url,
                body: outlay_oauth::secret::FormBody::new(body),
            });
            also(model, NamedStep::Other, &[revoke])
        },
    ),
    (
        "an answer to a refresh that was not sent",
        PRESENTED_AGAIN,
        || {
            let step = NamedStep::Refreshed {
                sent: 1,
                busy: false,
                brought: None,
            };
            also(old(), step, &[])
        },
    ),
    ("a refresh while one is on its way", TWO_REFRESHES, || {
        let (model, refresh) = refreshing();
        also(model, NamedStep::Other, &[refresh])
    }),
    ("a code that is sent again", CODE_AGAIN, || {
        let mut model = SessionModel::new().signing_in();
        let kept = model.pending.clone().unwrap();
        let query = format!("state={}&code=x", kept.state.as_str());
        let effects = model.handle(super::model::callback(&kept, query, None));
        model.absorb(&[], &NamedStep::Other, &effects)?;
        also(model, NamedStep::Other, &effects)
    }),
    ("an answer that is delivered twice", SETTLED_TWICE, || {
        answered(two(), &[deliver(0, 1), deliver(0, 1)])
    }),
    (
        "a failure of a call that was not made",
        SETTLED_TWICE,
        || {
            let fail = Effect::Fail {
                call: CallId(1),
                code: ErrorCode::Offline,
            };
            also(two(), NamedStep::Other, &[fail])
        },
    ),
    ("a failure after the answer", SETTLED_TWICE, || {
        let fail = Effect::Fail {
            call: CallId(0),
            code: ErrorCode::Offline,
        };
        answered(two(), &[deliver(0, 1), fail])
    }),
    (
        "a call that is sent while it is on its way",
        SETTLED_TWICE,
        || also(two(), NamedStep::Other, &[send(0, 1, 1)]),
    ),
    ("a call that is forgotten", NEVER_SETTLES, || {
        settles(&asked(old()))
    }),
    ("a call that signing out forgets", NEVER_SETTLES, || {
        let mut model = two();
        model.handle(Input::SignOut);
        also(model, NamedStep::SignedOut, &[Effect::Changed])
    }),
    (
        "a connection that outlives signing out",
        AFTER_SIGN_OUT,
        || also(old(), NamedStep::SignedOut, &[]),
    ),
    (
        "a sign-in that outlives signing out",
        AFTER_SIGN_OUT,
        || {
            let mut model = arrived();
            model.unwanted();
            let (key, _) = model.requests[0];
            model.introspected(key, valid("urn:0"))
        },
    ),
    (
        "an ended connection that lives again",
        AFTER_SIGN_OUT,
        || {
            let mut model = old();
            let before = refused().seen;
            model.absorb(&before, &NamedStep::Other, &[Effect::Changed])
        },
    ),
    ("a call for an ended connection", AFTER_THE_END, || {
        also(asked(refused()), NamedStep::Other, &[send(1, 1, 1)])
    }),
    ("a call with a token that was replaced", DEAD_TOKEN, || {
        also(asked(refreshed()), NamedStep::Other, &[send(1, 1, 1)])
    }),
    (
        "a call with a token under a wrong generation",
        DEAD_TOKEN,
        || also(asked(refreshed()), NamedStep::Other, &[send(1, 2, 1)]),
    ),
    ("a call with a token whose life is over", DEAD_TOKEN, || {
        also(asked(old().later(LIFE)), NamedStep::Other, &[send(1, 1, 1)])
    }),
    (
        "a refresh with a token that was replaced",
        DEAD_TOKEN,
        || {
            let (_, refresh) = refreshing();
            also(refreshed(), NamedStep::Other, &[refresh])
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
            also(refreshed(), NamedStep::Other, &[question])
        },
    ),
    ("a call with another connection's token", MIXED_UP, || {
        also(asked(two()), NamedStep::Other, &[send(1, 2, 2)])
    }),
    ("another call's answer", MIXED_UP, || {
        let mut model = two();
        model.call(1, 1)?;
        let Caller::Open { sent, .. } = &mut model.callers[1] else {
            return Ok(());
        };
        sent.take();
        answered(model, &[deliver(1, 2)])
    }),
    ("an answer under another generation", MIXED_UP, || {
        answered(two(), &[deliver(0, 2)])
    }),
    (
        "a refresh that changes another connection",
        MIXED_UP,
        || {
            let model = SessionModel::new().connected(client("sandbox"));
            let mut model = model
                .connected(client("sandbox"))
                .later(2 * MINUTE)
                .with_events();
            model.call(0, 0)?;
            model.call_answered(0, Some(401))?;
            let refresh = |(_, asked): &&_| matches!(asked, SentRequests::Refresh(1));
            let (key, _) = *model.requests.iter().find(refresh).unwrap();
            let new = model.rules.issue();
            let answer: TokenHttpResponse = ok(&pair(new));
            // As if the second one had taken the pair.
            model.connections.swap(0, 1);
            model.seen[1].generation = 9;
            model.token_answered(key, answer, Some((new, true)))
        },
    ),
    ("a change without an event for pages", UNTOLD, || {
        let (model, _) = refreshing();
        let mut before = model.seen.clone();
        before[0].phase = outlay_oauth::session::ConnectionPhase::Active;
        let mut model = model;
        model.absorb(&before, &NamedStep::Other, &[])
    }),
];

#[test]
fn each_invariant_detects_its_planted_fault() {
    for (what, rule, case) in CASES {
        assert_eq!(case(), Err(*rule), "{what}");
    }
}
