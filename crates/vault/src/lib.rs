//! The vault: the one place that holds tokens.
//!
//! A SharedWorker owns every connection of every tab of the origin. Pages talk to it through a
//! `MessagePort`; no message carries a token in either direction, and none carries a URL to call.
//!
//! Reading order:
//!
//! 1. [`message`]: what crosses the port, and its version.
//! 2. [`code`]: the table of stable error codes, with the words that explain each.
//! 3. `client` (wasm only): the page's end of the port.
//! 4. `worker` (feature `worker`): the vault itself, in the order its own module tells.

pub mod code;
pub mod message;

#[cfg(target_arch = "wasm32")]
pub mod client;
