//! One folder or file per page. A page reads the state, makes one call and shows the result. Its
//! texts are in `messages.rs` of its folder, or in the file `<page>_messages.rs`.
//!
//! Code that needs no browser is compiled natively too, and tested there.

pub mod callback_messages;
pub mod check;
pub mod config_problems_messages;
pub mod connect_messages;
pub mod connected_messages;
pub mod directory;
pub mod ended_messages;
pub mod entries_messages;
pub mod entry_receipts;
pub mod exports;
pub mod inspect;
pub mod not_found_messages;
pub mod overview_choices;
pub mod overview_messages;
pub mod register;
pub mod snapshot;
pub mod startup_messages;
pub mod storage;
pub mod webhooks;
pub mod welcome_messages;

#[cfg(target_arch = "wasm32")]
pub mod api;
#[cfg(target_arch = "wasm32")]
pub mod callback;
#[cfg(target_arch = "wasm32")]
pub mod config_problems;
#[cfg(target_arch = "wasm32")]
pub mod connect;
#[cfg(target_arch = "wasm32")]
pub mod connected;
#[cfg(target_arch = "wasm32")]
pub mod ended;
#[cfg(target_arch = "wasm32")]
pub mod entries;
#[cfg(target_arch = "wasm32")]
pub mod not_found;
#[cfg(target_arch = "wasm32")]
pub mod outlet;
#[cfg(target_arch = "wasm32")]
pub mod overview;
#[cfg(target_arch = "wasm32")]
pub mod refusal;
#[cfg(target_arch = "wasm32")]
pub mod settings;
#[cfg(target_arch = "wasm32")]
pub mod startup;
#[cfg(target_arch = "wasm32")]
pub mod welcome;
