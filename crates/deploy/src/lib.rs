//! What the operator of a built site needs, without the wasm target and without a browser.
//!
//! - [`command`] is the command line, shared with `cargo xtask`.
//! - [`check`] validates a `config.json` and shows what it means at an address.
//! - [`host`] writes the files that a web server needs for the site.
//! - [`verify`] compares a live site with the build.

#![deny(missing_docs)]

pub mod check;
pub mod command;
pub mod host;
pub mod verify;

/// A value, or one error message for the user.
pub type Outcome<T = ()> = Result<T, String>;
