//! The lists that entries refer to, each at an address of its own.
//!
//! [`messages`] has the texts, [`extent`] says how much of a list a file holds; in the browser, `view` is
//! the page with the links between the lists, `state` what the address says of a list, `list` one list,
//! and `export` makes files.

pub mod extent;
pub mod messages;

#[cfg(target_arch = "wasm32")]
mod export;
#[cfg(target_arch = "wasm32")]
mod list;
#[cfg(target_arch = "wasm32")]
mod state;
#[cfg(target_arch = "wasm32")]
pub mod view;
