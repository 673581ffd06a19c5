//! The explorer: every operation of Pleo's API, tried without writing code.
//!
//! Here is what needs no view; the page is `src/pages/api`. What it knows of the API is one file,
//! `catalogue.json`.
//!
//! Reading order: [`find`] the operation; [`draft`], [`form`], [`pretty`]: what is typed, and the way
//! between fields and text; [`request`], [`curl`], [`link`]: what is made of it; [`marks`],
//! [`shareable`]: what is secret, and what may leave the form; [`answer`]: what came back, however large; [`external_link`], [`settle`], [`history`]: where to
//! go on from there; [`messages`]: the words.

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
