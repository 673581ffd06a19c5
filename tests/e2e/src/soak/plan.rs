//! What is done, drawn by chance: the same steps for the same seed, whatever comes of them.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::faults;
use crate::fault::{SandboxFault, SandboxOrder};

/// One thing that a user, a tab or the world does.
#[derive(Debug, Clone)]
pub enum SoakStep {
    /// Every tab calls each of these paths at once.
    Calls(Vec<&'static str>),
    /// One tab, which is opened first if it is closed.
    Tab(usize, SoakAction),
    /// The sandbox is told of a fault, once.
    Fault(SandboxOrder),
    /// It forgets the faults that have not struck.
    Calm,
}

/// What is done in one tab.
#[derive(Debug, Clone, Copy)]
pub enum SoakAction {
    /// It goes to a route.
    Go(&'static str),
    /// It is loaded again.
    Reload,
    /// It is closed, unless too few would be left.
    Close,
    /// Whoever is not connected connects, or reconnects.
    SignIn(SoakChannel),
    /// Whoever is connected connects another company, or the same once more.
    Another(SoakChannel),
    /// Everybody is signed out.
    SignOut,
}

/// How a sign-in goes.
#[derive(Debug, Clone, Copy)]
pub struct SoakChannel {
    /// In a window of its own.
    pub popup: bool,
    /// Which company is picked.
    pub company: usize,
    /// The user says no.
    pub deny: bool,
}

/// An endless row of steps.
#[derive(Debug)]
pub struct SoakPlan {
    rng: SoakRng,
    tabs: usize,
}

impl SoakPlan {
    /// The row of this seed, for so many tabs.
    #[must_use]
    pub fn new(seed: u64, tabs: usize) -> Self {
        Self {
            rng: SoakRng(ChaCha8Rng::seed_from_u64(seed)),
            tabs,
        }
    }
}

impl Iterator for SoakPlan {
    type Item = SoakStep;

    fn next(&mut self) -> Option<SoakStep> {
        let Self { rng, tabs } = self;
        // Drawn whether it is needed or not.
        let tab = rng.below(*tabs);
        Some(match rng.below(100) {
            0..20 => {
                const PATHS: [&str; 3] = ["/v1/companies", "/v2/employees", "/v1/introspect"];
                let many = 1 + rng.below(4);
                SoakStep::Calls((0..many).map(|_| rng.pick(&PATHS)).collect())
            }
            20..30 => SoakStep::Tab(
                tab,
                SoakAction::Go(rng.pick(&["/", "/entries", "/nowhere"])),
            ),
            30..39 => SoakStep::Tab(tab, SoakAction::Reload),
            39..44 => SoakStep::Tab(tab, SoakAction::Close),
            44..70 => SoakStep::Tab(tab, SoakAction::SignIn(channel(rng))),
            70..74 => SoakStep::Tab(tab, SoakAction::Another(channel(rng))),
            74..76 => SoakStep::Tab(tab, SoakAction::SignOut),
            76..91 => SoakStep::Fault(faults::draw(rng)),
            91..94 => SoakStep::Fault(SandboxFault::Expire.into()),
            94 => SoakStep::Fault(SandboxFault::Revoke.into()),
            _ => SoakStep::Calm,
        })
    }
}

fn channel(rng: &mut SoakRng) -> SoakChannel {
    SoakChannel {
        popup: rng.below(2) == 0,
        company: rng.below(3),
        deny: rng.below(10) == 0,
    }
}

/// Chance that repeats itself.
#[derive(Debug)]
pub(super) struct SoakRng(ChaCha8Rng);

impl SoakRng {
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
        let plan = SoakPlan::new(seed, 10).take(2_000);
        plan.map(|step| format!("{step:?}")).collect()
    }

    #[test]
    fn plan_depends_on_the_seed_only() {
        assert_eq!(steps(1), steps(1));
        assert_ne!(steps(1), steps(2));
    }

    #[test]
    fn every_action_occurs_in_a_plan() {
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
