//! What the three servers share.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::Value;

use crate::address::Addresses;
use crate::auth::client::ClientRegistration;
use crate::auth::pending::Interactions;
use crate::clock::Clock;
use crate::fault::armed::Faults;
use crate::sample_data::SampleData;
use crate::server_state::{ServerState, locked};
use crate::site::files::SiteFiles;

/// The state, as handlers receive it.
pub type SharedSandbox = Arc<Sandbox>;

/// Everything: the state that faults act on, which it dereferences to, and what only handlers need.
#[derive(Debug)]
pub struct Sandbox {
    servers: ServerState,
    /// The built site, if it is served here.
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
    /// A fresh state: nobody is signed in, nothing is issued, the client is public.
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

    /// The same with a client that is registered like this.
    #[must_use]
    pub fn registered(mut self, registration: ClientRegistration) -> Sandbox {
        self.servers.registration = registration;
        self
    }

    /// Sign-ins that a person is in the middle of.
    pub fn interactions(&self) -> MutexGuard<'_, Interactions> {
        locked(&self.interactions)
    }

    /// Faults that are armed.
    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        locked(&self.faults)
    }

    /// The policy reports received so far.
    pub fn csp_reports(&self) -> MutexGuard<'_, Vec<Value>> {
        locked(&self.csp_reports)
    }
}
