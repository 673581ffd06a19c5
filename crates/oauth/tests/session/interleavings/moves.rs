//! What can happen next.

use outlay_oauth::session::io::{Input, Introspection, RequestKey};
use outlay_oauth::token::Answer;

use super::super::host::{busy, http, lone, ok, pair, refusal, valid};
use super::names::{Broken, Step};
use super::world::{Asked, Caller, World};

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
        answer: Told,
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
    /// Time goes on to what is due next, and the machines are told.
    Due,
    /// Time goes past the end of the token in view, and nobody tells the machines.
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
pub enum Told {
    Subject(&'static str),
    Unauthorized,
    Unclear,
}

/// A world to begin with, and what may happen in it.
pub struct Scenario {
    pub world: World,
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
    pub fn moves(&self, world: &World) -> Vec<Move> {
        let mut moves = Vec::new();
        let connections = 0..world.connections.len();
        // Callers are alike: the first one that is idle calls.
        if world.callers.contains(&Caller::Idle) {
            moves.extend(
                connections
                    .clone()
                    .map(|connection| Move::Call { connection }),
            );
        }
        for (caller, state) in world.callers.iter().enumerate() {
            if matches!(state, Caller::Open { sent: Some(_), .. }) {
                let answer = |status| Move::CallAnswered { caller, status };
                moves.extend(STATUSES.map(answer));
            }
        }
        for (key, asked) in &world.requests {
            let key = *key;
            match asked {
                Asked::Exchange { .. } | Asked::Refresh(_) => {
                    let possible = |answer: &Token| {
                        world.rules.issued() < self.pairs
                            || !matches!(answer, Token::Pair | Token::Lone)
                    };
                    let answers = TOKENS.into_iter().filter(possible);
                    moves.extend(answers.map(|answer| Move::TokenAnswered { key, answer }));
                }
                Asked::Arrival { .. } | Asked::Introspect(_) => {
                    let told = self.subjects.iter().map(|subject| Told::Subject(subject));
                    let told = told.chain([Told::Unauthorized, Told::Unclear]);
                    moves.extend(told.map(|answer| Move::Introspected { key, answer }));
                }
                Asked::Check => {
                    let check = |reached| Move::NetworkChecked { key, reached };
                    moves.extend([true, false].map(check));
                }
            }
        }
        if world.pending.is_some() && world.callbacks < 2 {
            moves.push(Move::Callback);
        }
        if !world.sessions.sign_ins().is_empty() {
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
        if world.sessions.next_due().is_some() {
            moves.push(Move::Due);
        }
        moves.extend([Move::Expiry, Move::SignOut]);
        if self.restarts && !world.restarted {
            moves.push(Move::Restart);
        }
        moves
    }
}

impl Move {
    pub fn make(self, world: &mut World) -> Result<(), Broken> {
        match self {
            Move::Call { connection } => {
                let idle = |caller: &Caller| *caller == Caller::Idle;
                match world.callers.iter().position(idle) {
                    Some(caller) => world.call(caller, connection),
                    None => Ok(()),
                }
            }
            Move::CallAnswered { caller, status } => world.call_answered(caller, status),
            Move::TokenAnswered { key, answer } => {
                let (answer, brought) = answer.of(world);
                world.token_answered(key, answer, brought)
            }
            Move::Introspected { key, answer } => world.introspected(
                key,
                match answer {
                    Told::Subject(subject) => valid(subject),
                    Told::Unauthorized => Introspection::Unauthorized,
                    Told::Unclear => Introspection::Unclear,
                },
            ),
            Move::NetworkChecked { key, reached } => world.network_checked(key, reached),
            Move::Callback => world.come_back(),
            Move::CancelSignIn => {
                world.unwanted();
                let sign_in = world.sessions.sign_ins().first().map_or(0, |view| view.id);
                world.feed(Input::CancelSignIn { sign_in }, Step::Other)
            }
            Move::RetryNow { connection } => {
                let connection = world.connections[connection].clone();
                world.feed(Input::RetryNow { connection }, Step::Other)
            }
            Move::Remove { connection } => {
                let connection = world.connections[connection].clone();
                world.feed(Input::Remove { connection }, Step::Other)
            }
            Move::SignOut => {
                world.unwanted();
                world.feed(Input::SignOut, Step::SignedOut)
            }
            Move::Due => {
                let due = world.sessions.next_due().unwrap_or_default();
                world.pass(due.saturating_sub(world.now.monotonic));
                world.feed(Input::Tick, Step::Other)
            }
            Move::Expiry => {
                let views = world.sessions.connections(world.now);
                let left = views.iter().filter_map(|view| view.expires_in).max();
                world.pass(left.unwrap_or_default());
                Ok(())
            }
            Move::Restart => {
                world.restart();
                Ok(())
            }
        }
    }
}

impl Token {
    /// The answer, and the pair that it brings.
    fn of(self, world: &mut World) -> (Answer, Option<(u32, bool)>) {
        match self {
            Token::Pair => {
                let issued = world.rules.issue();
                (ok(&pair(issued)), Some((issued, true)))
            }
            Token::Lone => {
                let issued = world.rules.issue();
                (ok(&lone(issued, 900)), Some((issued, false)))
            }
            Token::Busy429 => (busy(429, None), None),
            Token::Busy503 => (busy(503, Some(90_000)), None),
            Token::Error500 => (http(500, ""), None),
            Token::Refusal => (refusal("invalid_grant"), None),
            Token::Html => (ok("<html>"), None),
            Token::Incomplete => (ok(r#"{"token_type":"Bearer"}"#), None),
            Token::Lost => (Answer::Lost, None),
        }
    }
}
