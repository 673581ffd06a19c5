//! `config.json` as types, its checks, and the policy and headers made from it.
//!
//! No I/O: the page, the vault, the sandbox and the build share this one parser and this one
//! policy. Reading order:
//!
//! 1. [`Problem`]: what is wrong with a file, with the key and the fix.
//! 2. [`Location`]: the strict reading of an absolute URL.
//! 3. [`Document`]: a file that is right as far as can be told without knowing where it is served.
//! 4. [`Site`] and [`Document::resolve`]: the same file at one place, with every address absolute.
//! 5. [`Config`] and [`Profile`]: what comes out, and what crosses the vault's port.
//! 6. [`policy`] and [`headers`]: the response headers that a deployment needs.
#![deny(missing_docs)]

mod config;
mod document;
mod fields;
mod headers;
mod location;
mod problem;
mod profile;
mod resolve;
mod site;

pub use config::{Config, Kind, Profile};
pub use document::Document;
pub use headers::{headers, policy};
pub use location::{Location, LocationError, Scheme};
pub use problem::Problem;
pub use site::Site;
