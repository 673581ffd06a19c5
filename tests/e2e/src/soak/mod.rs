//! The soak: many tabs, short tokens, and for minutes on end whatever users, tabs and servers do, by
//! chance. What must hold all the while: no refresh token is presented again, nothing that a page
//! asks for stays unsettled, the vault does not grow, the session is always one of the contract's;
//! and when the faults are over, every tab lives or is one *Reconnect* away from it.
//!
//! Reading order: `plan` and `faults` (what is done, by the seed alone), `act` (how it is done),
//! `tabs` (the tabs, and what `watch.js` counts in them), `settle` (what must come of it all).

mod act;
mod faults;
mod plan;
mod settle;
mod tabs;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::rc::Rc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::Outcome;
use crate::devtools::{Weight, weigh};
use crate::fault::FaultTimes;
use crate::sandbox::SandboxSetup;
use crate::stage::{Stage, StageSetup, play};
use plan::{SoakPlan, SoakStep};
use tabs::Tabs;

/// Seconds that an access token lives.
const ACCESS_TTL: u32 = 5;

/// From one step to the next, unless the first takes longer.
const PACE: Duration = Duration::from_millis(400);

/// All tabs are looked at after so many steps.
const ROUND: usize = 20;

/// What the end of a run may take, and the start of a browser.
const SPARE: Duration = Duration::from_secs(300);

/// How long a soak is.
#[derive(Debug, Clone, Copy)]
pub struct SoakOptions {
    /// Minutes.
    pub minutes: u32,
    /// Tabs at the same time.
    pub tabs: usize,
    /// What chance begins with.
    pub seed: u64,
}

/// Plays it, and prints its figures.
///
/// # Panics
///
/// If anything does not hold; what was done until then is printed first.
pub fn soak(options: SoakOptions) {
    let SoakOptions {
        minutes,
        tabs,
        seed,
    } = options;
    println!("soak: seed {seed}, {tabs} tabs, {minutes} min");
    let lasts = Duration::from_secs(u64::from(minutes) * 60);
    let setup = StageSetup {
        deadline: Some(lasts + SPARE),
        sandbox: SandboxSetup {
            access_ttl: Some(ACCESS_TTL),
            entries: Some(300),
            ..SandboxSetup::default()
        },
        before_load: Some(include_str!("watch.js")),
        chromium_only: Some("the vault is weighed by Chromium's tools"),
        ..StageSetup::default()
    };
    let log = Rc::new(SoakLog {
        seed,
        begun: Instant::now(),
        steps: RefCell::default(),
    });
    // Whoever plays may have let go of theirs before the panic.
    let retained = log.clone();
    play("soak", setup, |stage| async move {
        Soak::open(&stage, options, &log).await?.run(lasts).await
    });
    drop(retained);
}

/// What has been done, to be told when something does not hold.
struct SoakLog {
    seed: u64,
    begun: Instant,
    steps: RefCell<Vec<String>>,
}

impl SoakLog {
    fn note(&self, step: &impl Debug) {
        let mut steps = self.steps.borrow_mut();
        let line = format!(
            "{:>6.1} s {:>4}  {step:?}",
            self.begun.elapsed().as_secs_f32(),
            steps.len()
        );
        steps.push(line);
    }

    fn came_to(&self, outcome: &str) {
        if let Some(line) = self.steps.borrow_mut().last_mut() {
            line.push_str(": ");
            line.push_str(outcome);
        }
    }
}

impl Drop for SoakLog {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let steps = self.steps.borrow().join("\n");
            println!("soak: seed {}, the steps:\n{steps}", self.seed);
        }
    }
}

struct Soak<'a> {
    stage: &'a Stage,
    options: SoakOptions,
    log: &'a SoakLog,
    tabs: Tabs<'a>,
    /// How often each fault has struck.
    struck: BTreeMap<String, u64>,
}

impl<'a> Soak<'a> {
    async fn open(stage: &'a Stage, options: SoakOptions, log: &'a SoakLog) -> Outcome<Self> {
        Ok(Self {
            stage,
            options,
            log,
            tabs: Tabs::open(stage, options.tabs).await?,
            struck: BTreeMap::new(),
        })
    }

    async fn run(mut self, lasts: Duration) -> Outcome {
        let begun = Instant::now();
        let mut before = None;
        let mut plan = SoakPlan::new(self.options.seed, self.options.tabs);
        let mut steps = 0;
        while begun.elapsed() < lasts {
            sleep_until(begun + PACE * u32::try_from(steps)?).await;
            let Some(step) = plan.next() else { break };
            self.log.note(&step);
            self.execute(step).await?;
            steps += 1;
            if steps % ROUND == 0 {
                self.tabs.check_all().await?;
                self.never_again().await?;
            }
            // Warm: the record is full, everything has happened once.
            if before.is_none() && begun.elapsed() >= lasts / 4 {
                self.note_struck().await?;
                self.quiet().await?;
                before = Some(weigh(&self.stage.browser).await?);
            }
        }
        self.note_struck().await?;
        self.settle().await?;
        self.never_again().await?;
        let after = weigh(&self.stage.browser).await?;
        let before = before.ok_or("the soak was too short to be weighed")?;
        self.publish(steps, begun.elapsed(), &before, &after)
            .await?;
        settle::grown(&before, &after)?;
        self.search_console().await
    }

    /// The console was looked at on the way: the search for tokens at the end cannot see it any more.
    async fn search_console(&self) -> Outcome {
        let mut audit = self.stage.audit().await?;
        audit
            .browser(&self.stage.browser, &self.tabs.console)
            .await?;
        match audit.found.is_empty() {
            true => Ok(()),
            false => Err(format!("a token was found in: {:?}", audit.found).into()),
        }
    }

    async fn execute(&mut self, step: SoakStep) -> Outcome {
        match step {
            SoakStep::Calls(paths) => self.tabs.call(&paths).await?,
            SoakStep::Tab(tab, act) => {
                let outcome = self.act(tab, act).await?;
                self.log.came_to(outcome);
                self.tabs.check_accessibility().await?;
            }
            SoakStep::Fault(order) => self.stage.sandbox.arm(order, FaultTimes::Once).await?,
            SoakStep::Calm => self.note_struck().await?,
        }
        Ok(())
    }

    /// Counts the faults that have struck, and switches the others off.
    async fn note_struck(&mut self) -> Outcome {
        for (fault, times) in self.stage.sandbox.struck().await? {
            *self.struck.entry(fault).or_default() += times;
        }
        self.stage.sandbox.reset_faults().await
    }

    async fn never_again(&self) -> Outcome {
        match self.stage.sandbox.counters().await?.refresh_presented_again {
            0 => Ok(()),
            times => Err(format!("redeemed refresh tokens were presented {times} times").into()),
        }
    }

    async fn publish(
        &self,
        steps: usize,
        took: Duration,
        before: &Weight,
        after: &Weight,
    ) -> Outcome {
        let counters = self.stage.sandbox.counters().await?;
        let tally = &self.tabs.tally;
        let struck: Vec<_> = self
            .struck
            .iter()
            .filter(|(_, times)| **times > 0)
            .collect();
        println!("soak: {steps} steps in {:.0} s", took.as_secs_f32());
        println!(
            "soak: {} requests settled, the slowest in {:.1} s: {:?}",
            tally.settled,
            tally.longest / 1_000.0,
            tally.outcomes
        );
        println!(
            "soak: {} sign-ins, {} refreshes, {} calls of the API, {} tokens presented again",
            counters.exchange, counters.refresh, counters.api, counters.refresh_presented_again
        );
        println!("soak: faults that struck: {struck:?}");
        println!("soak: the vault, warm: {before}");
        println!("soak: the vault, last: {after}");
        Ok(())
    }
}
