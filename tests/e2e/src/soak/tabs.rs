//! The tabs of a soak, and what is counted in them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::Outcome;
use crate::browser::ConsoleLine;
use crate::stage::Stage;
use crate::wait::{PATIENCE, until};

/// So many tabs stay open, so that the vault does.
const FEWEST: usize = 2;

const CALL: &str = "new BroadcastChannel('soak').postMessage(arguments[0])";

const TAKE: &str = "return window.__soak?.() ?? []";

/// The tabs, some of them closed. One of the open ones is the browser's present window.
pub(super) struct Tabs<'a> {
    stage: &'a Stage,
    slots: Vec<Option<WindowHandle>>,
    /// Everything counted so far.
    pub(super) tally: Tally,
    /// What the console has got so far.
    pub(super) console: Vec<ConsoleLine>,
}

/// What `watch.js` counts.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Tally {
    /// Requests that came to something.
    pub(super) settled: u64,
    /// The milliseconds of the slowest.
    pub(super) longest: f64,
    /// What they came to: a status, a stable code, or that it is done.
    pub(super) outcomes: BTreeMap<String, u64>,
    /// What must not be.
    wrong: Vec<String>,
    /// Requests under way, of the one document that was asked.
    open: u64,
}

impl Tally {
    fn add(&mut self, more: Tally) {
        self.settled += more.settled;
        self.longest = self.longest.max(more.longest);
        for (outcome, times) in more.outcomes {
            *self.outcomes.entry(outcome).or_default() += times;
        }
        self.wrong.extend(more.wrong);
    }
}

impl<'a> Tabs<'a> {
    /// So many tabs of the site.
    pub(super) async fn open(stage: &'a Stage, many: usize) -> Outcome<Self> {
        let first = stage.browser.driver().window().await?;
        stage.page().open("/").await?;
        let mut tabs = Self {
            stage,
            slots: vec![None; many.max(FEWEST)],
            tally: Tally::default(),
            console: Vec::new(),
        };
        tabs.slots[0] = Some(first);
        for slot in 1..tabs.slots.len() {
            tabs.go_to(slot).await?;
        }
        tabs.check_all().await?;
        Ok(tabs)
    }

    /// Makes this tab the present one; a closed one is opened.
    pub(super) async fn go_to(&mut self, slot: usize) -> Outcome {
        if let Some(window) = self.slots[slot].clone() {
            return Ok(self.stage.browser.driver().switch_to_window(window).await?);
        }
        self.slots[slot] = Some(self.stage.browser.open_window().await?);
        self.stage.page().open("/").await
    }

    /// Closes this tab, unless too few would be left.
    pub(super) async fn close(&mut self, slot: usize) -> Outcome<&'static str> {
        let others = (0..self.slots.len()).filter(|other| *other != slot);
        let open: Vec<usize> = others.filter(|at| self.slots[*at].is_some()).collect();
        if open.len() < FEWEST {
            return Ok("too few were left");
        }
        if self.slots[slot].is_some() {
            self.go_to(slot).await?;
            self.check_accessibility().await?;
            self.stage.browser.driver().close_window().await?;
            self.slots[slot] = None;
        }
        self.go_to(open[0]).await?;
        Ok("closed")
    }

    /// Every tab calls each of these paths with its newest connections.
    pub(super) async fn call(&self, paths: &[&str]) -> Outcome {
        self.stage
            .browser
            .run(CALL, vec![json!(paths)])
            .await
            .map(drop)
    }

    /// What has been counted in the present tab, and how many of its requests are under way.
    pub(super) async fn check_accessibility(&mut self) -> Outcome<u64> {
        let taken = self.stage.browser.run(TAKE, vec![]).await?;
        let taken: Vec<Tally> = serde_json::from_value(taken)?;
        let open = taken.iter().map(|tally| tally.open).sum();
        taken.into_iter().for_each(|more| self.tally.add(more));
        let lines = self.stage.browser.console().await?;
        let errors = lines.iter().filter(|line| line.error);
        let errors = errors.map(|line| format!("in the console: {}", line.text));
        self.tally.wrong.extend(errors);
        self.console.extend(lines);
        if self.tally.wrong.is_empty() {
            return Ok(open);
        }
        Err(format!("what must not be: {:#?}", self.tally.wrong).into())
    }

    /// Looks at every open tab: the vault answers it. Returns how many requests are under way.
    pub(super) async fn check_all(&mut self) -> Outcome<u64> {
        let mut open = 0;
        for slot in self.opened() {
            self.go_to(slot).await?;
            let page = self.stage.page();
            until("an answer of the vault", PATIENCE, async || {
                page.session().await
            })
            .await?;
            open += self.check_accessibility().await?;
        }
        Ok(open)
    }

    /// The tabs that are open.
    pub(super) fn opened(&self) -> Vec<usize> {
        let slots = 0..self.slots.len();
        slots.filter(|slot| self.slots[*slot].is_some()).collect()
    }

    /// What the outcomes are counted to, as JSON, to be compared later.
    pub(super) fn outcomes(&self) -> Value {
        json!(self.tally.outcomes)
    }
}
