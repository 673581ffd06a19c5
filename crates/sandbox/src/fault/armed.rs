//! What is armed, and what has struck.

use std::collections::BTreeMap;

use crate::fault::place::Place;
use crate::fault::row::{Fault, Settings};

/// A fault that waits for its request.
#[derive(Debug, Clone)]
pub struct Armed {
    /// Which.
    pub fault: &'static Fault,
    /// Where it strikes.
    pub at: Vec<Place>,
    /// The one path that it is limited to.
    pub path: Option<String>,
    /// Whether it is disarmed by striking.
    pub once: bool,
    /// Its settings.
    pub settings: Settings,
}

/// A fault that has met its request.
#[derive(Debug)]
pub struct Strike {
    /// Which.
    pub fault: &'static Fault,
    /// Its settings.
    pub settings: Settings,
}

/// Everything that is armed.
#[derive(Debug, Default)]
pub struct Faults {
    armed: Vec<Armed>,
    struck: BTreeMap<&'static str, u64>,
}

impl Faults {
    /// Arms a fault. The same fault at the same places and path is armed anew, not twice.
    pub fn arm(&mut self, new: Armed) {
        self.armed.retain(|old| {
            let same = old.fault.name == new.fault.name && old.at == new.at;
            !same || old.path != new.path
        });
        self.armed.push(new);
    }

    /// Disarms a fault everywhere.
    pub fn disarm(&mut self, fault: &Fault) {
        self.armed.retain(|armed| armed.fault.name != fault.name);
    }

    /// As in the beginning: nothing is armed, nothing has struck.
    pub fn reset(&mut self) {
        *self = Faults::default();
    }

    /// What is armed, in the order of arming.
    pub fn armed(&self) -> &[Armed] {
        &self.armed
    }

    /// How often a fault has struck.
    pub fn struck(&self, fault: &Fault) -> u64 {
        self.struck.get(fault.name).copied().unwrap_or_default()
    }

    /// Notes that a fault has struck.
    pub fn note(&mut self, fault: &Fault) {
        *self.struck.entry(fault.name).or_default() += 1;
    }

    /// The faults that strike a request of one of these places, if they are wanted now.
    pub fn take(
        &mut self,
        places: &[Place],
        path: &str,
        wanted: impl Fn(&Fault, &Settings) -> bool,
    ) -> Vec<Strike> {
        let mut strikes = Vec::new();
        self.armed.retain(|armed| {
            let here = armed.at.iter().any(|place| places.contains(place));
            let path = armed.path.as_deref().is_none_or(|only| only == path);
            if !here || !path || !wanted(armed.fault, &armed.settings) {
                return true;
            }
            strikes.push(Strike {
                fault: armed.fault,
                settings: armed.settings.clone(),
            });
            !armed.once
        });
        for strike in &strikes {
            self.note(strike.fault);
        }
        strikes
    }
}
