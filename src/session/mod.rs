//! The reactive view of the vault's events. No rule of the protocol stands here.
//!
//! [`view`] decides what the whole page shows, [`kept`] what becomes of the things read when that
//! changes, [`trouble`] says what went wrong with a request, [`ends`] how a connection ended,
//! [`renewal`] when the page is loaded anew, [`idle`] when to warn before a connection ends, [`label`] what one is called; [`record`] tells what
//! happened, and [`bundle`] packs it for whoever helps. In the browser, `context` holds these
//! together with the vault's client, `sign_in` leaves for Pleo and comes back, `call` asks Pleo's
//! API, `books` holds what was read with the connection in view, `ledger_names` loads what ids in it stand
//! for, and `names` the names of all connections.

pub mod bundle;
pub mod ends;
pub mod idle;
pub mod kept;
pub mod label;
pub mod load;
pub mod period;
pub mod record;
pub mod renewal;
pub mod scopes;
pub mod starts;
pub mod trouble;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod books;
#[cfg(target_arch = "wasm32")]
pub mod call;
#[cfg(target_arch = "wasm32")]
mod context;
#[cfg(target_arch = "wasm32")]
pub mod latest;
#[cfg(target_arch = "wasm32")]
pub mod ledger_names;
#[cfg(target_arch = "wasm32")]
pub mod names;
#[cfg(target_arch = "wasm32")]
pub mod sign_in;
#[cfg(target_arch = "wasm32")]
mod stow;
#[cfg(target_arch = "wasm32")]
pub mod vault_link;

#[cfg(target_arch = "wasm32")]
pub use context::{Mode, SERVICE_WORKER, Session};
