//! The explorer: every operation of Pleo's API, tried without writing code.
//!
//! It is a binary of its own beside the page, which loads it when `/api` opens. What it knows of the
//! API is one file, `catalogue.json`, that it fetches then. It has a port to the vault like any page,
//! and knows no token.
//!
//! Reading order: [`find`] the operation; [`draft`], [`form`], [`pretty`]: what is typed, and the way
//! between fields and text; [`request`], [`curl`], [`link`]: what is made of it; [`marks`],
//! [`shareable`]: what is secret, and what may leave the form; [`answer`]: what came back, however large; [`outside`], [`settle`], [`history`]: where to
//! go on from there; [`said`]: the words. `state` and `view` are the screen.

#![allow(
    clippy::redundant_closure,
    reason = "only a closure written in the view itself is erased to one type: a smaller download"
)]

pub mod answer;
pub mod curl;
pub mod draft;
pub mod find;
pub mod form;
pub mod history;
pub mod link;
pub mod marks;
pub mod outside;
pub mod pretty;
pub mod request;
pub mod said;
pub mod settle;
pub mod shareable;

#[cfg(target_arch = "wasm32")]
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod view;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
