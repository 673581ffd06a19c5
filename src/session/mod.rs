//! The reactive view of the vault's events. No rule of the protocol stands here.
//!
//! [`view`] decides what the whole page shows, [`retention`] what becomes of the things read when that
//! changes, [`app_error`] says what went wrong with a request, [`end_reason`] how a connection ended,
//! [`document_replacement`] when the page is loaded anew, [`idle`] when to warn before a connection ends, [`label`] what one is called; [`record`] describes what
//! happened, and [`support_file`] packs it for the support. In the browser, `context` holds these
//! together with the vault's client, `sign_in` leaves for Pleo and comes back, `call` asks Pleo's
//! API, `company_data` holds what was read with the connection in view, `entries` loads the entries,
//! `ledger_names` loads what ids in them stand for, and `names` the names of all connections.

pub mod app_error;
pub mod document_replacement;
pub mod end_reason;
pub mod idle;
pub mod label;
pub mod load;
pub mod messages;
pub mod record;
pub mod retention;
pub mod scopes;
pub mod sign_in_throttle;
pub mod support_file;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod call;
#[cfg(target_arch = "wasm32")]
pub mod company_data;
#[cfg(target_arch = "wasm32")]
mod context;
#[cfg(target_arch = "wasm32")]
pub mod entries;
#[cfg(target_arch = "wasm32")]
pub mod latest;
#[cfg(target_arch = "wasm32")]
pub mod ledger_names;
#[cfg(target_arch = "wasm32")]
pub mod names;
#[cfg(target_arch = "wasm32")]
mod retained_data;
#[cfg(target_arch = "wasm32")]
pub mod sign_in;
#[cfg(target_arch = "wasm32")]
pub mod vault_link;

#[cfg(target_arch = "wasm32")]
pub use context::{SERVICE_WORKER, Session, VaultMode};
