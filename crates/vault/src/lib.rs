//! The vault: the one place that holds tokens.
//!
//! A SharedWorker owns every connection of every tab of the origin. Pages talk to it through a
//! `MessagePort`; no message carries a token in either direction, and none carries a URL to call.
//!
//! Reading order:
//!
//! 1. [`message`]: what crosses the port, and its version.
//! 2. [`retry`]: when a call is sent again.
//! 3. [`text`]: the text of an answer's bytes.
//! 4. `client` (wasm only): the page's end of the port.
//! 5. `worker` (feature `worker`): the vault itself, in the order that its own module gives. Only its
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
