//! The state that the servers read and change, without the faults, which act on it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use outlay_pleo::time::Instant;

use crate::address::Addresses;
use crate::auth_state::client::ClientRegistration;
use crate::auth_state::token_store::TokenStore;
use crate::clock::Clock;
use crate::sample_data::SampleData;
use crate::store::{Store, StoredInstallation};

/// The data of the authorization server and of the API, which faults can change.
#[derive(Debug)]
pub struct ServerState {
    /// The origins of the servers.
    pub addresses: Addresses,
    /// The clock of token lifetimes.
    pub clock: Clock,
    /// The fictional companies, people and entries.
    pub sample_data: SampleData,
    /// The registration of the client.
    pub registration: ClientRegistration,
    /// Seconds from the clock of the sample data to the computer's; 0 where no client has a clock of its
    /// own.
    pub wall_ahead: i64,
    store: Mutex<Store>,
    token_store: Mutex<TokenStore>,
}

impl ServerState {
    /// Makes the initial state: nothing is issued, the client is public. `access_ttl` is in
    /// seconds.
    pub fn new(
        addresses: Addresses,
        clock: Clock,
        sample_data: SampleData,
        access_ttl: u64,
    ) -> ServerState {
        ServerState {
            addresses,
            clock,
            store: Mutex::new(Store::new(&sample_data)),
            sample_data,
            registration: ClientRegistration::default(),
            wall_ahead: 0,
            token_store: Mutex::new(TokenStore::new(access_ttl)),
        }
    }

    /// The data that calls can change. Lock it before the token store if both are needed.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        let mut store = locked(&self.store);
        store.expire_jobs(&self.sample_data, self.now());
        store
    }

    /// Discards every change that calls made to the records.
    pub fn put_back(&self) {
        *locked(&self.store) = Store::new(&self.sample_data);
    }

    /// Removes the installation of every company; tokens stay valid.
    pub fn uninstall(&self) {
        let mut store = locked(&self.store);
        store.installations.fill(StoredInstallation::Missing);
    }

    /// The clock of the sample data: it starts at the end of the data and runs with the computer's
    /// clock.
    pub fn now(&self) -> Instant {
        let opening = self.sample_data.opening();
        let passed = self.clock.now();
        let millis = u32::try_from(passed % 1000).unwrap_or(0);
        Instant {
            seconds: opening.seconds.saturating_add_unsigned(passed / 1000),
            nanos: millis * 1_000_000,
        }
    }

    /// Locks the codes, tokens and counters.
    pub fn token_store(&self) -> MutexGuard<'_, TokenStore> {
        locked(&self.token_store)
    }

    /// Expires every access token; refresh tokens stay valid.
    pub fn expire(&self) {
        let now = self.clock.now();
        self.token_store().expire_access(now);
    }

    /// Revokes every authorisation.
    pub fn revoke(&self) {
        self.token_store().revoke_all();
    }
}

/// Returns the value even if a thread panicked while it held the lock, so that one failed test does
/// not hide others.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
