//! All interleavings of what can happen, to a depth, each step held against the rules.
//!
//! The world (`world`) holds the machines and what surrounds them; `moves` says what can happen next;
//! `rules` what must hold, by the `names` of it; `explore` goes through all of it. `broken` shows that
//! each rule can fail.
//!
//! `INTERLEAVINGS_DEPTH` sets another depth than the ones that stand here.

mod broken;
mod explore;
mod moves;
mod names;
mod rules;
mod world;

use outlay_oauth::client::Client;
use outlay_oauth::time::{MINUTE, SECOND};

use super::host::client;
use explore::{Explored, explore};
use moves::Scenario;
use world::World;

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
fn three_callers_of_one_connection() {
    all(
        "one connection",
        8,
        &Scenario {
            world: World::new()
                .connected(client("sandbox"))
                .later(2 * MINUTE)
                .heard(),
            pairs: 2,
            subjects: &["urn:0"],
            removals: false,
            restarts: true,
        },
    );
}

/// The same at a server that states a grace window.
#[test]
fn three_callers_at_a_forgiving_server() {
    let client = Client {
        client_id: names::GRACED.to_owned(),
        refresh_grace: 20 * SECOND,
        ..client("sandbox")
    };
    all(
        "grace window",
        8,
        &Scenario {
            world: World::new().connected(client).later(2 * MINUTE).heard(),
            pairs: 2,
            subjects: &["urn:0"],
            removals: false,
            restarts: true,
        },
    );
}

/// Three callers of two connections, either of which may be removed.
#[test]
fn three_callers_of_two_connections() {
    let world = World::new().connected(client("sandbox"));
    all(
        "two connections",
        6,
        &Scenario {
            world: world.connected(client("sandbox")).later(2 * MINUTE).heard(),
            pairs: 3,
            subjects: &["urn:0", "urn:1"],
            removals: true,
            restarts: true,
        },
    );
}

/// A connection and a sign-in beside it, in a vault that may die and leave the page its copy.
#[test]
fn a_sign_in_beside_a_connection_in_a_vault_that_may_die() {
    all(
        "sign-in and restart",
        7,
        &Scenario {
            world: World::new().connected(client("sandbox")).signing_in(),
            pairs: 3,
            subjects: &["urn:0", "urn:9"],
            removals: false,
            restarts: true,
        },
    );
}
