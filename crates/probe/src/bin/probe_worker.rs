//! The probe's binary: `probe.js` calls [`start`](worker::start) once and `connect` for every page.

// A `main` would link the standard library's start-up code.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
mod worker {
    use outlay_probe::worker::ProbeWorker;
    use outlay_probe::worker::browser;
    use outlay_worker::locks;
    use outlay_worker::port::Port;
    use wasm_bindgen::prelude::*;

    thread_local! {
        static PROBE: ProbeWorker = ProbeWorker::default();
    }

    /// Acquires the lock that shows pages that the probe runs. Pages get no answer before that.
    #[wasm_bindgen]
    pub async fn start() {
        browser::watch_policy();
        locks::hold_for_worker(&outlay_probe::alive_lock()).await;
    }

    /// Called by `probe.js` with the message port of each page that connects.
    #[wasm_bindgen]
    pub fn connect(port: Port) {
        PROBE.with(|probe| probe.connect(port));
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
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
