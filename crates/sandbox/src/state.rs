//! The state that the three servers share.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard};

use outlay_pleo::time::Instant;
use serde_json::Value;

use crate::address::Addresses;
use crate::auth_state::client::ClientRegistration;
use crate::auth_state::disabled_rules::DisabledRules;
use crate::auth_state::pending::Interactions;
use crate::clock::Clock;
use crate::fault::armed::Faults;
use crate::fault::kinds::fault_of;
use crate::fault::row::{FaultRow, FaultSettings};
use crate::sample_data::SampleData;
use crate::server_state::{ServerState, locked};
use crate::site_files::SiteFiles;

/// The state as axum handlers receive it.
pub type SharedSandbox = Arc<Sandbox>;

/// The whole state: the part that faults act on, to which it dereferences, and the part that only
/// handlers need.
#[derive(Debug)]
pub struct Sandbox {
    servers: ServerState,
    /// The built site; `None` if another host serves it.
    pub site: Option<SiteFiles>,
    interactions: Mutex<Interactions>,
    faults: Mutex<Faults>,
    csp_reports: Mutex<Vec<Value>>,
}

impl Deref for Sandbox {
    type Target = ServerState;

    fn deref(&self) -> &ServerState {
        &self.servers
    }
}

impl Sandbox {
    /// Makes the initial state: nothing is issued, the client is public. `access_ttl` is in
    /// seconds.
    pub fn new(
        addresses: Addresses,
        clock: Clock,
        sample_data: SampleData,
        site: Option<SiteFiles>,
        access_ttl: u64,
    ) -> Sandbox {
        Sandbox {
            servers: ServerState::new(addresses, clock, sample_data, access_ttl),
            site,
            interactions: Mutex::default(),
            faults: Mutex::default(),
            csp_reports: Mutex::default(),
        }
    }

    /// Replaces the registration of the client.
    #[must_use]
    pub fn registered(mut self, registration: ClientRegistration) -> Sandbox {
        self.servers.registration = registration;
        self
    }

    /// Shows export jobs that run by a client's clock, which is at `wall` now.
    #[must_use]
    pub fn with_wall_clock(mut self, wall: Instant) -> Sandbox {
        self.servers.wall_ahead = wall.seconds.saturating_sub(self.servers.now().seconds);
        self
    }

    /// Locks the sign-ins that wait for login or consent.
    pub fn interactions(&self) -> MutexGuard<'_, Interactions> {
        locked(&self.interactions)
    }

    /// Locks the armed faults.
    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        locked(&self.faults)
    }

    /// Returns whether a fault switches `rule` off for this request, and uses the fault up. Call it only
    /// where the rule would be applied.
    pub fn ignores(&self, rule: DisabledRules) -> bool {
        let (name, what, place) = fault_of(rule);
        let wanted = |fault: &FaultRow, settings: &FaultSettings| {
            fault.name == name && settings.text("what") == what
        };
        !self.faults().take(&[place], "", wanted).is_empty()
    }

    /// Locks the policy reports received so far.
    pub fn csp_reports(&self) -> MutexGuard<'_, Vec<Value>> {
        locked(&self.csp_reports)
    }
}
