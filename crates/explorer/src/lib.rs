//! The explorer: every operation of Pleo's API, tried without writing code.
//!
//! This crate has no views; the page is `src/pages/api`. Its data about the API is one file,
//! `catalogue.json`.
//!
//! Reading order: [`find`] the operation; [`draft`], [`form`], [`pretty`]: the input, and the conversion
//! between fields and text; [`request`], [`curl`], [`link`]: its results; [`marks`],
//! [`shareable`]: the secrets, and the parameters that may be shared; [`answer`]: the response of any size; [`external_link`], [`settle`], [`history`]: the next
//! steps; [`messages`]: the texts.
//!
//! Then the tools that a page loads on demand: [`reference`](mod@reference) and [`example`]: an
//! operation as documentation; [`difference`] of two responses, [`list_table`] and [`id_links`];
//! [`chain`] and [`sequence`]: values of one response in the next request; [`snippets`] and
//! [`postman`]: the call outside of the page, with [`json_value`]; [`webhook`]: the signature of a delivery.

#![deny(missing_docs)]

pub mod answer;
pub mod chain;
pub mod curl;
pub mod difference;
pub mod draft;
pub mod example;
pub mod external_link;
pub mod find;
pub mod form;
pub mod history;
pub mod id_links;
pub mod json_value;
pub mod link;
pub mod list_table;
pub mod marks;
pub mod messages;
pub mod postman;
pub mod pretty;
pub mod reference;
pub mod request;
pub mod secret_names;
pub mod sequence;
pub mod settle;
pub mod shareable;
pub mod snippets;
pub mod tolerant;
pub mod webhook;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
