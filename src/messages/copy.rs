//! The texts of the buttons that copy text.

#![allow(missing_docs, reason = "each text says itself what it is")]

pub const COPY: &str = "Copy";
pub const COPY_DETAILS: &str = "Copy details";
pub const COPIED: &str = "Copied";
pub const BLOCKED: &str = "The browser blocked copying";
