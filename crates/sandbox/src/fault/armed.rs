//! What is armed, and what has struck.

use std::collections::BTreeMap;

use crate::fault::endpoint::FaultEndpoint;
use crate::fault::row::{FaultRow, FaultSettings};

/// A fault that waits for its request.
#[derive(Debug, Clone)]
pub struct ArmedFault {
    /// Which.
    pub fault: &'static FaultRow,
    /// Where it strikes.
    pub at: Vec<FaultEndpoint>,
    /// The one path that it is limited to.
    pub path: Option<String>,
    /// Whether it is disarmed by striking.
    pub once: bool,
    /// Its settings.
    pub settings: FaultSettings,
}

/// A fault that has met its request.
#[derive(Debug)]
pub struct AppliedFault {
    /// Which.
    pub fault: &'static FaultRow,
    /// Its settings.
    pub settings: FaultSettings,
}

/// Everything that is armed.
#[derive(Debug, Default)]
pub struct Faults {
    armed: Vec<ArmedFault>,
    applied_count: BTreeMap<&'static str, u64>,
}

impl Faults {
    /// Arms a fault. The same fault at the same places and path is armed anew, not twice.
    pub fn arm(&mut self, new: ArmedFault) {
        self.armed.retain(|old| {
            let same = old.fault.name == new.fault.name && old.at == new.at;
            !same || old.path != new.path
        });
        self.armed.push(new);
    }

    /// Disarms a fault everywhere.
    pub fn disarm(&mut self, fault: &FaultRow) {
        self.armed.retain(|armed| armed.fault.name != fault.name);
    }

    /// As in the beginning: nothing is armed, nothing has struck.
    pub fn reset(&mut self) {
        *self = Faults::default();
    }

    /// What is armed, in the order of arming.
    pub fn armed(&self) -> &[ArmedFault] {
        &self.armed
    }

    /// How often a fault has struck.
    pub fn applied_count(&self, fault: &FaultRow) -> u64 {
        self.applied_count
            .get(fault.name)
            .copied()
            .unwrap_or_default()
    }

    /// Notes that a fault has struck.
    pub fn note(&mut self, fault: &FaultRow) {
        *self.applied_count.entry(fault.name).or_default() += 1;
    }

    /// The faults that strike a request of one of these places, if they are wanted now.
    pub fn take(
        &mut self,
        places: &[FaultEndpoint],
        path: &str,
        wanted: impl Fn(&FaultRow, &FaultSettings) -> bool,
    ) -> Vec<AppliedFault> {
        let mut strikes = Vec::new();
        self.armed.retain(|armed| {
            let here = armed.at.iter().any(|place| places.contains(place));
            let path = armed.path.as_deref().is_none_or(|only| only == path);
            if !here || !path || !wanted(armed.fault, &armed.settings) {
                return true;
            }
            strikes.push(AppliedFault {
                fault: armed.fault,
                settings: armed.settings.clone(),
            });
            !armed.once
        });
        for apply in &strikes {
            self.note(apply.fault);
        }
        strikes
    }
}
