//! The armed faults, and those that were applied.

use std::collections::BTreeMap;

use crate::fault::endpoint::FaultEndpoint;
use crate::fault::row::{FaultRow, FaultSettings};

/// A fault that waits for a matching request.
#[derive(Debug, Clone)]
pub struct ArmedFault {
    /// The row of the table that defines its effect.
    pub fault: &'static FaultRow,
    /// The endpoints at which it applies.
    pub at: Vec<FaultEndpoint>,
    /// The only path at which it applies; `None` for every path.
    pub path: Option<String>,
    /// Whether it is disarmed once it was applied.
    pub once: bool,
    /// The values of its parameters.
    pub settings: FaultSettings,
}

/// A fault that applies to a request.
#[derive(Debug)]
pub struct AppliedFault {
    /// The row of the table that defines its effect.
    pub fault: &'static FaultRow,
    /// The values of its parameters.
    pub settings: FaultSettings,
}

/// The armed faults, and how often each was applied.
#[derive(Debug, Default)]
pub struct Faults {
    armed: Vec<ArmedFault>,
    applied_count: BTreeMap<&'static str, u64>,
}

impl Faults {
    /// Arms a fault. The same fault at the same endpoints and path replaces the armed one.
    pub fn arm(&mut self, new: ArmedFault) {
        self.armed.retain(|old| {
            let same = old.fault.name == new.fault.name && old.at == new.at;
            !same || old.path != new.path
        });
        self.armed.push(new);
    }

    /// Disarms a fault at every endpoint.
    pub fn disarm(&mut self, fault: &FaultRow) {
        self.armed.retain(|armed| armed.fault.name != fault.name);
    }

    /// Disarms every fault and resets the numbers of applications.
    pub fn reset(&mut self) {
        *self = Faults::default();
    }

    /// Returns the armed faults in the order of arming.
    pub fn armed(&self) -> &[ArmedFault] {
        &self.armed
    }

    /// Returns how often a fault was applied since the last reset.
    pub fn applied_count(&self, fault: &FaultRow) -> u64 {
        self.applied_count
            .get(fault.name)
            .copied()
            .unwrap_or_default()
    }

    /// Counts one application of a fault.
    pub fn note(&mut self, fault: &FaultRow) {
        *self.applied_count.entry(fault.name).or_default() += 1;
    }

    /// Returns the faults that apply to a request of one of these endpoints now.
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
