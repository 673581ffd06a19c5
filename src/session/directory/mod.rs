//! The lists behind the ids in entries: companies, employees, accounts, tags, tax codes and suppliers.
//!
//! [`kind`] names the lists and their requests, [`rows`] makes rows of their records, [`messages`] has
//! the texts; in the browser, `load` loads them.

pub mod kind;
pub mod messages;
pub mod rows;

#[cfg(target_arch = "wasm32")]
pub mod load;
