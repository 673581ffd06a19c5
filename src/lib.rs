//! The app that runs in the page. It uses the vault's client, and never has a token.
//!
//! Reading order:
//!
//! 1. [`routes`]: the table of pages; [`address`]: paths below the base.
//! 2. [`messages`]: the text for each code; [`session`]: the vault's events as one context, the
//!    company data that was loaded with the connection in view, and errors.
//! 3. `app`: the frame; `chunk`: the parts that are loaded later.
//! 4. [`pages`]: one folder or file per page.
//! 5. [`components`]: one component per file; each has a style sheet of its name in `style/`.
//! 6. `platform`: the only module that calls the browser's APIs.
//!
//! Modules that need no browser are compiled natively too, and tested there.

#![deny(missing_docs)]
#![allow(
    clippy::redundant_closure,
    reason = "only a closure written in the view itself is erased to one type: a smaller page"
)]

pub mod address;
pub mod components;
pub mod messages;
pub mod pages;
pub mod routes;
pub mod session;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod chunk;
#[cfg(target_arch = "wasm32")]
pub mod chunks;
#[cfg(target_arch = "wasm32")]
mod connect_screen;
#[cfg(target_arch = "wasm32")]
mod effect;
#[cfg(target_arch = "wasm32")]
mod frame_owner;
#[cfg(target_arch = "wasm32")]
pub mod platform;
#[cfg(target_arch = "wasm32")]
pub mod start;
