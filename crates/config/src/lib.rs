//! `config.json` as types, its checks, and the policy and headers made from it.
//!
//! No I/O: the page, the vault, the sandbox and the build share this one parser and this one
//! policy. Reading order:
//!
//! 1. [`keys`]: every key, its shape, its limits, its default.
//! 2. [`Problem`] and [`ConfigRule`]: a problem of a file, as a record; [`Problem::message`] makes its sentences.
//! 3. [`Location`]: the strict reading of an absolute URL.
//! 4. [`Document`]: a file that is valid as far as can be known without its address.
//! 5. [`Site`] and [`Document::resolve`]: the same file at one place, with every address absolute.
//! 6. [`Config`] and [`Profile`]: what comes out, and what crosses the vault's port.
//! 7. [`worker_policy`], [`page_policy`] and [`headers`]: the response headers that a deployment needs.
#![deny(missing_docs)]

mod config;
mod document;
mod headers;
pub mod keys;
mod location;
mod messages;
mod problem;
mod resolve;
mod site;
mod value_rules;

pub use config::{Config, EnvironmentKind, Profile};
pub use document::Document;
pub use headers::{
    POSTED_CALLBACK, VAULT_SCRIPT, WORKER_SCRIPTS, headers, is_callback, page_policy, policy_of,
    worker_origins, worker_policy,
};
pub use location::Location;
pub use problem::{ConfigRule, Problem, ProblemMessage};
pub use site::Site;
