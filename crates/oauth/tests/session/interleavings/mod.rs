//! All interleavings of what can happen, to a depth, each step held against the rules.
//!
//! The world (`model`) holds the machines and what surrounds them; `moves` says what can happen next;
//! `rules` what must hold, by the `names` of it; `explore` goes through all of it. `planted_faults` shows that
//! each rule can fail.
//!
//! `INTERLEAVINGS_DEPTH` sets another depth than the ones that stand here.

mod explore;
mod model;
mod moves;
mod names;
mod planted_faults;
mod rules;

use outlay_oauth::client::ClientSettings;
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::client;
use explore::{Explored, explore};
use model::SessionModel;
use moves::Scenario;

/// Explores, and sees that the exploration went as far as it should.
fn all(name: &str, depth: usize, scenario: &Scenario) {
    let stated = std::env::var("INTERLEAVINGS_DEPTH").ok();
    let depth = stated.map_or(depth, |depth| depth.parse().unwrap());
    let Explored { states, schedules } = explore(name, scenario, depth);
    assert!(states > depth * 10, "{states} states");
    let least = 5u128.pow(u32::try_from(depth).unwrap());
    assert!(schedules > least, "{schedules} schedules");
}

/// Three callers and one connection whose pair is old enough to be refreshed for a 401.
#[test]
fn invariants_hold_for_three_callers_of_one_connection() {
    all(
        "one connection",
        8,
        &Scenario {
            model: SessionModel::new()
                .connected(client("sandbox"))
                .later(2 * MINUTE)
                .with_events(),
            pairs: 2,
            subjects: &["urn:0"],
            removals: false,
            restarts: true,
        },
    );
}

/// The same at a server that states a grace window.
#[test]
fn invariants_hold_for_three_callers_with_a_grace_window() {
    let client = ClientSettings {
        client_id: names::GRACED.to_owned(),
        refresh_grace: 20 * SECOND,
        ..client("sandbox")
    };
    all(
        "grace window",
        8,
        &Scenario {
            model: SessionModel::new()
                .connected(client)
                .later(2 * MINUTE)
                .with_events(),
            pairs: 2,
            subjects: &["urn:0"],
            removals: false,
            restarts: true,
        },
    );
}

/// Three callers of two connections, either of which may be removed.
#[test]
fn invariants_hold_for_three_callers_of_two_connections() {
    let model = SessionModel::new().connected(client("sandbox"));
    all(
        "two connections",
        6,
        &Scenario {
            model: model
                .connected(client("sandbox"))
                .later(2 * MINUTE)
                .with_events(),
            pairs: 3,
            subjects: &["urn:0", "urn:1"],
            removals: true,
            restarts: true,
        },
    );
}

/// A connection and another sign-in, in a vault that may die and leave the page its copy.
#[test]
fn invariants_hold_for_a_sign_in_during_a_connection_and_vault_loss() {
    all(
        "sign-in and restart",
        7,
        &Scenario {
            model: SessionModel::new()
                .connected(client("sandbox"))
                .signing_in(),
            pairs: 3,
            subjects: &["urn:0", "urn:9"],
            removals: false,
            restarts: true,
        },
    );
}
