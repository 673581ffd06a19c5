//! The vault: the only program that holds tokens.
//!
//! A SharedWorker owns every connection of every tab of the origin. Pages talk to it through a
//! `MessagePort`; no message carries a token in either direction, and none carries a URL to call.
//!
//! Reading order:
//!
//! 1. [`message`]: the messages on the port, and their version.
//! 2. [`retry`]: when a call is repeated.
//! 3. [`text`]: the text of a response's bytes.
//! 4. `client` (wasm only): the page's client.
//! 5. `worker` (feature `worker`): the vault itself; see the reading order in its module. Only its
//!    `browser` needs a browser.

#![deny(missing_docs)]

pub mod message;
pub mod retry;
pub mod text;

#[cfg(target_arch = "wasm32")]
pub mod client;
#[cfg(target_arch = "wasm32")]
mod open;
#[cfg(feature = "worker")]
pub mod worker;

/// Name of the Web Lock that the shared vault holds while it runs; pages wait for its release.
#[must_use]
pub fn alive_lock() -> String {
    [
        "vault-alive-",
        &*outlay_wire::decimal(message::MESSAGE_VERSION.into()),
    ]
    .concat()
}
