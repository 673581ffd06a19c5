//! `/storage`: what the browser stores for this site, and what the vault holds in memory.

pub mod memory;
pub mod messages;
#[cfg(target_arch = "wasm32")]
mod stores;
#[cfg(target_arch = "wasm32")]
pub mod view;
