//! `/storage`: nothing is stored.

pub mod memory;
#[cfg(target_arch = "wasm32")]
mod stores;
#[cfg(target_arch = "wasm32")]
pub mod view;
