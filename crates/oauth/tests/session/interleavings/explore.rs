//! Every schedule to a depth. Two schedules that lead to the same state are one from there on: the
//! state is the machines' own, the world's and what the rules remember, with instants relative to now
//! and requests by the order of their names. So each state is gone on from once, and schedules are
//! counted along the graph of states, not walked one by one.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write as _;

use super::model::{Caller, MONOTONIC, SentRequests, SessionModel, WALL};
use super::moves::{Move, Scenario};
use super::names::{InvariantViolation, NEVER_SETTLES, NamedStep};
use outlay_oauth::session::io::{Input, IntrospectionResult};
use outlay_oauth::time::{Now, SECOND};

struct ExploredState {
    /// By which move from which state it was reached first.
    from: Option<(usize, Move)>,
    next: Vec<usize>,
    /// How many moves there are from here: as many in every world that is taken for this state.
    moves: usize,
}

pub struct Explored {
    pub states: usize,
    pub schedules: u128,
}

/// Goes through a scenario and panics with the schedule that breaks a rule.
pub fn explore(name: &str, scenario: &Scenario, depth: usize) -> Explored {
    let model = scenario.model.clone();
    let mut states = vec![ExploredState {
        from: None,
        next: Vec::new(),
        moves: scenario.moves(&model).len(),
    }];
    let mut known = HashMap::from([(fingerprint(&model), 0)]);
    let mut level = vec![(0, model)];
    for _ in 0..depth {
        let mut next_level = Vec::new();
        for (at, model) in level {
            for step in scenario.moves(&model) {
                let mut next = model.clone();
                let result = step.make(&mut next);
                let print = fingerprint(&next);
                let fresh = states.len();
                let to = *known.entry(print).or_insert(fresh);
                let result = match (result, to == fresh) {
                    (Ok(()), true) => settles(&next),
                    (result, _) => result,
                };
                if let Err(violated) = result {
                    panic!(
                        "{name}: {violated}, after {:#?}",
                        schedule(&states, at, step)
                    );
                }
                if to == fresh {
                    states.push(ExploredState {
                        from: Some((at, step)),
                        next: Vec::new(),
                        moves: scenario.moves(&next).len(),
                    });
                    next_level.push((to, next));
                } else {
                    assert_eq!(
                        scenario.moves(&next).len(),
                        states[to].moves,
                        "{name}: {:#?} is not {:#?}",
                        schedule(&states, at, step),
                        schedule(&states, to, step)
                    );
                }
                states[at].next.push(to);
            }
        }
        level = next_level;
    }
    let schedules = schedules(&states, depth);
    let moves: usize = states.iter().map(|state| state.next.len()).sum();
    let states = states.len();
    // Not through the captured output: the count is to be seen in every run.
    let line =
        format!("{name}: {schedules} schedules of {depth} steps, {states} states, {moves} moves\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    Explored { states, schedules }
}

/// How many ways of `depth` steps there are, or of fewer where nothing more can happen.
fn schedules(states: &[ExploredState], depth: usize) -> u128 {
    let mut ways = HashMap::from([(0, 1u128)]);
    let mut over = 0;
    for _ in 0..depth {
        let mut further = HashMap::new();
        for (at, count) in ways {
            if states[at].next.is_empty() {
                over += count;
            }
            for to in &states[at].next {
                *further.entry(*to).or_default() += count;
            }
        }
        ways = further;
    }
    over + ways.values().sum::<u128>()
}

fn schedule(states: &[ExploredState], at: usize, last: Move) -> Vec<Move> {
    let mut moves = vec![last];
    let mut at = at;
    while let Some((from, step)) = states[at].from {
        moves.push(step);
        at = from;
    }
    moves.reverse();
    moves
}

/// Every waiting page gets a result, whatever the token endpoint and the network do: calls and
/// introspections get an answer, refreshes and checks get none, and only time passes.
pub fn settles(model: &SessionModel) -> Result<(), InvariantViolation> {
    let mut model = model.clone();
    let begun = model.now.monotonic;
    while model.anybody_waits() {
        let in_progress = |caller: &Caller| matches!(caller, Caller::Open { sent: Some(_), .. });
        let introspection = |asked: &SentRequests| {
            matches!(
                asked,
                SentRequests::Introspect(_) | SentRequests::Arrival { .. }
            )
        };
        if let Some(at) = model.callers.iter().position(in_progress) {
            model.call_answered(at, Some(200))?;
        } else if let Some((key, _)) = model.requests.iter().find(|(_, a)| introspection(a)) {
            let key = *key;
            model.introspected(key, IntrospectionResult::Unclear)?;
        } else {
            let due = model.sessions.next_due().ok_or(NEVER_SETTLES)?;
            model.pass(due.saturating_sub(model.now.monotonic));
            if model.now.monotonic > begun + 60 * SECOND {
                return Err(NEVER_SETTLES);
            }
            model.feed(Input::Tick, NamedStep::Other)?;
        }
    }
    Ok(())
}

/// The state in words that do not depend on how it was reached.
fn fingerprint(model: &SessionModel) -> u64 {
    let mut printed_text = String::with_capacity(4096);
    let SessionModel {
        sessions,
        now,
        requests,
        callers,
        connections,
        callbacks,
        restarted,
        rules,
        copy,
        ..
    } = model;
    let copy = copy.as_ref().map(|copy| copy.created_at);
    write!(
        printed_text,
        "{sessions:?}{requests:?}{callers:?}{connections:?}{rules:?}{callbacks}{restarted}{copy:?}"
    )
    .unwrap();
    let mut hasher = DefaultHasher::new();
    // Of at most one sign-in it is open whether its state is used: their number says it all.
    let (head, tail) = printed_text.split_once("used: [").unwrap();
    let (used, tail) = tail.split_once("], next_id: ").unwrap();
    used.matches("Now").count().hash(&mut hasher);
    let mut names = Vec::new();
    for text in [head, tail] {
        canonical(text, *now, &mut names, &mut hasher);
    }
    hasher.finish()
}

/// Hashes a text with its instants relative to now, and its requests by the order of their names.
fn canonical<'t>(text: &'t str, now: Now, names: &mut Vec<&'t str>, hasher: &mut DefaultHasher) {
    let mut rest = text;
    let mut oldest = u64::MAX;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (words, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_digit());
        let (digits, after) = from.split_at(end.unwrap_or(from.len()));
        words.hash(hasher);
        rest = after;
        if words.ends_with("RequestKey(") {
            let rank = names.iter().position(|name| *name == digits);
            rank.unwrap_or(names.len()).hash(hasher);
            if rank.is_none() {
                names.push(digits);
            }
        } else if !words.ends_with("key: ") {
            if let Some(field) = words.strip_suffix("Now { monotonic: ") {
                oldest = oldest_that_matters(field);
            } else if !words.ends_with("wall: ") {
                oldest = u64::MAX;
            }
            let reported = match digits.parse().unwrap() {
                wall @ WALL.. => now.wall.wrapping_sub(wall).min(oldest),
                instant @ MONOTONIC.. => now.monotonic.wrapping_sub(instant).min(oldest),
                small => small,
            };
            reported.hash(hasher);
        }
    }
    rest.hash(hasher);
}

/// An instant may be so long ago that it is all the same how long: after this many milliseconds.
fn oldest_that_matters(field: &str) -> u64 {
    // When a request was sent is only in the record. That a connection was made twelve hours
    // ago is out of reach of so few steps.
    if field.ends_with(" at: ") || field.ends_with("made: ") {
        0
    } else if field.ends_with("last_answer: ") || field.ends_with("refresh_sent: Some(") {
        60 * SECOND
    } else {
        u64::MAX
    }
}
