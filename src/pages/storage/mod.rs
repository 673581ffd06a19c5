//! `/storage`: the data of this site in the browser's stores, and the secrets in the vault's
//! memory.

pub mod memory;
pub mod messages;
#[cfg(target_arch = "wasm32")]
mod stores;
#[cfg(target_arch = "wasm32")]
pub mod view;
