//! The ids of the records that a company's entries refer to, made before the entries.

use crate::sample_data::account_list::{ACCOUNTS, TAXES};
use crate::sample_data::rng::SeededRng;

/// How many people are in a team.
const TEAM: usize = 5;

/// UUIDs of one company's records.
#[derive(Debug)]
pub struct Ids {
    /// Teams, in the order of their names.
    pub teams: Vec<String>,
    /// Tax codes that entries use.
    pub taxes: Vec<String>,
    /// Accounts that entries use, in the order of [`ACCOUNTS`].
    pub accounts: Vec<String>,
    /// Tag groups that entries use, each with its tags.
    pub tags: Vec<(String, Vec<String>)>,
}

impl Ids {
    /// Draws the ids for a company with this many employees.
    pub fn random(people: usize, rng: &mut SeededRng) -> Ids {
        let mut ids = |count: usize| -> Vec<String> { (0..count).map(|_| rng.uuid()).collect() };
        let teams = ids(people.div_ceil(TEAM));
        let taxes = ids(TAXES);
        let groups = ids(2);
        let accounts = ids(ACCOUNTS.len());
        let tags = groups.into_iter().map(|group| (group, ids(6))).collect();
        Ids {
            teams,
            taxes,
            accounts,
            tags,
        }
    }

    /// Returns the team of the employee at this position.
    pub fn team_of(&self, at: usize) -> &str {
        self.teams.get(at / TEAM).map_or("", String::as_str)
    }
}
