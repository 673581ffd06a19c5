//! The reactive view of the vault's events. No rule of the protocol stands here.
//!
//! [`view`] decides what the whole page shows, [`trouble`] what went wrong with a request, [`ends`]
//! says how a connection ended, [`idle`] when to warn before one does, [`record`] tells what happened,
//! and [`bundle`] packs it for whoever helps. In the browser, `context` holds both together with the vault's client, `call` asks Pleo's API through
//! it, and `books` keeps what was read with the connection in view.

pub mod bundle;
pub mod ends;
pub mod idle;
pub mod load;
pub mod period;
pub mod record;
pub mod trouble;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod books;
#[cfg(target_arch = "wasm32")]
mod call;
#[cfg(target_arch = "wasm32")]
mod context;
#[cfg(target_arch = "wasm32")]
pub mod disconnect;
#[cfg(target_arch = "wasm32")]
mod latest;

#[cfg(target_arch = "wasm32")]
pub use context::{Mode, Session};
