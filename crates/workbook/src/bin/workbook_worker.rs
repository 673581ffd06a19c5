//! The binary of the worker that writes a workbook: `workbook.js` calls [`serve`](worker::serve) once.

// A `main` would bring the standard library's start-up code along.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
mod worker {
    use outlay_worker::port::Port;
    use wasm_bindgen::prelude::*;

    /// Serves the page that started the worker; its port is the worker's global scope.
    #[wasm_bindgen]
    pub fn serve(port: Port) {
        // It lives as long as the worker.
        std::mem::forget(outlay_workbook::worker::serve(port));
    }
}

/// A third of the weight of the standard library's allocator. Rows of the company do not outlive their
/// use in memory that is freed.
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
