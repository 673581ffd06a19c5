//! What is done, drawn by chance: the same steps for the same seed, whatever comes of them.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::faults;
use crate::fault::{Fault, Order};

/// One thing that a user, a tab or the world does.
#[derive(Debug, Clone)]
pub enum Step {
    /// Every tab calls each of these paths at once.
    Calls(Vec<&'static str>),
    /// One tab, which is opened first if it is closed.
    Tab(usize, Act),
    /// The sandbox is told of a fault, once.
    Fault(Order),
    /// It forgets the faults that have not struck.
    Calm,
}

/// What is done in one tab.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    /// It goes to a route.
    Go(&'static str),
    /// It is loaded again.
    Reload,
    /// It is closed, unless too few would be left.
    Close,
    /// Whoever is not connected connects, or reconnects.
    SignIn(Way),
    /// Whoever is connected connects another company, or the same once more.
    Another(Way),
    /// Everybody is signed out.
    SignOut,
}

/// How a sign-in goes.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// In a window of its own.
    pub popup: bool,
    /// Which company is picked.
    pub company: usize,
    /// The user says no.
    pub deny: bool,
}

/// An endless row of steps.
#[derive(Debug)]
pub struct Plan {
    dice: Dice,
    tabs: usize,
}

impl Plan {
    /// The row of this seed, for so many tabs.
    #[must_use]
    pub fn new(seed: u64, tabs: usize) -> Self {
        Self {
            dice: Dice(ChaCha8Rng::seed_from_u64(seed)),
            tabs,
        }
    }
}

impl Iterator for Plan {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let Self { dice, tabs } = self;
        // Drawn whether it is needed or not.
        let tab = dice.below(*tabs);
        Some(match dice.below(100) {
            0..20 => {
                const PATHS: [&str; 3] = ["/v1/companies", "/v2/employees", "/v1/introspect"];
                let many = 1 + dice.below(4);
                Step::Calls((0..many).map(|_| dice.pick(&PATHS)).collect())
            }
            20..30 => Step::Tab(tab, Act::Go(dice.pick(&["/", "/entries", "/nowhere"]))),
            30..39 => Step::Tab(tab, Act::Reload),
            39..44 => Step::Tab(tab, Act::Close),
            44..70 => Step::Tab(tab, Act::SignIn(way(dice))),
            70..74 => Step::Tab(tab, Act::Another(way(dice))),
            74..76 => Step::Tab(tab, Act::SignOut),
            76..91 => Step::Fault(faults::draw(dice)),
            91..94 => Step::Fault(Fault::Expire.into()),
            94 => Step::Fault(Fault::Revoke.into()),
            _ => Step::Calm,
        })
    }
}

fn way(dice: &mut Dice) -> Way {
    Way {
        popup: dice.below(2) == 0,
        company: dice.below(3),
        deny: dice.below(10) == 0,
    }
}

/// Chance that repeats itself.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// 0 up to, and without, `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // The bias of the remainder is far below anything that a soak could show.
        let end = end.max(1) as u64;
        usize::try_from(self.0.next_u64() % end).unwrap_or_default()
    }

    /// One of them.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(seed: u64) -> Vec<String> {
        let plan = Plan::new(seed, 10).take(2_000);
        plan.map(|step| format!("{step:?}")).collect()
    }

    #[test]
    fn the_seed_alone_decides() {
        assert_eq!(steps(1), steps(1));
        assert_ne!(steps(1), steps(2));
    }

    #[test]
    fn everything_has_its_turn() {
        let all = steps(3).join("\n");
        for word in [
            "Calls",
            "Go",
            "Reload",
            "Close",
            "SignIn",
            "Another",
            "SignOut",
            "Expire",
            "Revoke",
            "Calm",
            "Lost",
            "Cut",
            "Slow",
            "Status",
            "Busy",
            "Html",
            "Refuse",
            "CorsOff",
            "Clock",
            "Callback",
            "OtherSubject",
        ] {
            assert!(all.contains(word), "{word} never comes");
        }
    }
}
