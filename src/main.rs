//! The entry of the page's program.

/// Overwrites freed memory, so that dropped company data cannot be read from it.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: outlay_allocator::Zeroing<std::alloc::System> =
    outlay_allocator::Zeroing::new(std::alloc::System);

#[cfg(target_arch = "wasm32")]
fn main() {
    // The release build traps without a message.
    #[cfg(not(feature = "split"))]
    console_error_panic_hook::set_once();
    outlay_page::start::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: `cargo xtask demo` builds and serves it.");
}
