//! The connection test: sends requests to an authorization server and its API and reports which
//! rules they follow.
//!
//! The requests are made in a separate SharedWorker with tokens of their own, which are dropped at
//! the end of the run. No message contains them, and the vault is not involved.
//!
//! Reading order:
//!
//! 1. [`report`]: the report, its rows and verdicts; [`row`]: the table of the rules.
//! 2. [`message`]: the messages between page and probe.
//! 3. [`callback`]: routes a callback's query to the vault or to the probe.
//! 4. [`io`]: the interface of the engine to the outside, as one trait.
//! 5. [`diagnosis`]: why a request had no response.
//! 6. [`engine`]: the tests, in their order.
//! 7. [`export`]: the report as Markdown and as JSON.
//! 8. `client` (wasm only): the page's client.
//! 9. `worker` (wasm only, feature `worker`): the engine in its worker.

#![deny(missing_docs)]

pub mod callback;
pub mod diagnosis;
pub mod engine;
pub mod export;
pub mod io;
pub mod message;
pub mod report;
pub mod row;
pub mod row_id;

#[cfg(target_arch = "wasm32")]
pub mod client;
#[cfg(all(target_arch = "wasm32", feature = "worker"))]
pub mod worker;

/// Name of the Web Lock that the probe holds while it runs; pages wait for its release.
#[must_use]
pub fn alive_lock() -> String {
    ["probe-alive-", &*message::MESSAGE_VERSION.to_string()].concat()
}
