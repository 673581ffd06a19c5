//! The report card: what an authorization server and its API do, found out by asking them.
//!
//! The requests are made in a separate SharedWorker, with grants that are dropped. They are
//! never a session: they end with the run, and no message contains their tokens. The vault has no
//! part in it.
//!
//! Reading order:
//!
//! 1. [`report`]: the report card, its rows and verdicts; [`row`]: the table of the rows.
//! 2. [`message`]: what crosses the port between page and probe.
//! 3. [`callback`]: routes a callback's query to the vault or to the probe.
//! 4. [`io`]: everything the engine needs of the world, as one trait.
//! 5. [`diagnosis`]: why a request brought nothing, by elimination.
//! 6. [`engine`]: the questions, in their order.
//! 7. [`export`]: the card as Markdown and as JSON.
//! 8. `client` (wasm only): the page's end of the port.
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
