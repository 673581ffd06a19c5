//! The explorer: every operation of Pleo's API, tried without writing code.
//!
//! This crate has no views; the page is `src/pages/api`. Its data about the API is one file,
//! `catalogue.json`.
//!
//! Reading order: [`find`] the operation; [`draft`], [`form`], [`pretty`]: the input, and the conversion
//! between fields and text; [`request`], [`curl`], [`link`]: its results; [`marks`],
//! [`shareable`]: the secrets, and the parameters that may be shared; [`answer`]: the response of any size; [`external_link`], [`settle`], [`history`]: the next
//! steps; [`messages`]: the texts.

#![deny(missing_docs)]

pub mod answer;
pub mod curl;
pub mod draft;
pub mod external_link;
pub mod find;
pub mod form;
pub mod history;
pub mod link;
pub mod marks;
pub mod messages;
pub mod pretty;
pub mod request;
pub mod secret_names;
pub mod settle;
pub mod shareable;
pub mod tolerant;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
