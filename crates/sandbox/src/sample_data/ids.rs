//! The ids of what a company's entries refer to, rolled before the entries.

use crate::sample_data::account_list::{ACCOUNTS, TAXES};
use crate::sample_data::rng::SeededRng;

/// How many people are in a team.
const TEAM: usize = 5;

/// Ids of one company.
#[derive(Debug)]
pub struct Ids {
    /// Of the teams.
    pub teams: Vec<String>,
    /// Of the tax codes that entries have.
    pub taxes: Vec<String>,
    /// Of the accounts that entries have, as [`ACCOUNTS`] lists them.
    pub accounts: Vec<String>,
    /// Of the tag groups that entries have, each with its tags.
    pub tags: Vec<(String, Vec<String>)>,
}

impl Ids {
    /// For a company of so many people.
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

    /// The team of the person at this place in the list of employees.
    pub fn team_of(&self, at: usize) -> &str {
        self.teams.get(at / TEAM).map_or("", String::as_str)
    }
}
