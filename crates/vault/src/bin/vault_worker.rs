//! The vault's binary: `vault.js` calls [`start`] once and [`connect`] for every page.

// A `main` would link the standard library's start-up code.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
mod worker {
    use std::cell::RefCell;
    use std::rc::Rc;

    use js_sys::Reflect;
    use outlay_vault::worker::VaultWorker;
    use outlay_vault::worker::browser::{BrowserPort, BrowserVaultIo};
    use outlay_worker::locks;
    use outlay_worker::port::Port;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::spawn_local;

    thread_local! {
        static STATE: RefCell<VaultWorkerState> = const { RefCell::new(VaultWorkerState::Starting(Vec::new())) };
    }

    /// No page gets an answer before the vault holds its lock, because a page that saw an answer
    /// relies on the lock.
    enum VaultWorkerState {
        Starting(Vec<Port>),
        Ready(VaultWorker),
    }

    /// Creates the vault. In a dedicated worker at once, since `vault.js` passes on queued messages
    /// as soon as this returns.
    #[wasm_bindgen]
    pub fn start() {
        let shared = Reflect::has(&js_sys::global(), &"onconnect".into()).unwrap_or(false);
        if !shared {
            open(false);
            return;
        }
        spawn_local(async {
            // A frozen page may have been granted the lock of an earlier vault.
            locks::hold_for_worker(&outlay_vault::alive_lock()).await;
            open(true);
        });
    }

    fn open(shared: bool) {
        let vault = VaultWorker::new(Rc::new(BrowserVaultIo), shared);
        let waiting = STATE.with(|state| state.replace(VaultWorkerState::Ready(vault.clone())));
        if let VaultWorkerState::Starting(ports) = waiting {
            for port in ports {
                vault.connect(Rc::new(BrowserPort::new(port)));
            }
        }
    }

    /// Called by `vault.js` with the message port of each page that connects.
    #[wasm_bindgen]
    pub fn connect(port: Port) {
        STATE.with(|state| match &mut *state.borrow_mut() {
            VaultWorkerState::Starting(ports) => ports.push(port),
            VaultWorkerState::Ready(vault) => vault.connect(Rc::new(BrowserPort::new(port))),
        });
    }
}

/// Replaces the standard library's allocator at a third of its size. Overwrites freed memory, so
/// that no copy of a token stays in it.
#[cfg(target_arch = "wasm32")]
mod allocator {
    use outlay_allocator::Zeroing;
    use rlsf::{GlobalTlsf, GlobalTlsfOptions};

    #[global_allocator]
    static ALLOCATOR: Zeroing<GlobalTlsf<LightAllocator>> = Zeroing::new(GlobalTlsf::new());

    struct LightAllocator;

    impl GlobalTlsfOptions for LightAllocator {
        const ENABLE_REALLOCATION: bool = false;
        /// Merges freed blocks with their neighbours, so that the memory of a large body is reused.
        const COALESCE_POOLS: bool = true;
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
