//! The reactive view of the vault's events. It contains no rule of the protocol.
//!
//! [`view`] derives the state that the whole page shows, [`retention`] decides whether loaded data
//! is kept when that changes, [`app_error`] describes failed requests, [`end_reason`] ended
//! connections, [`document_replacement`] decides when the document is replaced, [`idle`] when to
//! warn before a sign-out, [`label`] names connections; [`record`] formats events, and
//! [`support_file`] exports them. In the browser, `context` joins these with the vault's client,
//! `sign_in` starts and finishes sign-ins, `call` sends requests to Pleo's API, `company_data`
//! holds the data that was loaded with the connection in view, `entries` and `entry_pages` load the entries,
//! `ledger_names` the names for ids in them, `names` those of all connections, and [`directory`] the
//! lists of what entries refer to.

pub mod app_error;
pub mod directory;
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
mod entry_pages;
#[cfg(target_arch = "wasm32")]
pub mod latest;
#[cfg(target_arch = "wasm32")]
pub mod ledger_names;
#[cfg(target_arch = "wasm32")]
pub mod names;
#[cfg(target_arch = "wasm32")]
pub mod opened_entry;
#[cfg(target_arch = "wasm32")]
mod retained_data;
#[cfg(target_arch = "wasm32")]
pub mod sign_in;
#[cfg(target_arch = "wasm32")]
pub mod vault_link;

#[cfg(target_arch = "wasm32")]
pub use context::{SERVICE_WORKER, Session, VaultMode};
