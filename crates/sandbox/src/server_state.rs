//! What the servers know and can change, without the faults: faults act on it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use outlay_pleo::time::Instant;

use crate::address::Addresses;
use crate::auth::client::Registration;
use crate::auth::token_store::TokenStore;
use crate::clock::Clock;
use crate::store::{Installation, Store};
use crate::world::World;

/// The data of the authorization server and of the API.
#[derive(Debug)]
pub struct ServerState {
    /// The origins.
    pub addresses: Addresses,
    /// The time.
    pub clock: Clock,
    /// The invented companies, people and entries.
    pub world: World,
    /// How the client is registered.
    pub registration: Registration,
    store: Mutex<Store>,
    ledger: Mutex<TokenStore>,
}

impl ServerState {
    /// A fresh state: nobody is signed in, nothing is issued, the client is public.
    pub fn new(addresses: Addresses, clock: Clock, world: World, access_ttl: u64) -> ServerState {
        ServerState {
            addresses,
            clock,
            store: Mutex::new(Store::new(&world)),
            world,
            registration: Registration::default(),
            ledger: Mutex::new(TokenStore::new(access_ttl)),
        }
    }

    /// What calls can change, as it is now. To be locked before the ledger, where both are needed.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        let mut store = locked(&self.store);
        store.expire_jobs(&self.world, self.now());
        store
    }

    /// Puts back what calls have changed.
    pub fn put_back(&self) {
        *locked(&self.store) = Store::new(&self.world);
    }

    /// No company has an installation now; tokens stay good.
    pub fn uninstall(&self) {
        let mut store = locked(&self.store);
        store.installations.fill(Installation::Missing);
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
    pub fn ledger(&self) -> MutexGuard<'_, TokenStore> {
        locked(&self.ledger)
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
}

/// The value, even if a thread panicked while it held the lock: a test's failure must not hide others.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
