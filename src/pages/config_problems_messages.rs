//! The texts of the page that lists errors in the deployment's configuration.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const TITLE: &str = "Configuration";
pub const PROBLEMS: &str = "Configuration errors";
pub const KEY: &str = "Key";
pub const PROBLEM: &str = "Error";
pub const FIX: &str = "What to do";
