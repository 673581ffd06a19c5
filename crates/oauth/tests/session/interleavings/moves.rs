//! What can happen next.

use outlay_oauth::session::io::{Input, IntrospectionResult, RequestKey};
use outlay_oauth::token::TokenHttpResponse;

use super::super::host::{busy, http, ok, pair, refusal, single, valid};
use super::model::{Caller, SentRequests, SessionModel};
use super::names::{InvariantViolation, NamedStep};

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    Call {
        connection: usize,
    },
    CallAnswered {
        caller: usize,
        status: Option<u16>,
    },
    TokenAnswered {
        key: RequestKey,
        answer: Token,
    },
    Introspected {
        key: RequestKey,
        answer: IntrospectionAnswer,
    },
    NetworkChecked {
        key: RequestKey,
        reached: bool,
    },
    Callback,
    CancelSignIn,
    RetryNow {
        connection: usize,
    },
    Remove {
        connection: usize,
    },
    SignOut,
    /// Time goes on to what is due next, and the machines get a tick.
    Due,
    /// Time goes past the end of the token in view, without a tick.
    Expiry,
    /// The vault dies, and another takes its place.
    Restart,
}

/// Every kind of answer of a token endpoint.
#[derive(Clone, Copy, Debug)]
pub enum Token {
    Pair,
    Lone,
    Busy429,
    Busy503,
    Error500,
    Refusal,
    Html,
    Incomplete,
    Lost,
}

/// Every kind of answer of introspection.
#[derive(Clone, Copy, Debug)]
pub enum IntrospectionAnswer {
    Subject(&'static str),
    Unauthorized,
    Unclear,
}

/// A world to begin with, and what may happen in it.
pub struct Scenario {
    pub model: SessionModel,
    /// How many pairs are issued at most, those of the beginning counted.
    pub pairs: u32,
    pub subjects: &'static [&'static str],
    pub removals: bool,
    pub restarts: bool,
}

const STATUSES: [Option<u16>; 6] = [Some(200), Some(401), Some(429), Some(500), Some(503), None];

const TOKENS: [Token; 9] = [
    Token::Pair,
    Token::Lone,
    Token::Busy429,
    Token::Busy503,
    Token::Error500,
    Token::Refusal,
    Token::Html,
    Token::Incomplete,
    Token::Lost,
];

impl Scenario {
    pub fn moves(&self, model: &SessionModel) -> Vec<Move> {
        let mut moves = Vec::new();
        let connections = 0..model.connections.len();
        // Callers are interchangeable: the first idle one calls.
        if model.callers.contains(&Caller::Idle) {
            moves.extend(
                connections
                    .clone()
                    .map(|connection| Move::Call { connection }),
            );
        }
        for (caller, state) in model.callers.iter().enumerate() {
            if matches!(state, Caller::Open { sent: Some(_), .. }) {
                let answer = |status| Move::CallAnswered { caller, status };
                moves.extend(STATUSES.map(answer));
            }
        }
        for (key, asked) in &model.requests {
            let key = *key;
            match asked {
                SentRequests::Exchange { .. } | SentRequests::Refresh(_) => {
                    let possible = |answer: &Token| {
                        model.rules.issued() < self.pairs
                            || !matches!(answer, Token::Pair | Token::Lone)
                    };
                    let answers = TOKENS.into_iter().filter(possible);
                    moves.extend(answers.map(|answer| Move::TokenAnswered { key, answer }));
                }
                SentRequests::Arrival { .. } | SentRequests::Introspect(_) => {
                    let reported = self
                        .subjects
                        .iter()
                        .map(|subject| IntrospectionAnswer::Subject(subject));
                    let reported = reported.chain([
                        IntrospectionAnswer::Unauthorized,
                        IntrospectionAnswer::Unclear,
                    ]);
                    moves.extend(reported.map(|answer| Move::Introspected { key, answer }));
                }
                SentRequests::Check => {
                    let check = |reached| Move::NetworkChecked { key, reached };
                    moves.extend([true, false].map(check));
                }
            }
        }
        if model.pending.is_some() && model.callbacks < 2 {
            moves.push(Move::Callback);
        }
        if !model.sessions.sign_ins().is_empty() {
            moves.push(Move::CancelSignIn);
        }
        moves.extend(
            connections
                .clone()
                .map(|connection| Move::RetryNow { connection }),
        );
        if self.removals {
            moves.extend(connections.map(|connection| Move::Remove { connection }));
        }
        if model.sessions.next_due().is_some() {
            moves.push(Move::Due);
        }
        moves.extend([Move::Expiry, Move::SignOut]);
        if self.restarts && !model.restarted {
            moves.push(Move::Restart);
        }
        moves
    }
}

impl Move {
    pub fn make(self, model: &mut SessionModel) -> Result<(), InvariantViolation> {
        match self {
            Move::Call { connection } => {
                let idle = |caller: &Caller| *caller == Caller::Idle;
                match model.callers.iter().position(idle) {
                    Some(caller) => model.call(caller, connection),
                    None => Ok(()),
                }
            }
            Move::CallAnswered { caller, status } => model.call_answered(caller, status),
            Move::TokenAnswered { key, answer } => {
                let (answer, brought) = answer.of(model);
                model.token_answered(key, answer, brought)
            }
            Move::Introspected { key, answer } => model.introspected(
                key,
                match answer {
                    IntrospectionAnswer::Subject(subject) => valid(subject),
                    IntrospectionAnswer::Unauthorized => IntrospectionResult::Unauthorized,
                    IntrospectionAnswer::Unclear => IntrospectionResult::Unclear,
                },
            ),
            Move::NetworkChecked { key, reached } => model.network_checked(key, reached),
            Move::Callback => model.come_back(),
            Move::CancelSignIn => {
                model.unwanted();
                let sign_in = model.sessions.sign_ins().first().map_or(0, |view| view.id);
                model.feed(Input::CancelSignIn { sign_in }, NamedStep::Other)
            }
            Move::RetryNow { connection } => {
                let connection = model.connections[connection].clone();
                model.feed(Input::RetryNow { connection }, NamedStep::Other)
            }
            Move::Remove { connection } => {
                let connection = model.connections[connection].clone();
                model.feed(Input::Remove { connection }, NamedStep::Other)
            }
            Move::SignOut => {
                model.unwanted();
                model.feed(Input::SignOut, NamedStep::SignedOut)
            }
            Move::Due => {
                let due = model.sessions.next_due().unwrap_or_default();
                model.pass(due.saturating_sub(model.now.monotonic));
                model.feed(Input::Tick, NamedStep::Other)
            }
            Move::Expiry => {
                let views = model.sessions.connections(model.now);
                let left = views.iter().filter_map(|view| view.expires_in).max();
                model.pass(left.unwrap_or_default());
                Ok(())
            }
            Move::Restart => {
                model.restart();
                Ok(())
            }
        }
    }
}

impl Token {
    /// The answer, and the pair that it brings.
    fn of(self, model: &mut SessionModel) -> (TokenHttpResponse, Option<(u32, bool)>) {
        match self {
            Token::Pair => {
                let issued = model.rules.issue();
                (ok(&pair(issued)), Some((issued, true)))
            }
            Token::Lone => {
                let issued = model.rules.issue();
                (ok(&single(issued, 900)), Some((issued, false)))
            }
            Token::Busy429 => (busy(429, None), None),
            Token::Busy503 => (busy(503, Some(90_000)), None),
            Token::Error500 => (http(500, ""), None),
            Token::Refusal => (refusal("invalid_grant"), None),
            Token::Html => (ok("<html>"), None),
            Token::Incomplete => (ok(r#"{"token_type":"Bearer"}"#), None),
            Token::Lost => (TokenHttpResponse::Lost, None),
        }
    }
}
