//! What the three servers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use outlay_pleo::time::Instant;
use serde_json::Value;

use crate::address::Addresses;
use crate::auth::client::Registration;
use crate::auth::{Interactions, Ledger};
use crate::clock::Clock;
use crate::desk::{Desk, Installation};
use crate::fault::Faults;
use crate::site::SiteFiles;
use crate::world::World;

/// The state, as handlers receive it.
pub type Shared = Arc<Sandbox>;

/// Everything there is.
#[derive(Debug)]
pub struct Sandbox {
    /// The origins.
    pub addresses: Addresses,
    /// The time.
    pub clock: Clock,
    /// The invented companies, people and entries.
    pub world: World,
    /// How the client is registered.
    pub registration: Registration,
    /// The built site, if it is served here.
    pub site: Option<SiteFiles>,
    desk: Mutex<Desk>,
    ledger: Mutex<Ledger>,
    interactions: Mutex<Interactions>,
    faults: Mutex<Faults>,
    csp_reports: Mutex<Vec<Value>>,
}

impl Sandbox {
    /// A fresh state: nobody is signed in, nothing is issued, the client is public.
    pub fn new(
        addresses: Addresses,
        clock: Clock,
        world: World,
        site: Option<SiteFiles>,
        access_ttl: u64,
    ) -> Sandbox {
        Sandbox {
            addresses,
            clock,
            desk: Mutex::new(Desk::new(&world)),
            world,
            registration: Registration::default(),
            site,
            ledger: Mutex::new(Ledger::new(access_ttl)),
            interactions: Mutex::default(),
            faults: Mutex::default(),
            csp_reports: Mutex::default(),
        }
    }

    /// The same with a client that is registered like this.
    #[must_use]
    pub fn registered(mut self, registration: Registration) -> Sandbox {
        self.registration = registration;
        self
    }

    /// What calls can change, as it is now. To be taken before the ledger, where both are needed.
    pub fn desk(&self) -> MutexGuard<'_, Desk> {
        let mut desk = locked(&self.desk);
        desk.expire_jobs(&self.world, self.now());
        desk
    }

    /// Puts back what calls have changed.
    pub fn put_back(&self) {
        *locked(&self.desk) = Desk::new(&self.world);
    }

    /// No company has an installation now; tokens stay good.
    pub fn uninstall(&self) {
        let mut desk = locked(&self.desk);
        desk.installations.fill(Installation::Missing);
    }

    /// The time of the invented data: it begins where the data ends, and runs with the clock.
    pub fn now(&self) -> Instant {
        let opening = self.world.opening();
        let passed = self.clock.now();
        let millis = u32::try_from(passed % 1000).unwrap_or(0);
        Instant {
            seconds: opening.seconds.saturating_add_unsigned(passed / 1000),
            nanos: millis * 1_000_000,
        }
    }

    /// Codes, tokens and counters.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        locked(&self.ledger)
    }

    /// Sign-ins that a person is in the middle of.
    pub fn interactions(&self) -> MutexGuard<'_, Interactions> {
        locked(&self.interactions)
    }

    /// Every access token expires now; refresh tokens stay good.
    pub fn expire(&self) {
        let now = self.clock.now();
        self.ledger().expire_access(now);
    }

    /// Every authorisation ends now.
    pub fn revoke(&self) {
        self.ledger().revoke_all();
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

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
