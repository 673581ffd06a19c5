//! The parts that every shared worker of this site needs, and the pages that talk to one.
//!
//! 1. [`fetch`]: requests and responses as plain data; on wasm, `fetch::send` sends them with
//!    `gloo-net`.
//! 2. [`config_file`]: `config.json`, which a worker reads itself.
//! 3. [`lock_delay`]: how long a worker waits before it requests a lost Web Lock again.
//! 4. `port`, `locks`, `timer`, `location` (wasm only): the browser's interfaces.
//!
//! Parts without browser interfaces compile natively, so that a worker's logic is tested without a
//! browser.

#![deny(missing_docs)]

pub mod config_file;
pub mod fetch;
pub mod lock_delay;

#[cfg(target_arch = "wasm32")]
pub mod location;
#[cfg(target_arch = "wasm32")]
pub mod locks;
#[cfg(target_arch = "wasm32")]
pub mod port;
#[cfg(target_arch = "wasm32")]
pub mod timer;
